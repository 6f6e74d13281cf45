"""Looking things up in the library: a search, one document, the failure ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.config.workspace import Workspace
from pipeline.core.audience import Audience
from pipeline.core.document import Document
from pipeline.core.errors import DocumentError
from pipeline.core.failures import Failure
from pipeline.core.ports import SearchIndex
from pipeline.core.query import And, Filters, Node, Or, Phrase, Query, Results, Word
from pipeline.workflows import assemble
from pipeline.workflows.readable import in_step, readable

if TYPE_CHECKING:
    from pipeline.catalogue.links import Linked

NAMED_AT_MOST = 5  # documents that an ambiguous name lists


def search(workspace: Workspace, query: Query) -> Results:
    """Return what the search index finds.

    Raises:
        IndexUnusableError: If there is no usable index.
    """
    with OpenIndex(workspace) as index:
        return index.search(query)


def similar(workspace: Workspace, document: Document, limit: int, audience: str = "") -> Results:
    """Return the works most like a document of the library, in any language.

    Args:
        audience: As in `Filters`.

    Raises:
        IndexUnusableError: If there is no usable index.
        DocumentError: If the index does not hold the document yet.
    """
    in_step(workspace, audience)
    index = assemble.index_of(workspace, writable=False)
    try:
        found = index.similar(document.id, limit, audience=audience)
        return readable(workspace, found, audience)
    except ValueError as error:
        raise DocumentError(
            "is not in the search index",
            where=document.source.path,
            remedy="run `fourp index update`",
        ) from error
    finally:
        index.close()


class OpenIndex:
    """The search index of a workspace, open for many searches; each sees what was last committed.

    Use it in a ``with`` statement.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._index: SearchIndex | None = None

    def __enter__(self) -> OpenIndex:
        return self

    def __exit__(self, *_: object) -> None:
        if self._index is not None:
            self._index.close()

    def search(self, query: Query) -> Results:
        """Return what the search index finds.

        Raises:
            IndexUnusableError: If there is no usable index.
        """
        audience = query.filters.audience
        in_step(self._workspace, audience)
        if self._index is None:
            self._index = assemble.index_of(self._workspace, writable=False)
        return readable(self._workspace, self._index.search(query), audience)


def unknown_words(workspace: Workspace, node: Node | None) -> dict[str, tuple[str, ...]]:
    """Return the words of a query that no document has, each with words of the library like it.

    Raises:
        IndexUnusableError: If there is no usable index.
    """
    index = assemble.index_of(workspace, writable=False)
    try:
        return {
            word: index.suggest(word)
            for word in dict.fromkeys(_words(node))
            if not index.search(Query(Word(word), limit=1)).total
        }
    finally:
        index.close()


def unknown_values(workspace: Workspace, filters: Filters) -> dict[str, tuple[str, ...]]:
    """Return the languages, kinds ... that no document has, each with all that there are.

    Raises:
        IndexUnusableError: If there is no usable index.
    """
    facets = ("language", "kind", "institution", "audience")
    counted = search(workspace, Query(None, limit=0, facets=facets)).facets
    asked = (filters.languages, filters.kinds, filters.institutions, _none_for(filters, counted))
    unknown = {}
    for name, values in zip(facets, asked, strict=True):
        known = counted.get(name, {})
        parts = {part for value in known for part in (value, *value.split(" and "))}
        for value in values:
            if value not in parts:
                unknown[f"{name} {value}"] = tuple(known)
    return unknown


def _none_for(filters: Filters, counted: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    """Return the audience of filters if there is nothing that it may read."""
    if not filters.audience:
        return ()
    reads = Audience(filters.audience).reads
    return () if any(one in counted.get("audience", {}) for one in reads) else (filters.audience,)


def document(workspace: Workspace, name: str) -> Document:
    """Return the one document of that id, path, file name or title.

    Raises:
        DocumentError: If there is none, or several.
        CatalogueError: If the catalogue cannot be used.
    """
    with assemble.catalogue_of(workspace) as catalogue:
        ids = catalogue.find(name)
        if not ids:
            raise DocumentError(
                "is not in the library",
                where=name,
                remedy="give its path, its file name, its title or the first characters of its "
                "id; `fourp search` shows them",
            )
        if len(ids) > 1:
            some = [
                f"{d.id[:12]} {d.source.path}" for d in catalogue.documents(ids[:NAMED_AT_MOST])
            ]
            raise DocumentError(
                f"names {len(ids)} documents",
                where=name,
                remedy="choose one by the first characters of its id: " + "; ".join(some),
            )
        [found] = catalogue.documents(ids)
        return found


def links(workspace: Workspace, id_: str) -> list[Linked]:
    """Return the versions, drafts and near-duplicates of a document, most alike first.

    Raises:
        CatalogueError: If the catalogue cannot be used.
    """
    with assemble.catalogue_of(workspace) as catalogue:
        return catalogue.links.of(id_)


def failures(workspace: Workspace) -> list[Failure]:
    """Return the failure ledger, by path.

    Raises:
        CatalogueError: If the catalogue cannot be used.
    """
    with assemble.catalogue_of(workspace) as catalogue:
        return catalogue.failures()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a document is not complete, and what to do about it."""

    reason: str
    remedy: str


def problems_of(workspace: Workspace, document: Document) -> tuple[Problem, ...]:
    """Return what the ledger holds of this document's bytes, each problem once.

    Raises:
        CatalogueError: If the catalogue cannot be used.
    """
    ledger = (f for f in failures(workspace) if f.source.sha256 == document.id)
    return tuple(dict.fromkeys(Problem(f.reason, f.remedy) for f in ledger))


def _words(node: Node | None) -> Iterator[str]:
    match node:
        case Word(text):
            yield text
        case Phrase(words):
            yield from words
        case And(parts) | Or(parts):
            for part in parts:
                yield from _words(part)
        case _:  # what is excluded or only begun cannot be misspelt
            return
