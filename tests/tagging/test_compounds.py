"""Compounds are found by their parts, in languages that write them as one word."""

from __future__ import annotations

import pytest

from pipeline.core.concepts import Role, Term
from pipeline.tagging.term_finder import Pattern, TermFinder


def _found(language: str, term: str, text: str, *, foreign: bool = False) -> list[str]:
    import spacy

    pattern = Pattern("file", Term(term, 1.0, Role.FIELD), foreign=foreign)
    finder = TermFinder([pattern], language=language, vocab=spacy.blank("xx").vocab)
    return [text[start:end] for start, end, _ in finder.find(text, 0, len(text))]


@pytest.mark.parametrize(
    ("language", "term", "text", "found"),
    [
        ("nl", "afvalbeheer", "Het afvalbeheerplan van de stad", "afvalbeheerplan"),
        ("de", "Abfallwirtschaft", "Das Abfallwirtschaftskonzept", "Abfallwirtschaftskonzept"),
        ("de", "Energie", "Die Meeresenergiequellen und Energiekosten", "Energiekosten"),
        ("sv", "förorening", "Luftföroreningen i staden", "Luftföroreningen"),
        ("da", "transport", "Godstransporten er dyr", "Godstransporten"),
        ("fi", "energia", "Energiantuotannon kehitys", "Energiantuotannon"),
        ("hu", "energia", "Az energiapolitikáról szól", "energiapolitikáról"),
    ],
)
def test_a_term_is_found_at_either_end_of_a_compound(
    language: str, term: str, text: str, found: str
) -> None:
    assert _found(language, term, text) == [found]


def test_a_term_inside_a_short_word_is_chance() -> None:
    assert _found("nl", "paling", "volgens de bepaling") == []
    assert _found("de", "Bus", "ein Busunternehmen und Bushaltestellen") == []


def test_languages_that_write_compounds_apart_know_whole_words_only() -> None:
    assert _found("en", "energy", "energybased") == []


def test_a_word_of_another_language_is_no_part_and_has_no_forms() -> None:
    assert _found("sv", "SLAPP", "minskade gasutsläpp", foreign=True) == []
    assert _found("fi", "Eurodac", "maksetaan euroina", foreign=True) == []
    assert _found("fi", "Eurodac", "Eurodac-järjestelmä", foreign=True) == ["Eurodac"]


def test_an_excluded_compound_covers_the_term_in_it() -> None:
    import spacy

    patterns = [
        Pattern("energy", Term("sähkö", 1.0, Role.FIELD)),
        Pattern("energy", Term("sähköposti"), excluding=True),
    ]
    finder = TermFinder(patterns, language="fi", vocab=spacy.blank("xx").vocab)
    text = "sähköpostiosoite ja sähkömarkkinat"
    assert [text[a:b] for a, b, _ in finder.find(text, 0, len(text))] == ["sähkömarkkinat"]
