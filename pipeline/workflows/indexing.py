"""Indexing: keeps the search index in step with the catalogue, or makes it anew from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.config.workspace import Workspace
from pipeline.core.document import Document
from pipeline.core.errors import IndexUnusableError
from pipeline.core.ports import SearchIndex
from pipeline.workflows import assemble

if TYPE_CHECKING:
    from pipeline.catalogue.store import Catalogue

# Whoosh is quickest with large commits: small ones overlap with reading, but merging their segments
# costs more than that gains. This many characters keep the memory flat.
BATCH_CHARACTERS = 16_000_000


class IndexUpdate:
    """Adds documents to the index in large batches, and notes in the catalogue what it holds.

    Documents that are in the catalogue but did not reach the index (a killed run, a new index)
    are found by the catalogue's note and added by `catch_up`.
    """

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._index = _writable(workspace)
        self._waiting: list[Document] = []

    def __enter__(self) -> IndexUpdate:
        return self

    def __exit__(self, *_: object) -> None:
        self._index.close()

    def add(self, documents: Sequence[Document]) -> None:
        """Take documents that are stored already; they are committed when a batch is full."""
        self._waiting += documents
        if sum(len(d.text) for d in self._waiting) >= BATCH_CHARACTERS:
            self._commit()

    def catch_up(self) -> int:
        """Commit what waits and add what the index lacks; return how many documents that were."""
        self._commit()
        missing = self._catalogue.not_indexed_in(self._index.generation)
        for document in self._catalogue.documents(missing):
            self.add([document])
        self._commit()
        return len(missing)

    def _commit(self) -> None:
        if self._waiting:
            self._index.add(self._waiting)
            ids = [d.id for d in self._waiting]
            self._catalogue.mark_indexed(ids, generation=self._index.generation)
            self._waiting = []


def rebuild_index(
    workspace: Workspace,
    *,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Make the index anew from the catalogue and put it in the old one's place.

    Args:
        on_progress: Called with the documents done and their total.

    Returns:
        The number of documents.

    Raises:
        CatalogueError: If the catalogue cannot be used or another process writes.
    """
    from pipeline.index.whoosh_index import WhooshIndex

    with workspace.writing(), assemble.catalogue_of(workspace) as catalogue:
        ids = catalogue.every_id()

        def counted() -> Iterator[Document]:
            for done, document in enumerate(catalogue.documents(ids), start=1):
                yield document
                on_progress(done, len(ids))

        count = WhooshIndex.rebuild(workspace.index, counted())
        index = assemble.index_of(workspace, writable=True)
        try:
            catalogue.mark_indexed(ids, generation=index.generation)
        finally:
            index.close()
    return count


def _writable(workspace: Workspace) -> SearchIndex:
    """Return the index to write to; one of another version is put aside for a new one."""
    from pipeline.index.whoosh_index import WhooshIndex

    try:
        return assemble.index_of(workspace, writable=True)
    except IndexUnusableError:
        # The catalogue is the truth: an empty index in the unusable one's place is filled again
        # by `catch_up`, because its generation is new.
        WhooshIndex.rebuild(workspace.index, iter(()))
        return assemble.index_of(workspace, writable=True)
