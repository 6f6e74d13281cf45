"""WhooshShelf: one committed state of a Whoosh index, as ranking asks for it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from whoosh.reading import IndexReader

from pipeline.index.entries import Row, Shown
from pipeline.index.whoosh_fields import HEAD_TERM, SEPARATOR, decoded

# Stems whose postings are kept: a search that finds too few reads those of its words again.
_REMEMBERED = 200


class WhooshShelf:
    """Reads postings and what is stored; a document has the number of its head.

    Args:
        reader: Closed with the shelf.
    """

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._leaves = list(reader.leaf_readers())
        self._rows: dict[int, Row] = {}
        self._stems: dict[tuple[str, str], Mapping[int, float]] = {}

    def close(self) -> None:
        """Release the files."""
        self._reader.close()

    def languages(self) -> Sequence[str]:
        return [term.decode() for term in self._reader.lexicon("language")]

    def size(self, language: str) -> int:
        # Whoosh counts deleted passages until their segment is merged, without saying which.
        live = self._reader.doc_count() / max(self._reader.doc_count_all(), 1)
        return round(self._reader.doc_frequency("language", language) * live)

    def in_language(self, language: str) -> Iterable[int]:
        return (number for number, _ in self._postings("language", language))

    def stems(self, language: str, stem: str) -> Mapping[int, float]:
        key = language, stem
        if key not in self._stems:
            if len(self._stems) >= _REMEMBERED:
                self._stems.clear()
            self._stems[key] = self._read_stems(f"{language}{SEPARATOR}{stem}")
        return self._stems[key]

    def places(self, language: str, word: str) -> Mapping[int, Sequence[int]]:
        term = f"{language}{SEPARATOR}{word}"
        return {n: decoded(posting.value()) for n, posting in self._postings("words", term)}

    def words(self, language: str, prefix: str) -> Iterable[str]:
        start = f"{language}{SEPARATOR}"
        for term in self._reader.expand_prefix("words", start + prefix):
            yield term.decode()[len(start) :]

    def documents(self) -> Sequence[int]:
        return self._heads

    def document_of(self, passage: int) -> int:
        return self._heads[bisect_right(self._heads, passage) - 1]

    def first_passage(self, document: int) -> int:
        return document + 1

    def row(self, document: int) -> Row:
        if document not in self._rows:
            row = Row(*self._reader.stored_fields(document)["row"])
            self._rows[document] = self._amended(row)
        return self._rows[document]

    def shown(self, passage: int) -> Shown:
        return Shown(*self._reader.stored_fields(passage)["shown"])

    def _amended(self, row: Row) -> Row:
        """Return the row that stands for one that was written with the passages."""
        term = "amended", row.document.encode()
        for leaf, _ in self._amending:
            if term in leaf:
                posting = leaf.postings(*term)
                if posting.is_active():
                    return Row(*leaf.stored_fields(posting.id())["row"])
        return row

    @cached_property
    def _amending(self) -> list[tuple[Any, int]]:
        return [(leaf, base) for leaf, base in self._leaves if any(leaf.lexicon("amended"))]

    def _read_stems(self, term: str) -> Mapping[int, float]:
        weights = {n: posting.weight() for n, posting in self._postings("stems", term)}
        for number, posting in self._postings("words", term):
            if weight := posting.weight():
                weights[number] = weight
        return weights

    @cached_property
    def _heads(self) -> list[int]:
        return [number for number, _ in self._postings("head", HEAD_TERM)]

    def _postings(self, field: str, term: str) -> Iterator[tuple[int, Any]]:
        """Yield number and matcher, which is at that number, of what has the term."""
        for leaf, base in self._leaves:
            if (field, term.encode()) not in leaf:
                continue
            posting = leaf.postings(field, term)
            while posting.is_active():
                yield base + posting.id(), posting
                posting.next()
