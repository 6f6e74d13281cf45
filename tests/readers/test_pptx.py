"""PowerPoint presentations: a page a slide, title first, notes last."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.document import Table
from pipeline.readers.pptx import PptxReader
from tests.readers.packages import pptx
from tests.readers.sources import source_of


def test_a_slide_is_a_page_with_title_text_table_and_notes(tmp_path: Path) -> None:
    from pptx import Presentation

    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.placeholders[1].text = "First point\nSecond point"
    slide.shapes.title.text = "A title\nin two lines"
    table = slide.shapes.add_table(2, 2, 0, 0, 9, 9).table
    for cell, text in zip(table.iter_cells(), ("Fund", "Share", "ERDF", "41 %"), strict=True):
        cell.text = text
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, 9, 9).text_frame.text = "Inside a group"
    slide.notes_slide.notes_text_frame.text = "What the speaker says"
    presentation.save(str(tmp_path / "a.pptx"))

    document = PptxReader().read(source_of(tmp_path / "a.pptx"))
    assert document.text == (
        "A title in two lines\nFirst point\nSecond point\n\nFund  Share\nERDF  41 %\n\n"
        "Inside a group\n\nWhat the speaker says\n"
    )
    (heading,) = document.headings
    assert (heading.level, document.quote(heading.span)) == (1, "A title in two lines")
    assert document.pages[0].layout.tables == (Table((("Fund", "Share"), ("ERDF", "41 %"))),)
    assert document.declared["largest_text"] == "A title in two lines"


def test_a_slide_without_words_keeps_its_number(tmp_path: Path) -> None:
    document = PptxReader().read(source_of(pptx(tmp_path / "a.pptx", "One", "", "Three")))
    assert [document.quote(page.span) for page in document.pages] == ["One\n", "", "Three\n"]
