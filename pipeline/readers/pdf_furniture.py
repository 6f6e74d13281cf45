"""Running heads, feet and page numbers: the outermost rows of pages that say the same again.

A row is furniture where it stands at the same height on several pages with the same words, and
its numbers are the same too or count with the pages. So a row of a table that stands first on
every page is not taken for a running head unless even its figures are the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.core.text import fold
from pipeline.readers.pdf_lines import Line

OUTER_ROWS = 3  # at either edge; the heads and feet of EU institutions have one or two
SAME_HEIGHT = 6.0  # points
FEWEST_PAGES = 3  # that must agree; two where the document has no more than four
APART = 2  # pages: left and right pages have heads of their own; further apart it is chance
WINDOW = 6  # rows before and after in the same group with which a row is compared
FEWEST_LETTERS = 3  # of a row that does not count with the pages
LONGEST = 200  # characters; a longer row is a line of text

_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]+")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
# The Official Journal in the languages of the EU: a page of it is known by its head alone.
_JOURNAL = re.compile(
    r"official journal|journal officiel|amtsblatt|diario oficial|jornal oficial|gazzetta ufficiale"
    r"|publicatieblad|unions tidende|officiella tidning|virallinen lehti|επισημη εφημεριδα"
    r"|dziennik urzedowy|uredni vestnik|uradny vestnik|uradni list|sluzbeni list|hivatalos lapja"
    r"|jurnalul oficial|официален вестник|elu teataja|liidu teataja|oficialais vestnesis"
    r"|oficialusis leidinys|gurnal uffi?cjali|iris oifigiuil"
)
_JOURNAL_WORDS = 14  # the most words of such a head: date, name, language, page
_CODE = "(?:BG|CS|DA|DE|EL|EN|ES|ET|FI|FR|GA|HR|HU|IT|LT|LV|MT|NL|PL|PT|RO|SK|SL|SV)"
_LANGUAGE_CODES = re.compile(rf"{_CODE}(?: {_CODE})?(?: \d{{1,3}})?(?: {_CODE})?")
_COUNTED = re.compile(r"\W*(?:\w+\.? )?(\d+) ?(?:/|of|sur|von|van|de|di|z|af|av) ?(\d+)\W*")


@dataclass(frozen=True, slots=True)
class _Row:
    """Lines side by side: their numbers on the page, their words, and their height."""

    page: int
    lines: tuple[int, ...]
    text: str
    middle: float
    is_upper: bool
    key: str
    numbers: tuple[int, ...]


def furniture_of(pages: Sequence[Sequence[Line]]) -> list[frozenset[int]]:
    """Return, for each page, which of its lines are furniture, as numbers from 0."""
    edges = [
        (_outer_rows(lines, page, is_upper=True), _outer_rows(lines, page, is_upper=False))
        for page, lines in enumerate(pages)
    ]
    groups: dict[tuple[bool, str], list[_Row]] = defaultdict(list)
    for row in (row for both in edges for rows in both for row in rows):
        groups[row.is_upper, row.key].append(row)
    fewest = 2 if len(pages) < 5 else FEWEST_PAGES
    repeated = {
        (row.page, row.lines)
        for rows in groups.values()
        for at, row in enumerate(rows)
        if _is_repeated(
            row, [*rows[max(at - WINDOW, 0) : at], *rows[at + 1 : at + 1 + WINDOW]], fewest
        )
    }
    found = [
        frozenset(
            line
            for rows in both
            for row in _outermost(rows, repeated, len(pages))
            for line in row.lines
        )
        for both in edges
    ]
    # A page that says nothing else is not left without a word.
    return [
        furniture if len(furniture) < len(lines) else frozenset()
        for furniture, lines in zip(found, pages, strict=True)
    ]


def _outermost(
    rows: Sequence[_Row], repeated: set[tuple[int, tuple[int, ...]]], pages: int
) -> Iterator[_Row]:
    """Yield rows from the edge inwards, up to the first that is text."""
    for row in rows:
        if (row.page, row.lines) not in repeated and not _is_named(row, pages):
            return
        yield row


def _outer_rows(lines: Sequence[Line], page: int, *, is_upper: bool) -> list[_Row]:
    """Return the rows nearest to one edge, the outermost first."""
    ordered = sorted(range(len(lines)), key=lambda at: _middle(lines[at]), reverse=not is_upper)
    rows: list[list[int]] = []
    for at in ordered:
        line = lines[at]
        if rows and _is_beside(line, lines[rows[-1][0]]):
            rows[-1].append(at)
        elif len(rows) == OUTER_ROWS:
            break
        else:
            rows.append([at])
    return [row for row in (_row(lines, page, found, is_upper) for found in rows) if row]


def _row(lines: Sequence[Line], page: int, found: list[int], is_upper: bool) -> _Row:
    found = sorted(found, key=lambda at: lines[at].left)
    text = " ".join(lines[at].text for at in found)
    key = fold(text)
    if _ROMAN.fullmatch(key.strip(" -–.")):
        key = "#roman"  # counts in its own way; standing alone there is what tells
    return _Row(
        page=page,
        lines=tuple(found),
        text=text,
        middle=_middle(lines[found[0]]),
        is_upper=is_upper,
        key=_NUMBER.sub("#", key),
        numbers=tuple(int(number[-9:]) for number in _NUMBER.findall(text)),
    )


def _is_repeated(row: _Row, others: Sequence[_Row], fewest: int) -> bool:
    if len(row.text) > LONGEST:
        return False
    alike = [o for o in others if o.page != row.page and abs(o.middle - row.middle) < SAME_HEIGHT]
    same = [o for o in alike if _same_numbers(row, o)]
    nearest = min((abs(o.page - row.page) for o in same), default=0)
    if 1 + len({o.page for o in same}) < fewest or nearest > APART:
        return False
    letters = sum(map(str.isalpha, row.text))
    counts = any(o.numbers != row.numbers for o in same) or row.key == "#roman"
    return counts or letters >= FEWEST_LETTERS or bool(_DATE.search(row.text))


def _same_numbers(row: _Row, other: _Row) -> bool:
    apart = row.page - other.page
    return len(row.numbers) == len(other.numbers) and all(
        a == b or a - b == apart for a, b in zip(row.numbers, other.numbers, strict=True)
    )


def _is_named(row: _Row, pages: int) -> bool:
    """Whether a row is furniture by its words alone, as on the only page of a short act."""
    text = row.text.strip()
    if _LANGUAGE_CODES.fullmatch(text):
        return True
    if counted := _COUNTED.fullmatch(text):
        return (int(counted[1]), int(counted[2])) == (row.page + 1, pages)
    if row.is_upper and _JOURNAL.search(row.key) and len(text.split()) <= _JOURNAL_WORDS:
        return bool(_DATE.search(text) or re.search(r"\b[LC] ?\d+/\d+", text))
    return False


def _is_beside(line: Line, other: Line) -> bool:
    return other.top <= _middle(line) <= other.bottom or line.top <= _middle(other) <= line.bottom


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2
