"""What changed since a group's last report: new, updated, decided by people, tagged anew, gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import replace
from datetime import datetime

from pipeline.core.reported import Listed, PastReport
from pipeline.report.values import Change, Counts, Entry, Gone, Past, Report, Section


def listing(report: Report) -> PastReport:
    """Return what is to be remembered of a whole report."""
    return PastReport(
        group=report.group.id,
        made_at=report.made_at.isoformat(),
        since=report.since.isoformat(),
        until=report.until.isoformat(),
        listed=tuple(
            Listed(
                title=entry.title,
                file=section.subject.file.id,
                grade=entry.grade,
                decided=_decided(entry),
                documents=frozenset(version.document for version in entry.versions),
            )
            for section in report.sections
            for entry in (*section.main, *section.also)
        ),
        audience=report.audience,
    )


def since_report(report: Report, past: PastReport, *, hidden: Set[str] = frozenset()) -> Report:
    """Return a whole report with only what changed since an earlier one of the same group.

    Its counts are of the works that changed, with all their versions.

    Args:
        report: From the first day of the earlier one on.
        past: The earlier one.
        hidden: Ids of documents that the readers may not see any more, so that nothing they are
            told names them.
    """
    before = {(one.file, id_): one for one in past.listed for id_ in one.documents}
    known = {id_ for one in past.listed for id_ in one.documents}
    whole = len(report.entries)
    sections = tuple(
        replace(
            section,
            main=_changed(section, section.main, before, known),
            also=_changed(section, section.also, before, known),
        )
        for section in report.sections
    )
    told = replace(report, sections=sections)
    return replace(
        told,
        counts=_counts(told.entries),
        past=Past(
            made_at=datetime.fromisoformat(past.made_at),
            unchanged=whole - len(told.entries),
            gone=_gone(report, past, hidden),
        ),
    )


def _changed(
    section: Section,
    entries: Iterable[Entry],
    before: dict[tuple[str, str], Listed],
    known: set[str],
) -> tuple[Entry, ...]:
    file = section.subject.file.id
    told = []
    for entry in entries:
        ids = [version.document for version in entry.versions]
        was = next((before[file, id_] for id_ in ids if (file, id_) in before), None)
        if change := _change(entry, ids, was, known):
            told.append(replace(entry, change=change))
    return tuple(told)


def _change(entry: Entry, ids: list[str], was: Listed | None, known: set[str]) -> Change | None:
    if known.isdisjoint(ids):
        return Change.NEW
    if entry.decided and (was is None or was.decided != _decided(entry)):
        return Change.DECIDED
    if not known.issuperset(ids):
        return Change.UPDATED
    return Change.RETAGGED if was is None or was.grade is not entry.grade else None


def _decided(entry: Entry) -> str:
    return f"{entry.decided.by}, {entry.decided.on}" if entry.decided else ""


def _gone(report: Report, past: PastReport, hidden: Set[str]) -> tuple[Gone, ...]:
    """Return what the earlier report listed under a file of today's and this one does not."""
    files = {section.subject.file.id: section.subject.file for section in report.sections}
    listed = {
        (section.subject.file.id, version.document)
        for section in report.sections
        for entry in (*section.main, *section.also)
        for version in entry.versions
    }
    return tuple(
        Gone(one.title, files[one.file])
        for one in past.listed
        if one.file in files
        and hidden.isdisjoint(one.documents)
        and not any((one.file, id_) in listed for id_ in one.documents)
    )


def _counts(entries: Iterable[Entry]) -> Counts:
    versions = {version.document: version for entry in entries for version in entry.versions}
    languages = Counter(version.language for version in versions.values())
    return Counts(
        works=len({entry.work for entry in entries}),
        documents=len(versions),
        pages=sum(version.pages for version in versions.values()),
        languages=tuple(sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))),
    )
