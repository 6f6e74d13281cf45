"""Columns: the terms of a field with all their postings, as arrays, in memory and in a file.

In a file a field is one piece: a head, and behind it the arrays one after the other, each as
narrow as its numbers allow.
"""

from __future__ import annotations

import json
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.index.weighed import NO_NUMBERS, Mask, Numbers, Weights

_BREAK = b"\n"  # between terms, none of which has one
_LENGTH = struct.Struct("<II")
_MARK = 0x46345031
_KINDS = (np.uint8, np.uint16, np.uint32, np.uint64)
_NAMES_OF_KINDS = frozenset(np.dtype(kind).str for kind in _KINDS)
# What bytes raise that are no field, or not all of one.
_ELSEWHAT = (
    ValueError, KeyError, TypeError, AttributeError, OverflowError, struct.error, RecursionError
)  # fmt: skip
# Every so manieth term is kept apart as a guide. Halving the distance among all terms would bring
# 60 KB into memory at every step: 100 MB for a word in a library of 50,000 documents.
_GUIDED = 256
_THOUSANDTHS = 1000  # what weights are kept in; finer ones make no difference to ranking


@dataclass(frozen=True, slots=True)
class Held:
    """The postings of a term.

    Attributes:
        numbers: Of the documents, rising.
        weights: Of each.
        sizes: How many of ``items`` each has; empty in a field without items.
        items: Positions of a word, or whatever else the field keeps.
    """

    numbers: Numbers
    weights: Weights
    sizes: Numbers
    items: Numbers

    def chosen(self, mask: Mask) -> Held:
        """Return the postings for which ``mask`` is true."""
        if mask.all():
            return self
        sizes, items = self.sizes, self.items
        if len(sizes):
            items = items[np.repeat(mask, sizes)]
            sizes = sizes[mask]
        return Held(self.numbers[mask], _picked(self.weights, mask), sizes, items)


@dataclass(frozen=True, slots=True)
class Columns:
    """The terms of a field, sorted, and the postings of all of them one after the other.

    Attributes:
        counts: How many postings each term has, at least one.
        held: All postings; numbers rise within a term.
    """

    terms: Sequence[bytes]
    counts: Numbers
    held: Held


def gathered(terms: Sequence[bytes], places: Numbers, held: Held) -> Columns:
    """Return postings in the order of their terms.

    Args:
        terms: In any order, none twice; one without postings is left out.
        places: Of the term of each posting in ``terms``.
        held: Postings whose numbers rise for each term.
    """
    rank = np.empty(len(terms), np.int32)
    by_name = sorted(range(len(terms)), key=terms.__getitem__)
    rank[by_name] = np.arange(len(terms))
    places = rank[places]
    order = np.argsort(places, kind="stable").astype(np.int32)
    counts = np.bincount(places, minlength=len(terms))
    kept = np.flatnonzero(counts)
    sizes = held.sizes
    items = held.items
    if len(sizes):
        kind = np.int32 if len(items) < 1 << 31 else np.int64  # a merge has millions of them
        starts = np.cumsum(sizes, dtype=kind) - sizes.astype(kind)
        sizes = sizes[order]
        shifts = starts[order] - np.cumsum(sizes, dtype=kind) + sizes.astype(kind)
        items = items[np.repeat(shifts, sizes) + np.arange(len(items), dtype=kind)]
    return Columns(
        [terms[by_name[place]] for place in kept.tolist()],
        counts[kept],
        Held(held.numbers[order], _picked(held.weights, order), sizes, items),
    )


def joined(parts: Sequence[Columns]) -> Columns:
    """Return the postings of several parts, whose numbers rise from part to part."""
    if len(parts) == 1:
        return parts[0]
    known: dict[bytes, int] = {}
    places = []
    for part in parts:
        here = [known.setdefault(term, len(known)) for term in part.terms]
        places.append(np.repeat(np.array(here, np.int32), part.counts))
    held = Held(
        np.concatenate([part.held.numbers for part in parts]),
        _concatenated([part.held.weights for part in parts]),
        np.concatenate([part.held.sizes for part in parts]),
        np.concatenate([part.held.items for part in parts]),
    )
    return gathered(list(known), np.concatenate(places), held)


def renumbered(columns: Columns, numbers: Numbers) -> Columns:
    """Return the postings with new numbers, without those whose number is below 0."""
    new = numbers[columns.held.numbers]
    kept = new >= 0
    held = Held(new, columns.held.weights, columns.held.sizes, columns.held.items).chosen(kept)
    of_terms = np.repeat(np.arange(len(columns.terms), dtype=np.int32), columns.counts)[kept]
    counts = np.bincount(of_terms, minlength=len(columns.terms))
    left = np.flatnonzero(counts)
    return Columns([columns.terms[place] for place in left.tolist()], counts[left], held)


def packed(columns: Columns) -> bytes:
    """Return a field as it is kept in a file."""
    held = columns.held
    lengths = np.array([len(term) + 1 for term in columns.terms], np.int64)
    starts = _starts(columns.counts)
    sections: dict[str, NDArray[Any]] = {
        "guides": _joined(columns.terms[::_GUIDED]),
        "terms": _joined(columns.terms),
        "term_starts": _starts(lengths),
        "starts": starts,
        "numbers": held.numbers,
    }
    if np.any(held.weights != 1.0):
        sections["weights"] = np.rint(held.weights * _THOUSANDTHS)
    if len(held.sizes):
        sections["sizes"] = held.sizes
        sections["item_starts"] = _starts(held.sizes)[starts]
        sections["items"] = held.items
    narrow = {name: _narrow(values) for name, values in sections.items()}
    head = json.dumps({name: (v.dtype.str, len(v)) for name, v in narrow.items()}).encode()
    return b"".join(
        [_LENGTH.pack(_MARK, len(head)), head, *(values.tobytes() for values in narrow.values())]
    )


def _joined(terms: Sequence[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(_BREAK.join([*terms, b""]), np.uint8)


class Field:
    """A field in a file, read where it lies.

    Args:
        view: The bytes that `packed` returned.

    Raises:
        ValueError: If they are something else.
    """

    def __init__(self, view: Any) -> None:
        try:
            sections = _sections(view)
            self._terms = memoryview(sections["terms"])  # type: ignore[arg-type]
            self._guide_terms = sections["guides"]
            self._term_starts = sections["term_starts"]
            self._starts = sections["starts"]
            self._numbers = sections["numbers"]
        except _ELSEWHAT as error:
            raise ValueError(f"no field of an index ({error})") from error
        self._weights = sections.get("weights")
        self._sizes = sections.get("sizes")
        self._item_starts = sections.get("item_starts")
        self._items = sections.get("items")

    def __len__(self) -> int:
        """Return the number of terms."""
        return len(self._term_starts) - 1

    def __getitem__(self, place: int) -> bytes:
        """Return a term; they are sorted."""
        start, end = self._term_starts[place], self._term_starts[place + 1]
        return bytes(self._terms[start : end - 1])

    def find(self, term: bytes) -> int | None:
        """Return the place of a term; nothing if it is not there."""
        place = self._place(term)
        return place if place < len(self) and self[place] == term else None

    def _place(self, term: bytes) -> int:
        """Return the place of the first term that does not come before ``term``."""
        first = max(bisect_right(self._guides, term) - 1, 0) * _GUIDED
        last = min(first + _GUIDED, len(self))
        if first == last:
            return first
        some = bytes(self._terms[self._term_starts[first] : self._term_starts[last] - 1])
        return first + bisect_left(some.split(_BREAK), term)

    @cached_property
    def _guides(self) -> list[bytes]:
        return bytes(self._guide_terms).split(_BREAK)[:-1]

    def beginning(self, prefix: bytes, live: Mask | None = None) -> list[bytes]:
        """Return the terms that begin with ``prefix``; all of them if it is empty.

        Args:
            prefix: In UTF-8.
            live: By number, whether the document is there still; terms of others alone are left
                out. All are where it is absent.
        """
        first = self._place(prefix)
        end = self._place(prefix + b"\xff")  # which no character of UTF-8 has
        if first == end:
            return []
        found = self._terms[self._term_starts[first] : self._term_starts[end] - 1]
        terms = bytes(found).split(_BREAK)
        if live is None:
            return terms
        starts = self._starts[first : end + 1].astype(np.int64)
        kept = np.add.reduceat(live[self._numbers[starts[0] : starts[-1]]], starts[:-1] - starts[0])
        return [term for term, keep in zip(terms, kept.tolist(), strict=True) if keep]

    def held(self, place: int) -> Held:
        """Return the postings of a term."""
        start, end = int(self._starts[place]), int(self._starts[place + 1])
        weights: Weights = np.ones(end - start)
        if self._weights is not None:
            weights = self._weights[start:end] / _THOUSANDTHS
        sizes = items = NO_NUMBERS
        if self._sizes is not None and self._item_starts is not None and self._items is not None:
            first, last = self._item_starts[place], self._item_starts[place + 1]
            sizes = self._sizes[start:end].astype(np.int32)
            wide = np.int64 if self._items.itemsize > 2 else np.int32
            items = self._items[first:last].astype(wide)
        return Held(self._numbers[start:end].astype(np.int32), weights, sizes, items)

    def columns(self) -> Columns:
        """Return all of the field, in arrays as narrow as in the file."""
        terms = bytes(self._terms).split(_BREAK)[:-1]
        weights: Any = np.broadcast_to(np.float32(1), len(self._numbers))
        if self._weights is not None:
            weights = self._weights / np.float32(_THOUSANDTHS)
        sizes: Any = NO_NUMBERS if self._sizes is None else self._sizes.copy()
        items: Any = NO_NUMBERS if self._items is None else self._items.copy()
        numbers: Any = self._numbers.copy()
        counts: Any = np.diff(self._starts.astype(np.int64))
        return Columns(terms, counts, Held(numbers, weights, sizes, items))


def _sections(view: Any) -> dict[str, NDArray[Any]]:
    """Return the arrays of a field by their names."""
    mark, size = _LENGTH.unpack_from(view)
    if mark != _MARK:
        raise ValueError("another mark")
    at = _LENGTH.size
    head = json.loads(bytes(view[at : at + size]))
    at += size
    sections: dict[str, NDArray[Any]] = {}
    for name, (kind, count) in head.items():
        if kind not in _NAMES_OF_KINDS:
            raise ValueError(f"numbers of the kind {kind}")
        sections[name] = np.frombuffer(view, kind, count, at)
        at += sections[name].nbytes
    if at != len(view):
        raise ValueError(f"{len(view)} bytes instead of {at}")
    return sections


def _picked(weights: Weights, places: Mask | Numbers) -> Weights:
    """Return some weights; where all are one number that is kept once, so are these."""
    if weights.strides == (0,) and len(weights):
        count = int(np.count_nonzero(places)) if places.dtype == np.bool_ else len(places)
        return np.broadcast_to(weights[0], count)
    picked: Weights = weights[places]
    return picked


def _concatenated(weights: Sequence[Weights]) -> Weights:
    if all(one.strides == (0,) and len(one) and one[0] == 1 for one in weights):
        return np.broadcast_to(np.float32(1), sum(map(len, weights)))
    return np.concatenate(weights)


def _starts(sizes: Numbers) -> Numbers:
    """Return where each of these begins, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])


def _narrow(values: NDArray[Any]) -> NDArray[Any]:
    highest = int(values.max()) if len(values) else 0
    kind = next(kind for kind in _KINDS if highest <= np.iinfo(kind).max)
    return values.astype(kind)
