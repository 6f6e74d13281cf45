"""The sections of an audit: what it found, put into tables in the words of its language."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.report import audit_tables as cells
from pipeline.report.audit_coverage import coverage_tables
from pipeline.report.audit_labels import AuditLabels
from pipeline.report.audit_tables import Cell, Kind, Section, Table
from pipeline.report.audit_values import Audit, Folder, Listed, Pair, Work
from pipeline.report.wording import Labels


def sections(audit: Audit, say: AuditLabels, words: Labels) -> tuple[Section, ...]:
    """Return the sections of an audit, in their order."""
    return (
        _coverage(audit, say, words),
        _silent(audit, say, words),
        _missing(audit, say, words),
        _twice(audit, say, words),
        _aged(audit, say, words),
        _review(audit, say, words),
        _reading(audit, say, words),
        *_terms(audit, say, words),
    )


def _coverage(audit: Audit, say: AuditLabels, words: Labels) -> Section:
    untagged = words.count(audit.untagged, say.untagged) if audit.untagged else ""
    return Section(
        "coverage", say.coverage, say.coverage_intro, None, coverage_tables(audit, say, words),
        untagged, audit.names_untagged if untagged else "",
    )  # fmt: skip


def _silent(audit: Audit, say: AuditLabels, words: Labels) -> Section:
    silent = [one for one in audit.coverage if not one.recent and not one.ended]
    table = _table(
        say.silent,
        [(words.file, "text"), (words.pillar, "text"), (say.last, "text"),
         (say.waiting, "number")],
        (
            (cells.text(one.subject.file.name), cells.text(one.subject.pillar.name),
             cells.day(one.last, words), cells.number(one.waiting, words),
             cells.command(one.fills))
            for one in silent
        ),
        say,
        words,
    )  # fmt: skip
    return Section("silent", say.silent, say.silent_intro, len(silent), _filled(table))


def _missing(audit: Audit, say: AuditLabels, words: Labels) -> Section:
    tables = []
    for one in audit.missing:
        name = words.language_name(one.language)
        tables.append(_works(say.own_without.format(name), one.own, say, words))
        tables.append(_works(say.without.format(name), one.every, say, words))
    return Section("missing", say.missing, say.missing_intro, audit.lacking, _filled(*tables))


def _twice(audit: Audit, say: AuditLabels, words: Labels) -> Section:
    duplicates = _pairs(say.duplicates, words.document, say.duplicate, audit.duplicates, say, words)
    drafts = _pairs(say.drafts, say.draft, say.later, audit.drafts, say, words)
    total = audit.duplicates.total + audit.drafts.total
    return Section("twice", say.twice, say.twice_intro, total, _filled(duplicates, drafts))


def _aged(audit: Audit, say: AuditLabels, words: Labels) -> Section:
    title = words.count(audit.old, say.aged)
    table = _works(title, audit.aged, say, words)
    return Section("aged", title, say.aged_intro, audit.aged.total, _filled(table))


def _review(audit: Audit, say: AuditLabels, words: Labels) -> Section:
    unreviewed = [one for one in audit.coverage if one.documents > one.reviewed or one.waiting]
    unreviewed.sort(key=lambda one: one.reviewed - one.documents)
    table = _table(
        say.review,
        [(words.file, "text"), (say.tags, "number"), (say.reviewed, "number"),
         (say.share, "number"), (say.waiting, "number")],
        (
            (cells.text(one.subject.file.name), cells.number(one.documents, words),
             cells.number(one.reviewed, words), cells.share(one.reviewed, one.documents, words),
             cells.number(one.waiting, words), cells.command(one.reviews))
            for one in unreviewed
        ),
        say,
        words,
    )  # fmt: skip
    total = sum(one.documents - one.reviewed for one in unreviewed)
    return Section("review", say.review, say.review_intro, total, _filled(table))


def _reading(audit: Audit, say: AuditLabels, words: Labels) -> Section:
    numbers = (
        say.documents, say.pages, say.failed, say.partly, say.recognised, say.unsure, say.unknown,
    )  # fmt: skip

    def row(one: Folder) -> tuple[Cell, ...]:
        counts = (
            one.documents, one.pages, one.failed, one.partly, one.recognised, one.unsure,
            one.unknown,
        )  # fmt: skip
        told = (cells.number(count, words) for count in counts)
        return (cells.path(one.path), *told, cells.command(one.mends))

    columns: list[tuple[str, Kind]] = [(say.folder, "text")]
    columns += [(name, "number") for name in numbers]
    table = _table(
        say.reading, columns, map(row, audit.folders.lines), say, words, audit.folders.total
    )
    return Section("reading", say.reading, say.reading_intro, audit.troubled, _filled(table))


def _terms(audit: Audit, say: AuditLabels, words: Labels) -> tuple[Section, ...]:
    if audit.terms is None:
        return ()
    table = _table(
        say.terms,
        [(say.concept, "text"), (say.language, "text"), (say.unused, "number"),
         (say.examples, "text")],
        (
            (cells.text(one.concept.name), cells.text(words.language_name(one.language)),
             cells.number(one.total, words), Cell(", ".join(one.examples), language=one.language),
             cells.command(one.mends))
            for one in audit.terms.lines
        ),
        say,
        words,
        audit.terms.total,
    )  # fmt: skip
    return (Section("terms", say.terms, say.terms_intro, audit.terms.total, _filled(table)),)


def _works(caption: str, works: Listed[Work], say: AuditLabels, words: Labels) -> Table:
    return _table(
        caption,
        [(words.title, "text"), (words.kind, "text"), (words.dated, "text"), (say.there, "text")],
        (
            (cells.title(one.paper), cells.text(words.kind_name(one.paper.kind)),
             cells.day(one.date, words), cells.languages(one.languages, words),
             cells.command(one.mends))
            for one in works.lines
        ),
        say,
        words,
        works.total,
    )  # fmt: skip


def _pairs(
    caption: str, one: str, other: str, pairs: Listed[Pair], say: AuditLabels, words: Labels
) -> Table:
    return _table(
        caption,
        [(one, "text"), (words.dated, "text"), (other, "text"), (words.dated, "text"),
         (say.alike, "number")],
        (
            (cells.title(pair.one), cells.day(pair.one.date, words),
             cells.title(pair.other), cells.day(pair.other.date, words),
             Cell(words.share(pair.similarity), "number"), cells.command(pair.mends))
            for pair in pairs.lines
        ),
        say,
        words,
        pairs.total,
    )  # fmt: skip


def _table(
    caption: str,
    columns: list[tuple[str, Kind]],
    rows: Iterable[tuple[Cell, ...]],
    say: AuditLabels,
    words: Labels,
    total: int = 0,
) -> Table:
    """Return a table of which the last column is the command that mends the line."""
    made = tuple(rows)
    left = total - len(made)
    more = words.count(left, say.more) if left > 0 else ""
    return Table(caption, (*columns, (say.command, "command")), made, more)


def _filled(*tables: Table) -> tuple[Table, ...]:
    return tuple(table for table in tables if table.rows)
