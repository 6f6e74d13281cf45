"""Subscriber: who gets a digest, of what, how often, and what they may read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from pipeline.core.audience import Audience

LONGEST_ADDRESS = 254  # octets: RFC 5321, 4.5.3.1.3, without the angle brackets

# RFC 5321, 4.1.2: a dot-string, "@" and a domain; no quoted strings, no address literals.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")


def is_address(text: str) -> bool:
    """Return whether a text is an e-mail address that every mail server takes."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def mailbox_of(text: str) -> tuple[str, str]:
    """Return the name and the address of ``CEMR <eu@example.org>``; a bare address has no name."""
    name, bracket, rest = text.rpartition("<")
    if bracket and rest.endswith(">"):
        return name.strip().strip('"'), rest[:-1]
    return "", text.strip()


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week, month or quarter of the calendar.

    Attributes:
        name: ISO 8601 where that has one: "2026-11-30", "2026-W49", "2026-11", "2026-Q4".
        first, last: Its days.
    """

    name: str
    first: date
    last: date


class Frequency(StrEnum):
    """How often somebody hears of what is new, at most."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"

    def period(self, day: date) -> Period:
        """Return the period of the calendar that holds a day; weeks begin on Monday."""
        match self:
            case Frequency.DAILY:
                return Period(day.isoformat(), day, day)
            case Frequency.WEEKLY:
                year, week, weekday = day.isocalendar()
                monday = day - timedelta(days=weekday - 1)
                return Period(f"{year}-W{week:02}", monday, monday + timedelta(days=6))
            case Frequency.MONTHLY:
                return _months(day, day.month, 1, f"{day:%Y-%m}")
            case Frequency.QUARTERLY:
                quarter = (day.month - 1) // 3
                return _months(day, quarter * 3 + 1, 3, f"{day:%Y}-Q{quarter + 1}")

    def before(self, period: Period) -> Period:
        """Return the period before one of this length."""
        return self.period(period.first - timedelta(days=1))


def _months(day: date, first: int, count: int, name: str) -> Period:
    begin = date(day.year, first, 1)
    inside_next = begin + timedelta(days=31 * count + 3 - count)
    return Period(name, begin, inside_next.replace(day=1) - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Interest:
    """What somebody wants to hear of.

    Attributes:
        kind: A policy file, or a saved search.
        name: Id of the file, or name of the search.
        through: By which they follow the file: "pillar/planet", "group/people"; "" if by itself.
    """

    kind: Literal["file", "search"]
    name: str
    through: str = ""

    @property
    def key(self) -> str:
        """What no other interest of anybody is called."""
        return f"{self.kind}/{self.name}"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Somebody who gets digests.

    Attributes:
        id: Stable id; what was announced is kept under it.
        association: Name.
        emails: At least one.
        languages: Codes, the one they like best first; at least one.
        interests: In the order in which a message lists them; each file and search once.
        groups: Ids of the expert groups among their interests.
        audience: What they may read.
    """

    id: str
    association: str
    emails: tuple[str, ...]
    languages: tuple[str, ...]
    interests: tuple[Interest, ...]
    frequency: Frequency
    audience: Audience
    groups: tuple[str, ...] = ()
