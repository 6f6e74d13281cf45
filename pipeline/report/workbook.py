"""Tables as an Excel workbook, in which no text is a formula; the adapter of openpyxl."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

WIDEST = 60  # characters of a column; longer cells wrap
NARROWEST = 10
LONGEST = 32_767  # characters that Excel takes in a cell
LONGEST_ADDRESS = 2_079  # characters that Excel takes in an address
FONT = "Calibri"  # that of the other cells
LINK_COLOUR = "0563C1"  # that of Office
MOST_LINKS = 65_530  # of a sheet (Excel specifications and limits)
LINE = 15  # points
TALLEST = 180  # points, twelve lines: a sheet is to be looked over; Excel takes 409
LONGEST_NAME = 31  # characters of a sheet's name
CHECKED_ROWS = 1_048_576  # the last row of a sheet: rows that colleagues add are checked too


@dataclass(frozen=True, slots=True)
class Day:
    """A date that a spreadsheet sorts and filters as one.

    Attributes:
        day: The first one where only month or year is known.
        known: "yyyy-mm-dd", "yyyy-mm" or "yyyy": what is shown of it.
    """

    day: date
    known: str = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class Share:
    """A number from 0 to 1, shown in hundredths."""

    value: float


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; to nowhere where the address is ""."""

    text: str
    address: str


Cell = str | int | Day | Share | Link


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, the names of its columns, its rows, and what columns take.

    Attributes:
        name: Excel shows 31 characters of it, and not all signs.
        choices: By the name of a column; offered as a list.
        choose: Tells somebody who writes something else what there is.
    """

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    choose: str = "Choose one of: {}"


def workbook(tables: Sequence[Table], *, title: str = "", made_at: datetime | None = None) -> bytes:
    """Return an XLSX file; the head of each sheet stays in sight and its columns can be filtered.

    Args:
        tables: At least one.
        title: Of the file's properties.
        made_at: In UTC; now where absent.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _fill(book.create_sheet(_sheet_name(table.name)), table)
    if title:
        book.properties.title = title
    book.properties.creator = "fourp"
    book.properties.created = (made_at or datetime.now(UTC)).replace(tzinfo=None)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read_tables(content: bytes) -> list[list[list[str]]]:
    """Return the rows of each sheet, the one that was looked at last first."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheets = sorted(book.worksheets, key=lambda sheet: sheet.title != book.active.title)
        return [
            [
                ["" if cell is None else str(cell) for cell in row]
                for row in sheet.iter_rows(values_only=True)
            ]
            for sheet in sheets
        ]
    finally:
        book.close()


def _sheet_name(name: str) -> str:
    """Return a name that Excel takes for a sheet."""
    return re.sub(r"[\[\]:*?/\\]", " ", name).strip(" '")[:LONGEST_NAME].strip() or "-"


def _fill(sheet: Any, table: Table) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    links = 0
    plain, bold = Alignment(wrap_text=True, vertical="top"), Font(name=FONT, bold=True)
    for column, name in enumerate(table.head, start=1):
        _put_text(sheet.cell(1, column), name)
        sheet.cell(1, column).font = bold
    for number, row in enumerate(table.rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.alignment = plain
            links += _put(cell, value, linked=links < MOST_LINKS)
    widths: list[int] = []
    for column, name in enumerate(table.head, start=1):
        letter = get_column_letter(column)
        longest = max(
            len(_shown(value)) for value in [name, *(row[column - 1] for row in table.rows)]
        )
        widths.append(min(max(longest + 2, NARROWEST), WIDEST))
        sheet.column_dimensions[letter].width = widths[-1]
        if name in table.choices:
            _offer(sheet, letter, table.choices[name], table.choose)
    # Excel finds the height of a row by itself, other programs draw long cells over each other.
    for number, row in enumerate(table.rows, start=2):
        lines = max(
            (_lines(value, wide) for value, wide in zip(row, widths, strict=True)), default=1
        )
        if lines > 1:
            sheet.row_dimensions[number].height = min(lines * LINE, TALLEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _offer(sheet: Any, letter: str, choices: Sequence[str], choose: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    listed.error = choose.format(", ".join(choices))
    listed.showErrorMessage = True
    listed.add(f"{letter}2:{letter}{CHECKED_ROWS}")
    sheet.add_data_validation(listed)


def _put(cell: Any, value: Cell, *, linked: bool) -> bool:
    """Put a value into a cell; return whether it is a link now."""
    from openpyxl.styles import Font

    match value:
        case str():
            _put_text(cell, value)
        case Day(day, known):
            cell.value, cell.number_format = day, known
        case Share(number):
            cell.value, cell.number_format = number, "0%"
        case Link(text, address):
            _put_text(cell, text)
            if address and linked and len(address) <= LONGEST_ADDRESS:
                cell.hyperlink = address
                cell.font = Font(name=FONT, color=LINK_COLOUR, underline="single")
                return True
        case _:
            cell.value = value
    return False


def _put_text(cell: Any, value: str) -> None:
    """Put a text into a cell, as a text whatever it begins with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not value:  # an empty cell, so that a filter knows it as blank
        return
    shown = ILLEGAL_CHARACTERS_RE.sub(" ", value)
    cell.value = shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
    cell.data_type = "s"  # not "f", which openpyxl takes from a leading equals sign
    cell.quotePrefix = True  # and it stays one when somebody edits the cell


def _lines(value: Cell, width: int) -> int:
    """Return about how many lines a value takes in a column of that many characters."""
    fitting = width - 4  # words do not fill a line
    return sum(len(line) // fitting + 1 for line in _shown(value).split("\n"))


def _shown(value: Cell) -> str:
    match value:
        case Link(text, _):
            return text
        case Day(_, known):
            return known
        case Share(_):
            return "100%"
        case _:
            return str(value)
