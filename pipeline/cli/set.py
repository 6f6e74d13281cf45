"""``fourp set``: a person says what a document is, whatever its folder says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.cli import completion
from pipeline.cli.decisions import SEARCH_LEARNS_LATER, because
from pipeline.cli.options import as_json, echo_json, workspace_of
from pipeline.core.audience import Audience
from pipeline.core.text import visible

if TYPE_CHECKING:
    from pipeline.workflows.audience import Changed

_AUDIENCE = "audience="
_BY_RULES = ("", "auto")


@click.command("set")
@click.argument(
    "arguments",
    nargs=-1,
    metavar="DOCUMENT... audience=WHO",
    shell_complete=completion.documents_and_audiences,
)
@click.option("--by", metavar="NAME", help="Who says so (default: FOURP_USER, or your login).")
@click.option("--note", default="", metavar="TEXT", help="Why; kept with it.")
@as_json
@click.pass_context
def command(
    context: click.Context, arguments: tuple[str, ...], by: str | None, note: str, as_json: bool
) -> None:
    """Say who may read each DOCUMENT (id, path, file name or title), and what lies inside it.

    \b
      audience=public        everybody
      audience=members       members and the secretariat
      audience=secretariat   the secretariat alone
      audience=auto          as the rules in fourp.toml say

    Reports, digests, feeds, key dates and searches for an audience leave out what it may not read.

    Example: fourp set negotiation-note.docx audience=secretariat --note "until the vote"
    """
    from pipeline.workflows.audience import set_audience
    from pipeline.workflows.library import document
    from pipeline.workflows.reviewing import reviewer

    names = [one for one in arguments if not one.startswith(_AUDIENCE)]
    said = [one.removeprefix(_AUDIENCE) for one in arguments if one.startswith(_AUDIENCE)]
    if not names or len(said) != 1:
        raise click.UsageError("name documents, and one audience=public, members or secretariat")
    workspace = workspace_of(context)
    documents = [document(workspace, name) for name in names]
    outcome = set_audience(
        workspace, documents, _audience(said[0]), by=reviewer(workspace, by), note=note
    )
    for changed in outcome.changed:
        if as_json:
            echo_json(_as_json(changed))
        else:
            _show(changed)
    if not outcome.indexed:
        click.echo(SEARCH_LEARNS_LATER, err=True)


def _audience(said: str) -> Audience | None:
    if said in _BY_RULES:
        return None
    if said not in list(Audience):
        raise click.UsageError(
            f"there is no audience {said!r}; choose one of {', '.join(Audience)}, or auto"
        )
    return Audience(said)


def _show(changed: Changed) -> None:
    before, after = changed.before.audience, changed.after.audience
    name = visible(changed.document.source.name)
    what = f"{after}, as before" if before is after else f"{before} -> {after}"
    inside = f"; so are {changed.inside} documents inside it" if changed.inside else ""
    click.echo(f"{name}: {what} ({because(changed.after, changed.document)}){inside}")


def _as_json(changed: Changed) -> dict[str, object]:
    return {
        "document": changed.document.id,
        "path": changed.document.source.path,
        "before": changed.before.audience,
        "audience": changed.after.audience,
        "because": because(changed.after, changed.document),
        "inside": changed.inside,
    }
