"""A report as CSV (RFC 4180): one row for each work under each policy file, with its best quote."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from pipeline.core.tags import Grade
from pipeline.report.phrases import address
from pipeline.report.text import harmless
from pipeline.report.values import Entry, Report, Section
from pipeline.report.wording import Labels

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), with the
# full-width signs that some keyboards write and Excel reads alike.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def to_csv(report: Report, words: Labels) -> Iterator[str]:
    """Yield the report as CSV, a line at a time, with a head line in its language.

    A cell that a spreadsheet would take for a formula begins with an apostrophe. Write it as
    ``utf-8-sig``: without the mark at its beginning Excel misreads accents.
    """
    yield _line(_head(words))
    for section in report.sections:
        for entry in (*section.main, *section.also):
            yield _line([defused(cell) for cell in _row(section, entry, words)])


def defused(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: it begins with an apostrophe."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell


def undefused(cell: str) -> str:
    """Return the text of a cell that was defused, or is as it was."""
    return cell[1:] if cell.startswith("'") and defused(cell[1:]) != cell[1:] else cell


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _head(words: Labels) -> list[str]:
    return [
        words.pillar,
        words.file,
        words.grade,
        words.title,
        words.institution,
        words.kind,
        words.dated,
        words.added,
        words.languages,
        words.pages.many.capitalize(),
        words.confidence,
        words.origin,
        words.reviewed_by,
        words.reviewed_on,
        words.page,
        words.quote,
        words.matches,
        words.reason,
        words.shared,
        words.path,
        words.link,
        words.work,
        words.change,
    ]


def _row(section: Section, entry: Entry, words: Labels) -> list[str]:
    best = entry.quotes[0] if entry.quotes else None
    return [
        section.subject.pillar.name,
        section.subject.file.name,
        words.main if entry.grade is Grade.MAIN else words.also,
        entry.title,
        words.institution_name(entry.institution),
        words.kind_name(entry.kind),
        entry.date,
        entry.added,
        ", ".join(entry.languages),
        str(entry.cited.pages),
        f"{entry.score:.2f}",
        words.origin_name(entry.origin),
        entry.decided.by if entry.decided else "",
        entry.decided.on if entry.decided else "",
        str(best.page) if best else "",
        best.text if best else "",
        ", ".join(best.matches) if best else "",
        words.reason_name(best.reason) if best else "",
        ", ".join(subject.file.name for subject in entry.shared),
        harmless(entry.cited.path),
        address(entry.cited, best.page if best else None),
        harmless(entry.work),
        words.changes[entry.change] if entry.change else "",
    ]
