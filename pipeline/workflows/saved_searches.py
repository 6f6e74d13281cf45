"""Saved searches: kept by name, and asked again for what they did not show before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.catalogue.store import Catalogue
from pipeline.config.workspace import Workspace
from pipeline.core.audience import Audience, least_reading
from pipeline.core.errors import ConfigError, QueryError
from pipeline.core.query import Filters, Hit, Query
from pipeline.core.searches import SavedSearch
from pipeline.workflows import assemble, library
from pipeline.workflows.asking import asked

EVERYTHING = 1_000_000  # works; a search that matches more is none


@dataclass(frozen=True, slots=True)
class Look:
    """What a saved search finds now.

    Attributes:
        new: Works that it did not show before, best first.
        ids: Of all works that it finds, and of their documents.
        problem: Why it cannot be asked any more, or "".
    """

    search: SavedSearch
    new: tuple[Hit, ...]
    ids: frozenset[str]
    problem: str = ""


def saved_query(
    workspace: Workspace, line: str, filters: Filters, audience: Audience = Audience.SECRETARIAT
) -> Query:
    """Return the query of a saved search: all works that match, none that nearly do.

    Args:
        audience: Only works that these people may read.

    Raises:
        QueryError: If the words do not parse.
    """
    node, found = asked(workspace, line, filters)
    all_filters = replace(found, audience=least_reading(found.audience, audience))
    return Query(node=node, filters=all_filters, limit=EVERYTHING, loosen=False)


def save(workspace: Workspace, name: str, line: str, filters: Filters) -> int:
    """Save a search; what it finds now is no news. Return how many works that is.

    Raises:
        QueryError: If the words do not parse.
        ConfigError: If the name is taken.
        IndexUnusableError: If there is no usable index.
    """
    hits = library.search(workspace, saved_query(workspace, line, filters)).hits
    with assemble.catalogue_of(workspace) as catalogue:
        ids = set().union(*_ids(catalogue, hits))
        if not catalogue.searches.add(SavedSearch(name, line, filters), ids):
            raise ConfigError(
                ["a search of that name is saved already"],
                where=name,
                remedy=f"choose another name, or forget that one: fourp save --delete {name}",
            )
    return len(hits)


def forget(workspace: Workspace, name: str) -> None:
    """Forget a saved search, and what it has shown.

    Raises:
        ConfigError: If there is none of that name.
    """
    with assemble.catalogue_of(workspace) as catalogue:
        if not catalogue.searches.delete(name):
            raise _unknown(name, catalogue.searches.all())


def saved(workspace: Workspace) -> list[SavedSearch]:
    """Return the saved searches, by name."""
    with assemble.catalogue_of(workspace) as catalogue:
        return catalogue.searches.all()


def look(workspace: Workspace, name: str | None = None) -> list[Look]:
    """Return what saved searches find that they did not show before; `mark_shown` ends that.

    Args:
        name: Of the one search to ask; all where it is absent.

    Raises:
        ConfigError: If there is none of that name.
        IndexUnusableError: If there is no usable index.
    """
    with assemble.catalogue_of(workspace) as catalogue:
        searches = catalogue.searches.all()
        asked = [search for search in searches if name in (None, search.name)]
        if name is not None and not asked:
            raise _unknown(name, searches)
        return [_looked(workspace, catalogue, search) for search in asked]


def mark_shown(workspace: Workspace, looks: Iterable[Look]) -> None:
    """Note that what searches found has been shown, for each at once."""
    with assemble.catalogue_of(workspace) as catalogue:
        for one in looks:
            catalogue.searches.mark(one.search.name, one.ids)


def _looked(workspace: Workspace, catalogue: Catalogue, search: SavedSearch) -> Look:
    try:
        query = saved_query(workspace, search.line, search.filters)
    except QueryError as error:  # it names a policy file that was taken out of the vocabulary
        return Look(search, (), frozenset(), str(error))
    hits = library.search(workspace, query).hits
    seen, ids = catalogue.searches.seen(search.name), _ids(catalogue, hits)
    new = tuple(hit for hit, own in zip(hits, ids, strict=True) if own.isdisjoint(seen))
    return Look(search, new, frozenset().union(*ids))


def _ids(catalogue: Catalogue, hits: Sequence[Hit]) -> list[set[str]]:
    """Return the ids of the work of each hit, and of its documents."""
    ids = catalogue.searches.ids_of({hit.document: hit.work for hit in hits})
    return [ids[hit.document] for hit in hits]


def _unknown(name: str, searches: Sequence[SavedSearch]) -> ConfigError:
    names = ", ".join(search.name for search in searches)
    return ConfigError(
        ["no search of that name is saved"],
        where=name,
        remedy=f"there are: {names}" if names else "save one: fourp save NAME WORDS",
    )
