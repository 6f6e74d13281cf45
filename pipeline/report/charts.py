"""Charts of a report as inline SVG, in shades that stay apart in grey; the adapter of drawsvg.

drawsvg escapes text but no attribute: words go into elements only, never into attributes.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Any

from pipeline.core.tags import Grade
from pipeline.report.figures import Tally, day_of
from pipeline.report.text import headed, typeset
from pipeline.report.values import Report, Section
from pipeline.report.wording import Labels

WIDTH = 704  # units, those of the text's width on the page
LEFT = 208  # for names
ROW = 34
LOW_ROW = 20  # where there are more than `FEW`, so that a chart is no longer than a page
FEW = 18
TOP = 26
SIZE = 12  # of letters
_NAME = 32  # characters of a name on one line
_INK, _SOFT, _LINE, _ACCENT = "#1b1f24", "#555d66", "#c9ced4", "#1f4470"
# From light to dark, each with what can be read on it (contrast above 4.5, WCAG 2.2).
SHADES = (
    ("#dfe8f3", _INK), ("#b3c7e0", _INK), ("#86a5cb", _INK), ("#3d6496", "#ffffff"),
    ("#16335a", "#ffffff"),
)  # fmt: skip
_NAMESPACES = re.compile(r' xmlns(?::\w+)?="[^"]*"|<defs>\s*</defs>\s*')  # inline SVG needs none
_WIDE_ENOUGH = 13  # units of a cell that holds a number of two digits
_ROOMY = 18  # units of a cell whose month is named beside its neighbours' months
_QUARTERS = (1, 4, 7, 10)  # the months that are named where there is no room for all
_LEVELS = (0, -9, 9)  # above and below the line, for marks that would cover each other
_MARK = 11  # units that a mark takes
_LETTER = 7.0  # units of a letter, widest fonts
_YEARS_APART = 34  # units that a year takes on an axis


def timeline(report: Report, words: Labels) -> str:
    """Return a mark for each publication at its day, by policy file."""
    drawing = _drawing(TOP + ROW * len(report.sections) + 8, words.timeline, words.timeline_told)
    _axis(drawing, report, words)
    days = (report.until - report.since).days
    for number, section in enumerate(report.sections):
        middle = TOP + ROW * number + ROW / 2
        _name(drawing, section.subject.file.name, middle)
        drawing.append(_svg().Line(LEFT, middle, WIDTH, middle, stroke=_LINE))
        _marks(drawing, section, middle, report.since, days, words)
    return _text(drawing)


def heat_map(tally: Tally, title: str, told: str, words: Labels) -> str:
    """Return a cell for each policy file and month or year, the darker the more."""
    height = ROW if len(tally.rows) <= FEW else LOW_ROW
    drawing = _drawing(TOP + height * len(tally.rows) + 8, title, told)
    width = min((WIDTH - LEFT) / len(tally.buckets), 64)
    _years(drawing, tally.buckets, width)
    svg = _svg()
    for number, row in enumerate(tally.rows):
        top = TOP + height * number
        _name(drawing, row.file.name, top + height / 2, lines=2 if height == ROW else 1)
        for place, bucket in enumerate(tally.buckets):
            left, count = LEFT + place * width, row.counts.get(bucket, 0)
            shade, ink = (
                SHADES[(count * len(SHADES) - 1) // tally.most] if count else ("#ffffff", _INK)
            )
            cell = svg.Rectangle(left, top + 1, width - 1, height - 2, fill=shade, stroke=_LINE)
            cell.append_title(f"{row.file.name}, {words.day(bucket)}{words.colon}{count}")
            drawing.append(cell)
            if count and width >= _WIDE_ENOUGH:
                shown = words.number(count)
                drawing.append(_words(shown, left + width / 2, top + height / 2, ink, "middle"))
    return _text(drawing)


def language_bars(counts: Sequence[tuple[str, int]], words: Labels) -> str:
    """Return a bar for each language, as long as it has documents.

    Args:
        counts: Code of the language, and documents.
    """
    drawing = _drawing(ROW * len(counts) + 8, words.by_language, words.languages_told)
    most = max((n for _, n in counts), default=1)
    for number, (code, count) in enumerate(counts):
        top = ROW * number
        _name(drawing, headed(words.language_name(code)), top + ROW / 2)
        length = max((WIDTH - LEFT - 60) * count / most, 2)
        drawing.append(_svg().Rectangle(LEFT, top + 7, length, ROW - 14, fill=_ACCENT))
        number_at = LEFT + length + 6
        drawing.append(_words(words.number(count), number_at, top + ROW / 2, _INK, "start"))
    return _text(drawing)


def _marks(
    drawing: Any, section: Section, middle: float, since: date, days: int, words: Labels
) -> None:
    last = dict.fromkeys(_LEVELS, float(-WIDTH))  # where each level has its latest mark
    for entry in sorted((*section.main, *section.also), key=day_of):
        at = LEFT + 8 + (WIDTH - LEFT - 16) * (day_of(entry) - since).days / max(days, 1)
        level = next(
            (one for one in _LEVELS if at - last[one] >= _MARK),
            min(_LEVELS, key=lambda one: last[one]),
        )
        last[level] = at
        filled = entry.grade is Grade.MAIN
        mark = _svg().Circle(
            round(at, 1), middle + level, 5, fill=_ACCENT if filled else "#ffffff", stroke=_ACCENT,
            stroke_width=1.5,
        )  # fmt: skip
        title = typeset(entry.title, entry.title_language)
        mark.append_title(f"{title}, {words.day(entry.date or entry.added)}")
        drawing.append(mark)


def _axis(drawing: Any, report: Report, words: Labels) -> None:
    """Draw first and last day, and between them each year that has room."""
    days = max((report.until - report.since).days, 1)
    first, end = (words.day(day.isoformat()) for day in (report.since, report.until))
    drawing.append(_words(first, LEFT, TOP / 2, _SOFT, "start"))
    drawing.append(_words(end, WIDTH, TOP / 2, _SOFT, "end"))
    room, last = WIDTH - LEFT - 16, LEFT + _LETTER * len(first) + 20
    beyond = WIDTH - _LETTER * len(end) - 20
    bottom = TOP + ROW * len(report.sections)
    for year in range(report.since.year + 1, report.until.year + 1):
        at = round(LEFT + 8 + room * (date(year, 1, 1) - report.since).days / days, 1)
        drawing.append(_svg().Line(at, TOP - 4, at, bottom, stroke=_LINE, stroke_dasharray="2 3"))
        if last < at < beyond:
            drawing.append(_words(str(year), at, TOP / 2, _SOFT, "middle"))
            last = at + _YEARS_APART


def _years(drawing: Any, buckets: Sequence[str], width: float) -> None:
    """Draw the year at its first bucket, and the months where there is room for them."""
    until = 0.0
    for place, bucket in enumerate(buckets):
        at = LEFT + place * width
        starts_year = place == 0 or bucket[:4] != buckets[place - 1][:4]
        if starts_year and at >= until:
            drawing.append(_words(bucket[:4], at, 7, _SOFT, "start"))
            until = at + _YEARS_APART
        month = int(bucket[5:] or 1)
        if len(bucket) == 7 and width >= (_WIDE_ENOUGH if month in _QUARTERS else _ROOMY):
            drawing.append(_words(str(month), at + width / 2, 19, _SOFT, "middle"))


def _svg() -> Any:
    import drawsvg

    return drawsvg


def _drawing(height: float, title: str, told: str) -> Any:
    svg = _svg()
    drawing = svg.Drawing(WIDTH, height, role="img", font_size=SIZE)
    drawing.append(svg.Title(title))
    description = svg.Title(told)
    description.TAG_NAME = "desc"  # drawsvg has none of its own
    drawing.append(description)
    return drawing


def _name(drawing: Any, name: str, middle: float, *, lines: int = 2) -> None:
    wrapped = textwrap.wrap(name, _NAME, max_lines=lines, placeholder=" …")
    for number, line in enumerate(wrapped):
        at = middle + (number - (len(wrapped) - 1) / 2) * (SIZE + 2)
        drawing.append(_words(line, LEFT - 12, at, _INK, "end"))


def _words(text: str, at: float, middle: float, ink: str, anchor: str) -> Any:
    return _svg().Text(
        text, SIZE, round(at, 1), middle, fill=ink, text_anchor=anchor, dominant_baseline="central"
    )


def _text(drawing: Any) -> str:
    made: str = drawing.as_svg(header="", skip_js=True, skip_css=True)
    return _NAMESPACES.sub("", made)
