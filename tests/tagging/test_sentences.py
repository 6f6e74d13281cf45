"""Where quotes begin and end: titles, headings and paragraphs of one line stand alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.concepts import Role
from pipeline.core.document import Document, Heading
from pipeline.core.spans import Span
from pipeline.core.tags import Reason
from pipeline.tagging.matching import Match
from pipeline.tagging.sentences import LONGEST, PARAGRAPH, sentences_of
from tests.documents import document

LONG = "Having regard to the opinion of the committee, " * 5 + "which speaks of"


def _match(paper: Document, words: str) -> Match:
    start = paper.text.index(words)
    number = next(n for n, one in enumerate(paper.passages) if start < one.span.end)
    end = start + len(words)
    return Match("water", words, Role.FIELD, Reason.TERM, 1.0, start, end, number)


def _quotes(paper: Document, *words: str) -> list[str]:
    found = sentences_of(paper, [_match(paper, one) for one in words])
    return [paper.quote(sentence.span) for sentence in found]


def _places(paper: Document, word: str) -> list[int]:
    return [at for at in range(len(paper.text)) if paper.text.startswith(word, at)]


def _span(paper: Document, words: str) -> Span:
    start = paper.text.index(words)
    return Span(start, start + len(words))


def test_a_sentence_holds_all_that_stands_in_it() -> None:
    paper = document("Towns pay. They treat sewage and waste water. Nobody asks.")
    [sentence] = sentences_of(paper, [_match(paper, "waste water"), _match(paper, "sewage")])
    assert paper.quote(sentence.span) == "They treat sewage and waste water."
    assert [match.key for match in sentence.matches] == ["sewage", "waste water"]


def test_a_heading_is_no_part_of_the_sentence_below_it() -> None:
    paper = document("Chapter I\nSewage plants\nTowns clean waste water.")
    assert _quotes(paper, "waste water") == ["Chapter I\nSewage plants\nTowns clean waste water."]
    paper = replace(paper, headings=(Heading(_span(paper, "Chapter I\nSewage plants"), 1),))
    assert _quotes(paper, "waste water") == ["Towns clean waste water."]
    assert _quotes(paper, "Sewage") == ["Chapter I\nSewage plants"]


def test_the_title_is_quoted_without_what_stands_around_it() -> None:
    paper = document("10.6.2013\nEN\nDirective on sewage\nTHE COUNCIL has adopted this act.")
    paper = replace(paper, origins={"title": _span(paper, "Directive on sewage")})
    assert _quotes(paper, "sewage") == ["Directive on sewage"]
    assert _quotes(paper, "COUNCIL") == ["THE COUNCIL has adopted this act."]


@pytest.mark.parametrize(
    ("before", "whole"),
    [
        pytest.param(LONG, f"{LONG} sewage,", id="paragraph"),
        pytest.param("and then speaks of", "Whereas it is so,\nand then speaks of sewage,\nand "
                     "acts.", id="line of a page"),
    ],
)  # fmt: skip
def test_a_line_that_is_long_is_a_paragraph(before: str, whole: str) -> None:
    assert (len(before) > PARAGRAPH) == (before == LONG)
    paper = document(f"Whereas it is so,\n{before} sewage,\nand acts.")
    assert _quotes(paper, "sewage") == [whole]


@given(
    st.lists(st.sampled_from(["word", "Sewage.", "sewage\n", "Head\n", "\n\n"]), min_size=1),
    st.integers(1, 3),
)
def test_sentences_stay_in_their_passages_and_apart(pieces: list[str], pages: int) -> None:
    paper = document(*[" ".join([*pieces, "sewage"])] * pages)
    heads = [Span(at, at + 4) for at in _places(paper, "Head")]
    paper = replace(paper, headings=tuple(Heading(span, 1) for span in heads))
    matches = [
        Match("water", "sewage", Role.FIELD, Reason.TERM, 1.0, at, at + 6,
              next(n for n, one in enumerate(paper.passages) if at < one.span.end))
        for at in _places(paper, "sewage")
    ]  # fmt: skip
    sentences = sentences_of(paper, matches)
    assert [m for sentence in sentences for m in sentence.matches] == matches
    for sentence in sentences:
        assert sentence.span in sentence.whole
        assert len(sentence.span) <= LONGEST
        assert sentence.span in paper.passages[sentence.matches[0].passage].span
        assert all(match.span in sentence.span for match in sentence.matches)
    assert all(a.span.end <= b.span.start for a, b in pairwise(sentences))
