"""Sketches tell how alike two texts are, whatever their length."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.description.likeness import hashes, similarity
from pipeline.description.sketches import (
    AT_ONCE,
    FEWEST_LETTERS,
    FEWEST_NUMBERS,
    sketch_of_numbers,
    sketch_of_words,
)


def _text(seed: str, *, words: int) -> str:
    chance = random.Random(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"
    return " ".join("".join(chance.choices(letters, k=chance.randint(2, 11))) for _ in range(words))


def _alike(one: str, other: str) -> float:
    return similarity(sketch_of_words(one), sketch_of_words(other))[0]


@given(st.text())
def test_any_text_can_be_sketched(text: str) -> None:
    for sketch in (sketch_of_words(text), sketch_of_numbers(text)):
        assert len(sketch) % 8 == 0


@pytest.mark.parametrize("text", ["", "\n", "x" * (FEWEST_LETTERS - 1), "a cover " * 20])
def test_a_text_that_says_little_is_like_no_other(text: str) -> None:
    assert sketch_of_words(text) == b""
    assert similarity(b"", b"") == (0.0, 0)
    assert _alike(text, text) == 0.0


def test_lines_and_capitals_do_not_count() -> None:
    text = _text("a", words=500)
    assert _alike(text, text.upper().replace(" ", "\n", 40)) == 1.0


def test_other_texts_have_next_to_nothing_in_common() -> None:
    assert _alike(_text("a", words=2000), _text("b", words=2000)) < 0.02


@pytest.mark.parametrize("kept", [0.95, 0.8, 0.5])
def test_the_share_of_common_wording_is_estimated(kept: float) -> None:
    words = _text("a", words=4000).split()
    other = words[: int(kept * len(words))] + _text("c", words=int((1 - kept) * 4000)).split()
    # Of kept + 2 (1 - kept) different rows of words, kept are common.
    expected = kept / (2 - kept)
    assert _alike(" ".join(words), " ".join(other)) == pytest.approx(expected, abs=0.13)


def test_a_long_text_is_sketched_whole_though_in_parts() -> None:
    text = _text("long", words=AT_ONCE // 4)
    assert len(text.replace(" ", "")) > AT_ONCE
    assert _alike(text, text[7:]) > 0.97
    assert _alike(text, text[: len(text) // 2]) == pytest.approx(0.5, abs=0.13)


def test_numbers_are_those_of_every_language() -> None:
    english = "".join(f"On {n} May 20{n:02}, {7 * n + 100} towns of {n * n + 500} paid. "
                      for n in range(10, 30))  # fmt: skip
    french = english.replace("On", "Le").replace("towns of", "villes sur").replace("May", "mai")
    other = english.replace("50", "61").replace("60", "72").replace("7", "8")
    sketches = [sketch_of_numbers(text) for text in (english, french, other)]
    assert similarity(sketches[0], sketches[1])[0] == 1.0
    assert similarity(sketches[0], sketches[2])[0] < 0.5


def test_a_letterhead_has_too_few_numbers_to_tell_anything() -> None:
    letterhead = "Square 1, B-1000 Town, Tel +32 2 500 05 34, Fax +32 2 511 09 49, 3 May 2021"
    assert FEWEST_NUMBERS > 4
    assert sketch_of_numbers(letterhead) == b""


def test_hashes_are_the_smallest_first_and_fit_a_database() -> None:
    found = hashes(sketch_of_words(_text("a", words=500)), 12)
    assert len(found) == 12
    assert all(-(2**63) <= one < 2**63 for one in found)
    assert [one % 2**64 for one in found] == sorted(one % 2**64 for one in found)
