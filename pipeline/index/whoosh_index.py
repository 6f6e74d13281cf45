"""WhooshIndex: the search index in files, with one writer and any number of readers."""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import sleep
from typing import TypeVar

from whoosh.reading import IndexReader
from whoosh.util.filelock import FileLock

from pipeline.core.document import Document
from pipeline.core.errors import IndexUnusableError
from pipeline.core.ports import Batch
from pipeline.core.query import Query, Results
from pipeline.index import whoosh_folder
from pipeline.index.alike import alike
from pipeline.index.answering import answer, check
from pipeline.index.batches import add_all, not_held
from pipeline.index.entries import Row
from pipeline.index.names import Names, kept, kept_version
from pipeline.index.suggestions import suggestions
from pipeline.index.whoosh_faults import DAMAGE, damaged, told
from pipeline.index.whoosh_shelf import WhooshShelf

Given = TypeVar("Given")

# Between a reader's look at the table of contents and its opening of the files named there, a
# writer may have replaced both; the next look finds the new ones.
_LOOKS = 20
_BETWEEN_LOOKS = 0.02  # seconds


class WhooshIndex:
    """A search index in a folder; made by `open`.

    Every call answers from the last committed state, of whichever process committed it. What
    only writing needs is imported by the methods that write, because a search is over before
    it would be loaded.
    """

    def __init__(
        self, folder: Path, *, pillars: Collection[str] = (), lock: FileLock | None = None
    ) -> None:
        self._folder = folder
        self._pillars = frozenset(pillars)
        self._lock = lock
        self._state: _State | None = None
        self._known_names: Names | None = None

    @classmethod
    def open(cls, folder: Path, *, writable: bool, pillars: Collection[str] = ()) -> WhooshIndex:
        """Open the index in ``folder``.

        Args:
            folder: Of the index.
            writable: Whether to make it where there is none, and keep others from writing.
            pillars: Which concept ids are pillars, for the facets ``pillar`` and ``file``; what a
                writer gives is kept for readers that give none.

        Raises:
            IndexUnusableError: If it is missing, not ours, broken, of another version, or
                another process writes.
            WriteError: If its files cannot be written.
        """
        with told(folder):
            lock = whoosh_folder.lock(folder) if writable else None
            if writable and pillars:
                whoosh_folder.note_pillars(folder, pillars)
        pillars = pillars or whoosh_folder.noted_pillars(folder)
        index = cls(folder, pillars=pillars, lock=lock)
        try:
            if writable:
                with told(folder):
                    if not (folder / whoosh_folder.CURRENT).exists():
                        whoosh_folder.make_live(folder, whoosh_folder.new_generation(folder))
                    whoosh_folder.remove_leftovers(folder)
            index._reading(lambda state: state.shelf.table)
            if writable:
                with told(folder):
                    whoosh_folder.tidy(whoosh_folder.live_generation(folder))
        except BaseException:
            index.close()
            raise
        return index

    @staticmethod
    def rebuild(folder: Path, documents: Iterable[Document]) -> int:
        """Make a new index of ``documents`` and put it in the place of the one in ``folder``.

        Until then, and if it fails, the old one stays as it is. A document that comes twice is
        taken the first time.

        Returns:
            The number of documents.

        Raises:
            IndexUnusableError: If another process writes.
            WriteError: If its files cannot be written.
        """
        from pipeline.index.whoosh_writer import fill

        with told(folder):
            lock = whoosh_folder.lock(folder)
        try:
            with told(folder):
                generation = whoosh_folder.new_generation(folder)
            taken = fill(generation, documents)
            with told(folder):
                whoosh_folder.make_live(folder, generation)
        finally:
            whoosh_folder.remove_leftovers(folder)
            lock.release()
        return taken

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Give a batch that is committed at the end of the block, or leaves no trace if it fails.

        Raises:
            IndexUnusableError: If the index was not opened to be written, or is damaged.
            WriteError: If its files cannot be written.
        """
        from pipeline.index.whoosh_writer import WhooshBatch, committing

        with committing(whoosh_folder.opened(self._writable())) as writer:
            batch = WhooshBatch(writer)
            yield batch
            batch.finish()

    def add(self, documents: Iterable[Document]) -> int:
        """Add or replace documents by id, commit them, and return how many there were.

        Raises:
            IndexUnusableError: If the index was not opened to be written, or is damaged.
            WriteError: If its files cannot be written.
        """
        return add_all(self, documents)

    def delete(self, ids: Iterable[str]) -> None:
        """Take documents out and commit; unknown ids are passed over.

        Raises:
            IndexUnusableError: If the index was not opened to be written, or is damaged.
            WriteError: If its files cannot be written.
        """
        from pipeline.index.whoosh_writer import committing

        with committing(whoosh_folder.opened(self._writable())) as writer:
            writer.take_out(ids)

    def search(self, query: Query) -> Results:
        """Return the matching works, best first, ties by document id.

        Raises:
            IndexUnusableError: If the index is damaged.
            ValueError: If a facet is unknown.
        """
        check(query)
        if query.node is not None and not query.exact_language:
            query = replace(query, node=self._names.with_subjects(query.node))
        return self._reading(lambda state: answer(query, state.shelf, pillars=self._pillars))

    @property
    def _names(self) -> Names:
        version = kept_version(self._folder)  # another vocabulary may come into use meanwhile
        if self._known_names is None or self._known_names.version != version:
            self._known_names = kept(self._folder)
        return self._known_names

    def similar(self, document: str, limit: int = 10, *, audience: str = "") -> Results:
        """Return the works most like a document, best first.

        Raises:
            ValueError: If the index does not hold it.
            IndexUnusableError: If the index is damaged.
        """
        found = self._reading(
            lambda state: alike(
                document, limit, state.shelf, self._names, self._pillars, audience=audience
            )
        )
        if found is None:
            raise not_held(document)
        return found

    def suggest(self, word: str, limit: int = 3) -> tuple[str, ...]:
        """Return words of the index that ``word`` may have been meant to be."""
        return self._reading(lambda state: suggestions(word, state.shelf, limit))

    @property
    def generation(self) -> str:
        """An id given when the index was made; another one means that it was made anew."""
        return self._reading(lambda state: whoosh_folder.generation_id(state.generation))

    def count(self) -> int:
        """Return the number of documents."""
        return self._reading(lambda state: len(state.shelf.table))

    def rows(self) -> Iterator[Row]:
        """Yield what is kept of each document besides its passages, all of one committed state.

        Raises:
            IndexUnusableError: If the index is damaged.
        """
        reader = self._reading(lambda state: whoosh_folder.opened(state.generation).reader())
        try:
            yield from rows_of(reader, self._folder)
        finally:
            reader.close()

    def close(self) -> None:
        """Release files and lock; the index cannot be used afterwards."""
        self._forget()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _reading(self, ask: Callable[[_State], Given]) -> Given:
        """Return what the last committed state answers."""
        for look in range(1, _LOOKS + 1):
            live = whoosh_folder.live_name(self._folder)
            try:
                return ask(self._refreshed())
            except (*DAMAGE, OSError, IndexUnusableError) as error:
                self._forget()
                # Files that are gone, or anything of a generation that is live no more, were
                # taken away by a writer; the state that it left instead is whole.
                gone = isinstance(error, FileNotFoundError)
                if look == _LOOKS or not (gone or live != whoosh_folder.live_name(self._folder)):
                    if isinstance(error, IndexUnusableError):
                        raise
                    raise damaged(error, self._folder) from error
            sleep(_BETWEEN_LOOKS)
        raise AssertionError("unreachable")

    def _refreshed(self) -> _State:
        generation = whoosh_folder.live_generation(self._folder)
        index = whoosh_folder.opened(generation)
        commit = index.latest_generation()
        state = self._state
        if state is None or (state.generation, state.commit) != (generation, commit):
            self._forget()
            state = self._state = _State(generation, commit, WhooshShelf(index.reader()))
        return state

    def _forget(self) -> None:
        if self._state is not None:
            state, self._state = self._state, None
            state.shelf.close()

    def _writable(self) -> Path:
        """Return the folder of the live generation, to be written."""
        if self._lock is None:
            raise IndexUnusableError(
                "was opened for reading", where=str(self._folder), remedy="open it to be written"
            )
        return whoosh_folder.live_generation(self._folder)


def rows_of(reader: IndexReader, folder: Path) -> Iterator[Row]:
    """Yield what is kept of each document in a committed state.

    Args:
        folder: Of the index, to be named where it is damaged.

    Raises:
        IndexUnusableError: If it is damaged.
    """
    with told(folder):
        shelf = WhooshShelf(reader)
        documents = len(shelf.table)
    for row in range(documents):
        with told(folder):
            kept = shelf.row(row)
        yield kept


@dataclass(frozen=True, slots=True)
class _State:
    """A committed state that is open for reading."""

    generation: Path
    commit: int
    shelf: WhooshShelf
