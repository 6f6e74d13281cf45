"""Postings on their way into a segment: gathered by term in memory, written a term at a time.

Whoosh's own pool keeps a tuple for every posting, sorts all of them, and from a million on does so
through files, item by item: that took 8 of 20 CPU seconds for 6,500 passages. Its writer takes
postings one by one, with six calls for each.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any

from whoosh.codec.whoosh3 import W3FieldWriter, W3PostingsWriter
from whoosh.fields import Schema

from pipeline.index.whoosh_fields import encoded

Posting = tuple[str, bytes, int, float, bytes]  # field, term, number, weight, payload


@dataclass(slots=True)
class Postings:
    """The postings of a term, by rising number of their documents."""

    numbers: array[int] = field(default_factory=lambda: array("I"))
    weights: array[float] = field(default_factory=lambda: array("f"))
    # One after the other: an object for each took most of the memory of a merge.
    payloads: bytearray = field(default_factory=bytearray)
    sizes: array[int] = field(default_factory=lambda: array("I"))

    def values(self) -> list[bytes]:
        """Return the payloads; none where the field has none."""
        ends = accumulate(self.sizes, initial=0)
        return [bytes(self.payloads[a:b]) for a, b in pairwise(ends)]


class _Terms(dict[bytes, Postings]):
    def __missing__(self, word: bytes) -> Postings:
        postings = self[word] = Postings()
        return postings


class TermPool:
    """What Whoosh asks of a pool of postings; each term's come by rising number."""

    # The loops are written out: a call for each of a million postings is half of their cost.

    def __init__(self) -> None:
        self._fields: defaultdict[str, _Terms] = defaultdict(_Terms)

    def add(self, posting: Posting) -> None:
        """Add one posting: a merge does, which reads them one by one."""
        name, word, number, weight, payload = posting
        postings = self._fields[name][word]
        postings.numbers.append(number)
        postings.weights.append(weight)
        if payload:
            postings.payloads += payload
            postings.sizes.append(len(payload))

    def weigh(self, name: str, number: int, terms: Mapping[str, float]) -> None:
        """Add the terms of a field of a document with their weights."""
        known = self._fields[name]
        for term, weight in terms.items():
            postings = known[term.encode()]
            postings.numbers.append(number)
            postings.weights.append(weight)

    def place(
        self, name: str, number: int, words: Mapping[str, tuple[float, Sequence[int]]]
    ) -> None:
        """Add the words of a field of a document with their weights and places, at least one."""
        known = self._fields[name]
        for word, (weight, places) in words.items():
            postings = known[word.encode()]
            postings.numbers.append(number)
            postings.weights.append(weight)
            payload = encoded(places)
            postings.payloads += payload
            postings.sizes.append(len(payload))

    def iter_postings(self) -> Iterator[tuple[str, bytes, Postings]]:
        """Yield fields and terms in their order; `PassageFieldWriter` takes them."""
        for name, terms in sorted(self._fields.items()):
            for word in sorted(terms):
                yield name, word, terms[word]

    def cleanup(self) -> None:
        """Forget all of them."""
        self._fields.clear()


class PassageFieldWriter(W3FieldWriter):
    """Writes terms with all their postings; none of our fields has lengths."""

    def add_postings(
        self, schema: Schema, _lengths: Any, items: Iterator[tuple[str, bytes, Postings]]
    ) -> None:
        """Write what a `TermPool` yields."""
        begun = ""
        for name, word, postings in items:
            if name != begun:
                if begun:
                    self.finish_field()
                self.start_field(name, schema[name])
                begun = name
            self.start_term(word)
            writer = self._postwriter
            assert isinstance(writer, PassagePostingsWriter)
            writer.add_all(postings)
            self.finish_term()
        if begun:
            self.finish_field()


class PassagePostingsWriter(W3PostingsWriter):
    """Writes the postings of a term by the block."""

    def add_all(self, postings: Postings) -> None:
        """Take all postings of the term that was started."""
        values, size = postings.values(), self._blocklimit
        for first in range(0, len(postings.numbers), size):
            if first:
                self._write_block()
            self._ids = postings.numbers[first : first + size]
            self._weights = postings.weights[first : first + size]
            self._values = values[first : first + size]
            self._maxweight = max(self._weights)
