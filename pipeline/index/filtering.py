"""Filtering: which documents pass all filters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.core.audience import Audience
from pipeline.core.query import Filters
from pipeline.index.shelf import Shelf
from pipeline.index.table import Fact, day_of
from pipeline.index.weighed import Mask, Numbers


def passing(filters: Filters, shelf: Shelf) -> Mask | None:
    """Return which documents pass all filters but the languages, which are of passages.

    A date is compared as far as both sides tell it: a document of "2021" passes since 2021-03.

    Returns:
        Nothing where all pass.
    """
    table = shelf.table
    masks: list[Mask] = []
    asked: list[tuple[Fact, tuple[str, ...]]] = [
        ("tag", filters.pillars), ("tag", filters.files), ("kind", filters.kinds),
        ("institution", filters.institutions), ("audience", _readable(filters.audience)),
    ]  # fmt: skip
    for fact, values in asked:
        if values:
            mask = np.zeros(len(table), np.bool_)
            for value in _asked(fact, values, shelf):
                mask[shelf.having(fact, value)] = True
            masks.append(mask)
    if filters.since or filters.until:
        masks.append(table.days > 0)
    if filters.since:
        masks.append(_cut(table.days, table.days) >= _cut(day_of(filters.since), table.days))
    if filters.until:
        until = day_of(filters.until)
        masks.append(_cut(table.days, until) <= until)
    return np.logical_and.reduce(masks) if masks else None


def _readable(audience: str) -> tuple[str, ...]:
    """Return the audiences whose documents are for these people; nothing where all are."""
    if audience in ("", Audience.SECRETARIAT):
        return ()
    return tuple(one.value for one in Audience(audience).reads)


def _asked(fact: Fact, values: tuple[str, ...], shelf: Shelf) -> tuple[str, ...]:
    """Return the values that are meant: "council" is a part of "parliament and council" too."""
    if fact != "institution":
        return values
    joint = (v for v in shelf.values(fact) if not set(values).isdisjoint(v.split(" and ")))
    return (*values, *joint)


def _cut(days: Numbers | int, like: Numbers | int) -> NDArray[np.int64]:
    """Return days as far as ``like`` tells them: of a year or month only that."""
    days, like = np.broadcast_arrays(np.asarray(days), np.asarray(like))
    month, year = like % 100 == 0, like % 10_000 == 0
    return np.where(year, days - days % 10_000, np.where(month, days - days % 100, days))
