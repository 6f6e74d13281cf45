"""The lexicon tells which words begin so, are nearly so, or have a word as a part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.index.analysis import analyzer_for
from pipeline.index.lexicon import LETTERS_A_SLIP, MAX_COMPOUNDS, Lexicon

GERMAN = (
    "wasser", "trinkwasser", "trinken", "abwassers", "abfall", "wasserrahmenrichtlinie",
    "rahmenrichtlinie", "bewassern", "schule", "schulreform", "reform", "arbeitsmarkt", "arbeit",
    "markt", "marktes", "supermarkt", "rot", "abendrot", "abend",
)  # fmt: skip

words = st.text("abcé", min_size=1, max_size=6)
lists = st.lists(words, max_size=12)


def compounds(word: str, language: str = "de", known: tuple[str, ...] = GERMAN) -> set[str]:
    """Return the compounds of a word, as their stems."""
    (stem,) = analyzer_for(language).wanted(word)
    return set(Lexicon(language, known).compounds_of(word, stem))


def stems(*found: str, language: str = "de") -> set[str]:
    return {stem for word in found for stem in analyzer_for(language).wanted(word)}


@given(lists, st.text("abcé", max_size=3))
def test_words_are_found_by_how_they_begin(known: list[str], prefix: str) -> None:
    found = Lexicon("en", known).beginning(prefix)
    assert list(found) == sorted({word for word in known if word.startswith(prefix)})


def slips(one: str, other: str) -> int:
    """Return the optimal string alignment of two words, by its definition."""
    away = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            cost = one[i - 1] != other[j - 1]
            away[i, j] = min(away[i - 1, j] + 1, away[i, j - 1] + 1, away[i - 1, j - 1] + cost)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                away[i, j] = min(away[i, j], away[i - 2, j - 2] + 1)
    return away[len(one), len(other)]


@given(lists, words, st.integers(1, 2))
def test_words_are_near_that_have_few_slips_and_the_nearest_come_first(
    known: list[str], word: str, most: int
) -> None:
    allowed = min(most, len(word) // LETTERS_A_SLIP)
    wanted = {one: slips(one, word) for one in known}
    found = Lexicon("en", known).near(word, most)
    assert dict(found) == {one: away for one, away in wanted.items() if away <= allowed}
    assert [away for _, away in found] == sorted(away for _, away in found)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("wasser", {"trinkwasser", "wasserrahmenrichtlinie"}),
        ("markt", {"arbeitsmarkt"}),  # a linking s; nothing known begins with "super"
        ("schule", {"schulreform"}),  # by its stem
        ("reform", {"schulreform"}),
        ("rahmenrichtlinie", {"wasserrahmenrichtlinie"}),
        ("trinkwasser", set()),
        ("rot", set()),  # too short
        ("lynx", set()),
    ],
)
def test_a_compound_has_a_word_at_an_end_and_a_rest_that_is_known(
    word: str, found: set[str]
) -> None:
    assert compounds(word) == stems(*found)


@pytest.mark.parametrize("language", ["en", "fr", "und"])
def test_other_languages_have_no_compounds(language: str) -> None:
    assert compounds("wasser", language) == set()


@pytest.mark.parametrize("language", ["nl", "sv", "da", "fi", "hu", "de-AT"])
def test_other_languages_with_compounds_have_them(language: str) -> None:
    assert compounds("water", language, ("water", "drinkwater", "drink")) == stems(
        "drinkwater", language=language
    )


def test_of_very_many_compounds_the_shortest_are_taken() -> None:
    rests = [f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in "lmnrt"]
    known = ("markt", *rests, *(rest + "markt" for rest in rests), "bal" * 9 + "markt")
    assert len(compounds("markt", "de", known)) <= MAX_COMPOUNDS < len(rests)
