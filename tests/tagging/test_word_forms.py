"""Inflected words of a language have one form, other words another."""

from __future__ import annotations

from collections import Counter

import pytest
from simplemma.strategies.dictionaries import stream_dictionary_factory

from pipeline.core.text import fold
from pipeline.tagging import word_forms
from pipeline.tagging.word_forms import KEPT_FORMS, NOTHING, WordForms, forms_of


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("bg", "община общини общините"),
        ("cs", "odpady odpadů odpadům"),
        ("de", "Gemeinden Gemeinde GEMEINDEN"),
        ("el", "πολιτική πολιτικής ΠΟΛΙΤΙΚΗ"),
        ("en", "cities city"),
        ("et", "linnad linnade linnades"),
        ("fi", "kunta kunnan kunnissa"),
        ("fr", "municipalités MUNICIPALITE"),
        ("ga", "uisce uiscí"),
        ("hr", "otpad otpada otpadom"),
        ("lt", "savivaldybė savivaldybės savivaldybių"),
        ("lv", "atkritumi atkritumu"),
        ("nl", "gemeente gemeenten GEMEENTEN"),
        ("pl", "gminy gminami gmina"),
        ("ro", "deșeuri deșeurilor"),
        ("sk", "odpady odpadov odpadmi"),
        ("sl", "odpadki odpadkov"),
        ("sv", "kommuner kommunerna"),
        ("mt", "Ilma ilma ILMA"),
        ("und", "Été ete"),
    ],
)
def test_the_inflected_forms_of_a_word_are_one(language: str, words: str) -> None:
    forms = forms_of(language)
    assert len({forms[word] for word in words.split()}) == 1


@pytest.mark.parametrize("language", ["bg", "cs", "en", "fi", "ga", "hr", "lv", "pl", "sk", "sl"])
def test_other_words_keep_apart_and_forms_are_folded(language: str) -> None:
    forms = forms_of(language)
    words = ["energia", "škola", "вода", "Natura", "łódź"]
    assert len({forms[word] for word in words}) == len(words)
    assert all(form == fold(form) for form in forms.values())


@pytest.mark.parametrize(
    ("language", "compound", "part"),
    [
        ("et", "riigiabi", "riik"),
        ("fi", "valtiontuki", "valtio"),
        ("fi", "kumppanimaat", "kumppani"),
        ("nl", "gemeentelijke", "mening"),
        ("nl", "Georgië", "orgie"),
        ("nl", "paling", "paal"),
    ],
)
def test_a_compound_or_a_longer_word_is_not_taken_for_another(
    language: str, compound: str, part: str
) -> None:
    forms = forms_of(language)
    assert forms[compound] != forms[part]


def test_a_mark_that_folds_to_nothing_has_a_form_of_its_own() -> None:
    assert forms_of("fr")["\u0301"] == forms_of("fi")["\u0301"] == NOTHING


def test_what_is_kept_is_limited() -> None:
    forms = WordForms(str.lower)
    for number in range(KEPT_FORMS + 5):
        assert forms[f"W{number}"] == f"w{number}"
    assert len(forms) <= KEPT_FORMS


def test_the_dictionary_of_a_language_is_loaded_once_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded: Counter[str] = Counter()

    def load(language: str) -> dict[str, str]:
        loaded[language] += 1
        return {}

    monkeypatch.setattr(stream_dictionary_factory, "StreamMap", load)
    word_forms._simplemma.cache_clear()
    word_forms._forms.cache_clear()
    try:
        for word in ("abcde", "fghij"):
            for language in word_forms._LEMMATIZED:
                forms_of(language)[word]
        assert loaded == dict.fromkeys(word_forms._LEMMATIZED.values(), 1)
    finally:
        word_forms._simplemma.cache_clear()
        word_forms._forms.cache_clear()
