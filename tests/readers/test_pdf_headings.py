"""Headings of PDFs: from the file's outline or from letters that stand out, as exact spans."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.document import Document
from pipeline.readers.outlines import DEEPEST, marked_heading, outlined
from pipeline.readers.pdf import PdfReader
from tests.readers.pdfs import HEIGHT, canvas
from tests.readers.sources import source_of

BODY = ("Helvetica", 10.0)
BOLD = ("Helvetica-Bold", 10.0)
LARGE = ("Helvetica-Bold", 15.0)
Written = tuple[tuple[str, float], str]
TEXT: list[Written] = [
    (BODY, "Towns treat their waste water in plants of their own,"),
    (BODY, "which they share with the villages around them."),
] * 3


def _read(path: Path, pages: Sequence[Sequence[Written]], outline: Sequence[str] = ()) -> Document:
    page = canvas(path)
    for content in pages:
        at = HEIGHT - 80
        for (font, size), text in content:
            page.setFont(font, size)
            page.drawString(70, at, text)
            if text in outline:
                page.bookmarkPage(text)
                page.addOutlineEntry(text, text, level=text.count("."))
            at -= 1.3 * size
        page.showPage()
    page.save()
    return PdfReader().read(source_of(path))


def _found(document: Document) -> list[tuple[int, str]]:
    return [(h.level, " ".join(document.quote(h.span).split())) for h in document.headings]


def test_larger_and_bold_lines_are_headings_of_their_levels(tmp_path: Path) -> None:
    pages = [
        [(LARGE, "Water in towns"), *TEXT, (BOLD, "Who pays"), *TEXT],
        [(LARGE, "Next"), *TEXT],
    ]
    document = _read(tmp_path / "a.pdf", pages)
    assert _found(document) == [(1, "Water in towns"), (2, "Who pays"), (1, "Next")]


def test_numbers_of_one_style_tell_the_level(tmp_path: Path) -> None:
    content = [(BOLD, "1. Context"), *TEXT, (BOLD, "1.1. Water"), *TEXT, (BOLD, "2. Aims"), *TEXT]
    assert _found(_read(tmp_path / "a.pdf", [content])) == [
        (1, "1. Context"), (2, "1.1. Water"), (1, "2. Aims")
    ]  # fmt: skip


def test_a_heading_of_two_lines_is_one(tmp_path: Path) -> None:
    content = [(LARGE, "Water in the towns"), (LARGE, "and in the villages"), *TEXT]
    assert _found(_read(tmp_path / "a.pdf", [content])) == [
        (1, "Water in the towns and in the villages")
    ]


def test_bold_sentences_and_beginnings_of_sentences_are_no_headings(tmp_path: Path) -> None:
    content = [(BOLD, "This sentence matters much."), *TEXT, (BOLD, "The towns that have a plant"),
               (BODY, "of their own treat it there."), *TEXT]  # fmt: skip
    assert _found(_read(tmp_path / "a.pdf", [content])) == []


def test_the_outline_of_the_file_is_believed_where_its_words_stand_on_the_pages(
    tmp_path: Path,
) -> None:
    titles = ["Plants", "Plants.Old", "Pipes"]
    pages = [[(BODY, titles[0]), *TEXT, (BODY, titles[1]), *TEXT], [(BODY, titles[2]), *TEXT]]
    document = _read(tmp_path / "a.pdf", pages, outline=titles)
    assert _found(document) == [(1, "Plants"), (2, "Plants.Old"), (1, "Pipes")]


def test_a_table_of_contents_is_told_and_has_no_headings(tmp_path: Path) -> None:
    entries = [(BOLD, f"{n}. Chapter {'.' * 40} {n + 3}") for n in range(1, 9)]
    document = _read(tmp_path / "a.pdf", [entries, [(BOLD, "1. Chapter"), *TEXT]])
    assert [page.layout.contents for page in document.pages] == [True, False]
    assert _found(document) == [(1, "1. Chapter")]


PIECES = st.tuples(st.integers(0, DEEPEST), st.text(st.characters(exclude_categories=["Cs", "Cn"])))


@given(st.lists(PIECES, max_size=8))
def test_marks_come_out_as_spans_of_the_same_words(pieces: list[tuple[int, str]]) -> None:
    marked = "".join(marked_heading(text, level) if level else text for level, text in pieces)
    text, headings = outlined(marked)
    assert text == "".join(text for _, text in pieces)
    wanted = [(level, words.strip()) for level, words in pieces if level and words.strip()]
    assert [(h.level, h.span.of(text)) for h in headings] == wanted
