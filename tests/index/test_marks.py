"""Marks stand where what is looked for stands."""

from __future__ import annotations

import pytest

from pipeline.core.query import And, Fuzzy, InTitle, Node, Not, Or, Phrase, Prefix, Subject, Word
from pipeline.index.marks import marker_for

ENGLISH = "The circular economies of towns need resilience, says Article 12 of (EU) 2018/1999."
GERMAN = "Das Trinkwasser und Wasser."
NAMED = Subject((Word("économie"), Word("circulaire")), ("waste",), {"en": ("Circular economy",)})


def marked(node: Node, text: str, language: str = "en") -> list[str]:
    """Return what is marked, in its order."""
    return [text[start:end] for start, end, _ in marker_for(node, language).marks(text)]


@pytest.mark.parametrize(
    ("node", "found"),
    [
        (Word("economy"), ["economies"]),
        (Word("the"), ["The"]),  # a stop word; as it stands
        (Word("nothing"), []),
        (Word("!"), []),
        (Phrase(("circular", "economies")), ["circular economies"]),
        (Phrase(("circular", "economy")), []),
        (Phrase(("economies", "circular")), []),
        (Prefix("circ"), ["circular"]),
        (Prefix("circular eco"), ["circular economies"]),
        (Fuzzy("resilince", 1), ["resilience"]),
        (Fuzzy("reslince", 1), []),
        (Fuzzy("reslince", 2), ["resilience"]),
        (Fuzzy("if", 2), []),  # "of" is a slip away, and too much for two letters
        (Word("art. 12"), ["Article 12"]),
        (Word("article 1"), []),
        (Word("2018/1999"), ["2018/1999"]),
        (NAMED, ["circular economies", "economies"]),
        (Not(Word("economy")), []),
        (InTitle(Word("economy")), []),
        (And((Word("town"), Not(Word("economy")))), ["towns"]),
        (Or((Word("town"), And((Word("economy"), Prefix("res"))))),
         ["economies", "towns", "resilience"]),
    ],
)  # fmt: skip
def test_what_is_looked_for_is_marked(node: Node, found: list[str]) -> None:
    assert marked(node, ENGLISH) == found


def test_each_part_has_a_number_of_its_own() -> None:
    marks = marker_for(And((Word("town"), Word("economy"))), "en").marks(ENGLISH)
    assert [mark.part for mark in marks] == [1, 0]


def test_compounds_are_marked_in_languages_that_have_them() -> None:
    assert marked(Word("Wasser"), GERMAN, "de") == ["Trinkwasser", "Wasser"]
    assert marked(Word("Wasser"), GERMAN, "en") == ["Wasser"]
    assert marked(Word("Wasser"), GERMAN, "de-AT") == ["Trinkwasser", "Wasser"]
    assert marked(Word("Wasser"), "Die Abwasserrichtlinie.", "de") == []  # nor is it found
    assert marked(Word("Das"), "Das Dasein.", "de") == ["Das"]


def test_the_words_of_a_name_may_have_stop_words_between_them() -> None:
    node = Subject((Word("x"),), ("x",), {"en": ("Europe for citizens",), "fr": ("Nothing",)})
    text = "A Europe of the citizens; citizens; Europe."
    assert marked(node, text) == ["Europe of the citizens"]
