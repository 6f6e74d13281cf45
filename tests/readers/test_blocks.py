"""Blocks put together: pages tile the text, headings and tables stand where they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.document import Document, Source, Table
from pipeline.core.errors import DocumentError
from pipeline.readers import blocks as blocks_module
from pipeline.readers.blocks import (
    Block,
    BlockBuilder,
    PageEnd,
    Paragraph,
    composed,
    laid_out,
    tabled,
)

SOURCE = Source("/a.docx", "0" * 64, "text/plain", 1)
WORDS = st.text(st.sampled_from("aé ﬁ.\u00ad\u00a0\n\vŁ"), min_size=1, max_size=60).map(laid_out)
LINES = WORDS.map(lambda text: " ".join(text.split())).filter(bool)
BLOCKS = st.lists(
    st.one_of(
        st.builds(Paragraph, LINES, st.integers(0, 6), st.booleans()),
        st.builds(Paragraph, st.integers(300, 4_000).map(lambda n: "long word " * n)),
        st.builds(PageEnd, st.booleans()),
        st.lists(st.lists(LINES, min_size=1, max_size=3).map(tuple), min_size=1, max_size=40).map(
            lambda rows: Table(tuple(rows))
        ),
    ),
    max_size=30,
)


def _composed(*blocks: Block, cut: bool = True) -> Document:
    return composed(SOURCE, blocks, declared={}, cut=cut)


@given(BLOCKS, st.booleans())
def test_every_heading_and_cell_is_a_slice_of_its_page(blocks: list[Block], cut: bool) -> None:
    if not any(not isinstance(block, PageEnd) for block in blocks):
        return
    document = composed(SOURCE, blocks, declared={}, cut=cut)
    expected = [b.text for b in blocks if isinstance(b, Paragraph) and b.level]
    assert [document.quote(heading.span) for heading in document.headings] == expected
    for heading in document.headings:
        assert heading.span in document.page_at(heading.span.start).span
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    kept = [row for page in document.pages for t in page.layout.tables for row in t.rows]
    assert kept == rows
    for page in document.pages:
        for table in page.layout.tables:
            assert all(c in document.quote(page.span) for row in table.rows for c in row)


@given(BLOCKS)
def test_no_word_is_lost_and_none_is_added(blocks: list[Block]) -> None:
    words = [
        word
        for block in blocks
        if not isinstance(block, PageEnd)
        for word in blocks_module.plain(block).split()
    ]
    if words:
        assert composed(SOURCE, blocks, declared={}).text.split() == words


def test_empty_pages_count_only_where_they_are_kept() -> None:
    document = _composed(
        Paragraph("one"), PageEnd(), PageEnd(), Paragraph("two"), PageEnd(kept=True),
        PageEnd(kept=True), Paragraph("four"),
    )  # fmt: skip
    assert [document.quote(page.span) for page in document.pages] == [
        "one\n",
        "two\n",
        "",
        "four\n",
    ]


def test_a_long_page_is_cut_only_where_it_may_be() -> None:
    text = [Paragraph("word " * 100, gap=True)] * 20
    assert len(_composed(*text).pages) > 3
    assert len(_composed(*text, cut=False).pages) == 1


def test_a_text_beyond_the_limit_is_refused_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks_module, "LONGEST_TEXT", 10)
    with pytest.raises(DocumentError, match="more than"):
        _composed(*[Paragraph("more than ten characters")] * 2)


def test_a_table_that_lays_out_numbered_paragraphs_is_text() -> None:
    rows = [[[Paragraph(f"({n})")], [Paragraph(f"Point {n}.")]] for n in (1, 2)]
    assert tabled(rows) == [Paragraph("(1)  Point 1."), Paragraph("(2)  Point 2.")]


def test_a_table_over_two_pages_is_a_table_on_each() -> None:
    rows: list[list[list[Block]]] = [
        [[Paragraph("a")], [Paragraph("b")]],
        [[PageEnd(), Paragraph("c")], [Paragraph("d")]],
    ]
    assert tabled(rows) == [Table((("a", "b"),)), PageEnd(), Table((("c", "d"),))]


def test_a_box_follows_the_paragraph_that_it_hangs_on() -> None:
    out = BlockBuilder()
    out.write("before ")
    out.push()
    out.write("box")
    out.put_after(out.pop())
    out.write("after")
    assert out.blocks() == [Paragraph("before after"), Paragraph("box")]


def test_a_heading_goes_whole_to_the_page_on_which_it_ends() -> None:
    out = BlockBuilder()
    out.start(level=2)
    out.write("A head")
    out.end_page()
    out.write("ing")
    assert out.blocks() == [PageEnd(), Paragraph("A heading", level=2)]
