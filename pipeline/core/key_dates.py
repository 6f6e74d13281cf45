"""KeyDate: a day on which something happens, with the sentence of a text that announces it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from pipeline.core.spans import Span


class KeyKind(StrEnum):
    """What happens on a key date."""

    CONSULTATION = "consultation"  # last day for comments, contributions or answers
    ENTRY_INTO_FORCE = "entry-into-force"
    APPLICATION = "application"  # first day on which rules apply
    TRANSPOSITION = "transposition"  # last day for national rules that comply with a directive
    MEETING = "meeting"  # first day of a meeting, conference or hearing
    REPORT = "report"  # last day for a report, review or evaluation


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A date that a text announces.

    Attributes:
        day: ISO 8601, a full date.
        sentence: What announces it, in the document's text.
        date: Where the date itself stands, inside the sentence.
        page: On which the date stands, from 1.

    Raises:
        ValueError: If ``day`` is no date or the date leaves its sentence.
    """

    day: str
    kind: KeyKind
    sentence: Span
    date: Span
    page: int

    def __post_init__(self) -> None:
        datetime.date.fromisoformat(self.day)
        if self.date not in self.sentence:
            raise ValueError(f"the date {self.date} leaves its sentence {self.sentence}")


@dataclass(frozen=True, slots=True)
class Announcement:
    """A key date, its sentence, and what the catalogue knows of the document that announces it.

    Attributes:
        text: The sentence, as it stands in the document.
        work: The work that the document is a version of.
        concepts: Ids of the pillars and policy files that it is tagged with, best first.
        added_at: When the document first came in, ISO 8601 in UTC.
    """

    key: KeyDate
    text: str
    document: str
    work: str
    path: str
    title: str
    language: str
    institution: str
    concepts: tuple[str, ...]
    added_at: str
