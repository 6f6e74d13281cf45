"""The table of documents in Whoosh: written with each row, read in one piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from pipeline.index.entries import Row
from pipeline.index.table import Fact, Table, counted_from_0, day_of
from pipeline.index.weighed import NO_NUMBERS, Numbers
from pipeline.index.whoosh_fields import AMENDMENT_TERM, HEAD_TERM, SEPARATOR
from pipeline.index.whoosh_leaves import Leaf, read

_KEYS = 5  # of a row


def keys_of(row: Row) -> list[int]:
    """Return what tells documents and works apart, and the day; numbers below 2 ** 32."""
    return [*_halves(_order(row.document)), *_halves(_digest(row.work)), day_of(row.date)]


def facts_of(row: Row) -> Iterator[str]:
    """Yield the terms by which a row is filtered and counted."""
    for tag in row.tags:
        yield f"tag{SEPARATOR}{tag}"
    if row.kind:
        yield f"kind{SEPARATOR}{row.kind}"
    if row.institution:
        yield f"institution{SEPARATOR}{row.institution}"
    yield f"audience{SEPARATOR}{row.audience}"


@dataclass(frozen=True, slots=True)
class WhooshTable:
    """The documents of one committed state.

    Attributes:
        stored: Number of what holds each document's row: its head, or its last amendment.
    """

    table: Table
    stored: Numbers
    leaves: Sequence[Leaf]

    def having(self, fact: Fact, value: str) -> Numbers:
        """Return the rows of the documents of which a fact has that value, rising."""
        numbers = read(self.leaves, "facts", f"{fact}{SEPARATOR}{value}").numbers
        if not len(self.stored) or not len(numbers):
            return NO_NUMBERS
        order = np.argsort(self.stored, kind="stable")
        at = np.minimum(np.searchsorted(self.stored, numbers, sorter=order), len(order) - 1)
        rows = order[at]
        # What an amendment stands for has facts still.
        return np.sort(rows[self.stored[rows] == numbers])

    def values(self, fact: Fact) -> Sequence[str]:
        """Return all tags, kinds, institutions or audiences that documents have, or had."""
        start = f"{fact}{SEPARATOR}"
        terms = {term.decode() for leaf in self.leaves for term in leaf.beginning("facts", start)}
        return sorted(term.removeprefix(start) for term in terms)


def whoosh_table(leaves: Sequence[Leaf], end: int) -> WhooshTable:
    """Return the table of what the segments hold, whose numbers are all below ``end``."""
    heads = read(leaves, "keys", HEAD_TERM)
    keys = heads.items.reshape(-1, _KEYS).copy()
    stored = heads.numbers.copy()
    amendments = read(leaves, "keys", AMENDMENT_TERM)
    if len(amendments.numbers) and len(stored):
        amended = amendments.items.reshape(-1, _KEYS)
        ids, wanted = _joined(keys, 0), _joined(amended, 0)
        order = np.argsort(ids)
        rows = order[np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)]
        known = ids[rows] == wanted
        keys[rows[known]] = amended[known]
        stored[rows[known]] = amendments.numbers[known]
    works = counted_from_0(_joined(keys, 2))
    return WhooshTable(
        Table(heads.numbers, _joined(keys, 0), works, keys[:, 4], end), stored, leaves
    )


def _order(document: str) -> int:
    """Return a number of 64 bits in the order of the ids, which are hexadecimal digests."""
    return int(document[:16].ljust(16, "0"), 16)


def _digest(work: str) -> int:
    return int.from_bytes(blake2b(work.encode(), digest_size=8).digest())


def _halves(number: int) -> tuple[int, int]:
    return number >> 32, number & 0xFFFF_FFFF


def _joined(keys: Numbers, column: int) -> NDArray[np.uint64]:
    high, low = keys[:, column].astype(np.uint64), keys[:, column + 1].astype(np.uint64)
    return (high << np.uint64(32)) | low
