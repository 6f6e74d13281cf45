"""PastReport: what a report listed, so that the group's next one can tell what changed."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.audience import Audience
from pipeline.core.tags import Grade


@dataclass(frozen=True, slots=True)
class Listed:
    """A work under one policy file, as a report listed it.

    Attributes:
        documents: Ids of its versions; a work gets another id when versions are linked, these last.
        decided: Who had looked at the tag and on which day; "" where nobody had.
    """

    title: str
    file: str
    grade: Grade
    decided: str
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class PastReport:
    """A report that was written.

    Attributes:
        group: Id of the expert group.
        made_at: UTC, ISO 8601.
        since, until: First and last day of its period, ISO.
        listed: In the order of its pages.
        audience: Whom it was for.
    """

    group: str
    made_at: str
    since: str
    until: str
    listed: tuple[Listed, ...]
    audience: Audience = Audience.MEMBERS
