"""Table: what is kept of every document for filters and folding, as columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.index.weighed import Numbers

Fact = Literal["tag", "kind", "institution", "audience"]


def day_of(date: str) -> int:
    """Return an ISO date as a number such as 20210311; what it does not tell is 0."""
    year, month, day, *_ = [*(int(part) for part in date.split("-") if part), 0, 0, 0]
    return (year * 100 + month) * 100 + day


@dataclass(frozen=True)
class Table:
    """Documents in the order of their numbers; a document's place in it is its row.

    Attributes:
        heads: Number of each document: its passages come at or after it, before the next one's.
        ids: A number for each document, in the order of the documents' ids.
        works: A number for each document's work, from 0.
        days: As `day_of` gives them.
        end: Above all numbers of passages.
    """

    heads: Numbers
    ids: NDArray[np.uint64]
    works: Numbers
    days: Numbers
    end: int

    def __len__(self) -> int:
        return len(self.heads)

    def rows_of(self, passages: Numbers) -> Numbers:
        """Return the rows of the documents of passages."""
        rows: Numbers = self._rows[passages]
        return rows

    @cached_property
    def _rows(self) -> NDArray[np.int32]:
        """Row by number: looking it up is ten times as quick as searching."""
        rows = np.zeros(self.end, np.int32)
        rows[self.heads[1:]] = 1
        counted: NDArray[np.int32] = np.cumsum(rows, dtype=np.int32)
        return counted


def counted_from_0(values: NDArray[np.integer[Any]]) -> Numbers:
    """Return a number from 0 for each different value."""
    places: Numbers = np.unique(values, return_inverse=True)[1].astype(np.int64)
    return places
