"""Cleaning of text: one spelling for each sign, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.cleaning import cleaned


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("eﬃcient ﬁnance ﬂows", "efficient finance flows"),
        ("cafe\u0301", "café"),
        ("m² ½ №", "m² ½ №"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\x00b\x1fc\u200bd\ufeff", "abcd"),
        ("dont\u00a0: 3\u202f000", "dont : 3 000"),
        ("line  \nend\t", "line\nend"),
        ("\uf0b7 point", "• point"),
        ("half \ud835 pair", "half \ufffd pair"),
    ],
)
def test_each_sign_has_one_spelling(raw: str, clean: str) -> None:
    assert cleaned(raw) == clean


@given(st.text(st.characters(), max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x24F), max_size=200))
def test_no_letter_or_digit_is_lost(text: str) -> None:
    assert cleaned(text) == text
