"""``fourp save``, ``fourp new`` and ``fourp saved``: searches that tell what is new."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import completion, hits, search
from pipeline.cli.options import WordsCommand, as_json, echo_json, workspace_of
from pipeline.cli.searching import with_index
from pipeline.core.query import Filters, Query
from pipeline.core.text import visible

if TYPE_CHECKING:
    from pipeline.core.searches import SavedSearch

HOW_TO_SAVE = "no search is saved; save one: fourp save sewage urban waste water --lang fr"

_NAMES = [field.name for field in fields(Filters)]
_OPTIONS = [option for option in search.command.params if option.name in _NAMES]


@click.command("save", cls=WordsCommand)
@click.argument("name", shell_complete=completion.searches)
@click.argument("words", nargs=-1)
@click.option("--delete", "forgotten", is_flag=True, help="Forget the search of this name.")
@click.pass_context
def save(
    context: click.Context, /, name: str, words: tuple[str, ...], forgotten: bool, **filters: Any
) -> None:
    """Save a search as NAME; `fourp new` then tells which works match that did not before.

    WORDS and filters are those of `fourp search`. What matches now is no news.

    Example: fourp save sewage urban waste water --pillar planet
    """
    from pipeline.workflows import saved_searches

    workspace, chosen = workspace_of(context), _chosen(filters)
    if forgotten:
        if words or chosen != Filters():
            raise click.UsageError("--delete goes with a name alone")
        saved_searches.forget(workspace, name)
        click.echo(f"forgot {visible(name)}")
        return
    line = " ".join(words)
    count = with_index(workspace, lambda: saved_searches.save(workspace, name, line, chosen))
    click.echo(f"saved {visible(name)}: {_works(count)} it now; `fourp new` tells of others")


save.params += _OPTIONS


@click.command("new")
@click.argument("name", required=False, shell_complete=completion.searches)
@click.option("--keep", is_flag=True, help="Tell of them again the next time.")
@as_json
@click.pass_context
def new(context: click.Context, name: str | None, keep: bool, as_json: bool) -> None:
    """Show works that match saved searches, or the one called NAME, and were not shown before.

    A work is told once: not again when it is read or tagged anew, or a translation comes in.

    Example: fourp new sewage

    Exit code 0: there is something new; 1: nothing; 2: not searched.
    """
    from pipeline.cli.state import remember_hits
    from pipeline.workflows.saved_searches import look, mark_shown

    workspace = workspace_of(context)
    looks = with_index(workspace, lambda: look(workspace, name))
    found = [hit for one in looks for hit in one.new]
    if found:
        remember_hits(workspace.root, Query(None), found)
    number = 1
    for one in looks:
        if one.problem:
            told = f"{one.search.name} cannot be asked any more\n{one.problem}"
            click.echo("\n".join(map(visible, told.split("\n"))), err=True)
        if as_json:
            for hit in one.new:
                echo_json({"search": one.search.name} | hits.as_json(hit))
        elif one.new:
            click.echo(f"{len(one.new)} new for {in_words(one.search)}")
            hits.show_hits(one.new, first=number)
            click.echo()
        number += len(one.new)
    # What somebody could not see because fourp was killed, or its output closed, is told again.
    sys.stdout.flush()
    if not keep:
        mark_shown(workspace, [one for one in looks if not one.problem])
    if not looks:
        click.echo(HOW_TO_SAVE, err=True)
    elif not found:
        click.echo("nothing new", err=True)
    context.exit(0 if found else 1)


@click.command("saved")
@as_json
@click.pass_context
def saved(context: click.Context, as_json: bool) -> None:
    """List the saved searches.

    Example: fourp saved
    """
    from pipeline.workflows import saved_searches

    searches = saved_searches.saved(workspace_of(context))
    for one in searches:
        if as_json:
            kept = {name: getattr(one.filters, name) for name in _NAMES}
            filters = {name: value for name, value in kept.items() if value}
            told = {"name": one.name, "line": one.line, "filters": filters}
            echo_json(told | {"saved_at": one.saved_at, "looked_at": one.looked_at})
        else:
            click.echo(f"{in_words(one)} (last look: {one.looked_at[:10]})")
    if not searches and not as_json:
        click.echo(HOW_TO_SAVE)


def in_words(saved: SavedSearch) -> str:
    """Return the name of a search, and what it looks for as it would be typed."""
    return visible(" ".join([f"{saved.name}:", *filter(None, [saved.line]), *_typed(saved)]))


def _typed(saved: SavedSearch) -> Iterator[str]:
    for option in _OPTIONS:
        value = getattr(saved.filters, option.name or "")
        for one in (value,) if isinstance(value, str) else value:
            if one:
                yield f"{option.opts[0]} {one}"


def _chosen(options: dict[str, Any]) -> Filters:
    return Filters(**{name: value for name, value in options.items() if value})


def _works(count: int) -> str:
    return f"{count} {'work matches' if count == 1 else 'works match'}"
