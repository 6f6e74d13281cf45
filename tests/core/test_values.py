"""Core values cannot be built wrong."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given

from pipeline.core.concepts import Concept, Role, Term
from pipeline.core.document import Document, Page, Passage, tiled
from pipeline.core.errors import ConfigError, DocumentError
from pipeline.core.spans import Span
from pipeline.core.tags import Grade, Origin, Tag
from tests.documents import document, documents, source


def test_a_span_has_no_negative_start_and_no_end_before_it() -> None:
    for start, end in ((-1, 2), (3, 2)):
        with pytest.raises(ValueError, match="not a span"):
            Span(start, end)


def test_pages_must_tile_the_text() -> None:
    for pages in (
        (Page(1, Span(0, 3)),),
        (Page(1, Span(0, 2)), Page(2, Span(3, 5))),
        (Page(2, Span(0, 5)),),
        (),
    ):
        with pytest.raises(ValueError, match="page"):
            Document(source(), "12345", pages)


def test_a_passage_must_lie_on_its_page() -> None:
    paper = document("One.", "Two.")
    with pytest.raises(ValueError, match="leaves its page 1"):
        replace(paper, passages=(Passage(paper.pages[1].span, 1),))


def test_pages_of_texts_never_glue_words() -> None:
    text, pages = tiled(["end", "start\n", ""])
    assert text == "end\nstart\n"
    assert [page.span.of(text) for page in pages] == ["end\n", "start\n", ""]


@given(documents())
def test_every_character_stands_on_the_page_that_page_at_names(given_one: Document) -> None:
    for page in given_one.pages:
        for offset in range(page.span.start, page.span.end):
            assert given_one.page_at(offset) == page


def test_a_machines_tag_needs_evidence_and_a_score_from_0_to_1() -> None:
    with pytest.raises(ValueError, match="no evidence"):
        Tag("water", 0.5, Origin.RULE, Grade.MAIN)
    with pytest.raises(ValueError, match=r"outside 0\.\.1"):
        Tag("water", 1.5, Origin.PERSON, Grade.MAIN)
    assert Tag("water", 1.0, Origin.PERSON, Grade.MAIN).evidence == ()


def test_a_term_needs_text_and_weight() -> None:
    with pytest.raises(ValueError, match="no text"):
        Term(" ")
    with pytest.raises(ValueError, match="not above 0"):
        Term("water", 0.0, Role.FIELD)


def test_a_concept_is_named_in_the_language_asked_for_then_in_english() -> None:
    water = Concept("water", {"en": "Water legislation"}, short={"fr": "Eau"})
    assert [water.label(code) for code in ("fr", "en", "de")] == [
        "Eau", "Water legislation", "Water legislation",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "error",
    [
        DocumentError("is encrypted", where="a.pdf", remedy="remove the password"),
        ConfigError(["one", "two"], where="fourp.toml", remedy="correct them"),
    ],
)
def test_errors_tell_three_parts_and_survive_the_way_between_processes(
    error: DocumentError | ConfigError,
) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    assert error.where in str(error)
    assert error.remedy in str(error)
