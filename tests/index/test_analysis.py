"""Words of texts and of queries are made comparable in the same way."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.text import fold
from pipeline.index.analysis import LONGEST_WORD, analyzer_for, exact_words, prepared

LANGUAGES = (
    "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl no pl pt ro sk sl sv tr ar und en-GB"
).split()


def stems_of(text: str, language: str) -> set[str]:
    stems: dict[str, float] = {}
    analyzer_for(language).count(text, stems=stems, places={}, first=0)
    return set(stems)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "economies", "economy"),
        ("en", "Europe's", "Europe"),
        ("en-GB", "cities", "city"),
        ("fr", "économies", "economie"),
        ("fr", "l'eau", "eau"),
        ("fr", "Qu’on", "on"),
        ("fr", "jusqu'alors", "alors"),
        ("it", "dell'Unione", "unione"),
        ("it", "città", "citta"),
        ("de", "Städte", "stadt"),
        ("de", "Straße", "strasse"),
        ("hu", "városok", "város"),
        ("pl", "Łódź", "lodz"),
        ("pl", "gmina", "gminy"),
        ("cs", "odpady", "odpadů"),
        ("sk", "mesto", "mesta"),
        ("sl", "občina", "občine"),
        ("hr", "općina", "općine"),
        ("et", "linnade", "linnadel"),
        ("ga", "chathair", "cathair"),
        ("bg", "Водата", "води"),
        ("bg", "регионалната", "регионален"),
        ("lv", "pašvaldības", "pašvaldībām"),
        ("el", "ΔΉΜΟΣ", "δημος"),
        ("und", "Cities", "cities"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, one: str, other: str) -> None:
    analyzer = analyzer_for(language)
    assert analyzer.wanted(one) == analyzer.wanted(other)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "water", "waste"),
        ("und", "cities", "city"),
        ("mt", "kunsill", "kunsilli"),
        ("bg", "вода", "водач"),
        ("lv", "ūdens", "ūdeļa"),
        ("en", "2020", "2021"),
    ],
)
def test_different_words_have_different_stems(language: str, one: str, other: str) -> None:
    assert stems_of(one, language).isdisjoint(stems_of(other, language))


@pytest.mark.parametrize(
    ("language", "word"), [("en", "the"), ("fr", "été"), ("de", "über"), ("it", "dell'")]
)
def test_stop_words_ask_for_nothing_but_stand_in_their_place(language: str, word: str) -> None:
    places: dict[str, list[int]] = {}
    stems: dict[str, float] = {}
    after = analyzer_for(language).count(f"x1 {word} x2", stems=stems, places=places, first=5)
    assert set(stems) == {"x1", "x2"}
    assert (places["x1"], places["x2"], after) == ([5], [7], 8)


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("COM(2020) 652 final", {"com(2020) 652", "2020/652"}),
        ("COM/2020/0652", {"com(2020) 652", "2020/652"}),
        ("Directive 91/271/EEC", {"91/271/eec", "91/271"}),
        ("règlement (UE) 2018/1999", {"(eu) 2018/1999", "2018/1999"}),
        ("2021/0203(COD)", {"2021/0203(cod)", "2021/203"}),
        ("on 12/05/2020", set()),
        ("page 3 of 12", set()),
    ],
)
def test_references_in_a_text_are_stems_of_their_own(text: str, stems: set[str]) -> None:
    assert {stem for stem, _ in analyzer_for("en").references(text)} == stems


@pytest.mark.parametrize(
    "text", ["COM(2020) 652", "2020/652", "91/271/EEC", "91/271", "32008L0098", "(EU) 2018/1999"]
)
def test_a_reference_in_a_query_is_one_stem_that_texts_have(text: str) -> None:
    analyzer = analyzer_for("fr")
    (wanted,) = analyzer.wanted(text)
    whole = {"2020/652": "COM(2020) 652", "91/271": "91/271/CEE"}.get(text, text)
    assert wanted in {token.stem for token in analyzer.tokens(f"Voir {whole}, article 3.")}


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_is_counted_as_it_is_tokenised(text: str, language: str) -> None:
    analyzer = analyzer_for(language)
    line = prepared(text)
    places: dict[str, list[int]] = {}
    stems: dict[str, float] = {}
    after = analyzer.count(line, stems=stems, places=places, first=0)
    words = [token for token in analyzer.tokens(line) if token.exact]
    assert after == len(words)
    assert {at: word for word, ats in places.items() for at in ats} == {
        at: token.exact for at, token in enumerate(words)
    }
    assert set(stems) == {token.stem for token in words if token.stem}
    assert all(len(word) <= LONGEST_WORD for word in places)


@given(st.text(alphabet=st.characters(categories=("L", "Nd"))), st.sampled_from(LANGUAGES))
def test_a_word_is_wanted_as_it_is_counted_however_it_is_written(text: str, language: str) -> None:
    analyzer = analyzer_for(language)
    assert set(analyzer.wanted(text)) == stems_of(prepared(text), language)
    assert analyzer.wanted(unicodedata.normalize("NFD", prepared(text))) == analyzer.wanted(
        prepared(text)
    )


@given(st.text())
def test_prepared_text_is_one_line_and_stays_as_it_is(text: str) -> None:
    line = prepared(text)
    assert line == " ".join(line.split())
    assert prepared(line) == line


@given(st.text())
def test_exact_words_are_folded_and_never_empty(text: str) -> None:
    for word in exact_words([text]):
        assert word
        assert fold(word) == word
