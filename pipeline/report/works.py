"""Works as a report sees them: what is kept of each document while all of them pass by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.core.extracts import Extract
from pipeline.core.tags import Evidence, Grade, Origin, Tag
from pipeline.report.text import harmless, occurrences
from pipeline.report.values import Quote, Version

QUOTES = {
    Grade.MAIN: 3,
    Grade.ALSO: 1,
    Grade.REVIEW: 1,
}  # what a reader takes in before opening the document


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``since`` to ``until``, both included."""

    since: date
    until: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class Finding:
    """A tag with one of the group's files, and of its document only the quotes."""

    file: str
    grade: Grade
    score: float
    origin: Origin
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is kept of a document, some hundred bytes and its quotes.

    Attributes:
        written: The document's date, of a month or year where no more is known; or "".
        day: The same as a day, the first one where only month or year is known.
        added: The day on which it came in.
        findings: Tags with the files that were asked for; none outside the period.
        candidates: Files that were asked for and may be tags; none outside the period.
        subjects: Ids of all its main subjects; none outside the period.
    """

    version: Version
    written: str
    day: date | None
    added: date | None
    institution: str
    kind: str
    findings: tuple[Finding, ...]
    candidates: tuple[Finding, ...]
    subjects: frozenset[str]


def fold_by_work(
    documents: Iterable[Extract], files: frozenset[str], period: Period
) -> dict[str, list[Seen]]:
    """Return what is kept of the documents, versions of one work together.

    Args:
        documents: Read once, none is kept.
        files: Policy files whose tags are kept.
        period: Of a document dated outside of it only the version is kept.
    """
    works: dict[str, dict[str, Seen]] = {}
    for document in documents:
        works.setdefault(document.work_id, {})[document.id] = _noted(document, files, period)
    return {work: list(versions.values()) for work, versions in works.items()}


def new_in(period: Period, seen: Sequence[Seen]) -> list[Seen]:
    """Return the versions that make a work new in the period; none if it is not.

    Versions without a date go with the dated ones; they count by arrival only among themselves.
    """
    if any(one.day for one in seen):
        is_new = any(one.day in period for one in seen)
        return [one for one in seen if one.day in period or not one.day] if is_new else []
    return [one for one in seen if one.added in period]


def is_placeless(seen: Sequence[Seen]) -> bool:
    """Return whether a work is in no period, for want of a date and of a day of arrival."""
    return not any(one.day or one.added for one in seen)


def _noted(document: Extract, files: frozenset[str], period: Period) -> Seen:
    day = _day(document.date)
    belongs = day is None or day in period
    given = [tag for tag in document.tags if tag.concept in files] if belongs else []
    return Seen(
        version=Version(
            document=document.id,
            languages=document.languages or (UNKNOWN_LANGUAGE,),
            path=document.source.path,
            media_type=document.source.media_type,
            pages=document.pages,
            title=harmless(document.title) or harmless(document.source.name) or document.id,
        ),
        written=_written(document.date, day),
        day=day,
        added=_day(document.added_at),
        institution=harmless(document.institution),
        kind=harmless(document.kind),
        findings=tuple(_finding(tag) for tag in given if tag.grade is not Grade.REVIEW),
        candidates=tuple(_finding(tag) for tag in given if tag.grade is Grade.REVIEW),
        subjects=document.subjects if belongs else frozenset(),
    )


def _day(text: str) -> date | None:
    """Return the day that an ISO date or time names, the first one of a month or year."""
    padded = text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text[:10]
    try:
        return date.fromisoformat(padded)
    except ValueError:
        return None


def _written(text: str, day: date | None) -> str:
    if day is None:
        return ""
    return text if len(text) in (4, 7) else day.isoformat()


def _finding(tag: Tag) -> Finding:
    quotes = _quotes(tag.evidence, QUOTES[tag.grade])
    return Finding(tag.concept, tag.grade, tag.score, tag.origin, quotes)


def _quotes(evidence: Sequence[Evidence], most: int) -> tuple[Quote, ...]:
    """Return a quote for each of the first sentences, with all that matched in it, in order."""
    sentences: dict[tuple[int, str], list[Evidence]] = {}
    for proof in evidence:
        if text := harmless(proof.quote):
            sentences.setdefault((proof.page, text), []).append(proof)
    quotes = []
    for (page, text), proofs in islice(sentences.items(), most):
        matches = tuple(dict.fromkeys(m for proof in proofs if (m := harmless(proof.match))))
        highlights = occurrences(matches, text)
        quotes.append(Quote(text, page, proofs[0].reason, matches, highlights))
    return tuple(quotes)
