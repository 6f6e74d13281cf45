"""Headings of a PDF: the file's own outline where it has a good one, else lines that stand out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.text import fold, one_line
from pipeline.readers.pdf_lines import Line

LARGER = 1.1  # times the size of the running text
MOST_WORDS = 25  # of a heading's line
FEWEST_LETTERS = 3
MOST_BOLD = 0.3  # of all lines; in a document with more, bold says nothing
MOST_LINES = 4  # of one heading
DEEPEST = 6
ENOUGH = 3  # entries of the outline, and this share of them, found on their pages
FOUND = 0.6
LEADERS = 5  # lines that lead to a page number make a table of contents
SAME_SIZE = 0.9  # times; fonts of one size differ in their boxes
NEXT_LINE = 1.5  # times the letter size: no more parts the lines of one paragraph
SIZE_STEP = 2  # sizes are told apart by halves of a point

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+\S|[IVX]{1,5}\.\s+\S|[A-Z][.)]\s+\S")
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}$|…{2,}\s*\d{1,3}$")
_SENTENCE_END = re.compile(r"[.;,:]$")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a PDF's outline: its words, level from 1, and page from 0."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class HeadingLines:
    """A heading on a page: its lines ``first`` to ``last``, both included, and level from 1."""

    first: int
    last: int
    level: int


def is_contents(lines: Sequence[Line]) -> bool:
    """Whether a page is a table of contents: lines of dots that lead to page numbers."""
    # The last character is asked first, because the search goes through the whole line.
    numbered = (line.text for line in lines if line.text[-1:].isdecimal())
    return sum(bool(_LEADER.search(text)) for text in numbered) >= LEADERS


def headings_of(
    pages: Sequence[Sequence[Line]], *, size: float, outline: Sequence[Entry]
) -> list[list[HeadingLines]]:
    """Return the headings of each page, in order.

    Args:
        pages: Lines of running text in reading order; none of pages that have no headings.
        size: Of the document's running text.
        outline: What the file declares.
    """
    by_outline = _from_outline(pages, outline)
    found = sum(map(len, by_outline))
    if found >= ENOUGH and found >= FOUND * len(outline):
        return by_outline
    return _from_style(pages, size)


def _from_outline(
    pages: Sequence[Sequence[Line]], outline: Sequence[Entry]
) -> list[list[HeadingLines]]:
    found: list[list[HeadingLines]] = [[] for _ in pages]
    highest = min((entry.level for entry in outline), default=1)
    for entry in outline:
        if not 0 <= entry.page < len(pages):
            continue
        place = _place(pages[entry.page], entry.title)
        taken = {at for h in found[entry.page] for at in range(h.first, h.last + 1)}
        if place and not taken.intersection(range(place[0], place[1] + 1)):
            level = min(entry.level - highest + 1, DEEPEST)
            found[entry.page].append(HeadingLines(*place, level))
    return [sorted(headings, key=lambda h: h.first) for headings in found]


def _place(lines: Sequence[Line], title: str) -> tuple[int, int] | None:
    """Return the first and last of the lines that together are the title."""
    wanted = _bare(title)
    if not wanted:
        return None
    for first in range(len(lines)):
        words = ""
        for last in range(first, min(first + MOST_LINES, len(lines))):
            words += _bare(lines[last].text)
            if words == wanted:
                return first, last
            if not wanted.startswith(words):
                break
    return None


def _bare(text: str) -> str:
    return "".join(c for c in fold(one_line(text)) if c.isalnum())


def _from_style(pages: Sequence[Sequence[Line]], size: float) -> list[list[HeadingLines]]:
    total = sum(map(len, pages))
    bold_counts = total > 2 * FEWEST_LETTERS and (
        sum(line.bold for lines in pages for line in lines) < MOST_BOLD * total
    )
    marked = [list(_standing_out(lines, size, bold_counts=bold_counts)) for lines in pages]
    styles = Counter(
        _style(lines[first])
        for lines, found in zip(pages, marked, strict=True)
        for first, _ in found
    )
    ranks = {style: rank for rank, style in enumerate(sorted(styles, reverse=True), start=1)}
    shallowest = _shallowest(pages, marked)
    return [
        [
            HeadingLines(first, last, _level(lines[first], ranks, shallowest))
            for first, last in found
        ]
        for lines, found in zip(pages, marked, strict=True)
    ]


def _standing_out(
    lines: Sequence[Line], size: float, *, bold_counts: bool
) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each heading."""
    at = 0
    while at < len(lines):
        if not _stands_out(lines[at], size, bold_counts=bold_counts):
            at += 1
            continue
        last = at
        while (
            last + 1 < len(lines)
            and _style(lines[last + 1]) == _style(lines[at])
            and not _NUMBERED.match(lines[last + 1].text)
            and lines[last + 1].top - lines[last].top < 2 * lines[at].size
            and _stands_out(lines[last + 1], size, bold_counts=bold_counts)
        ):
            last += 1
        # More lines than a heading has are a paragraph set in bold, or a cover page.
        following = lines[last + 1] if last + 1 < len(lines) else None
        if last - at < MOST_LINES and not _is_text(lines[at : last + 1], following):
            yield at, last
        at = last + 1


def _stands_out(line: Line, size: float, *, bold_counts: bool) -> bool:
    if line.size < LARGER * size and not (bold_counts and line.bold and line.size >= 0.9 * size):
        return False
    words = line.text.split()
    return len(words) <= MOST_WORDS and sum(map(str.isalpha, line.text)) >= FEWEST_LETTERS


def _is_text(lines: Sequence[Line], following: Line | None) -> bool:
    """Whether lines that stand out are a sentence, a remark, or the first words of one."""
    first, last = lines[0].text, lines[-1].text
    if _SENTENCE_END.search(last):
        return not _NUMBERED.match(first)
    if first.startswith("(") and last.endswith(")"):
        return True
    return (
        following is not None
        and following.text[0].islower()
        and following.size > SAME_SIZE * lines[-1].size
        and 0 < following.top - lines[-1].top < NEXT_LINE * following.size
    )


def _style(line: Line) -> tuple[int, bool]:
    return round(line.size * SIZE_STEP), line.bold


def _shallowest(
    pages: Sequence[Sequence[Line]], marked: Sequence[Sequence[tuple[int, int]]]
) -> dict[tuple[int, bool], int]:
    """Return, for each style, the depth of its least deep number ("2.1" has two)."""
    depths: dict[tuple[int, bool], int] = {}
    for lines, found in zip(pages, marked, strict=True):
        for first, _ in found:
            if depth := _depth(lines[first]):
                style = _style(lines[first])
                depths[style] = min(depths.get(style, depth), depth)
    return depths


def _level(
    line: Line,
    ranks: Mapping[tuple[int, bool], int],
    shallowest: Mapping[tuple[int, bool], int],
) -> int:
    style = _style(line)
    depth = _depth(line)
    deeper = depth - shallowest[style] if depth else 0
    return min(ranks[style] + deeper, DEEPEST)


def _depth(line: Line) -> int:
    match = _NUMBERED.match(line.text)
    return match[1].count(".") + 1 if match and match[1] else 0
