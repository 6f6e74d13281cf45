"""``fourp evaluate``: the tagger's scores against labels given by people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import as_json, echo_json, workspace_of
from pipeline.core.text import visible

if TYPE_CHECKING:
    from pipeline.workflows.evaluate import Compared

COLUMNS = ("precision", "recall", "f1", "support")
CONFUSIONS = 10  # shown; --json has all


@click.command("evaluate")
@click.argument("gold", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--against",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Folder of another model (fourp train --out) to compare with the one in use.",
)
@click.option("--promote", is_flag=True, help="Put that model into use, unless it is worse.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes (default: all cores).")
@as_json
@click.pass_context
def command(
    context: click.Context,
    gold: Path,
    against: Path | None,
    promote: bool,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Tag the documents that GOLD (JSON lines) labels, and score the main subjects.

    Nothing is stored. Precision: the share of tags given that are right; recall: the share of
    right tags that were given; F1: their harmonic mean, with the interval in which it lies in 95 of
    100 draws of the works. Micro counts tags, macro counts labels. With --against two models are
    compared on the documents from which neither learned.

    Example: fourp evaluate labels.jsonl --json | jq .policy_files.micro.f1

    Exit code 0: measured; 1: the model of --against is worse, and was not put into use.
    """
    from pipeline.cli.progress import counted
    from pipeline.workflows.evaluate import compare, evaluate

    if promote and against is None:
        raise click.UsageError("--promote needs the model: --against FOLDER")
    workspace = workspace_of(context)
    with counted("tagging labelled documents") as on_progress:
        if against is not None:
            compared = compare(
                workspace, gold, against, promote=promote, jobs=jobs, on_progress=on_progress
            )
        else:
            done = evaluate(workspace, gold, jobs=jobs, on_progress=on_progress)
    if against is not None:
        _show_compared(compared, as_json=as_json)
        context.exit(1 if compared.worse else 0)
    for failure in done.failed:
        click.echo(f"not read: {visible(f'{failure.source.path}: {failure.reason}')}", err=True)
    tables = done.to_json()
    if as_json:
        echo_json(tables)
    else:
        _show(tables)


def _show_compared(done: Compared, *, as_json: bool) -> None:
    tables = {"current": done.current.to_json(), "other": done.other.to_json()}
    if as_json:
        facts = {"documents": done.documents, "left_out": done.seen, "worse": done.worse}
        echo_json(facts | {"gain": done.gain, "promoted": done.promoted} | tables)
        return
    click.echo(f"{done.documents} documents from which neither learned ({done.seen} left out)")
    click.echo(f"{'F1, micro':<16}{'in use':>9}{'other':>9}   gain, 95 % interval")
    for kind in ("pillars", "policy_files"):
        before, after = (_f1(table, kind) for table in tables.values())
        low, high = done.gain[kind]["f1"]
        click.echo(f"{kind:<16}{before:>9.3f}{after:>9.3f}   {low:+.3f} to {high:+.3f}")
    if done.worse:
        click.echo(f"the other model is worse in {', '.join(done.worse)}: it was not put into use")
    elif done.promoted:
        click.echo("it is in use now; `fourp retag` gives stored documents its tags")
    else:
        click.echo("it is not worse; --promote puts it into use")


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
        for score, (low, high) in tables["intervals"][name].items():
            click.echo(f"  {score + ', 95 %':<26}{low:>11.3f}{high:>11.3f}")
        for group in ("by_language", "by_kind", "by_label"):
            click.echo(f"  {group.replace('_', ' ')}")
            for label, figures in table[group].items():
                _row(f"  {label}", figures)
    _show_order(tables)
    off_topic = tables["off_topic"]
    click.echo(
        f"\noff-topic documents left untagged: {off_topic['untagged']:.2f} "
        f"of {off_topic['documents']}"
    )
    click.echo(f"tags that are secondary in gold: {tables['secondary_share']:.2f} of all given")


def _show_order(tables: Mapping[str, Any]) -> None:
    click.echo(f"\nR-precision {tables['r_precision']:.3f}, nDCG {tables['ndcg']:.3f}")
    click.echo("only tags of a confidence       tags   coverage  precision")
    for row in tables["abstention"]:
        click.echo(
            f"  {row['confidence']:<26.2f}{row['tags']:>8}{row['coverage']:>11.3f}"
            f"{row['precision']:>11.3f}"
        )
    if tables["confusion"]:
        click.echo("taken for another: missed > given, documents")
        for row in tables["confusion"][:CONFUSIONS]:
            click.echo(f"  {row['missed'] or '(nothing)'} > {row['given']}: {row['documents']}")


def _row(name: str, figures: Mapping[str, float]) -> None:
    count = figures.get("support", figures.get("labels", 0))
    numbers = "".join(f"{figures[c]:>11.3f}" for c in COLUMNS[:3])
    click.echo(f"  {name:<26}{numbers}{count:>11}")


def _f1(tables: Mapping[str, Any], kind: str) -> float:
    return float(tables[kind]["micro"]["f1"])
