"""PassageWriter: a Whoosh writer that gathers postings by term, in memory."""

# mypy: allow-untyped-calls

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

Posting = tuple[str, bytes, int, float, bytes]  # field, term, number, weight, payload


class PassageWriter(SegmentWriter):
    """Writes one segment; what is added must fit into memory, 60 bytes a posting.

    Whoosh's own pool keeps a tuple for every posting, sorts all of them, and from a million on
    does so through files, item by item: that took 8 of 20 CPU seconds for 6,500 passages.
    """

    def __init__(self, index: FileIndex) -> None:
        # Level 1 makes files as small as level 3, of blocks this small, in two thirds of the time.
        super().__init__(index, codec=W3Codec(compression=1))
        self.pool = _TermPool()  # type: ignore[assignment]  # it has what the writer calls


@dataclass(slots=True)
class _Term:
    numbers: array[int] = field(default_factory=lambda: array("I"))
    weights: array[float] = field(default_factory=lambda: array("f"))
    payloads: list[bytes] = field(default_factory=list)


class _TermPool:
    """What Whoosh asks of a pool of postings; each term's come by rising number."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, _Term]] = {}

    def add(self, posting: Posting) -> None:
        name, word, number, weight, payload = posting
        terms = self._fields.setdefault(name, {})
        term = terms.get(word)
        if term is None:
            term = terms[word] = _Term()
        term.numbers.append(number)
        term.weights.append(weight)
        if payload:
            term.payloads.append(payload)

    def iter_postings(self) -> Iterator[Posting]:
        for name, terms in sorted(self._fields.items()):
            for word in sorted(terms):
                term = terms[word]
                payloads = term.payloads or [b""] * len(term.numbers)
                for number, weight, payload in zip(
                    term.numbers, term.weights, payloads, strict=True
                ):
                    yield name, word, number, weight, payload

    def cleanup(self) -> None:
        self._fields.clear()
