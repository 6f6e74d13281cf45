"""Excel workbooks: every cell of every sheet, as Excel shows it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pipeline.core.document import Table
from pipeline.core.errors import DocumentError
from pipeline.readers.xlsx import XlsxReader
from tests.readers.packages import packed, xlsx
from tests.readers.sources import source_of


def test_sheets_are_pages_with_headings_and_tables(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [["Fund", None, "Share"], [], ["ERDF", None, 41]], [["x"]])
    document = XlsxReader().read(source_of(path))
    assert document.text == "Sheet 1\n\nFund  Share\nERDF  41\nSheet 2\n\nx\n"
    assert [document.quote(h.span) for h in document.headings] == ["Sheet 1", "Sheet 2"]
    assert len(document.pages) == 2
    table = Table((("Fund", "", "Share"), ("ERDF", "", "41")))
    assert document.pages[0].layout.tables == (table,)


def test_the_name_of_an_only_sheet_is_no_heading(tmp_path: Path) -> None:
    document = XlsxReader().read(source_of(xlsx(tmp_path / "a.xlsx", [["Fund"]])))
    assert (document.text, document.headings) == ("Fund\n", ())


def test_values_are_written_as_they_are_shown(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    values = [0.25, 1 / 3, 1e6, True, datetime.datetime(2021, 3, 4), datetime.time(9, 30), " a\nb "]
    book.active.append(values)
    book.active["A1"].number_format = "0%"
    book.save(tmp_path / "a.xlsx")
    text = XlsxReader().read(source_of(tmp_path / "a.xlsx")).text
    assert text == "25%  0.333333333333333  1000000  TRUE  2021-03-04  09:30:00  a b\n"


def test_a_long_sheet_is_many_pages_and_no_row_is_lost(tmp_path: Path) -> None:
    rows = [[f"municipality {number}", number] for number in range(2_000)]
    document = XlsxReader().read(source_of(xlsx(tmp_path / "a.xlsx", rows)))
    assert len(document.pages) > 10
    read = [row for page in document.pages for t in page.layout.tables for row in t.rows]
    assert read == [(str(name), str(number)) for name, number in rows]


def test_a_workbook_whose_parts_are_missing_is_told(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.xlsx", {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "x"})
    with pytest.raises(DocumentError, match="damaged"):
        XlsxReader().read(source_of(path))
