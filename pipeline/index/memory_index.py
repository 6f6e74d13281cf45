"""MemoryIndex: the search index in plain dictionaries, to test with and to hold others against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar
from uuid import uuid4

from pipeline.core.document import Document
from pipeline.core.ports import Batch
from pipeline.core.query import Query, Results
from pipeline.index.answering import answer, check
from pipeline.index.batches import add_all, not_held, refuse_twice
from pipeline.index.entries import Entry, Posted, Row, Shown, entry_of, row_of
from pipeline.index.suggestions import suggestions

_Key = TypeVar("_Key")
_Kept = TypeVar("_Kept")


class MemoryIndex:
    """A search index that is gone when it is closed.

    Args:
        pillars: Which concept ids are pillars, for the facets ``pillar`` and ``file``.
    """

    def __init__(self, *, pillars: Collection[str] = ()) -> None:
        self._pillars = frozenset(pillars)
        self._shelf = _MemoryShelf()
        self._generation = uuid4().hex

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Give a batch that is committed at the end of the block, or leaves no trace."""
        batch = _MemoryBatch(self._shelf)
        yield batch
        for entry in batch.entries.values():
            self._shelf.take_out(entry.row.document)
            self._shelf.put(entry)
        for row in batch.amended.values():
            self._shelf.amend(row)

    def add(self, documents: Iterable[Document]) -> int:
        """Add or replace documents by id; return how many there were."""
        return add_all(self, documents)

    def delete(self, ids: Iterable[str]) -> None:
        """Take documents out; unknown ids are passed over."""
        for document in ids:
            self._shelf.take_out(document)

    def search(self, query: Query) -> Results:
        """Return the matching works, best first, ties by document id.

        Raises:
            ValueError: If a facet is unknown.
        """
        check(query)
        return answer(query, self._shelf, pillars=self._pillars)

    def suggest(self, word: str, limit: int = 3) -> tuple[str, ...]:
        """Return words of the index that ``word`` may have been meant to be."""
        return suggestions(word, self._shelf, limit)

    @property
    def generation(self) -> str:
        """An id given when the index was made."""
        return self._generation

    def count(self) -> int:
        """Return the number of documents."""
        return len(self._shelf.documents())

    def close(self) -> None:
        """Forget everything."""
        self._shelf = _MemoryShelf()


class _MemoryBatch:
    """Entries that wait for the end of their batch."""

    def __init__(self, shelf: _MemoryShelf) -> None:
        self._shelf = shelf
        self.entries: dict[str, Entry] = {}
        self.amended: dict[str, Row] = {}

    def put(self, document: Document) -> None:
        refuse_twice(document.id, self.entries, self.amended)
        self.entries[document.id] = entry_of(document)

    def amend(self, document: Document) -> None:
        refuse_twice(document.id, self.entries, self.amended)
        if not self._shelf.holds(document.id):
            raise not_held(document.id)
        self.amended[document.id] = row_of(document)


class _MemoryShelf:
    """Postings by language and word; a passage is numbered as it comes and keeps its number."""

    def __init__(self) -> None:
        self._next = 0
        self._rows: dict[int, Row] = {}  # by the number of the first passage
        self._numbers: dict[str, int] = {}  # of documents, by id
        self._passages: dict[int, tuple[int, Shown, Posted]] = {}
        self._in_language: dict[str, dict[int, None]] = defaultdict(dict)
        self._stems: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
        self._places: dict[tuple[str, str], dict[int, list[int]]] = defaultdict(dict)

    def put(self, entry: Entry) -> None:
        document = self._next
        self._rows[document] = entry.row
        self._numbers[entry.row.document] = document
        for number, (shown, posted) in enumerate(entry.posted(), start=document):
            self._passages[number] = document, shown, posted
            self._in_language[shown.language][number] = None
            for stem, weight in posted.stems.items():
                self._stems[shown.language, stem][number] = weight
            for word, places in posted.places.items():
                self._places[shown.language, word][number] = places
        self._next += len(entry.passages)

    def holds(self, document_id: str) -> bool:
        return document_id in self._numbers

    def amend(self, row: Row) -> None:
        self._rows[self._numbers[row.document]] = row

    def take_out(self, document_id: str) -> None:
        if document_id not in self._numbers:
            return
        document = self._numbers.pop(document_id)
        row = self._rows.pop(document)
        for number in range(document, document + len(row.languages)):
            _, shown, posted = self._passages.pop(number)
            _drop(self._in_language, shown.language, number)
            for stem in posted.stems:
                _drop(self._stems, (shown.language, stem), number)
            for word in posted.places:
                _drop(self._places, (shown.language, word), number)

    def languages(self) -> Sequence[str]:
        return sorted(self._in_language)

    def size(self, language: str) -> int:
        return len(self.in_language(language))

    def in_language(self, language: str) -> Collection[int]:
        return self._in_language.get(language, {})

    def stems(self, language: str, stem: str) -> Mapping[int, float]:
        return self._stems.get((language, stem), {})

    def places(self, language: str, word: str) -> Mapping[int, Sequence[int]]:
        return self._places.get((language, word), {})

    def words(self, language: str, prefix: str) -> Iterable[str]:
        return sorted(w for code, w in self._places if code == language and w.startswith(prefix))

    def documents(self) -> Sequence[int]:
        return list(self._rows)

    def document_of(self, passage: int) -> int:
        return self._passages[passage][0]

    def first_passage(self, document: int) -> int:
        return document

    def row(self, document: int) -> Row:
        return self._rows[document]

    def shown(self, passage: int) -> Shown:
        return self._passages[passage][1]


def _drop(postings: dict[_Key, dict[int, _Kept]], key: _Key, number: int) -> None:
    del postings[key][number]
    if not postings[key]:
        del postings[key]
