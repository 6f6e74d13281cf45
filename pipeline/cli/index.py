"""``fourp index``: care of the search index."""

from __future__ import annotations

import click

from pipeline.cli.options import workspace_of


@click.group("index")
def command() -> None:
    """Care for the search index; it holds nothing that the catalogue does not."""


@command.command("rebuild")
@click.pass_context
def rebuild(context: click.Context) -> None:
    """Make the index anew from the catalogue; searches go on with the old one meanwhile.

    Example: fourp index rebuild
    """
    from pipeline.workflows.indexing import rebuild_index

    count = rebuild_index(workspace_of(context))
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
