"""``fourp index``: care of the search index."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import as_json, echo_json, workspace_of
from pipeline.core.text import visible

if TYPE_CHECKING:
    from pipeline.workflows.verifying import Difference, Verified

SHOWN = 20  # differences on a terminal; --json has all
MEANING = {
    "missing": "in the catalogue, not in the index",
    "unknown": "in the index, not in the catalogue",
    "outdated": "the index holds other facts",
    "changed": "changed in the catalogue since they were indexed",
    "twice": "more than once in the index",
}


@click.group("index")
def command() -> None:
    """Care for the search index; it holds nothing that the catalogue does not."""


@command.command("rebuild")
@click.pass_context
def rebuild(context: click.Context) -> None:
    """Make the index anew from the catalogue; searches go on with the old one meanwhile.

    A run that was cut off is gone on with.

    Example: fourp index rebuild
    """
    from pipeline.cli.progress import counted
    from pipeline.workflows.indexing import rebuild_index

    with counted("indexing documents") as on_progress:
        count = rebuild_index(workspace_of(context), on_progress=on_progress)
    click.echo(f"{count} documents indexed")


@command.command("update")
@click.pass_context
def update(context: click.Context) -> None:
    """Add to the index what it lacks, such as tags that people decided about meanwhile.

    Every ingest does this at its end.

    Example: fourp index update
    """
    from pipeline.workflows.indexing import update_index

    count = update_index(workspace_of(context))
    click.echo(f"{count} documents brought up to date")


@command.command("verify")
@click.option("--mend", is_flag=True, help="Bring the index in step with the catalogue.")
@as_json
@click.pass_context
def verify(context: click.Context, mend: bool, as_json: bool) -> None:
    """Compare the index with the catalogue, and name the documents about which they differ.

    Example: fourp index verify --json

    Exit code 0: they are in step, or were brought so; 1: they differ; 2: not compared.
    """
    from pipeline.cli.progress import counted
    from pipeline.workflows.verifying import verify_index

    with counted("comparing documents") as on_progress:
        done = verify_index(workspace_of(context), mend=mend, on_progress=on_progress)
    if as_json:
        for one in done.differences:
            kind, names = one.kind.value, one.fields
            echo_json({"document": one.document, "path": one.path, "kind": kind, "fields": names})
    else:
        _show(done)
    if done.differences and not mend:
        click.echo(f"to mend: {done.mends}", err=True)
    context.exit(1 if done.differences and not mend else 0)


def _show(done: Verified) -> None:
    if not done.differences:
        click.echo(f"the index is in step with the catalogue: {done.documents} documents")
        return
    for kind, count in Counter(one.kind for one in done.differences).items():
        click.echo(f"{kind.value}: {count} ({MEANING[kind.value]})")
    for one in done.differences[:SHOWN]:
        click.echo(f"  {_told(one)}")
    if (more := len(done.differences) - SHOWN) > 0:
        click.echo(f"  and {more} more: --json")
    if done.mended:
        click.echo("mended: they are in step now")


def _told(one: Difference) -> str:
    names = f" ({', '.join(one.fields)})" if one.fields else ""
    return visible(f"{one.kind.value} {one.document[:12]} {one.path}{names}")
