"""Word documents: everything that Word shows is read once, in its order."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.document import Document, Table
from pipeline.core.errors import DocumentError
from pipeline.readers.docx import DocxReader
from tests.readers.packages import docx, packed, paragraph
from tests.readers.sources import source_of

HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="H{level}"><w:name w:val="heading {level}"/></w:style>'
    for level in (1, 2)
)
BOX = "<w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent>"


def _read(path: Path, body: str, **parts: str) -> Document:
    return DocxReader().read(source_of(docx(path / "a.docx", body, **parts)))


def _headings(document: Document) -> list[tuple[int, str]]:
    return [(heading.level, document.quote(heading.span)) for heading in document.headings]


def test_styles_and_outline_levels_make_headings(tmp_path: Path) -> None:
    styles = HEADINGS + (
        '<w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="H2"/></w:style>'
    )
    body = (
        paragraph("Part", '<w:pStyle w:val="H1"/>')
        + paragraph("Based on another", '<w:pStyle w:val="Own"/>')
        + paragraph("Told by itself", '<w:outlineLvl w:val="2"/>')
        + paragraph("Body again", '<w:pStyle w:val="H1"/><w:outlineLvl w:val="9"/>')
        + paragraph("Article 1", '<w:pStyle w:val="Titrearticle"/>')
    )
    styles += '<w:style w:type="paragraph" w:styleId="Titrearticle"><w:name w:val="T"/></w:style>'
    assert _headings(_read(tmp_path, body, styles=styles)) == [
        (1, "Part"),
        (2, "Based on another"),
        (3, "Told by itself"),
        (4, "Article 1"),
    ]


def test_inserted_text_is_in_and_deleted_moved_and_hidden_text_is_out(tmp_path: Path) -> None:
    body = (
        "<w:p><w:ins><w:r><w:t>inserted</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText> deleted</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t> moved</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> shown</w:t></w:r>'
        "<w:r><w:instrText> PAGE</w:instrText></w:r></w:p>"
    )
    assert _read(tmp_path, body).text == "inserted shown\n"


def test_a_text_box_is_read_once_whichever_half_has_it(tmp_path: Path) -> None:
    both = (
        "<w:p><w:r><w:t>Text</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice><wps:txbx>{BOX}</wps:txbx></mc:Choice><mc:Fallback>{BOX}</mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t> goes on</w:t></w:r></w:p>"
    )
    only_old = (
        f"<w:p><mc:AlternateContent><mc:Choice/><mc:Fallback>{BOX}</mc:Fallback>"
        "</mc:AlternateContent></w:p>"
    )
    assert _read(tmp_path, both).text == "Text goes on\nin a box\n"
    assert _read(tmp_path, only_old).text == "in a box\n"


def test_content_controls_hyperlinks_and_nested_runs_are_read(tmp_path: Path) -> None:
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('A control')}</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:tab/>"
        "<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:smartTag></w:p>"
    )
    assert _read(tmp_path, body).text == "A control\n\na link a-b\nc\n"


def test_notes_stand_after_the_text_in_the_order_of_their_citation(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:t>Text</w:t><w:footnoteReference w:id="7"/><w:t> more</w:t>'
        '<w:footnoteReference w:id="3"/><w:endnoteReference w:id="1"/></w:r></w:p>'
    )
    notes = (
        '<w:footnote w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="3">{paragraph("second")}</w:footnote>'
        f'<w:footnote w:id="7">{paragraph("first")}</w:footnote>'
    )
    end = f'<w:endnote w:id="1">{paragraph("at the end")}</w:endnote>'
    text = _read(tmp_path, body, footnotes=notes, endnotes=end).text
    assert text == "Text more\n\n1 first\n2 second\n1 at the end\n"


def test_a_table_is_rows_of_the_text_and_a_table_of_its_page(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"

    body = paragraph("Before") + f"<w:tbl>{row('Fund', 'Share')}{row('ERDF', '41 %')}</w:tbl>"
    document = _read(tmp_path, body)
    assert document.text == "Before\n\nFund  Share\nERDF  41 %\n"
    table = Table((("Fund", "Share"), ("ERDF", "41 %")))
    assert document.pages[0].layout.tables == (table,)


def test_pages_are_those_that_word_last_saw(tmp_path: Path) -> None:
    def page(text: str, mark: str) -> str:
        return f"<w:p><w:r>{mark}<w:t>{text}</w:t></w:r></w:p>"

    rendered, set_by_hand = "<w:lastRenderedPageBreak/>", '<w:br w:type="page"/>'
    body = page("one " * 2_000, "") + page("two", set_by_hand + rendered) + page("three", rendered)
    document = _read(tmp_path, body)
    assert [document.quote(page.span)[:5] for page in document.pages] == ["one o", "two\n", "three"]


def test_without_rendered_pages_those_of_the_author_are_cut_into_sections(tmp_path: Path) -> None:
    body = paragraph("one " * 2_000) + paragraph("Annex", "<w:pageBreakBefore/>")
    document = _read(tmp_path, body)
    assert len(document.pages) == 4
    assert document.quote(document.pages[3].span) == "Annex\n"


def test_automatic_numbers_are_written(tmp_path: Path) -> None:
    def level(depth: int, form: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
        )

    numbering = (
        f'<w:abstractNum w:abstractNumId="5">{level(0, "decimal", "Article %1")}'
        f"{level(1, 'lowerLetter', '%1(%2)')}{level(2, 'bullet', '&#xF0B7;')}</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    )

    def item(depth: int) -> str:
        return paragraph("x", f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>')

    text = _read(tmp_path, "".join(map(item, (0, 1, 1, 2, 0, 1))), numbering=numbering).text
    assert text.split("\n")[:-1] == [
        "Article 1 x",
        "1(a) x",
        "1(b) x",
        "• x",
        "Article 2 x",
        "2(a) x",
    ]


def test_running_heads_are_furniture_but_a_title_page_keeps_its_own(tmp_path: Path) -> None:
    def body(kind: str) -> str:
        return (
            paragraph("Text")
            + f'<w:sectPr><w:headerReference w:type="{kind}" r:id="header1"/>'
            + "<w:titlePg/></w:sectPr>"
        )

    head = paragraph("Brussels, 3.2.2021")
    running = _read(tmp_path, body("default"), header1=head)
    assert running.text == "Text\n"
    assert running.pages[0].layout.furniture == ("Brussels, 3.2.2021",)
    assert _read(tmp_path, body("first"), header1=head).text == "Brussels, 3.2.2021\n\nText\n"


def test_the_title_and_the_core_properties_are_declared(tmp_path: Path) -> None:
    from docx import Document as Written

    written = Written()
    written.core_properties.title = "A title"
    written.core_properties.author = "CEMR"
    written.add_heading("The largest words", 0)
    written.save(str(tmp_path / "a.docx"))
    declared = DocxReader().read(source_of(tmp_path / "a.docx")).declared
    assert declared["title"] == "A title"
    assert declared["author"] == "CEMR"
    assert declared["largest_text"] == "The largest words"
    assert declared["created"] == "2013-12-23"  # of python-docx's template


def test_a_document_of_the_strict_standard_is_read(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", paragraph("Strict words"))
    import zipfile

    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        for name, content in members.items()
    }
    assert DocxReader().read(source_of(packed(path, strict))).text == "Strict words\n"


def test_deep_nesting_is_read(tmp_path: Path) -> None:
    body = "<w:tbl><w:tr><w:tc>" * 80 + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * 80
    assert _read(tmp_path, body).text == "deep\n"


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_file_that_was_cut_short_is_told(cut: float, tmp_path: Path) -> None:
    source = source_of(docx(tmp_path / "a.docx", paragraph("Text")))
    content = Path(source.path).read_bytes()
    Path(source.path).write_bytes(content[: int(len(content) * cut)])
    with pytest.raises(DocumentError, match="damaged"):
        DocxReader().read(source)


def test_a_document_without_words_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="has no text"):
        _read(tmp_path, "<w:p/>")
