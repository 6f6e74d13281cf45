from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from langdetect.utils.ngram import NGram

from pipeline.language.ngrams import grams
from tests.language import sentences


def _of_library(word: str) -> Iterator[str]:
    buffer = NGram()
    for character in f"{NGram.normalize_vi(word)} ":
        buffer.add_char(character)
        for length in (1, 2, 3):
            if (gram := buffer.get(length)) is not None:
                yield gram


@given(st.text() | st.text("aBCéÉ -’"))
def test_n_grams_are_those_of_the_library(word: str) -> None:
    assert list(grams(word)) == list(_of_library(word))


def test_n_grams_of_words_of_all_languages_are_those_of_the_library() -> None:
    for text in (sentences.SENTENCES | sentences.NEIGHBOURS).values():
        for word in (*text.split(), *text.upper().split()):
            assert list(grams(word)) == list(_of_library(word))
