"""Excel workbooks (XLSX): each sheet begins a page, its rows are lines and a table."""

from __future__ import annotations

import datetime
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.core.document import Document, Source, Table
from pipeline.core.errors import DocumentError
from pipeline.core.text import one_line
from pipeline.readers.blocks import Block, PageEnd, Paragraph, composed
from pipeline.readers.cleaning import cleaned
from pipeline.readers.drawings import drawing_blocks
from pipeline.readers.office import declared_of
from pipeline.readers.packages import opened

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DRAWN = ("xl/drawings/drawing", "xl/charts/chart", "xl/diagrams/data")
# What openpyxl raises on parts that contradict one another.
_BROKEN = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, EOFError, SyntaxError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip


class XlsxReader:
    """Reads Excel workbooks, templates and those with macros too; no macro or formula is run."""

    name = "xlsx"
    version = "1"
    media_types = frozenset(
        {
            XLSX,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
            "application/vnd.ms-excel.sheet.macroenabled.12",
        }
    )

    def read(self, source: Source) -> Document:
        """Return the document: sheets in their order, hidden ones too, then text boxes and charts.

        A formula shows the value that Excel last computed. Long sheets are cut into pages of
        about 3,000 characters. Names of sheets are headings where there are several.

        Raises:
            DocumentError: If it is empty, vanished, damaged, encrypted, too large, or blank.
        """
        with opened(source) as package:
            for name in package.names:
                if name.startswith("xl/") and name.endswith(".xml"):
                    package.claim(name)
            declared = declared_of(package)
            drawn = [
                block
                for name in sorted(package.names)
                if name.startswith(_DRAWN)
                for block in drawing_blocks(package, name)
            ]
        try:
            blocks = list(_sheets(source.path))
        except _BROKEN as error:
            raise DocumentError(
                "is a damaged workbook",
                where=source.name,
                remedy="open it in a spreadsheet program, save it anew, and ingest it",
            ) from error
        return composed(source, [*blocks, *drawn], declared=declared)


def _sheets(path: str) -> Iterator[Block]:
    import openpyxl

    with Path(path).open("rb") as file, warnings.catch_warnings():
        # It warns of styles and extensions that it leaves out; no words are among them.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        for sheet in book.worksheets:
            if len(book.worksheets) > 1:
                yield Paragraph(one_line(cleaned(sheet.title)), level=1, gap=True)
            # Files lie about their dimensions, and then rows would be missing.
            sheet.reset_dimensions()
            rows = [row for cells in sheet.iter_rows() if (row := _row(cells))]
            yield Table(tuple(rows))
            yield PageEnd()


def _row(cells: tuple[Any, ...]) -> tuple[str, ...]:
    texts = [_shown(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _shown(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        if "%" in str(cell.number_format):
            return f"{value * 100:.10g}%"
        return str(value) if isinstance(value, int) else f"{value:.15g}"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return one_line(cleaned(str(value)))
