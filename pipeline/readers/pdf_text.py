"""The text of PDF pages: lines in reading order, furniture left out, notes after the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pipeline.readers.hyphens import MARK
from pipeline.readers.outlines import marked_heading, without_marks
from pipeline.readers.pdf_furniture import furniture_of
from pipeline.readers.pdf_headings import Entry, HeadingLines, headings_of, is_contents
from pipeline.readers.pdf_lines import MARKS, Line
from pipeline.readers.pdf_notes import notes_last
from pipeline.readers.pdf_order import in_reading_order
from pipeline.readers.pdf_page import RawPage

APART = 1.35  # times the usual distance of lines; more ends a paragraph
SIZE_STEP = 4  # sizes are told apart by quarters of a point
UPPER_PART = 0.6  # of the page's height, from the top: where a title stands
LARGER = 1.15  # times the usual size of the page's text; smaller steps are emphasis
SAME_SIZE = 0.95  # lines of one title differ by rounding only
MOST_TITLE_LINES = 6
MOST_LINES = 100  # of page 1 are looked at; a title stands before them
# Hyphens that end a line after a letter; PDFium marks only some of them.
_HYPHENED = re.compile(rf"(?<=[^\W\d_])[{MARKS}\u00ad\u2010-]+$|[{MARKS}]+$")
_HYPHENS = frozenset(f"{MARKS}\u00ad\u2010-")
_FIRST_WORD = re.compile(r"\s*(\S+)[^\S\n]*\n?")


@dataclass(frozen=True, slots=True)
class PageText:
    """What one page says.

    Attributes:
        lines: Of the running text, in reading order, then those of the footnotes.
        notes: How many of the lines are footnotes.
        columns: Columns of running text.
        furniture: Running heads, feet and page numbers.
        contents: Whether the page is a table of contents.
        headings: Among the lines.
    """

    lines: tuple[Line, ...]
    notes: int
    columns: int
    furniture: tuple[str, ...]
    contents: bool
    headings: tuple[HeadingLines, ...] = ()

    @property
    def body(self) -> tuple[Line, ...]:
        """The lines of the running text."""
        return self.lines[: len(self.lines) - self.notes]


def page_texts(pages: Sequence[RawPage], *, outline: Sequence[Entry] = ()) -> list[PageText]:
    """Return what each of all pages of a document says.

    Args:
        outline: The file's own list of headings.
    """
    size = usual_size(line for page in pages for line in page.lines)
    texts = [
        _page_text(page, furniture, size)
        for page, furniture in zip(pages, furniture_of([p.lines for p in pages]), strict=True)
    ]
    running = [() if text.contents else text.body for text in texts]
    headings = headings_of(running, size=size, outline=outline)
    return [
        replace(text, headings=tuple(found)) for text, found in zip(texts, headings, strict=True)
    ]


def usual_size(lines: Iterable[Line]) -> float:
    """Return the size in points in which most letters are set; 0 where there are none."""
    letters: Counter[int] = Counter()
    for line in lines:
        letters[round(line.size * SIZE_STEP)] += len(line.text)
    return letters.most_common(1)[0][0] / SIZE_STEP if letters else 0.0


def marked_texts(pages: Sequence[PageText]) -> list[str]:
    """Return the text of each page with `MARK` where a line ends inside a word.

    A word that the page's end cuts is put at the end of the first page's running text.
    """
    bodies = [_joined(page.body, page.headings) for page in pages]
    for at, (body, following) in enumerate(pairwise(bodies)):
        if body.endswith(MARK) and (word := _FIRST_WORD.match(following)):
            bodies[at] = body + word[1]
            bodies[at + 1] = following[word.end() :]
    notes = [_joined(page.lines[len(page.lines) - page.notes :]) for page in pages]
    return [f"{body}\n\n{note}" if note else body for body, note in zip(bodies, notes, strict=True)]


def largest_text(page: PageText) -> str:
    """Return the line or lines in the largest letters, where they are larger than the rest."""
    lines = page.lines[:MOST_LINES]
    if not lines:
        return ""
    usual = usual_size(lines)
    tops = [line.top for line in lines]
    lowest = min(tops) + UPPER_PART * (max(tops) - min(tops))
    # A single large letter is an initial, not a title.
    upper = [line for line in lines if line.top <= lowest and sum(map(str.isalpha, line.text)) > 3]
    largest = max((line.size for line in upper), default=0.0)
    if largest < LARGER * usual:
        return ""
    title: list[str] = []
    for line in upper:
        if line.size >= SAME_SIZE * largest and len(title) < MOST_TITLE_LINES:
            title.append(line.text)
        elif title:
            break
    return "\n".join(title)


def _page_text(page: RawPage, furniture: frozenset[int], size: float) -> PageText:
    kept = [line for at, line in enumerate(page.lines) if at not in furniture]
    ordered, columns = in_reading_order(kept, tables=[table.box for table in page.tables])
    body, notes = notes_last(ordered, size=size)
    return PageText(
        lines=(*body, *notes),
        notes=len(notes),
        columns=columns,
        furniture=tuple(page.lines[at].text for at in sorted(furniture)),
        contents=is_contents(body),
    )


def _joined(lines: Sequence[Line], headings: Sequence[HeadingLines] = ()) -> str:
    """Return the lines as text, one a line; an empty line parts paragraphs."""
    parts: list[str] = []
    at = 0
    for heading in headings:
        end = heading.last + 1
        parts.append(_paragraphs(lines[at : heading.first]))
        parts.append(marked_heading(_paragraphs(lines[heading.first : end]), heading.level))
        at = end
    parts.append(_paragraphs(lines[at:]))
    return "\n\n".join(filter(None, parts))


def _paragraphs(lines: Sequence[Line]) -> str:
    if not lines:
        return ""
    usual = _usual_distance(lines)
    parts = [without_marks(lines[0].text)]
    for above, line in pairwise(lines):
        if line.number == above.number:  # parts of one line that are read one after the other
            parts.append(" ")
        elif _is_hyphened(parts[-1]) and line.text[0].isalnum():
            parts[-1] = _HYPHENED.sub(MARK, parts[-1])
        else:
            far = line.top - above.top > APART * max(usual, above.size)
            parts.append("\n\n" if far else "\n")
        parts.append(without_marks(line.text))
    parts[-1] = _HYPHENED.sub(MARK, parts[-1])
    return "".join(parts)


def _is_hyphened(text: str) -> bool:
    # The last character is asked first, because the search goes through the whole line.
    return text[-1:] in _HYPHENS and _HYPHENED.search(text) is not None


def _usual_distance(lines: Sequence[Line]) -> float:
    distances = [
        line.top - above.top
        for above, line in pairwise(lines)
        if 0 < line.top - above.top < 3 * above.size
    ]
    return median(distances) if distances else 0.0
