"""``fourp tag``: a person says which policy files a document is about, and which it is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pipeline.cli import completion
from pipeline.cli.decisions import (
    SEARCH_LEARNS_LATER,
    decision_as_json,
    grade_in_words,
    in_words,
)
from pipeline.cli.options import as_json, echo_json, workspace_of
from pipeline.core.text import visible

if TYPE_CHECKING:
    from pipeline.core.concepts import Vocabulary
    from pipeline.core.reviews import Decision, Review
    from pipeline.workflows.reviewing import Decided

# A file that is struck out looks like an option to click, and "-health" like "-h". It is handed on
# with a true minus sign, which is taken as well: word processors write it.
MINUS = "\u2212"
_WITH_VALUE = ("--by", "--note", "--also")


class _Command(click.Command):
    """A command whose arguments may begin with a hyphen."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        before = ["", *args]
        shielded = [
            MINUS + one[1:] if _strikes_out(one) and last not in _WITH_VALUE else one
            for last, one in zip(before, args, strict=False)
        ]
        return super().parse_args(ctx, shielded)


def _strikes_out(argument: str) -> bool:
    return len(argument) > 2 and argument[0] == "-" and argument[1] != "-"


@click.command("tag", cls=_Command)
@click.argument("document", shell_complete=completion.documents)
@click.argument("decisions", nargs=-1, metavar="[+FILE|-FILE]...", shell_complete=completion.signed)
@click.option("--also", multiple=True, metavar="FILE", help="Treated too, not a main subject.")
@click.option("--by", metavar="NAME", help="Who decides (default: FOURP_USER, or your login).")
@click.option("--note", default="", metavar="TEXT", help="Why; kept with the decision.")
@click.option("--undo", is_flag=True, help="Take back the last decision about this document.")
@as_json
@click.pass_context
def command(
    context: click.Context,
    document: str,
    decisions: tuple[str, ...],
    also: tuple[str, ...],
    by: str | None,
    note: str,
    undo: bool,
    as_json: bool,
) -> None:
    """Say that DOCUMENT (id, path, file name or title) is about a policy file, or is not.

    +FILE makes it a main subject, -FILE strikes it out. A person's word beats every machine, also
    after the document is read or tagged again.

    Example: fourp tag waste-water-position.pdf +water -energy --note "only a footnote"
    """
    from pipeline.workflows import reviewing
    from pipeline.workflows.assemble import vocabulary_of
    from pipeline.workflows.library import document as find

    workspace = workspace_of(context)
    if undo == bool(decisions or also):
        raise click.UsageError("write +file or -file, or --undo alone")
    vocabulary = vocabulary_of(workspace)
    wanted = _wanted(vocabulary, decisions, also)
    found, name = find(workspace, document), reviewing.reviewer(workspace, by)
    if undo:
        done = reviewing.undo(workspace, found, by=name, note=note)
    else:
        done = reviewing.decide(workspace, found, wanted, by=name, note=note)
    _tell(done, undone=undo, as_json=as_json)


def _wanted(
    vocabulary: Vocabulary, decisions: Sequence[str], also: Sequence[str]
) -> dict[str, Decision]:
    """Return the decisions by id of the policy file.

    Raises:
        UsageError: If one has no sign, or a file is decided about twice.
        ConfigError: If a file is unknown.
    """
    from pipeline.core.reviews import Decision
    from pipeline.workflows.reviewing import policy_files

    signs = {"+": Decision.MAIN, "-": Decision.REJECTED, MINUS: Decision.REJECTED}
    for one in decisions:
        if one[:1] not in signs or not one[1:].strip():
            raise click.UsageError(f"{one!r} says neither yes nor no: write +{one} or -{one}")
    asked = [(one[1:], signs[one[0]]) for one in decisions] + [(n, Decision.ALSO) for n in also]
    ids = policy_files(vocabulary, [name for name, _ in asked])
    wanted: dict[str, Decision] = {}
    for name, decision in asked:
        if wanted.setdefault(ids[name], decision) is not decision:
            raise click.UsageError(f"{ids[name]} is decided about in two ways: choose one")
    return wanted


def _tell(done: Decided, *, undone: bool, as_json: bool) -> None:
    for review in done.kept:
        if as_json:
            echo_json(_as_json(review, done, undone=undone))
        else:
            back = "taken back: " if undone else ""
            click.echo(f"{back}{review.concept}: {in_words(review)}")
    if not as_json:
        now = [f"{tag.concept} ({grade_in_words(tag.grade)})" for tag in done.document.tags]
        click.echo(f"tags of {visible(done.document.source.name)}: {', '.join(now) or 'none'}")
    if not done.kept:
        click.echo("that is what was decided already; nothing changed", err=True)
    if done.kept and done.versions:
        count = len(done.versions)
        click.echo(
            f"{count} other {'version' if count == 1 else 'versions'} of it stay as they are; "
            "`fourp review` offers them",
            err=True,
        )
    if not done.indexed:
        click.echo(SEARCH_LEARNS_LATER, err=True)


def _as_json(review: Review, done: Decided, *, undone: bool) -> dict[str, object]:
    return {
        "document": review.document,
        "path": done.document.source.path,
        **decision_as_json(review),
        "taken_back": undone,
        "tags": [tag.concept for tag in done.document.tags],
        "indexed": done.indexed,
    }
