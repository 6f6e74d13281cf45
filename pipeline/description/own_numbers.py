"""Own numbers: which references say what a document is, among all those that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.core.references import Reference, Scheme
from pipeline.core.spans import Span
from pipeline.description.headings import Heading

BESIDE_NUMBER = 24  # characters beside a document's own number on its line ("final", "(OR. en)")
# Characters in which a document without a heading of its own names its number.
MASTHEAD = 1_200
FIRST_LINES = 12  # in which EUR-Lex and the Official Journal print their marks

_DATE_LINE = re.compile(r"^\s*(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)\.?\s*$", re.MULTILINE)
_OLD_PAGE = re.compile(r"^\s*([LC])\s(\d{1,3})(\s?[AEIM])?/(\d{1,4})\s*$", re.MULTILINE)
_SERIES_LINE = re.compile(r"^(?=.{3,30}$).*\b([LC])\b.*\n\s*((?:19|20)\d\d/\d{1,6})\s*$", re.M)
_CITING = re.compile(r"^\s*[{(\[]")
_NUMBERS_OF_PAPERS = frozenset(
    {Scheme.DOCUMENT, Scheme.PROCEDURE, Scheme.COUNCIL, Scheme.PARLIAMENT, Scheme.COMMITTEE}
)


def own_references(
    text: str, found: list[Reference], head: str, heading: Heading | None
) -> set[int]:
    """Return which of ``found`` identify the document, by their index.

    They are the number in the act's heading (those after it in the title name the acts that it
    amends), numbers alone on a line above the title, and the CELEX number that EUR-Lex prints.
    """
    own: set[int] = set()
    numbered = False
    limit = min(len(head), heading.span.start if heading and heading.dated else MASTHEAD)
    bracketed = -1
    for index, reference in enumerate(found):
        at = reference.span.start
        if at >= len(head):
            break
        if heading and heading.dated and reference.scheme is Scheme.ACT:
            if heading.number.start <= at < heading.number.end and not numbered:
                own.add(index)
                numbered = True
            elif at >= heading.span.end and bracketed < 0 and _is_bracketed(text, reference.span):
                bracketed = index
        elif reference.scheme is Scheme.CELEX:
            if text.count("\n", 0, at) < FIRST_LINES and _begins_line(text, at):
                own.add(index)
        elif reference.scheme in _NUMBERS_OF_PAPERS and (at < limit or _is_above(at, heading)):
            line = _line(text, reference.span)
            if len(line) - len(reference.span) <= BESIDE_NUMBER and not _CITING.match(line):
                own.add(index)
    if not numbered and bracketed >= 0:
        own.add(bracketed)
    return own


def journal_reference(head: str) -> Reference | None:
    """Return where the Official Journal published a document, as its first lines print it."""
    first = head[: _end_of_lines(head, FIRST_LINES)]
    if new := _SERIES_LINE.search(first):
        return _journal(f"OJ {new[1]}, {new[2]}", new.start(), new.end())
    page, date = _OLD_PAGE.search(first), _DATE_LINE.search(first)
    if not (page and date):
        return None
    day = f"{int(date[1])}.{int(date[2])}.{date[3]}"
    value = f"OJ {page[1]} {page[2]}{(page[3] or '').strip()}, {day}, p. {int(page[4])}"
    return _journal(value, min(page.start(), date.start()), max(page.end(), date.end()))


def _journal(value: str, start: int, end: int) -> Reference:
    return Reference(Scheme.JOURNAL, value, Span(start, end), own=True)


def _is_above(at: int, heading: Heading | None) -> bool:
    return heading is not None and at < heading.number.end


def _is_bracketed(text: str, span: Span) -> bool:
    line = _line(text, span)
    return line.startswith("(") and line.endswith(")") and len(line) - len(span) <= 4


def _begins_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip(" :").removeprefix("CELEX").strip(" :")


def _line(text: str, span: Span) -> str:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return text[start : end if end >= 0 else len(text)].strip()


def _end_of_lines(text: str, count: int) -> int:
    ends = _line_ends(text)
    return next((end for number, end in enumerate(ends, start=1) if number == count), len(text))


def _line_ends(text: str) -> Iterator[int]:
    return (match.end() for match in re.finditer(r"\S[^\n]*\n", text))
