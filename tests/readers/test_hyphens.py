"""Words cut at line ends, and what joins them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.hyphens import MARK, marked, mended, spellings_of

LETTERS = st.text("abcdéÉZ19-’ .,\n" + MARK, max_size=80)


def _mended(text: str, elsewhere: str = "") -> str:
    signed = marked(text)
    return mended(signed, spellings_of([signed, elsewhere]))


@pytest.mark.parametrize("sign", ["\ufffe", "\x02", "\u00ad\n", "\u00ad \r\n"])
def test_every_sign_of_a_cut_word_is_understood(sign: str) -> None:
    assert _mended(f"collecti{sign}vités locales") == "collectivités\nlocales"


@pytest.mark.parametrize(
    ("cut", "elsewhere", "whole"),
    [
        ("multi|niveaux", "la gouvernance multi-niveaux", "multi-niveaux"),
        ("multi|niveaux", "", "multiniveaux"),
        ("multi|niveaux", "multi-niveaux multiniveaux Multiniveaux", "multiniveaux"),
        ("low|carbon", "low and carbon", "low-carbon"),
        ("re|skilling", "re and skilling", "reskilling"),
        ("COVID|19", "", "COVID-19"),
        ("Rhône|Alpes", "", "Rhône-Alpes"),
        ("EUROPÄI|SCHE", "", "EUROPÄISCHE"),
        ("EU|weit", "", "EU-weit"),
        ("state-of|the-art", "a state-of-the-art plant", "state-of-the-art"),
        ("Kreis|lauf|wirtschaft", "", "Kreislaufwirtschaft"),
    ],
)
def test_the_document_tells_how_a_word_is_written(cut: str, elsewhere: str, whole: str) -> None:
    assert _mended(cut.replace("|", MARK), elsewhere).strip() == whole


def test_the_halves_of_cut_words_are_not_taken_for_words() -> None:
    spellings = spellings_of([f"collecti{MARK}vités et vités"])
    assert (spellings["collecti"], spellings["vités"], spellings["et"]) == (0, 1, 1)


def test_punctuation_stays_with_its_word() -> None:
    assert _mended(f"les collecti{MARK}vités, dont") == "les collectivités,\ndont"


def test_a_soft_hyphen_inside_a_line_goes() -> None:
    assert marked("Gemein\u00addever\u00adband") == "Gemeindeverband"


def test_a_mark_beside_no_letter_is_a_hyphen() -> None:
    assert _mended(f"see: {MARK} below") == "see: -\nbelow"


@given(LETTERS, LETTERS)
def test_mending_loses_no_letter_and_leaves_no_mark(text: str, elsewhere: str) -> None:
    whole = mended(text, spellings_of([text, elsewhere]))
    assert MARK not in whole
    assert [c for c in whole if c.isalnum()] == [c for c in text if c.isalnum()]
