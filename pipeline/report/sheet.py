"""Tables that people fill in: written and read as CSV or XLSX, with nothing in them that acts."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from pipeline.core.errors import ConfigError, WriteError
from pipeline.report.csv import defused, undefused

ENDINGS = (".csv", ".xlsx")
WIDEST = 60  # characters of a column; longer cells wrap
NARROWEST = 10
LONGEST = 32_767  # characters that Excel takes in a cell
CHECKED_ROWS = 1_048_576  # the last row of a sheet: rows that colleagues add are checked too

# What a file that is no table, or a damaged one, makes of its readers.
_BROKEN = (BadZipFile, KeyError, ValueError, csv.Error, ParseError, zlib.error, EOFError)
_REMEDY = f"name a file that ends in {' or '.join(ENDINGS)}"


def write_sheet(
    path: Path,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    choices: Mapping[str, Sequence[str]],
) -> None:
    """Write a table; in a workbook its head stays in sight and its columns can be filtered.

    Args:
        choices: What a column takes, offered as a list in a workbook.

    Raises:
        ConfigError: If the file's ending is neither of the two.
        WriteError: If it cannot be written.
    """
    _check_ending(path)
    made = _xlsx(head, rows, choices) if path.suffix.lower() == ".xlsx" else _csv(head, rows)
    try:
        path.write_bytes(made)
    except OSError as error:
        raise WriteError(
            f"cannot be written ({error.strerror})",
            where=str(path),
            remedy="close it where it is open, or name another file",
        ) from error


def read_sheet(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table, by the names in its head; empty rows are left out.

    Raises:
        ConfigError: If it cannot be read as what its ending says.
    """
    _check_ending(path)
    try:
        content = path.read_bytes()
        rows = _from_xlsx(content) if path.suffix.lower() == ".xlsx" else _from_csv(content)
    except OSError as error:
        raise ConfigError(
            [f"it cannot be read ({error.strerror})"], where=str(path), remedy="name a file that is"
        ) from error
    except _BROKEN as error:
        raise ConfigError(
            [f"it is no table ({error})"],
            where=str(path),
            remedy="save it again as XLSX, or as CSV in UTF-8",
        ) from error
    head = [name.strip().casefold() for name in rows[0]] if rows else []
    return [
        dict(zip(head, [*row, *[""] * len(head)], strict=False))
        for row in rows[1:]
        if any(cell.strip() for cell in row)
    ]


def _check_ending(path: Path) -> None:
    if path.suffix.lower() not in ENDINGS:
        raise ConfigError(
            [f"no table can be in a file that ends in {path.suffix or 'nothing'}"],
            where=str(path),
            remedy=_REMEDY,
        )


def _csv(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return lines.getvalue().encode("utf-8-sig", "replace")  # Excel needs the mark for accents


def _from_csv(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    # Excel in French and German writes semicolons; the head has no other use for either.
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [[undefused(cell) for cell in row] for row in read]


def _xlsx(
    head: Sequence[str], rows: Sequence[Sequence[str]], choices: Mapping[str, Sequence[str]]
) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    for number, row in enumerate([head, *rows], start=1):
        for column, value in enumerate(row, start=1):
            _put(sheet.cell(number, column), value)
    for column, name in enumerate(head, start=1):
        letter = get_column_letter(column)
        longest = max((len(row[column - 1]) for row in [head, *rows]), default=0)
        sheet.column_dimensions[letter].width = min(max(longest, NARROWEST), WIDEST)
        sheet.cell(1, column).font = Font(bold=True)
        for number in range(2, len(rows) + 2):
            sheet.cell(number, column).alignment = Alignment(wrap_text=True, vertical="top")
        if name in choices:
            listed = DataValidation(
                type="list", formula1=f'"{",".join(choices[name])}"', allow_blank=True
            )
            listed.error = f"Choose one of: {', '.join(choices[name])}"
            listed.showErrorMessage = True
            listed.add(f"{letter}2:{letter}{CHECKED_ROWS}")
            sheet.add_data_validation(listed)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _put(cell: Any, value: str) -> None:
    """Put a text into a cell, as a text whatever it begins with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    shown = ILLEGAL_CHARACTERS_RE.sub(" ", value)
    cell.value = shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
    cell.data_type = "s"  # not "f", which openpyxl takes from a leading equals sign
    cell.quotePrefix = True  # and it stays one when somebody edits the cell


def _from_xlsx(content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        return [
            ["" if cell is None else str(cell) for cell in row]
            for row in book.active.iter_rows(values_only=True)
        ]
    finally:
        book.close()
