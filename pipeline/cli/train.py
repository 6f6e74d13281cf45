"""``fourp train``: the tagger learns from labels that people gave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import as_json, echo_json, workspace_of
from pipeline.core.text import visible


@click.command("train")
@click.argument("gold", nargs=-1, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Measure only; the model in use stays.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the model to this folder and leave the one in use: see fourp evaluate --against.",
)
@click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes (default: all cores).")
@as_json
@click.pass_context
def command(
    context: click.Context,
    gold: tuple[Path, ...],
    dry_run: bool,
    out: Path | None,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Train the tagger on GOLD files (JSON lines) and on what people decided (`fourp review`).

    Prints the scores of the vocabulary alone and with a model that had not seen the document.
    The model and its card come to models/tagger/; `fourp retag` gives stored documents its tags.

    Example: fourp train labels.jsonl --dry-run
    """
    from pipeline.cli.progress import counted
    from pipeline.workflows.train import train_tagger

    with counted("reading labelled documents") as on_progress:
        done = train_tagger(
            workspace_of(context),
            gold,
            dry_run=dry_run,
            folder=out,
            jobs=jobs,
            on_progress=on_progress,
        )
    for failure in done.failed:
        click.echo(f"not read: {visible(f'{failure.source.path}: {failure.reason}')}", err=True)
    tables = {"vocabulary": done.rules.to_json(), "combined": done.combined.to_json()}
    if as_json:
        written = "" if dry_run else str(done.folder)
        echo_json(
            {"documents": done.examples, "reviewed": done.reviewed, "model": written} | tables
        )
        return
    click.echo(f"{done.examples} labelled documents, {done.reviewed} of them by review")
    click.echo(f"{'F1, micro':<20}{'pillars':>10}{'files':>10}{'precision':>11}{'recall':>9}")
    for name, table in tables.items():
        _row(name, table)
    if dry_run:
        click.echo("nothing was written; leave --dry-run out to put the model into use")
    elif out:
        click.echo(f"the model is in {done.folder}; the one in use has stayed")
    else:
        click.echo(f"the model is in {done.folder}; `fourp retag` tags stored documents anew")


def _row(name: str, table: Any) -> None:
    files, pillars = table["policy_files"]["micro"], table["pillars"]["micro"]
    click.echo(
        f"{name:<20}{pillars['f1']:>10.3f}{files['f1']:>10.3f}{files['precision']:>11.3f}"
        f"{files['recall']:>9.3f}"
    )
