"""Leaves: the postings of a term over all segments of a Whoosh index."""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from whoosh.reading import IndexReader, SegmentReader

from pipeline.index.columns import Field, Held
from pipeline.index.weighed import NO_NUMBERS, Mask
from pipeline.index.whoosh_postings import PassageTermsReader

_NOTHING = Held(NO_NUMBERS, np.zeros(0), NO_NUMBERS, NO_NUMBERS)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A segment that is open for reading.

    Attributes:
        base: What is added to a number in it.
        live: By number in it, whether the document is there still; nothing if all are.
    """

    fields: Mapping[str, Field]
    base: int
    live: Mask | None

    def held(self, field: str, term: str) -> Held | None:
        """Return the postings of a term, of documents that are there still."""
        if field not in self.fields or (place := self.fields[field].find(term.encode())) is None:
            return None
        found = self.fields[field].held(place)
        if self.live is not None:
            found = found.chosen(self.live[found.numbers])
        return Held(found.numbers + self.base, found.weights, found.sizes, found.items)

    def beginning(self, field: str, prefix: str) -> list[bytes]:
        """Return the terms that begin with ``prefix``, of documents that are there still."""
        if field not in self.fields:
            return []
        return self.fields[field].beginning(prefix.encode(), self.live)


def leaves_of(reader: IndexReader) -> list[Leaf]:
    """Return the segments of an index."""
    leaves = []
    for leaf, base in reader.leaf_readers():
        if isinstance(leaf, SegmentReader):  # an index without documents has a leaf of another kind
            live = None
            if leaf.has_deletions():
                live = np.ones(leaf.doc_count_all(), np.bool_)
                live[deleted(leaf)] = False
            leaves.append(Leaf(fields_of(leaf), base, live))
    return leaves


def fields_of(reader: SegmentReader) -> Mapping[str, Field]:
    """Return the fields of a segment by name."""
    terms = reader._terms
    assert isinstance(terms, PassageTermsReader)
    return terms.fields


def deleted(reader: SegmentReader) -> list[int]:
    """Return the numbers of a segment's documents that are there no more."""
    return list(reader._perdoc.deleted_docs())


def read(leaves: Sequence[Leaf], field: str, term: str) -> Held:
    """Return the postings of a term over all segments, of documents that are there still."""
    found = [held for leaf in leaves if (held := leaf.held(field, term)) is not None]
    if not found:
        return _NOTHING
    if len(found) == 1:
        return found[0]
    return Held(
        np.concatenate([one.numbers for one in found]),
        np.concatenate([one.weights for one in found]),
        np.concatenate([one.sizes for one in found]),
        np.concatenate([one.items for one in found]),
    )
