"""Figures of a report: how many publications each policy file has in each month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.report.values import Entry, Named, Report

MOST_MONTHS = 72  # six years; beyond, a month is too narrow to be seen, and years are counted


@dataclass(frozen=True, slots=True)
class Row:
    """One policy file.

    Attributes:
        counts: Publications by bucket, main subject or also treated; without zeros, in order.
    """

    file: Named
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """Publications in all buckets."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Tally:
    """Publications by policy file and bucket.

    Attributes:
        buckets: ISO months ("2021-03"), or years ("2021"), without gaps.
        rows: One for each file of the report, in its order.
    """

    buckets: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def by_year(self) -> bool:
        """Whether buckets are years."""
        return len(self.buckets[0]) == 4

    @property
    def most(self) -> int:
        """The largest number of a bucket, at least 1."""
        return max((n for row in self.rows for n in row.counts.values()), default=1)


def tally(report: Report) -> Tally:
    """Return how many publications each file has in each month of the period, or in each year."""
    months = _months(report.since, report.until)
    by_year = len(months) > MOST_MONTHS
    length = 4 if by_year else 7
    return Tally(
        tuple(dict.fromkeys(month[:length] for month in months)),
        tuple(
            Row(section.subject.file, dict(sorted(Counter(
                day_of(entry).isoformat()[:length] for entry in (*section.main, *section.also)
            ).items())))
            for section in report.sections
        ),
    )  # fmt: skip


def day_of(entry: Entry) -> date:
    """Return the day by which an entry is in the period: of its date, or else of its arrival.

    Of a date that is only a month or a year, the first day.
    """
    iso = entry.date or entry.added
    return date.fromisoformat(iso + "-01-01"[len(iso) - 4 :] if len(iso) < 10 else iso)


def _months(since: date, until: date) -> list[str]:
    first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first, last + 1)]
