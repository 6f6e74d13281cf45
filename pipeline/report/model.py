"""The report of one expert group, built from documents that pass by one at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from pipeline.core.audience import Audience
from pipeline.core.concepts import Concept, Vocabulary
from pipeline.core.extracts import Extract
from pipeline.core.failures import Failure
from pipeline.core.reviews import Review
from pipeline.core.tags import Grade, Origin
from pipeline.core.text import fold
from pipeline.report.groups import ExpertGroup
from pipeline.report.questions import preference, waiting
from pipeline.report.text import harmless, typeset
from pipeline.report.values import (
    Counts,
    Decided,
    Entry,
    Language,
    Named,
    Report,
    Section,
    Subject,
    Trouble,
)
from pipeline.report.works import Finding, Period, Seen, fold_by_work, is_placeless, new_in


def build_report(
    group: ExpertGroup,
    documents: Iterable[Extract],
    vocabulary: Vocabulary,
    *,
    since: date,
    until: date,
    failures: Iterable[Failure],
    language: Language,
    made_at: datetime,
    reviews: Mapping[tuple[str, str], Review] | None = None,
    audience: Audience = Audience.MEMBERS,
) -> Report:
    """Return what is new on the group's policy files from ``since`` to ``until``, both included.

    A work is new if any of its versions is dated in the period. Where no version has a date, the
    day on which it came in counts instead. The order of ``documents`` makes no difference.

    Args:
        group: Whose report it is.
        documents: Read once, none is kept; those that do not belong are passed over.
        vocabulary: The one that the group was loaded with.
        since: First day of the period.
        until: Last day of the period.
        failures: For the annex.
        language: Of names, and of the version that is cited where there is a choice.
        made_at: When the report is made, with a time zone.
        reviews: The decisions that hold, by document and policy file.
        audience: Who may read all of ``documents``; the report says that it is for them.

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
    period = Period(since, until)
    works = fold_by_work(documents, frozenset(group.files), period)
    new = {work: new_in(period, seen) for work, seen in works.items()}
    own = {file: subject for file, subject in subjects.items() if file in group.files}
    decisions = reviews or {}
    return Report(
        group=Named(group.id, _name(group.names, group.id, language)),
        language=language,
        since=since,
        until=until,
        made_at=made_at.astimezone(UTC).replace(microsecond=0),
        counts=_counts([seen for seen in new.values() if _has_findings(seen)]),
        sections=tuple(_section(file, works, new, subjects, language, decisions) for file in own),
        waiting=waiting(new, own, decisions, language),
        failures=_troubles(failures),
        undated=sum(_has_findings(seen) and is_placeless(seen) for seen in works.values()),
        audience=audience,
        secretary=group.secretary,
    )


def _subjects(vocabulary: Vocabulary, language: Language) -> dict[str, Subject]:
    """Return all policy files by id, in the vocabulary's order."""
    pillars = {pillar.id: _concept(pillar, language) for pillar in vocabulary.pillars}
    return {
        file.id: Subject(_concept(file, language), pillars[file.broader])
        for file in vocabulary.files
    }


def _concept(concept: Concept, language: Language) -> Named:
    return Named(concept.id, typeset(harmless(concept.label(language)), language))


def _name(names: Mapping[str, str], fallback: str, language: Language) -> str:
    return typeset(harmless(names.get(language) or names.get("en", fallback)), language)


def _has_findings(seen: Sequence[Seen]) -> bool:
    return any(one.findings for one in seen)


def _counts(works: Sequence[Sequence[Seen]]) -> Counts:
    versions = [one.version for seen in works for one in seen]
    languages = Counter(version.language for version in versions)
    return Counts(
        works=len(works),
        documents=len(versions),
        pages=sum(version.pages for version in versions),
        languages=tuple(sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _section(
    file: str,
    works: Mapping[str, Sequence[Seen]],
    new: Mapping[str, Sequence[Seen]],
    subjects: Mapping[str, Subject],
    language: Language,
    reviews: Mapping[tuple[str, str], Review],
) -> Section:
    entries = [
        _entry(
            work, file, works[work], new[work], best, subjects, language,
            _decided(reviews.get((best[0].version.document, file))),
        )
        for work in works
        if (best := _best(new[work], file, language))
    ]  # fmt: skip
    return Section(
        subjects[file],
        main=_newest_first(entry for entry in entries if entry.grade is Grade.MAIN),
        also=_newest_first(entry for entry in entries if entry.grade is Grade.ALSO),
    )


def _best(new: Sequence[Seen], file: str, language: Language) -> tuple[Seen, Finding] | None:
    """Return the version to cite on ``file`` and its tag, if there is one.

    A person's word beats every machine, a main subject one that is also treated; then the
    report's language decides.
    """
    found = [(one, finding) for one in new for finding in one.findings if finding.file == file]
    return min(
        found,
        key=lambda pair: (
            pair[1].origin is not Origin.PERSON,
            pair[1].grade is not Grade.MAIN,
            preference(pair[0].version, language),
            -pair[1].score,
        ),
        default=None,
    )


def _decided(review: Review | None) -> Decided | None:
    if review is None or not review.at:
        return None
    return Decided(harmless(review.by) or "?", review.at[:10])


def _entry(
    work: str,
    file: str,
    seen: Sequence[Seen],
    new: Sequence[Seen],
    best: tuple[Seen, Finding],
    subjects: Mapping[str, Subject],
    language: Language,
    decided: Decided | None,
) -> Entry:
    cited, finding = best
    ordered = sorted(seen, key=lambda one: preference(one.version, language))
    first = ordered[0].version
    day, written = min(((one.day, one.written) for one in new if one.day), default=(None, ""))
    arrivals = [one.added.isoformat() for one in new if one.added]
    about = frozenset[str]().union(*(one.subjects for one in new))
    own = subjects[file].pillar
    shared = tuple(subjects[other] for other in subjects if other in about and other != file)
    pillars = dict.fromkeys(
        subject.pillar
        for subject in subjects.values()
        if subject.pillar != own and (subject.file.id in about or subject.pillar.id in about)
    )
    return Entry(
        work=work,
        title=first.title,
        title_language=first.language,
        institution=next((one.institution for one in ordered if one.institution), ""),
        kind=next((one.kind for one in ordered if one.kind), ""),
        date=written,
        added="" if day else min(arrivals, default=""),
        grade=finding.grade,
        score=finding.score,
        origin=finding.origin,
        decided=decided,
        cited=cited.version,
        versions=tuple(one.version for one in ordered),
        quotes=finding.quotes,
        shared=shared,
        pillars=tuple(pillars),
    )


def _newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries by date, newest first, then title, then work."""
    by_title = sorted(entries, key=lambda entry: (fold(entry.title), entry.title, entry.work))
    return tuple(sorted(by_title, key=lambda entry: entry.date or entry.added, reverse=True))


def _troubles(failures: Iterable[Failure]) -> tuple[Trouble, ...]:
    return tuple(sorted(map(_trouble, failures), key=lambda t: (fold(t.name), t.path, t.stage)))


def _trouble(failure: Failure) -> Trouble:
    return Trouble(
        name=harmless(failure.source.name) or harmless(failure.source.path) or "?",
        path=failure.source.path,
        stage=harmless(failure.stage),
        reason=harmless(failure.reason),
        remedy=harmless(failure.remedy),
        tries=failure.tries,
    )
