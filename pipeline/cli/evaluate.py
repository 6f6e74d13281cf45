"""``fourp evaluate``: the tagger's scores against labels given by people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import as_json, echo_json, workspace_of
from pipeline.core.text import visible

COLUMNS = ("precision", "recall", "f1", "support")


@click.command("evaluate")
@click.argument("gold", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes (default: all cores).")
@as_json
@click.pass_context
def command(context: click.Context, gold: Path, jobs: int | None, as_json: bool) -> None:
    """Tag the documents that GOLD (JSON lines) labels, and score the main subjects.

    Nothing is stored. Precision: the share of tags given that are right; recall: the share of
    right tags that were given; F1: their harmonic mean. Micro counts tags, macro counts labels.

    Example: fourp evaluate labels.jsonl --json | jq .policy_files.micro.f1
    """
    from pipeline.cli.progress import counted
    from pipeline.workflows.evaluate import evaluate

    with counted("tagging labelled documents") as on_progress:
        done = evaluate(workspace_of(context), gold, jobs=jobs, on_progress=on_progress)
    for failure in done.failed:
        click.echo(f"not read: {visible(f'{failure.source.path}: {failure.reason}')}", err=True)
    tables = done.scores.to_json() | {"failed": len(done.failed), "trained_on": done.seen}
    if as_json:
        echo_json(tables)
        return
    _show(tables)


def _show(tables: Mapping[str, Any]) -> None:
    click.echo(f"{tables['documents']} documents, {tables['failed']} of them not read")
    if tables["trained_on"]:
        click.echo(
            f"{tables['trained_on']} of them taught the model in use, so these scores flatter it; "
            "`fourp train GOLD --dry-run` scores models that did not see the document"
        )
    for name in ("pillars", "policy_files"):
        table = tables[name]
        click.echo(f"\n{name.replace('_', ' '):<28}" + "".join(f"{c:>11}" for c in COLUMNS))
        for row in ("micro", "micro_strict", "macro", "macro_3"):
            _row(row, table[row])
        for group in ("by_language", "by_kind", "by_label"):
            click.echo(f"  {group.replace('_', ' ')}")
            for label, figures in table[group].items():
                _row(f"  {label}", figures)
    off_topic = tables["off_topic"]
    click.echo(
        f"\noff-topic documents left untagged: {off_topic['untagged']:.2f} "
        f"of {off_topic['documents']}"
    )
    click.echo(f"tags that are secondary in gold: {tables['secondary_share']:.2f} of all given")


def _row(name: str, figures: Mapping[str, float]) -> None:
    count = figures.get("support", figures.get("labels", 0))
    numbers = "".join(f"{figures[c]:>11.3f}" for c in COLUMNS[:3])
    click.echo(f"  {name:<26}{numbers}{count:>11}")
