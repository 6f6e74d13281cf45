"""Lines of a PDF page as PDFium finds them, with their boxes; boxes are as shown, y downwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import sub

from pipeline.readers.pdf_characters import RAISED, PageCharacters

# PDFium ends a line with CR LF, but a line that ends inside a word with a mark alone.
_LINE = re.compile(r"[^\r\n\ufffe\x02]+[\ufffe\x02]?")
_WORD_GAP = re.compile(r"(?<=\S)[ \t\u00a0]+(?=\S)")
# Times the letter size. Spaces of justified text stay below it on 99 of 100 lines of the Official
# Journal; its gutters are 1.2 and more.
WIDE_GAP = 0.9
ROWS = 3  # lines with a wide gap at the same place make it a gutter; fewer are tabulators
IN_A_ROW = 4  # of which so many follow one another; wide spaces meet by chance in two or three
ROWS_BESIDE = 8  # with a line on both sides of a place also make it a gutter
GLANCED = 4  # lines that tell whether a page needs more than a glance: no wide space, no gutter
SAMPLED = 12  # lines in which gutters are looked for
TOUCHING = 2.0  # points by which raised figures may overlap what stands before
SPACE = 0.15  # times the letter size; less is no space
MARKS = "\ufffe\x02"  # PDFium's, for a word that the line end cuts
PIECED = -1  # instead of the place in the text of a line that was put together


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, or the part of one that stands in one column.

    Attributes:
        text: Without line end; ends with PDFium's mark where it ends inside a word.
        left, right, top, bottom: In points, from the top left of the page as it is shown.
        size: Height of its letters in points, from the descent to the ascent of the font.
        bold: Whether its first, middle and last letters are.
        number: Of the whole line in the file's order; parts of one line share it.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    number: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A wide space: from ``left`` to ``right`` on the page, ``start`` to ``end`` in the line."""

    left: float
    right: float
    start: int
    end: int


class PageLines:
    """The lines of one page, and the gaps inside them."""

    def __init__(self, characters: PageCharacters) -> None:
        self._characters = characters
        self._text = characters.text

    def lines(self) -> list[Line]:
        """Return the lines in the file's order, cut where they run across a gutter."""
        found = [(match.start(), match.end()) for match in _LINE.finditer(self._text)]
        whole: list[tuple[Line, int]] = []
        for start, end in found:
            if line := self._line(start, end, number=len(whole)):
                if whole and _continues(whole[-1][0], line):
                    whole[-1] = (_joined(whole[-1][0], line), PIECED)
                else:
                    whole.append((line, start))
        return self._cut(whole)

    def _line(self, start: int, end: int, *, number: int) -> Line | None:
        text = self._text[start:end]
        first = start + len(text) - len(text.lstrip())
        last = start + len(text.rstrip().rstrip(MARKS).rstrip()) - 1
        if last < first:
            return None
        places = ((first + last) // 2, first, last)
        boxes = [box for box in map(self._characters.box_at, places) if box]
        if not boxes:
            return None
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        sizes = sorted(map(sub, bottoms, tops))
        return Line(
            text=text.strip(),
            left=min(lefts),
            right=max(rights),
            top=min(tops),
            bottom=max(bottoms),
            size=sizes[len(sizes) // 2],
            bold=all(map(self._characters.is_bold, places)),
            number=number,
        )

    def _cut(self, whole: list[tuple[Line, int]]) -> list[Line]:
        """Return the lines with those cut in two that have a gap where several have one."""
        lines = [line for line, _ in whole]
        if len(lines) < ROWS:
            return lines
        width = max(line.right for line in lines) - min(line.left for line in lines)
        wide = [(line, at) for line, at in whole if line.right - line.left > width / 2]
        if not any(self._gaps(line, at) for line, at in _spread(wide, GLANCED)):
            return lines
        sample = _spread(wide, SAMPLED)
        # Where few lines are wide, those that are may be two that were drawn one after the other.
        fewest = ROWS if 2 * len(wide) > len(lines) else 1
        gaps = [gap for line, at in sample for gap in self._gaps(line, at)]
        found = {place: self._beside(place, whole) for place in _gutters(gaps, fewest)}
        gutters = [
            gaps
            for place, gaps in found.items()
            if _longest_run(sorted(gaps)) >= IN_A_ROW or _rows_beside(place, lines) >= ROWS_BESIDE
        ]
        return [
            part
            for line in lines
            for part in _parts(line, [gaps[line.number] for gaps in gutters if line.number in gaps])
        ]

    def _beside(self, place: float, whole: list[tuple[Line, int]]) -> dict[int, Gap]:
        """Return the wide spaces at ``place``, by the number of their line."""
        crossing = [(line, at) for line, at in whole if line.left < place < line.right]
        gaps = ((line.number, self._gap_at(place, line, at)) for line, at in crossing)
        return {number: gap for number, gap in gaps if gap}

    def _gap_at(self, place: float, line: Line, start: int) -> Gap | None:
        """Return the wide space of a line at ``place``, found by halving."""
        if start == PIECED:
            return None
        start = self._begin(start)
        spaces = [match.span() for match in _WORD_GAP.finditer(line.text)]
        low, high = 0, len(spaces)
        while low < high:
            middle = (low + high) // 2
            sides = self._sides(start, *spaces[middle])
            if sides is None:
                return None
            left, right = sides
            if left <= place <= right:
                wide = right - left > WIDE_GAP * line.size
                return Gap(left, right, *spaces[middle]) if wide else None
            low, high = (low, middle) if left > place else (middle + 1, high)
        return None

    def _gaps(self, line: Line, start: int) -> list[Gap]:
        """Return the wide spaces of a line whose text begins at ``start``."""
        if start == PIECED:
            return []
        start = self._begin(start)
        widest = WIDE_GAP * line.size
        found = []
        for match in _WORD_GAP.finditer(line.text):
            sides = self._sides(start, *match.span())
            if sides and sides[1] - sides[0] > widest:
                found.append(Gap(*sides, *match.span()))
        return found

    def _begin(self, start: int) -> int:
        """Return where the text of a line begins that was stripped."""
        while self._text[start].isspace():
            start += 1
        return start

    def _sides(self, start: int, first: int, last: int) -> tuple[float, float] | None:
        """Return where the word before a space ends and the word after it begins."""
        before = self._characters.box_at(start + first - 1)
        after = self._characters.box_at(start + last)
        return (before[2], after[0]) if before and after else None


def _spread(wide: list[tuple[Line, int]], count: int) -> list[tuple[Line, int]]:
    """Return about so many of the lines, spread evenly over the page."""
    step = max(len(wide) // count, 1)
    return wide[step // 2 :: step]


def _continues(line: Line, part: Line) -> bool:
    """Whether PDFium took a raised figure, or what follows one, for a new line."""
    middle = (part.top + part.bottom) / 2
    return (
        -TOUCHING <= part.left - line.right < WIDE_GAP * line.size
        and line.top <= middle <= line.bottom
        and line.text[-1] not in MARKS
    )


def _joined(line: Line, part: Line) -> Line:
    apart = part.left - line.right > SPACE * line.size
    raised = part.size < RAISED * line.size and line.text[-1].isalnum()
    larger = line if len(line.text) >= len(part.text) else part
    return replace(
        larger,
        text=f"{line.text}{' ' if apart or raised else ''}{part.text}",
        left=line.left,
        right=part.right,
        number=line.number,
    )


def _rows_beside(place: float, lines: list[Line]) -> int:
    """Return in how many rows one line ends before ``place`` and another begins after it."""
    before = {round(line.bottom / line.size) for line in lines if line.right <= place}
    after = {round(line.bottom / line.size) for line in lines if line.left >= place}
    return len(before & after)


def _gutters(gaps: list[Gap], fewest: int) -> list[float]:
    """Return the places that so many gaps or more have in common, each once."""
    edges = sorted([(gap.left, 1) for gap in gaps] + [(gap.right, -1) for gap in gaps])
    places: list[float] = []
    depth, highest = 0, 0
    for (x, step), (following, _) in zip(edges, edges[1:] + edges[-1:], strict=True):
        depth += step
        if step > 0 and depth >= fewest and depth > highest:
            highest = depth
            # Near the right: columns begin at one place, but their lines end anywhere.
            place = x + 0.9 * (following - x)
            if depth == fewest:
                places.append(place)
            else:
                places[-1] = place
        if depth == 0:
            highest = 0
    return places


def _longest_run(numbers: list[int]) -> int:
    """Return how many of these rising numbers follow one another at most."""
    longest = run = 0
    for at, number in enumerate(numbers):
        run = run + 1 if at and number == numbers[at - 1] + 1 else 1
        longest = max(longest, run)
    return longest


def _parts(line: Line, gaps: list[Gap]) -> Iterator[Line]:
    """Yield the parts of a line between those gaps; all of it where there are none."""
    start, left = 0, line.left
    for gap in sorted(set(gaps), key=lambda gap: gap.start):
        yield replace(line, text=line.text[start : gap.start], left=left, right=gap.left)
        start, left = gap.end, gap.right
    yield replace(line, text=line.text[start:], left=left) if start else line
