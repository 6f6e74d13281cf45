"""WhooshShelf: one committed state of a Whoosh index, as ranking asks for it."""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np
from whoosh.reading import IndexReader

from pipeline.index.columns import Held
from pipeline.index.entries import Row, Shown
from pipeline.index.lexicon import Lexicon
from pipeline.index.shelf import Places
from pipeline.index.table import Fact, Table
from pipeline.index.weighed import Numbers, Weighed
from pipeline.index.whoosh_fields import SEPARATOR
from pipeline.index.whoosh_leaves import leaves_of, read
from pipeline.index.whoosh_table import WhooshTable, whoosh_table

# Postings that are kept: a search that finds too few reads those of its words again, and a person
# who searches comes back to the same words and filters.
_REMEMBERED = 400

Answer = TypeVar("Answer")


class WhooshShelf:
    """Reads postings and what is stored; a document has the number of its head.

    Args:
        reader: Closed with the shelf.
    """

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._leaves = leaves_of(reader)
        self._kept: dict[tuple[str, ...], object] = {}
        self._lexicons: dict[str, Lexicon] = {}

    def close(self) -> None:
        """Release the files."""
        self._reader.close()

    @cached_property
    def _documents(self) -> WhooshTable:
        return whoosh_table(self._leaves, self._reader.doc_count_all())

    @property
    def table(self) -> Table:
        return self._documents.table

    def having(self, fact: Fact, value: str) -> Numbers:
        key = "having", fact, value
        return self._remembered(key, lambda: self._documents.having(fact, value))

    def values(self, fact: Fact) -> Sequence[str]:
        return self._remembered(("values", fact), lambda: self._documents.values(fact))

    def languages(self) -> Sequence[str]:
        return self._remembered(("languages",), self._languages)

    def in_language(self, language: str) -> Numbers:
        key = "language", language
        return self._remembered(key, lambda: read(self._leaves, "language", language).numbers)

    def lengths(self, language: str) -> Numbers:
        return self._remembered(("lengths", language), lambda: self._lengths(language))

    def pages(self, language: str) -> Numbers:
        key = "pages", language
        return self._remembered(key, lambda: read(self._leaves, "language", language).items)

    def stems(self, language: str, stem: str) -> Weighed:
        return self._remembered(("stem", language, stem), lambda: self._stems(language, stem))

    def places(self, language: str, word: str) -> Places:
        return _places(self._read("words", language, word))

    def title_stems(self, language: str, stem: str) -> Numbers:
        return self._read("title_stems", language, stem).numbers

    def title_places(self, language: str, word: str) -> Places:
        return _places(self._read("title_words", language, word))

    def lexicon(self, language: str) -> Lexicon:
        if language not in self._lexicons:
            start = f"{language}{SEPARATOR}"
            fields = ("words", "title_words")
            terms = {t for leaf in self._leaves for f in fields for t in leaf.beginning(f, start)}
            words = (term[len(start) :].decode() for term in terms)
            self._lexicons[language] = Lexicon(language, words)
        return self._lexicons[language]

    def rows_like(self, document: str) -> Sequence[int]:
        heads = read(self._leaves, "document", document).numbers
        return [int(row) for row in np.unique(self.table.rows_of(heads))] if len(heads) else []

    def first_passage(self, row: int) -> int:
        return int(self.table.heads[row]) + 1

    def row(self, row: int) -> Row:
        return Row(*self._reader.stored_fields(int(self._documents.stored[row]))["row"])

    def shown(self, passage: int) -> Shown:
        return Shown(*self._reader.stored_fields(int(passage))["shown"])

    def _lengths(self, language: str) -> Numbers:
        rows = self.table.rows_of(self.in_language(language))
        lengths: Numbers = np.bincount(rows, minlength=len(self.table))
        return lengths

    def _languages(self) -> Sequence[str]:
        known = {term.decode() for leaf in self._leaves for term in leaf.beginning("language", "")}
        return sorted(language for language in known if len(self.in_language(language)))

    def _stems(self, language: str, stem: str) -> Weighed:
        held = self._read("stems", language, stem)
        return Weighed(held.numbers, held.weights)

    def _read(self, field: str, language: str, word: str) -> Held:
        return read(self._leaves, field, f"{language}{SEPARATOR}{word}")

    def _remembered(self, key: tuple[str, ...], ask: Callable[[], Answer]) -> Answer:
        if key not in self._kept:
            if len(self._kept) >= _REMEMBERED:
                self._kept.clear()
            self._kept[key] = ask()
        answer: Answer = self._kept[key]  # type: ignore[assignment]  # as the key says
        return answer


def _places(held: Held) -> Places:
    return Places(held.numbers, held.sizes, held.items)
