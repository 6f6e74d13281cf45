"""Folding and sentences: the same word is the same everywhere, and a sentence holds its term."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.spans import Span
from pipeline.core.text import fold, one_line, sentence_around, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("économie", "economie"),
        ("ÉCONOMIE", "économie"),
        ("Straße", "strasse"),
        ("cœur", "coeur"),
        ("λόγος", "ΛΟΓΟΣ"),
        ("Łódź", "lodz"),
        ("cafe\u0301", "café"),
        ("l’eau", "l'eau"),
        ("ener\u00adgy", "energy"),
    ],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_words_stay_different() -> None:
    assert len({fold(word) for word in ("eau", "eaux", "вода", "води", "νερό")}) == 5


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_a_sentence_is_cut_at_its_ends() -> None:
    text = "Towns grow. They treat waste water in plants! Who pays? Everybody."
    at = text.index("waste")
    span = sentence_around(text, Span(at, at + 11), within=Span(0, len(text)))
    assert span.of(text) == "They treat waste water in plants!"


def test_a_sentence_goes_on_over_line_ends_but_not_over_an_empty_line() -> None:
    text = "Heading\n\nThey treat waste\nwater in plants\nevery day.\n\nNext"
    at = text.index("waste")
    span = sentence_around(text, Span(at, at + 5), within=Span(0, len(text)))
    assert one_line(span.of(text)) == "They treat waste water in plants every day."


def test_a_very_long_sentence_is_narrowed_to_whole_words() -> None:
    text = "word " * 500 + "target " + "word " * 500
    at = text.index("target")
    span = sentence_around(text, Span(at, at + 6), within=Span(0, len(text)), longest=100)
    assert "target" in span.of(text)
    assert len(span) <= 100
    assert set(span.of(text).split()) == {"word", "target"}


@given(st.text("ab .\n!A1(", max_size=200), st.data())
def test_a_sentence_holds_its_term_and_stays_inside(text: str, data: st.DataObject) -> None:
    bounds = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 4)))
    within, span = Span(bounds[0], bounds[3]), Span(bounds[1], bounds[2])
    sentence = sentence_around(text, span, within=within, longest=40)
    assert span in sentence
    assert sentence in within
    assert len(sentence) <= max(40, len(span))


def test_words_keep_apostrophes_inside() -> None:
    assert [m[0] for m in words("l'eau, aujourd’hui: 5 km")] == ["l'eau", "aujourd’hui", "5", "km"]
