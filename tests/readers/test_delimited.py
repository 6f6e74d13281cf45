"""Delimited text: any delimiter, every row, each on a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.document import Document, Table
from pipeline.readers.delimited import DelimitedReader
from tests.readers.sources import source_of


def _read(path: Path, content: str | bytes) -> Document:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return DelimitedReader().read(source_of(path))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'Fund,Share\n"ERDF, ESF",41\n'),
        ("a.csv", 'Fund;Share\n"ERDF, ESF";41\n'),
        ("a.csv", "sep=|\nFund|Share\nERDF, ESF|41\n"),
        ("a.tsv", "Fund\tShare\nERDF, ESF\t41\n"),
        ("a.csv", "Fund;Share\r\n\r\nERDF, ESF;41".encode("utf-16")),
    ],
)
def test_rows_are_a_table_whatever_parts_them(
    name: str, content: str | bytes, tmp_path: Path
) -> None:
    document = _read(tmp_path / name, content)
    assert document.text == "Fund  Share\nERDF, ESF  41\n"
    assert document.pages[0].layout.tables == (Table((("Fund", "Share"), ("ERDF, ESF", "41"))),)


def test_a_long_file_is_many_pages_each_with_its_rows(tmp_path: Path) -> None:
    rows = [(f"town {number}", str(number)) for number in range(1_000)]
    document = _read(tmp_path / "a.csv", "".join(f"{a};{b}\n" for a, b in rows))
    assert len(document.pages) > 4
    kept = [row for page in document.pages for t in page.layout.tables for row in t.rows]
    assert kept == rows


@pytest.mark.parametrize("content", ["one column\nonly\n", 'a;"' + "x" * 200_000])
def test_what_no_delimiter_parts_is_kept_as_text(content: str, tmp_path: Path) -> None:
    document = _read(tmp_path / "a.csv", content)
    assert document.text.split() == content.split()
    assert not document.pages[0].layout.tables
