"""``fourp open``: the file of a hit, at its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.cli import completion
from pipeline.cli.options import workspace_of
from pipeline.core.text import visible

if TYPE_CHECKING:
    from pipeline.config.workspace import Workspace
    from pipeline.workflows.places import Place


@click.command("open")
@click.argument("hit", shell_complete=completion.documents)
@click.option("--page", type=click.IntRange(1), help="Open it at this page (default: the hit's).")
@click.option("--print", "only_print", is_flag=True, help="Print address and page; open nothing.")
@click.pass_context
def command(context: click.Context, hit: str, page: int | None, only_print: bool) -> None:
    """Open HIT at its page: the number of a hit of the last search, or whatever fourp show takes.

    \b
    FOURP_VIEWER   the program that shows files, such as "okular" or
                   "evince --page-index={page} {path}"; else the system's own

    Example: fourp search sewage sludge && fourp open 2
    """
    from pipeline.cli.viewers import VARIABLE, show_file

    place = _place(workspace_of(context), hit, page)
    opened = not only_print and show_file(place)
    if not opened:
        click.echo(place.address or visible(str(place.file)))
        click.echo(f"page {place.page}")
    if not opened and not only_print:
        click.echo(f"no program opens it; set {VARIABLE} to one (fourp open -h)", err=True)
    if place.member:
        click.echo(f"look for {visible(place.member)} in it, page {place.page}", err=True)


def _place(workspace: Workspace, hit: str, page: int | None) -> Place:
    from pipeline.cli.state import remembered_hit
    from pipeline.core.errors import DocumentError
    from pipeline.workflows.places import place_at, place_of

    number = int(hit) if hit.isascii() and hit.isdigit() and len(hit) <= 6 else 0
    if number and (shown := remembered_hit(workspace.root, number)):
        at = page or shown.page
        return place_at(workspace, shown.path, document=shown.document, page=at)
    try:
        return place_of(workspace, hit, page=page or 1)
    except DocumentError as error:
        if not number:
            raise
        raise DocumentError(
            "is no hit of the last search",
            where=hit,
            remedy="search again and take a number that it shows, or name a document",
        ) from error
