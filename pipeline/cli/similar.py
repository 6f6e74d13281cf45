"""``fourp similar``: more like this."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.cli import completion, hits
from pipeline.cli.options import as_json, audience_option, echo_json, workspace_of

if TYPE_CHECKING:
    from pipeline.core.audience import Audience


@click.command("similar")
@click.argument("document", shell_complete=completion.documents)
@click.option("--limit", type=click.IntRange(1, 1000), default=10, help="Works (default: 10).")
@audience_option("Only what these people may read (default: everything).")
@as_json
@click.pass_context
def command(
    context: click.Context, document: str, limit: int, audience: Audience | None, as_json: bool
) -> None:
    """Show works that treat the same as DOCUMENT, in its language and in others.

    DOCUMENT is what `fourp show` takes: a path, a file name, a title or the beginning of an id.

    Example: fourp similar "Position du CCRE - eaux urbaines résiduaires.pdf"

    Exit code 0: found; 1: nothing is alike; 2: not searched.
    """
    from pipeline.cli.searching import with_index
    from pipeline.cli.state import remember_hits
    from pipeline.core.query import Query
    from pipeline.workflows import library

    workspace = workspace_of(context)
    of = library.document(workspace, document)
    found = with_index(
        workspace, lambda: library.similar(workspace, of, limit, audience or "")
    ).hits
    if found:
        remember_hits(workspace.root, Query(None), found)
    if as_json:
        for hit in found:
            echo_json(hits.as_json(hit))
    else:
        hits.show_hits(found, first=1)
    if not found:
        click.echo("nothing is alike", err=True)
    context.exit(0 if found else 1)
