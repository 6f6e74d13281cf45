"""The report of one expert group, built from documents that pass by one at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from pipeline.core.concepts import Concept, Vocabulary
from pipeline.core.document import UNKNOWN_LANGUAGE, Document
from pipeline.core.failures import Failure
from pipeline.core.tags import Evidence, Grade, Origin, Tag
from pipeline.core.text import fold
from pipeline.report.groups import ExpertGroup
from pipeline.report.text import harmless, occurrences, typeset
from pipeline.report.values import (
    Counts,
    Entry,
    Language,
    Named,
    Quote,
    Report,
    Section,
    Subject,
    Trouble,
    Version,
)

QUOTES = {Grade.MAIN: 3, Grade.ALSO: 1}  # what a reader takes in before opening the document


@dataclass(frozen=True, slots=True)
class _Finding:
    """A tag with one of the group's files, and no more of its document than its quotes."""

    file: str
    grade: Grade
    score: float
    origin: Origin
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is kept of a document."""

    version: Version
    day: date | None
    date: str
    added: date | None
    institution: str
    kind: str
    findings: tuple[_Finding, ...]
    subjects: frozenset[str]


@dataclass(slots=True)
class _Period:
    since: date
    until: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.since <= day <= self.until


@dataclass(slots=True)
class _Shelf:
    """Where entries are gathered while the works go by."""

    main: dict[str, list[Entry]] = field(default_factory=dict)
    also: dict[str, list[Entry]] = field(default_factory=dict)
    listed: list[Version] = field(default_factory=list)
    works: int = 0
    undated: int = 0


def build_report(
    group: ExpertGroup,
    documents: Iterable[Document],
    vocabulary: Vocabulary,
    *,
    since: date,
    until: date,
    failures: Iterable[Failure],
    language: Language,
    made_at: datetime,
    added: Mapping[str, date | str] | None = None,
) -> Report:
    """Return what is new on the group's policy files from ``since`` to ``until``, both included.

    A work is new if any of its versions is dated in the period. Where no version has a date, the
    day on which it came in counts instead. The order of ``documents`` makes no difference, and of
    each only what may be listed is kept.

    Args:
        group: Whose report it is.
        documents: Read once. Any may be given; those that do not belong are passed over.
        vocabulary: The one that the group was loaded with.
        since: First day of the period.
        until: Last day of the period.
        failures: For the annex.
        language: Of names, and the version of a work that is cited if there is a choice.
        made_at: When the report is made, with a time zone.
        added: Document id to the day it came in, a date or an ISO date or time.

    Raises:
        ValueError: If the period is upside down, ``made_at`` has no time zone, or the group has a
            file that the vocabulary lacks.
    """
    if since > until:
        raise ValueError(f"the period ends before it begins: {since}..{until}")
    if made_at.tzinfo is None:
        raise ValueError("made_at has no time zone")
    if unknown := set(group.files) - {concept.id for concept in vocabulary.files}:
        raise ValueError(f"policy files that the vocabulary lacks: {', '.join(sorted(unknown))}")
    subjects = _subjects(vocabulary, language)
    files = [file for file in subjects if file in group.files]
    seen = _fold_by_work(documents, frozenset(files), added or {})
    shelf = _shelve(seen, subjects, files, _Period(since, until), language)
    return Report(
        group=Named(group.id, typeset(harmless(group.names.get(language, group.id)), language)),
        language=language,
        since=since,
        until=until,
        made_at=made_at.astimezone(UTC),
        counts=_counts(shelf),
        sections=tuple(
            Section(
                subjects[file],
                _newest_first(shelf.main.get(file, ())),
                _newest_first(shelf.also.get(file, ())),
            )
            for file in files
        ),
        failures=_troubles(failures),
        undated=shelf.undated,
    )


def _subjects(vocabulary: Vocabulary, language: Language) -> dict[str, Subject]:
    pillars = {pillar.id: _named(pillar, language) for pillar in vocabulary.pillars}
    return {
        file.id: Subject(_named(file, language), pillars[file.broader]) for file in vocabulary.files
    }


def _named(concept: Concept, language: Language) -> Named:
    return Named(concept.id, typeset(harmless(concept.label(language)), language))


def _fold_by_work(
    documents: Iterable[Document], files: frozenset[str], added: Mapping[str, date | str]
) -> dict[str, list[_Seen]]:
    works: dict[str, list[_Seen]] = {}
    for document in documents:
        arrived = _day(str(added.get(document.id, ""))[:10])
        works.setdefault(document.work_id, []).append(_note(document, files, arrived))
    return works


def _note(document: Document, files: frozenset[str], arrived: date | None) -> _Seen:
    day = _day(document.date)
    return _Seen(
        version=Version(
            document=document.id,
            languages=document.languages or (UNKNOWN_LANGUAGE,),
            path=document.source.path,
            media_type=document.source.media_type,
            pages=len(document.pages),
            title=harmless(document.title) or harmless(document.source.name) or document.id,
        ),
        day=day,
        date=document.date if day else "",
        added=arrived,
        institution=harmless(document.institution),
        kind=harmless(document.kind),
        findings=tuple(_finding(tag) for tag in document.tags if tag.concept in files),
        subjects=frozenset(tag.concept for tag in document.tags if tag.grade is Grade.MAIN),
    )


def _day(text: str) -> date | None:
    """Return the day that an ISO date names, the first one of a month or year; else nothing."""
    padded = text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text
    try:
        return date.fromisoformat(padded)
    except ValueError:
        return None


def _finding(tag: Tag) -> _Finding:
    quotes = _quotes(tag.evidence)[: QUOTES[tag.grade]]
    return _Finding(tag.concept, tag.grade, tag.score, tag.origin, quotes)


def _quotes(evidence: Sequence[Evidence]) -> tuple[Quote, ...]:
    """Return one quote per sentence, with all that matched in it."""
    sentences: dict[tuple[int, str], list[Evidence]] = {}
    for proof in evidence:
        if text := harmless(proof.quote):
            sentences.setdefault((proof.page, text), []).append(proof)
    quotes = []
    for (page, text), proofs in sentences.items():
        matches = tuple(dict.fromkeys(m for proof in proofs if (m := harmless(proof.match))))
        highlights = occurrences(matches, text)
        quotes.append(Quote(text, page, proofs[0].reason, matches, highlights))
    return tuple(quotes)


def _shelve(
    works: Mapping[str, list[_Seen]],
    subjects: Mapping[str, Subject],
    files: Sequence[str],
    period: _Period,
    language: Language,
) -> _Shelf:
    shelf = _Shelf()
    for work, seen in works.items():
        if not any(one.findings for one in seen):
            continue
        new = _new(seen, period)
        if not new and all(one.day is None and one.added is None for one in seen):
            shelf.undated += 1
        entries = [
            _entry(work, file, seen, new, subjects, period, language)
            for file in files
            if any(finding.file == file for one in new for finding in one.findings)
        ]
        if not entries:
            continue
        for entry, file in zip(entries, _files_of(entries, new, files), strict=True):
            shelves = shelf.main if entry.grade is Grade.MAIN else shelf.also
            shelves.setdefault(file, []).append(entry)
        shelf.works += 1
        shelf.listed += [one.version for one in new]
    return shelf
