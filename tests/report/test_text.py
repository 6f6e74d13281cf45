"""What document text goes through keeps its words and loses what is not seen."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.spans import Span
from pipeline.report.text import file_uri, harmless, occurrences, segments, typeset

ANY_TEXT = st.text(st.characters(exclude_categories=[]))  # lone surrogates too


@given(ANY_TEXT)
def test_harmless_text_is_one_line_of_what_is_seen(text: str) -> None:
    clean = harmless(text)
    assert harmless(clean) == clean
    assert clean == " ".join(clean.split())
    assert not {unicodedata.category(c) for c in clean} & {"Cc", "Cf", "Cs", "Co", "Cn"}
    clean.encode("utf-8")


@given(st.text("aé1 .,;:!?«»%/=-\n", max_size=30))
def test_harmless_text_keeps_all_that_is_seen(text: str) -> None:
    assert harmless(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Eau : quoi ?", "Eau\u00a0: quoi\u202f?"),
        ("« Oui ! » ; 40 %", "«\u00a0Oui\u202f!\u00a0»\u202f; 40\u00a0%"),
        ("Non: rien", "Non: rien"),
        ("a :b", "a :b"),
    ],
)
def test_french_spaces_that_must_not_break_do_not(plain: str, set_: str) -> None:
    assert typeset(plain, "fr") == set_
    assert typeset(plain, "en") == plain


@given(st.text("a :;!?«»% \n"))
def test_typesetting_moves_no_character(text: str) -> None:
    assert len(typeset(text, "fr")) == len(text)
    assert typeset(text, "fr").replace("\u202f", " ").replace("\u00a0", " ") == text


def test_whole_words_are_found_and_neighbours_merged() -> None:
    assert occurrences(["eau"], "eau, bureau, eau") == (Span(0, 3), Span(13, 16))
    assert occurrences(["waste water", "water act"], "waste water act") == (Span(0, 15),)
    assert occurrences(["(EU) 2018/1999"], "see (EU) 2018/1999.") == (Span(4, 18),)
    assert occurrences(["", "absent"], "text") == ()


@given(st.text("ab c", max_size=20), st.lists(st.text("abc", max_size=3), max_size=4))
def test_segments_joined_are_the_text_and_marked_parts_are_matches(
    text: str, matches: list[str]
) -> None:
    parts = segments(text, occurrences(matches, text))
    assert "".join(part for part, _ in parts) == text
    assert all(part for part, _ in parts)
    assert all(any(word and word in part for word in matches) for part, marked in parts if marked)


@given(ANY_TEXT.map(lambda text: "/" + text.lstrip("/")))
def test_address_is_a_plain_one_that_leads_back_to_the_path(path: str) -> None:
    address = file_uri(path, page=3)
    assert address.isascii()
    assert not set(address) & set("<>\"' \\\n\t`(){}[]")
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("file", "", "page=3")
    try:
        exact = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return
    assert unquote_to_bytes(parts.path) == exact


@pytest.mark.parametrize(
    "path",
    ["", "paper.pdf", "javascript:alert(1)", "//host/share", "data:text/html,x", "https://a"],
)
def test_what_is_no_absolute_path_gets_no_address(path: str) -> None:
    assert file_uri(path, page=1) == ""


def test_drive_letters_are_understood() -> None:
    assert file_uri("C:\\My papers\\é.pdf") == "file:///C:/My%20papers/%C3%A9.pdf"
