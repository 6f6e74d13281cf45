"""MemoryIndex: the search index in plain dictionaries, to test with and to hold others against."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

import numpy as np

from pipeline.core.document import Document
from pipeline.core.ports import Batch
from pipeline.core.query import Query, Results
from pipeline.index.alike import alike
from pipeline.index.answering import answer, check
from pipeline.index.batches import add_all, not_held, refuse_twice
from pipeline.index.entries import Entry, Posted, Row, Shown, entry_of, row_of
from pipeline.index.lexicon import Lexicon
from pipeline.index.names import NO_NAMES, Names
from pipeline.index.shelf import Places
from pipeline.index.suggestions import suggestions
from pipeline.index.table import Fact, Table, day_of
from pipeline.index.weighed import Numbers, Weighed


class MemoryIndex:
    """A search index that is gone when it is closed.

    Args:
        pillars: Which concept ids are pillars, for the facets ``pillar`` and ``file``.
        names: By which concepts are asked for.
    """

    def __init__(self, *, pillars: Collection[str] = (), names: Names = NO_NAMES) -> None:
        self._pillars = frozenset(pillars)
        self._names = names
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
        if query.node is not None and not query.exact_language:
            query = replace(query, node=self._names.with_subjects(query.node))
        return answer(query, self._shelf, pillars=self._pillars)

    def similar(self, document: str, limit: int = 10, *, audience: str = "") -> Results:
        """Return the works most like a document, best first.

        Raises:
            ValueError: If the index does not hold it.
        """
        found = alike(document, limit, self._shelf, self._names, self._pillars, audience=audience)
        if found is None:
            raise not_held(document)
        return found

    def suggest(self, word: str, limit: int = 3) -> tuple[str, ...]:
        """Return words of the index that ``word`` may have been meant to be."""
        return suggestions(word, self._shelf, limit)

    @property
    def generation(self) -> str:
        """An id given when the index was made."""
        return self._generation

    def count(self) -> int:
        """Return the number of documents."""
        return len(self._shelf.table)

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
        self._passages: dict[int, tuple[Shown, Posted]] = {}
        self._titles: dict[int, dict[str, Posted]] = {}  # of documents, by language

    def put(self, entry: Entry) -> None:
        document = self._next
        self._rows[document] = entry.row
        self._numbers[entry.row.document] = document
        self._titles[document] = entry.titles()
        self._passages.update(enumerate(entry.posted(), start=document))
        self._next += len(entry.passages)

    def holds(self, document_id: str) -> bool:
        return document_id in self._numbers

    def amend(self, row: Row) -> None:
        self._rows[self._numbers[row.document]] = row

    def take_out(self, document_id: str) -> None:
        if document_id in self._numbers:
            document = self._numbers.pop(document_id)
            row = self._rows.pop(document)
            del self._titles[document]
            for number in range(document, document + len(row.languages)):
                del self._passages[number]

    @property
    def table(self) -> Table:
        rows = list(self._rows.values())
        ids = {row.document: number for number, row in enumerate(sorted(rows, key=_id))}
        works: dict[str, int] = {}
        return Table(
            heads=_numbers(self._rows),
            ids=np.array([ids[row.document] for row in rows], np.uint64),
            works=_numbers(works.setdefault(row.work, len(works)) for row in rows),
            days=_numbers(day_of(row.date) for row in rows),
            end=self._next,
        )

    def having(self, fact: Fact, value: str) -> Numbers:
        rows = self._rows.values()
        return _numbers(n for n, row in enumerate(rows) if value in _facts(row, fact))

    def values(self, fact: Fact) -> Sequence[str]:
        return sorted({value for row in self._rows.values() for value in _facts(row, fact)})

    def languages(self) -> Sequence[str]:
        return sorted({shown.language for shown, _ in self._passages.values()})

    def in_language(self, language: str) -> Numbers:
        return _numbers(number for number, _, _ in self._of(language))

    def lengths(self, language: str) -> Numbers:
        table = self.table
        return np.bincount(table.rows_of(self.in_language(language)), minlength=len(table))

    def pages(self, language: str) -> Numbers:
        return _numbers(shown.page for _, shown, _ in self._of(language))

    def stems(self, language: str, stem: str) -> Weighed:
        found = {n: p.stems[stem] for n, _, p in self._of(language) if stem in p.stems}
        return Weighed(_numbers(found), np.array(list(found.values()), np.float64))

    def places(self, language: str, word: str) -> Places:
        return _places({n: p.places[word] for n, _, p in self._of(language) if word in p.places})

    def title_stems(self, language: str, stem: str) -> Numbers:
        return _numbers(n for n, title in self._titled(language) if stem in title.stems)

    def title_places(self, language: str, word: str) -> Places:
        titles = self._titled(language)
        return _places({n: title.places[word] for n, title in titles if word in title.places})

    def lexicon(self, language: str) -> Lexicon:
        words = {word for _, _, posted in self._of(language) for word in posted.places}
        titles = (word for _, title in self._titled(language) for word in title.places)
        return Lexicon(language, words.union(titles))

    def rows_like(self, document: str) -> Sequence[int]:
        return [n for n, row in enumerate(self._rows.values()) if row.document == document]

    def first_passage(self, row: int) -> int:
        return list(self._rows)[row]

    def row(self, row: int) -> Row:
        return list(self._rows.values())[row]

    def shown(self, passage: int) -> Shown:
        return self._passages[passage][0]

    def _of(self, language: str) -> Iterator[tuple[int, Shown, Posted]]:
        for number, (shown, posted) in self._passages.items():
            if shown.language == language:
                yield number, shown, posted

    def _titled(self, language: str) -> Iterator[tuple[int, Posted]]:
        for number, titles in self._titles.items():
            if language in titles:
                yield number, titles[language]


def _id(row: Row) -> str:
    return row.document


def _facts(row: Row, fact: Fact) -> Sequence[str]:
    if fact == "tag":
        return row.tags
    value: str = getattr(row, fact)
    return (value,) if value else ()


def _numbers(given: Iterable[int]) -> Numbers:
    return np.fromiter(given, np.int64)


def _places(found: Mapping[int, Sequence[int]]) -> Places:
    return Places(
        numbers=_numbers(found),
        sizes=_numbers(len(places) for places in found.values()),
        positions=_numbers(at for places in found.values() for at in places),
    )
