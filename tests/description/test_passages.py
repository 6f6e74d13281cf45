"""Passages: they tile what is not blank on a page, and are of about one size."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.spans import Span
from pipeline.core.text import words
from pipeline.description.passages import FEWEST, MOST, PassageStage, passage_spans
from tests.description.papers import paper

cut = PassageStage()

PIECES = st.sampled_from(
    ["word ", "Ends here. ", "line end\n", "paragraph end.\n\n", "(1) point\n", "l'eau ", "— ",
     "long " * 60, "x-y ", "\n\n\n"]
)  # fmt: skip
PAGES = st.lists(st.lists(PIECES, max_size=120).map("".join), max_size=4)


def _count(text: str) -> int:
    return sum(1 for _ in words(text))


@given(PAGES)
def test_passages_cover_every_sign_of_their_pages_once_and_in_order(pages: list[str]) -> None:
    document = cut(paper(*pages))
    at = 0
    for passage in document.passages:
        assert not document.text[at : passage.span.start].strip()
        assert document.quote(passage.span) == document.quote(passage.span).strip() != ""
        assert passage.span in document.page(passage.page).span
        at = passage.span.end
    assert not document.text[at:].strip()


@given(PAGES)
def test_a_passage_has_its_size_unless_its_page_is_small(pages: list[str]) -> None:
    document = cut(paper(*pages))
    for passage in document.passages:
        assert _count(document.quote(passage.span)) <= MOST
        on_page = _count(document.quote(document.page(passage.page).span))
        assert _count(document.quote(passage.span)) >= min(FEWEST, on_page)


def test_a_small_page_is_one_passage_and_a_blank_one_none() -> None:
    document = cut(paper("Title\n\nA line.\n", " \n", "Third.\n"))
    assert [(p.page, document.quote(p.span)) for p in document.passages] == [
        (1, "Title\n\nA line."),
        (3, "Third."),
    ]


def test_a_passage_ends_at_a_paragraph_where_there_is_one_in_reach() -> None:
    paragraph = "Towns treat their water. " * 25 + "\n\n"
    text = paragraph * 5
    spans = list(passage_spans(text, Span(0, len(text))))
    assert all(_count(span.of(text)) % 100 == 0 for span in spans)


def test_a_passage_has_the_language_of_its_page() -> None:
    plain = paper("Une page.\n", "One page.\n")
    spoken = tuple(
        replace(page, language=code) for page, code in zip(plain.pages, ("fr", "en"), strict=True)
    )
    document = cut(replace(plain, pages=spoken))
    assert [passage.language for passage in document.passages] == ["fr", "en"]


def test_cutting_twice_is_cutting_once() -> None:
    once = cut(paper("Towns treat their water. " * 200))
    assert cut(once) == once
