"""Postings on their way into a segment and out of it: a term's all at once, as arrays.

Whoosh's own pool keeps a tuple for every posting, sorts all of them, and from a million on does so
through files, item by item: that took 8 of 20 CPU seconds for 6,500 passages. Its postings are
written and read one by one, with six calls for each.

A term's postings lie in the segment as one piece, all numbers little-endian::

    head      mark, flags (one byte each), count (4)
    numbers   4 each, rising
    weights   4 each, unless all are 1
    sizes     how many items each has, and
    items     theirs one after the other, where the field has items; 1, 2 or 4 each
"""

# mypy: allow-untyped-calls

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3FieldWriter, W3PostingsWriter
from whoosh.fields import Schema
from whoosh.reading import CorruptIndexError

from pipeline.index.whoosh_fields import LEXICON, SEPARATOR, WORDS

_HEAD = struct.Struct("<BBI")
_MARK = 0xF4
_WEIGHED, _ITEMS = 1, 2  # flags; then two bits each for the widths of sizes and of items
_WIDTHS = ("<u1", "<u2", "<u4")


@dataclass(slots=True)
class Postings:
    """The postings of a term, by rising number of their documents."""

    numbers: array[int] = field(default_factory=lambda: array("I"))
    weights: array[float] = field(default_factory=lambda: array("f"))
    # One after the other: an object for each took most of the memory of a merge.
    items: array[int] = field(default_factory=lambda: array("I"))
    sizes: array[int] = field(default_factory=lambda: array("I"))


@dataclass(frozen=True, slots=True)
class Held:
    """The postings of a term as a segment holds them.

    Attributes:
        numbers: Of the documents in the segment, rising; deleted ones among them.
        weights: Of each.
        sizes: How many of ``items`` each has; empty in a field without items.
        items: Positions of a word, or whatever else the field keeps.
    """

    numbers: NDArray[np.int64]
    weights: NDArray[np.float64]
    sizes: NDArray[np.int64]
    items: NDArray[np.int64]


class _Terms(dict[bytes, Postings]):
    def __missing__(self, word: bytes) -> Postings:
        postings = self[word] = Postings()
        return postings


class TermPool:
    """What Whoosh asks of a pool of postings; each term's come by rising number."""

    # The loops are written out: a call for each of a million postings is half of their cost.

    def __init__(self) -> None:
        self._fields: defaultdict[str, _Terms] = defaultdict(_Terms)

    def take_over(self, name: str, word: bytes, held: Held) -> None:
        """Add the postings that another segment holds, renumbered."""
        postings = self._fields[name][word]
        postings.numbers.frombytes(held.numbers.astype(np.uint32).tobytes())
        postings.weights.frombytes(held.weights.astype(np.float32).tobytes())
        postings.sizes.frombytes(held.sizes.astype(np.uint32).tobytes())
        postings.items.frombytes(held.items.astype(np.uint32).tobytes())

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
        """Add the words of a field of a document with their weights and items, at least one."""
        known = self._fields[name]
        for word, (weight, items) in words.items():
            postings = known[word.encode()]
            postings.numbers.append(number)
            postings.weights.append(weight)
            postings.items.extend(items)
            postings.sizes.append(len(items))

    def iter_postings(self) -> Iterator[tuple[str, bytes, Postings]]:
        """Yield fields and terms in their order; `PassageFieldWriter` takes them."""
        self._fields[LEXICON] = _lexicons(self._fields[WORDS])
        for name, terms in sorted(self._fields.items()):
            for word in sorted(terms):
                yield name, word, terms[word]

    def cleanup(self) -> None:
        """Forget all of them."""
        self._fields.clear()


def _lexicons(words: Iterable[bytes]) -> _Terms:
    """Return the words of each language in one piece: reading them term by term is slow."""
    known: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for term in sorted(words):
        language, _, word = term.partition(SEPARATOR.encode())
        known[language].append(word)
    lexicons = _Terms()
    for language, found in known.items():
        joined = b"\n".join(found)
        lexicons[language] = Postings(
            array("I", [0]), array("f", [1.0]), array("I", list(joined)), array("I", [len(joined)])
        )
    return lexicons


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
    """Writes the postings of a term in one piece."""

    def add_all(self, postings: Postings) -> None:
        """Write all postings of the term that was started."""
        self._ids = postings.numbers
        self._weights = postings.weights
        self._maxweight = max(postings.weights)
        assert self._terminfo is not None
        self._terminfo.add_block(self)
        self._postfile.write(_packed(postings))
        self._blockcount = 1
        self._new_block()


def held(file: Any, extent: tuple[int, Any]) -> Held:
    """Return the postings at ``extent``, offset and bytes, of a file of postings.

    Raises:
        CorruptIndexError: If something else lies there.
    """
    offset, size = extent
    if isinstance(size, tuple):  # as Whoosh unpacks it
        [size] = size
    data = file.get(offset, size)
    mark, flags, count = _HEAD.unpack_from(data)
    at = _HEAD.size
    if mark != _MARK:
        raise CorruptIndexError(f"no postings at {offset}")
    numbers = np.frombuffer(data, "<u4", count, at).astype(np.int64)
    at += 4 * count
    weights: NDArray[np.float64] = np.ones(count)
    if flags & _WEIGHED:
        weights = np.frombuffer(data, "<f4", count, at).astype(np.float64)
        at += 4 * count
    sizes = items = np.zeros(0, np.int64)
    if flags & _ITEMS:
        of_sizes, of_items = _WIDTHS[flags >> 2 & 3], _WIDTHS[flags >> 4 & 3]
        sizes = np.frombuffer(data, of_sizes, count, at).astype(np.int64)
        at += sizes.size * int(of_sizes[-1])
        items = np.frombuffer(data, of_items, int(sizes.sum()), at).astype(np.int64)
        at += items.size * int(of_items[-1])
    if at != size:
        raise CorruptIndexError(f"postings at {offset} have {size} bytes, not {at}")
    return Held(numbers, weights, sizes, items)


def _packed(postings: Postings) -> bytes:
    flags = 0
    parts = [postings.numbers.tobytes()]
    if any(weight != 1.0 for weight in postings.weights):
        flags |= _WEIGHED
        parts.append(postings.weights.tobytes())
    if postings.sizes:
        of_sizes, sizes = _narrow(postings.sizes)
        of_items, items = _narrow(postings.items)
        flags |= _ITEMS | of_sizes << 2 | of_items << 4
        parts += [sizes, items]
    return _HEAD.pack(_MARK, flags, len(postings.numbers)) + b"".join(parts)


def _narrow(values: array[int]) -> tuple[int, bytes]:
    """Return which of `_WIDTHS` ``values`` need, and their bytes in it."""
    highest = max(values, default=0)
    if highest < 1 << 8:
        return 0, array("B", values).tobytes()
    if highest < 1 << 16:
        return 1, array("H", values).tobytes()
    return 2, values.tobytes()
