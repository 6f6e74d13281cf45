"""Footnotes of a PDF page: small print below the text of its column, opened by a sign."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.readers.pdf_lines import Line

SMALLER = 0.93  # times the size of the page's text; notes of EU institutions are at most .85
# A figure, a letter or asterisks, in parentheses or brackets or bare, before the note's words.
_SIGN = re.compile(r"[(\[]?(?:\d{1,3}|[a-z]|\*{1,3}|[†‡§]{1,2})[)\]]?\s*\S|[¹²³⁴-⁹]")


def notes_last(lines: Sequence[Line], *, size: float) -> tuple[list[Line], list[Line]]:
    """Return the lines in reading order without the footnotes, and the footnotes.

    Args:
        lines: Of one page, in reading order, without furniture.
        size: Of the document's running text.
    """
    small = [line.size < SMALLER * size for line in lines]
    body: list[Line] = []
    notes: list[Line] = []
    at = 0
    while at < len(lines):
        end = at
        while (
            end < len(lines) and small[end] and (end == at or _follows(lines[end - 1], lines[end]))
        ):
            end += 1
        run = lines[at:end]
        if run and _SIGN.match(run[0].text) and _is_lowest(run, lines, small):
            notes.extend(run)
        else:
            end = max(end, at + 1)
            body.extend(lines[at:end])
        at = end
    return body, notes


def _follows(line: Line, below: Line) -> bool:
    return below.top > line.top - line.size or below.number == line.number


def _is_lowest(run: Sequence[Line], lines: Sequence[Line], small: Sequence[bool]) -> bool:
    """Whether no text of full size stands below the run in its column."""
    left, right = min(line.left for line in run), max(line.right for line in run)
    top = min(line.top for line in run)
    return not any(
        line.top > top and line.left < right and left < line.right
        for line, is_small in zip(lines, small, strict=True)
        if not is_small
    )
