"""OpenDocument files: texts, sheets and slides."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.document import Document, Table
from pipeline.core.errors import DocumentError
from pipeline.readers.odf import OdfReader
from tests.readers.packages import ODF_TYPE, odf, packed
from tests.readers.sources import source_of


def _read(path: Path, kind: str, body: str, *, styles: str = "", meta: str = "") -> Document:
    file = odf(path / "a.odt", kind, body, styles=styles, meta=meta)
    return OdfReader().read(source_of(file))


def test_a_text_is_read_with_headings_notes_and_tables(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
        '<text:h text:outline-level="2">A <text:span>heading</text:span></text:h>'
        "<text:p>One<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>a note</text:p></text:note-body></text:note>,<text:s/>two<text:line-break/>three"
        "<office:annotation><text:p>remark</text:p></office:annotation></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>Fund</text:p></table:table-cell>"
        "<table:table-cell><text:p>Share</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>ERDF</text:p></table:table-cell>"
        "<table:table-cell><text:p>41 %</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>Text<draw:frame><draw:text-box><text:p>in a box</text:p></draw:text-box>"
        "</draw:frame> around</text:p>"
    )
    document = _read(tmp_path, "text", body)
    assert document.text == (
        "A heading\n\nOne, two\nthree\n\nFund  Share\nERDF  41 %\n\nText around\nin a box\n\n"
        "1 a note\n"
    )
    (heading,) = document.headings
    assert (heading.level, document.quote(heading.span)) == (2, "A heading")
    table = Table((("Fund", "Share"), ("ERDF", "41 %")))
    assert document.pages[0].layout.tables == (table,)


def test_hidden_text_is_out_and_styles_end_pages(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="B"><style:paragraph-properties fo:break-before="page"/>'
        "</style:style>"
    )
    body = (
        '<text:p>shown<text:span text:style-name="H"> hidden</text:span> on</text:p>'
        '<text:p text:style-name="B">next</text:p>'
    )
    document = _read(tmp_path, "text", body, styles=styles)
    assert [document.quote(page.span) for page in document.pages] == ["shown on\n", "next\n"]


def test_a_spreadsheet_keeps_its_columns_and_drops_its_empty_rest(tmp_path: Path) -> None:
    body = (
        '<table:table table:name="Funds"><table:table-row>'
        "<table:table-cell><text:p>a</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="2"/>'
        "<table:table-cell><text:p>d</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
        "</table:table-row></table:table>"
        '<table:table table:name="Other"><table:table-row>'
        '<table:table-cell table:number-columns-repeated="2"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    document = _read(tmp_path, "spreadsheet", body)
    assert document.text == "Funds\n\na  d\nOther\n\nx  x\n"
    assert document.pages[0].layout.tables == (Table((("a", "", "", "d"),)),)
    assert [document.quote(heading.span) for heading in document.headings] == ["Funds", "Other"]


def test_a_slide_is_a_page_and_its_title_a_heading(tmp_path: Path) -> None:
    body = (
        '<draw:page><draw:frame presentation:class="title"><draw:text-box>'
        "<text:p>The</text:p><text:p>title</text:p></draw:text-box></draw:frame>"
        "<draw:frame><draw:text-box><text:p>A point</text:p></draw:text-box></draw:frame>"
        '<presentation:notes><draw:frame presentation:class="notes"><draw:text-box>'
        "<text:p>spoken</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>"
        "<draw:page/><draw:page><draw:frame><draw:text-box><text:p>end</text:p></draw:text-box>"
        "</draw:frame></draw:page>"
    )
    document = _read(tmp_path, "presentation", body)
    pages = [document.quote(page.span).split("\n") for page in document.pages]
    assert [[line for line in page if line] for page in pages] == [
        ["The title", "A point", "spoken"],
        [],
        ["end"],
    ]
    assert [document.quote(heading.span) for heading in document.headings] == ["The title"]


def test_what_the_file_says_of_itself_is_declared(tmp_path: Path) -> None:
    meta = (
        "<dc:title>A title</dc:title><meta:initial-creator>CEMR</meta:initial-creator>"
        "<meta:creation-date>2021-02-03T10:00:00</meta:creation-date>"
    )
    declared = _read(tmp_path, "text", "<text:p>x</text:p>", meta=meta).declared
    assert declared == {"title": "A title", "author": "CEMR", "created": "2021-02-03"}


def test_an_encrypted_file_is_told_as_one(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {
        "mimetype": ODF_TYPE + "text",
        "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
        "content.xml": b"\x01\x02",
    }
    with pytest.raises(DocumentError, match="is encrypted"):
        OdfReader().read(source_of(packed(tmp_path / "a.odt", members)))
