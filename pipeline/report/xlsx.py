"""A report as an Excel workbook: overview, publications, what to review, what was not read."""

from __future__ import annotations

from datetime import date

from pipeline.core.tags import Grade
from pipeline.report import phrases
from pipeline.report.form import form
from pipeline.report.text import harmless
from pipeline.report.values import Entry, Report, Section
from pipeline.report.wording import Labels
from pipeline.report.workbook import Cell, Day, Link, Share, Table, workbook

_KNOWN = {4: "yyyy", 7: "yyyy-mm", 10: "yyyy-mm-dd"}  # by the length of an ISO date


def to_xlsx(report: Report, words: Labels) -> bytes:
    """Return the report as a workbook; no text in it is a formula."""
    tables = [
        _overview(report, words),
        _publications(report, words),
        form(report, words),
        _unread(report, words),
    ]
    return workbook(tables, title=_title(report, words), made_at=report.made_at)


def _title(report: Report, words: Labels) -> str:
    return f"{report.group.name} – {words.span(report.since, report.until)}"


def _overview(report: Report, words: Labels) -> Table:
    counts = report.counts
    rows: list[list[Cell]] = [
        [words.period, words.span(report.since, report.until)],
        [words.made, words.moment(report.made_at)],
        [words.audience, words.readers[report.audience]],
        [words.works.many.capitalize(), counts.works],
        [words.documents.many.capitalize(), counts.documents],
        [words.pages.many.capitalize(), counts.pages],
    ]
    if report.secretary:
        rows.append([words.contact, phrases.contact(report)])
    rows += [[words.language_name(code).capitalize(), n] for code, n in counts.languages]
    rows += [[words.waiting, len(report.waiting)], [words.failures, len(report.failures)]]
    rows += [[s.subject.file.name, phrases.section_count(s, words)] for s in report.sections]
    rows += [[words.change, told] for told in phrases.since_last(report, words)]
    gone = report.past.gone if report.past else ()
    rows += [[words.gone, f"{one.title} ({one.file.name})"] for one in gone]
    rows += [[words.notes, note] for note in phrases.notes(report, words)]
    return Table(words.overview, (words.report, report.group.name), rows)


def _publications(report: Report, words: Labels) -> Table:
    head = (
        words.file, words.grade, words.title, words.institution, words.kind, words.dated,
        words.added, words.languages, words.pages.many.capitalize(), words.confidence,
        words.origin, words.reviewed_by, words.reviewed_on, words.why, words.page, words.quote,
        words.shared, words.pillars, words.pillar, words.path, words.work, words.change,
    )  # fmt: skip
    rows = [
        _row(section, entry, words)
        for section in report.sections
        for entry in (*section.main, *section.also)
    ]
    return Table(words.works.many.capitalize(), head, rows)


def _row(section: Section, entry: Entry, words: Labels) -> list[Cell]:
    best = entry.quotes[0] if entry.quotes else None
    return [
        section.subject.file.name,
        words.main if entry.grade is Grade.MAIN else words.also,
        Link(entry.title, phrases.address(entry.cited)),
        words.institution_name(entry.institution),
        words.kind_name(entry.kind),
        _day(entry.date),
        _day(entry.added),
        words.language_list(entry.languages),
        entry.cited.pages,
        Share(entry.score),
        words.origin_name(entry.origin),
        entry.decided.by if entry.decided else "",
        _day(entry.decided.on) if entry.decided else "",
        phrases.reasons(entry, words),
        Link(phrases.page(best.page, words), phrases.address(entry.cited, best.page))
        if best
        else "",
        "\n".join(f"{phrases.page(q.page, words)}{words.colon}{q.text}" for q in entry.quotes),
        ", ".join(subject.file.name for subject in entry.shared),
        ", ".join(pillar.name for pillar in entry.pillars),
        section.subject.pillar.name,
        harmless(entry.cited.path),
        harmless(entry.work),
        words.changes[entry.change] if entry.change else "",
    ]


def _day(iso: str) -> Cell:
    """Return a real date, of the first day where only month or year is known; "" for none."""
    if not iso:
        return ""
    first = iso + "-01-01"[len(iso) - 4 :] if len(iso) < 10 else iso
    return Day(date.fromisoformat(first), _KNOWN[len(iso)])


def _unread(report: Report, words: Labels) -> Table:
    head = (words.document, words.reason, words.remedy, words.path)
    rows = [
        (
            trouble.name,
            phrases.ledger(trouble.reason, words)[0],
            phrases.ledger(trouble.remedy, words)[0],
            harmless(trouble.path),
        )
        for trouble in report.failures
    ]
    return Table(words.unread, head, rows)
