"""The form of a report: a sheet in which people decide, and that `fourp review --import` takes."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.report.phrases import address, page
from pipeline.report.text import harmless
from pipeline.report.values import Question, Report
from pipeline.report.wording import Labels
from pipeline.report.workbook import Cell, Link, Share, Table

_COLUMNS = {
    "document_id": "document", "file_id": "file", "decision": "decision", "by": "by",
    "note": "note", "seen": "seen",
}  # fmt: skip


def columns(languages: Iterable[Labels]) -> dict[str, str]:
    """Return the columns of a form in any language, in lower case, by what an import calls them."""
    return {
        getattr(words, label).casefold(): name
        for words in languages
        for label, name in _COLUMNS.items()
    }


def form(report: Report, words: Labels) -> Table:
    """Return what waits for a person's word, with columns to fill in."""
    head = (
        words.title, words.file, words.confidence, words.dated, words.languages, words.quote,
        words.page, words.decision, words.by, words.note, words.document_id, words.file_id,
        words.seen,
    )  # fmt: skip
    rows = [_row(one, report.waiting.seen, words) for one in report.waiting.questions]
    return Table(
        words.waiting, head, rows, {words.decision: tuple(words.choices.values())}, words.choose
    )


def _row(question: Question, seen: int, words: Labels) -> list[Cell]:
    version = question.version
    best = question.quotes[0] if question.quotes else None
    return [
        Link(question.title, address(version)),
        question.subject.file.name,
        Share(question.score),
        words.day(question.date) if question.date else words.date_unknown,
        words.language_list(version.languages),
        best.text if best else "",
        Link(page(best.page, words), address(version, best.page)) if best else "",
        "",
        "",
        "",
        harmless(version.document),
        question.subject.file.id,
        str(seen),
    ]
