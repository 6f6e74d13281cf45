"""A search from the command line: by the index that is open already, or made anew if it must be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from pipeline.config.workspace import Workspace
    from pipeline.core.query import Query, Results
    from pipeline.workflows.library import OpenIndex

Answer = TypeVar("Answer")

_KEPT = "pipeline.cli.searching"  # in the context's `meta`, which commands inside others share


def keep_open(context: click.Context, index: OpenIndex) -> None:
    """Have searches inside ``context`` ask an index that stays open."""
    context.meta[_KEPT] = index


def answer(context: click.Context, workspace: Workspace, query: Query) -> Results:
    """Return what the search index finds; one of another version of fourp is made anew first.

    Raises:
        IndexUnusableError: If there is no usable index, or another process writes to an old one.
    """
    from pipeline.workflows.library import search

    kept: OpenIndex | None = context.meta.get(_KEPT)
    return with_index(workspace, lambda: kept.search(query) if kept else search(workspace, query))


def with_index(workspace: Workspace, ask: Callable[[], Answer]) -> Answer:
    """Return what ``ask`` does; where it meets an index of another version, that is made anew.

    Raises:
        IndexUnusableError: If there is no usable index, or another process writes to an old one.
    """
    from pipeline.core.errors import CatalogueError, OutdatedIndexError

    try:
        return ask()
    except OutdatedIndexError as error:
        if not workspace.catalogue.exists():
            raise
        try:
            _make_anew(workspace)
        except CatalogueError:  # another process writes; the index is what was asked for
            raise error from None
    return ask()


def _make_anew(workspace: Workspace) -> None:
    from pipeline.cli.progress import counted
    from pipeline.workflows.indexing import rebuild_index

    click.echo(
        "the search index was made by another version of fourp; it is made anew, which searches "
        "wait for this once",
        err=True,
    )
    with counted("indexing documents") as on_progress:
        rebuild_index(workspace, on_progress=on_progress)
