"""Leaves: the postings of a term over all segments of a Whoosh index."""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader, SegmentReader

from pipeline.index.whoosh_postings import Held, held

NOTHING = Held(np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64), np.zeros(0, np.int64))


@dataclass(frozen=True, slots=True)
class Leaf:
    """A segment that is open for reading.

    Attributes:
        base: What is added to a number in it.
        live: By number in it, whether the document is there still; nothing if all are.
    """

    terms: Any  # Whoosh's reader of terms and postings
    base: int
    live: NDArray[np.bool_] | None

    def raw(self, field: str, term: str) -> Held | None:
        """Return the postings as they lie in the segment."""
        if (field, word := term.encode()) not in self.terms:
            return None
        info = self.terms.term_info(field, word)
        return held(self.terms._postfile, info.extent())


def leaves_of(reader: IndexReader) -> list[Leaf]:
    """Return the segments of an index."""
    leaves = []
    for leaf, base in reader.leaf_readers():
        if isinstance(leaf, SegmentReader):  # an index without documents has a leaf of another kind
            live = None
            if leaf.has_deletions():
                live = np.ones(leaf.doc_count_all(), np.bool_)
                live[deleted(leaf)] = False
            leaves.append(Leaf(leaf._terms, base, live))
    return leaves


def read(leaves: Sequence[Leaf], field: str, term: str) -> Held:
    """Return the postings of a term, of documents that are there still."""
    found = []
    for leaf in leaves:
        raw = leaf.raw(field, term)
        if raw is not None:
            if leaf.live is not None:
                raw = chosen(raw, leaf.live[raw.numbers])
            found.append(
                Held(raw.numbers + leaf.base, raw.weights, raw.sizes, raw.items)
                if leaf.base
                else raw
            )
    if not found:
        return NOTHING
    if len(found) == 1:
        return found[0]
    return Held(
        np.concatenate([one.numbers for one in found]),
        np.concatenate([one.weights for one in found]),
        np.concatenate([one.sizes for one in found]),
        np.concatenate([one.items for one in found]),
    )


def chosen(given: Held, mask: NDArray[np.bool_]) -> Held:
    """Return the postings for which ``mask`` is true."""
    if mask.all():
        return given
    sizes, items = given.sizes, given.items
    if len(sizes):
        items = items[np.repeat(mask, sizes)]
        sizes = sizes[mask]
    return Held(given.numbers[mask], given.weights[mask], sizes, items)


def renumbered(given: Held, numbers: NDArray[np.int64]) -> Held:
    """Return the postings with new numbers; a document whose number is below 0 is left out."""
    new = numbers[given.numbers]
    kept = chosen(given, new >= 0)
    return Held(new[new >= 0], kept.weights, kept.sizes, kept.items)


def deleted(reader: SegmentReader) -> list[int]:
    """Return the numbers of a segment's documents that are there no more."""
    return list(reader._perdoc.deleted_docs())


def every_posting(reader: SegmentReader) -> Iterator[tuple[str, bytes, Held]]:
    """Yield fields, terms and postings of a segment, deleted documents among them."""
    terms = reader._terms
    for (name, word), info in terms.items():
        yield name, word, held(terms._postfile, info.extent())
