"""The term finder: which of the words that are looked for count, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.concepts import Role, Term
from pipeline.tagging.term_finder import Pattern, TermFinder


def _finder(patterns: Iterable[Pattern], language: str = "en") -> TermFinder:
    from spacy.vocab import Vocab

    return TermFinder(patterns, language=language, vocab=Vocab())


def _found(
    patterns: Iterable[Pattern], text: str, breaks: Sequence[int] = ()
) -> list[tuple[str, str, str]]:
    finder = _finder(patterns)
    return [
        (pattern.concept, pattern.term.text, text[start:end])
        for start, end, pattern in finder.find(text, 0, len(text), breaks)
    ]


def _name(concept: str, text: str) -> Pattern:
    return Pattern(concept, Term(text, 3.0, Role.NAME))


def _field(concept: str, text: str, weight: float = 1.0) -> Pattern:
    return Pattern(concept, Term(text, weight))


def test_a_match_tells_its_words_as_they_stand_in_the_text() -> None:
    patterns = [_field("water", "waste water"), _field("water", "sewage")]
    assert _found(patterns, "Sewage, or Waste-Waters.") == [
        ("water", "sewage", "Sewage"),
        ("water", "waste water", "Waste-Waters"),
    ]


def test_only_the_part_that_is_asked_for_is_looked_through() -> None:
    text = "sewage here, sewage there"
    [(start, end, _)] = _finder([_field("water", "sewage")]).find(text, 5, len(text))
    assert (start, end) == (13, 19)


def test_the_longest_of_a_concept_counts() -> None:
    patterns = [_field("water", "water"), _field("water", "waste water")]
    assert _found(patterns, "waste water") == [("water", "waste water", "waste water")]


def test_a_shorter_term_that_reaches_further_counts_beside_the_longer_one() -> None:
    patterns = [_field("water", "urban waste water"), _field("water", "water price")]
    assert [found[1] for found in _found(patterns, "urban waste water price")] == [
        "urban waste water",
        "water price",
    ]


def test_a_name_covers_the_terms_of_other_concepts_and_a_field_term_does_not() -> None:
    action, text = _field("climate", "action plan"), "The gender action plan"
    named = _found([action, _name("gender", "gender action plan")], text)
    assert [found[0] for found in named] == ["gender"]
    told = _found([action, _field("gender", "gender action plan")], text)
    assert {found[0] for found in told} == {"gender", "climate"}


def test_an_exclusion_takes_the_words_of_its_concept_only() -> None:
    patterns = [
        _field("climate", "climate"),
        Pattern("climate", Term("business climate"), excluding=True),
        _field("business", "climate"),
    ]
    assert _found(patterns, "a good business climate") == [("business", "climate", "climate")]
    assert {found[0] for found in _found(patterns, "a good climate")} == {"climate", "business"}


def test_no_match_reaches_over_the_end_of_a_sentence_or_a_break() -> None:
    patterns = [_field("water", "waste water")]
    assert _found(patterns, "Avoid waste. Water is dear.") == []
    assert _found(patterns, "avoid waste\nwater is dear", breaks=[0, 12]) == []
    assert _found(patterns, "avoid waste\nwater is dear", breaks=[0]) != []


def test_words_between_keep_two_words_of_a_term_apart() -> None:
    assert _found([_field("water", "waste water")], "waste of water, water waste") == []


def test_a_term_in_exact_letters_is_found_in_no_others() -> None:
    exact = Pattern("health", Term("WHO", 1.0, Role.FIELD, exact_case=True))
    assert _found([exact], "who asked the WHO?") == [("health", "WHO", "WHO")]


@pytest.mark.parametrize("order", [1, -1])
def test_of_terms_of_the_same_words_the_heaviest_counts_whatever_their_order(order: int) -> None:
    patterns = [_field("water", "waste water"), _field("water", "waste waters", 2.0)]
    assert _found(patterns[::order], "waste water") == [("water", "waste waters", "waste water")]


_words = st.sampled_from("air sea sun ice".split())
_phrases = st.lists(_words, min_size=1, max_size=3).map(" ".join)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), _phrases, st.booleans()), max_size=8, unique=True),
    st.lists(st.one_of(_words, st.just("other")), max_size=12).map(" ".join),
    st.randoms(use_true_random=False),
)
def test_what_is_found_stands_there_and_does_not_hang_on_the_order_of_terms(
    terms: list[tuple[str, str, bool]], text: str, random: Random
) -> None:
    patterns = [_name(c, t) if name else _field(c, t) for c, t, name in terms]
    found = _found(patterns, text)
    assert all(term == there for _, term, there in found)
    random.shuffle(patterns)
    assert _found(patterns, text) == found


@pytest.mark.parametrize(
    ("text", "found"), [("legea AI Act", "AI Act"), ("publicarea a actelor", None)]
)
def test_a_name_of_another_language_begins_each_word_that_it_is_found_in(
    text: str, found: str | None
) -> None:
    name = Pattern("digital", Term("AI Act", 3.0, Role.NAME), foreign=True)
    finder = _finder([name], language="ro")
    places = [text[start:end] for start, end, _ in finder.find(text, 0, len(text))]
    assert places == ([found] if found else [])
