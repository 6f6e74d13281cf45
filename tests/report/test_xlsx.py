"""The workbook of a report: filters, real dates, links to pages, and nothing in it that acts."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from openpyxl import Workbook, load_workbook

from pipeline.report.labels import labels
from pipeline.report.render import render
from pipeline.report.values import Language, Report
from pipeline.report.workbook import LONGEST, Link, Table, workbook
from tests.report.hostile import UNSEEN, hostile_reports
from tests.report.sample import sample_report


def _book(report: Report) -> Workbook:
    return load_workbook(io.BytesIO(render(report, fmt="xlsx")))


def _rows(sheet: Any) -> list[dict[str, Any]]:
    head = [cell.value for cell in sheet[1]]
    return [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=2)]


@given(hostile_reports())
def test_hostile_text_is_a_text_in_a_workbook(report: Report) -> None:
    for sheet in _book(report):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "d"), cell.value
                assert not isinstance(cell.value, str) or not UNSEEN.search(cell.value)
                assert not isinstance(cell.value, str) or cell.quotePrefix
                assert cell.hyperlink is None or cell.hyperlink.target.startswith("file:///")
    title = labels(report.language).title
    shown = {row[title].value for row in _rows(_book(report).worksheets[1])}
    assert shown == {entry.title for entry in report.entries}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_heads_stay_in_sight_and_columns_can_be_filtered(language: Language) -> None:
    book = _book(sample_report(language))
    words = labels(language)
    assert book.sheetnames == [
        words.overview, words.works.many.capitalize(), words.waiting, words.unread
    ]  # fmt: skip
    for sheet in book:
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)
        assert all(cell.font.bold for cell in sheet[1])
        assert {dimension.width >= 10 for dimension in sheet.column_dimensions.values()} == {True}


def test_dates_are_dates_and_show_no_more_than_is_known() -> None:
    rows = _rows(_book(sample_report("en")).worksheets[1])
    told = {row["Title"].value: row["Date"] for row in rows}
    paper, buses = told["Clean water for every town"], told["Night buses"]
    assert (paper.value, paper.number_format) == (datetime(2021, 3, 15), "yyyy-mm-dd")
    assert (buses.value, buses.number_format) == (datetime(2021, 3, 1), "yyyy-mm")
    [scan] = [row for row in rows if row["Title"].value == "scan_0042.pdf"]
    assert (scan["Date"].value, scan["Came in on"].value) == (None, datetime(2021, 3, 20))
    assert (scan["Reviewed by"].value, scan["Reviewed on"].value) == (
        "Anna Ek", datetime(2021, 3, 22),
    )  # fmt: skip


def test_links_lead_to_the_file_at_its_page() -> None:
    row = _rows(_book(sample_report("en")).worksheets[1])[0]
    assert row["Title"].hyperlink.target == "file:///library/2021/water%20paper.pdf"
    assert row["Page"].hyperlink.target == "file:///library/2021/water%20paper.pdf#page=1"
    assert row["Quote"].value.splitlines()[1] == "p.\u00a02: See Directive 91/271/EEC, as amended."


def test_form_offers_the_words_that_an_import_takes() -> None:
    sheet = _book(sample_report("fr")).worksheets[2]
    [row] = _rows(sheet)
    assert (row["Titre"].value, row["Identifiant du dossier"].value) == (
        "Heat from rivers", "mobility",
    )  # fmt: skip
    [offered] = sheet.data_validations.dataValidation
    assert offered.formula1 == '"oui,aussi,non"'


def test_what_excel_cannot_hold_is_cut_with_a_sign_and_long_addresses_are_no_links() -> None:
    made = workbook([Table("T", ["a"], [["x" * 40_000], [Link("far", "file:///" + "x" * 3_000)]])])
    sheet = load_workbook(io.BytesIO(made)).active
    assert sheet is not None
    long = str(sheet["A2"].value)
    assert (len(long), long[-1]) == (LONGEST, "…")
    assert (sheet["A3"].value, sheet["A3"].hyperlink) == ("far", None)
