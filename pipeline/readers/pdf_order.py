"""Reading order of the lines of a page: the file's own, unless columns or jumps speak against it.

Most programs write a page in the order in which it is read, and then no geometry knows better; a
plain cut by white space (Nagy and Seth 1984) was worse than the file's order on pages of formulas
and tables. So columns are looked for in the boxes, and the page is put in their order only where
the file goes through them in another way at many places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import quantiles

from pipeline.readers.pdf_lines import Line
from pipeline.readers.pdf_tables import Box

FEWEST_LINES = 6  # a page with fewer has no columns to speak of
MOST_LINES = 1_500  # a page with more is a drawing; looking for gutters is quadratic
BESIDE = 3  # rows with text on both sides of a gutter, the fewest that make one
NARROWEST = 0.6  # times the letter size; the gutters of the Official Journal are 1.2 and more
ENOUGH = 0.7  # of the rows that the best place parts
TEXT_LIKE = 16  # characters in the upper quartile of a column's lines; cells of tables are shorter
BREAKS = 4  # places at which a good file order may differ from ours: notes, heads, captions
BREAK_SHARE = 0.12  # of the lines, on long pages
JUMPS = 3  # upward jumps inside one column: two notes and a head
ROW_WISE = 0.9  # of the steps upwards lead to the next cell of the row
LINES_IN_CELL = 1.3  # on average; columns drawn row by row have one
EDGE = 12.0  # points within which lines begin at the same place
FULL = 0.75  # of the longer lines; ragged text reaches so far, cells of tables do not
_RIGHT_TO_LEFT = re.compile("[\u05d0-\u08ff]")  # Hebrew and Arabic letters


def in_reading_order(
    lines: Sequence[Line], *, tables: Sequence[Box] = ()
) -> tuple[list[Line], int]:
    """Return the lines in the order in which they are read, and the number of columns.

    Args:
        lines: Of one page, in the file's order.
        tables: Boxes of ruled tables; the lines inside one stay together, in the file's order.
    """
    outside = list(lines)
    stand_ins: dict[int, list[Line]] = {}
    for box in tables:
        found = _lines_of(box, outside)
        if not found:
            continue
        inside = set(map(id, found))
        outside = [line for line in outside if id(line) not in inside]
        stand_in = _stand_in(found[0], box)
        stand_ins[id(stand_in)] = found
        at = next((n for n, line in enumerate(outside) if line.number > stand_in.number), None)
        outside.insert(len(outside) if at is None else at, stand_in)
    ordered, columns = _ordered(outside)
    return [cell for line in ordered for cell in stand_ins.get(id(line), [line])], columns


def _lines_of(box: Box, lines: Sequence[Line]) -> list[Line]:
    """Return the lines inside a table, and those beside it that the file has between them.

    Many tables have rules between their inner columns only.
    """
    within = [n for n, line in enumerate(lines) if _is_inside(line, box)]
    if not within:
        return []
    return [
        line
        for line in lines[within[0] : within[-1] + 1]
        if box[1] <= (line.top + line.bottom) / 2 <= box[3]
    ]


def _is_inside(line: Line, box: Box) -> bool:
    left, top, right, bottom = box
    return left <= (line.left + line.right) / 2 <= right and (
        top <= (line.top + line.bottom) / 2 <= bottom
    )


def _stand_in(line: Line, box: Box) -> Line:
    """Return a line that takes the place of a whole table while the page is put in order."""
    left, top, right, bottom = box
    return replace(line, left=left, top=top, right=right, bottom=bottom)


def _ordered(given: list[Line]) -> tuple[list[Line], int]:
    if (
        not FEWEST_LINES <= len(given) <= MOST_LINES
        or _is_turned(given)
        or _is_right_to_left(given)
    ):
        return given, 1
    ordered, columns = _by_columns(given, depth=0)
    if columns == 1:
        jumbled = _jumps(given) > JUMPS + BREAK_SHARE * len(given)
        return (_by_rows(given) if jumbled else _head_first(given)), 1
    place = {id(line): at for at, line in enumerate(ordered)}
    breaks = sum(place[id(b)] != place[id(a)] + 1 for a, b in pairwise(given))
    if breaks <= BREAKS + BREAK_SHARE * len(given):
        return _head_first(given), columns
    return (given, 1) if _is_table(given) else (ordered, columns)


def _head_first(lines: list[Line]) -> list[Line]:
    """Return the lines with those first that stand above all others but were drawn last."""
    top = min(line.top for line in lines)
    end = len(lines)
    while end > 1 and lines[end - 1].bottom - lines[end - 1].size / 2 <= top + lines[end - 1].size:
        end -= 1
    head = lines[end:]
    if not head or min(line.top for line in lines[:end]) < max(line.top for line in head):
        return lines
    return head + lines[:end]


def _is_table(lines: list[Line]) -> bool:
    """Whether the file goes through rows of cells, as it does through a table without rules.

    It goes down the page row by row: where it steps up, it goes to the right, to the top of the
    next cell of that row. Columns of text that are drawn row by row step to the right as well;
    their lines are full, and no cell has several lines before the file goes to the next one.
    """
    run = [lines[0]]
    cells, steps, across = 1, 0, 0
    for above, line in pairwise(lines):
        beside = line.left >= above.right or above.left >= line.right
        if line.top > above.top + above.size / 2 and not beside:
            run.append(line)
            continue
        cells += 1
        if line.bottom < above.top + above.size / 2:
            steps += 1
            across += line.left > above.left and abs(line.top - run[0].top) < line.size
        run = [line]
    if across < ROW_WISE * steps:
        return False
    return len(lines) > LINES_IN_CELL * cells or not _is_full(lines)


def _is_full(lines: list[Line]) -> bool:
    """Whether most lines reach nearly as far as the longer ones that begin at the same place."""
    widths: dict[int, list[float]] = defaultdict(list)
    for line in lines:
        widths[round(line.left / EDGE)].append(line.right - line.left)
    full = 0
    for found in widths.values():
        # Not the longest: a title over both columns begins where the first one does.
        long = sorted(found)[(4 * len(found)) // 5]
        full += sum(width > FULL * long for width in found)
    return 2 * full > len(lines)


def _by_columns(lines: list[Line], *, depth: int) -> tuple[list[Line], int]:
    """Return the lines band by band, each band column by column, and the most columns."""
    gutter = _gutter(lines) if len(lines) >= FEWEST_LINES and depth < 3 else None
    if gutter is None:
        return (_by_rows(lines) if _jumps(lines) > JUMPS else lines), 1
    ordered: list[Line] = []
    columns = 1
    for band in _bands(lines, gutter):
        left = [line for line in band if line.right <= gutter]
        right = [line for line in band if line.left >= gutter]
        if left and right:
            first, n = _by_columns(left, depth=depth + 1)
            second, m = _by_columns(right, depth=depth + 1)
            ordered += first + second
            columns = max(columns, n + m)
        else:
            ordered += _by_rows(band)
    return ordered, columns


def _gutter(lines: list[Line]) -> float | None:
    """Return the place of the gutter between columns of text, or nothing."""
    gaps = _gaps_beside(lines)
    edges = sorted({edge for gap in gaps for edge in gap})
    places = [(a + b) / 2 for a, b in pairwise(edges)]
    depths = [sum(left < place < right for left, right in gaps) for place in places]
    most = max(depths, default=0)
    if most < BESIDE:
        return None
    # Of the places that part about as many rows, the one that the fewest lines cross.
    _, place = min(
        (sum(line.left < place < line.right for line in lines), place)
        for place, depth in zip(places, depths, strict=True)
        if depth >= max(BESIDE, ENOUGH * most)
    )
    left = [line for line in lines if line.right <= place]
    right = [line for line in lines if line.left >= place]
    return place if _is_text(left) and _is_text(right) else None


def _gaps_beside(lines: list[Line]) -> list[tuple[float, float]]:
    """Return the gap between each line and the nearest one to its right in the same row."""
    rows = sorted(lines, key=lambda line: line.top)
    gaps = []
    for at, line in enumerate(rows):
        middle = (line.top + line.bottom) / 2
        nearest: Line | None = None
        for other in (*_near(rows, at, -1), *_near(rows, at, 1)):
            if (
                other.left >= line.right
                and other.top < middle < other.bottom
                and (nearest is None or other.left < nearest.left)
            ):
                nearest = other
        if nearest is not None and nearest.left - line.right > NARROWEST * line.size:
            gaps.append((line.right, nearest.left))
    return gaps


def _near(rows: list[Line], at: int, step: int) -> list[Line]:
    """Return the lines before or after ``at`` whose tops are less than a few letters away."""
    found = []
    line = rows[at]
    index = at + step
    while 0 <= index < len(rows) and abs(rows[index].top - line.top) < 2 * line.size:
        found.append(rows[index])
        index += step
    return found


def _bands(lines: list[Line], gutter: float) -> list[list[Line]]:
    """Return runs of lines from top to bottom, parted where lines cross the gutter."""
    bands: list[tuple[bool, list[Line]]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        crosses = line.left < gutter < line.right
        if bands and bands[-1][0] == crosses:
            bands[-1][1].append(line)
        else:
            bands.append((crosses, [line]))
    return [band for _, band in bands]


def _by_rows(lines: list[Line]) -> list[Line]:
    """Return the lines from top to bottom, those of one row from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        if rows and (line.top + line.bottom) / 2 < rows[-1][0].bottom - line.size / 4:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]


def _jumps(lines: list[Line]) -> int:
    """Return how often the next line stands above the last, in the same column."""
    return sum(
        b.bottom < a.top and b.left < a.right and a.left < b.right for a, b in pairwise(lines)
    )


def _is_text(lines: list[Line]) -> bool:
    """Whether the longer lines are running text; short items of lists veto no column."""
    if len(lines) < BESIDE:
        return False
    return quantiles((len(line.text) for line in lines), n=4)[2] >= TEXT_LIKE


def _is_turned(lines: list[Line]) -> bool:
    tall = sum(
        line.bottom - line.top > line.right - line.left for line in lines if len(line.text) > 4
    )
    return 2 * tall > len(lines)


def _is_right_to_left(lines: list[Line]) -> bool:
    text = "".join(line.text for line in lines)
    if not _RIGHT_TO_LEFT.search(text):
        return False
    return 2 * len(_RIGHT_TO_LEFT.findall(text)) > sum(map(str.isalpha, text))
