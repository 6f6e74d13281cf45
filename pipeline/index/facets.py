"""Facets: how many works have each pillar, policy file, language, year, kind and so on."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pipeline.index.shelf import Shelf
from pipeline.index.table import Fact
from pipeline.index.weighed import NO_NUMBERS, Numbers

FACETS = ("pillar", "file", "language", "year", "kind", "institution", "audience")


class Counting:
    """Counts works by what their documents are.

    Args:
        parts: Rows of documents by the language in which they match.
    """

    def __init__(self, shelf: Shelf, parts: list[dict[str, Numbers]]) -> None:
        self._shelf = shelf
        self._parts = parts
        rows = np.concatenate([NO_NUMBERS, *(r for part in parts for r in part.values())])
        self._found = np.zeros(len(shelf.table), np.bool_)
        self._found[rows] = True

    def counted(self, name: str, pillars: frozenset[str]) -> dict[str, int]:
        counts = dict(self._counts(name, pillars))
        some = ((value, count) for value, count in counts.items() if count)
        return dict(sorted(some, key=lambda item: (-item[1], item[0])))

    def _counts(self, name: str, pillars: frozenset[str]) -> Iterable[tuple[str, int]]:
        match name:
            case "pillar":
                return self._facts("tag", [v for v in self._shelf.values("tag") if v in pillars])
            case "file":
                tags = self._shelf.values("tag")
                return self._facts("tag", [value for value in tags if value not in pillars])
            case "kind" | "institution" | "audience":
                return self._facts(name, self._shelf.values(name))
            case "language":
                return self._languages()
        return self._years()

    def _facts(self, fact: Fact, values: Iterable[str]) -> Iterable[tuple[str, int]]:
        for value in values:
            rows = self._shelf.having(fact, value)
            yield value, self._works(rows[self._found[rows]])

    def _languages(self) -> Iterable[tuple[str, int]]:
        for code in dict.fromkeys(code for part in self._parts for code in part):
            rows = [part[code] for part in self._parts if code in part]
            yield code, self._works(np.concatenate(rows))

    def _years(self) -> Iterable[tuple[str, int]]:
        table = self._shelf.table
        rows = np.flatnonzero(self._found)
        years = table.days[rows] // 10_000
        pairs = np.unique(years * len(table) + table.works[rows]) // max(len(table), 1)
        for year, count in zip(*np.unique(pairs, return_counts=True), strict=True):
            if year:
                yield f"{year:04}", int(count)

    def _works(self, rows: Numbers) -> int:
        return different(self._shelf.table.works[rows])


def different(values: Numbers) -> int:
    """Return how many different numbers there are among some from 0."""
    return int(np.count_nonzero(np.bincount(values)))
