from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.core.languages import EU_LANGUAGES
from pipeline.core.ports import LanguageDetector, LanguageGuess
from pipeline.language.langdetect_detector import (
    NEIGHBOURS,
    SAMPLE,
    LangdetectDetector,
    sample,
)
from tests.language import sentences

DETECTOR: LanguageDetector = LangdetectDetector()
ALL = sentences.SENTENCES | sentences.NEIGHBOURS
SHORT = [" ".join(text.split()[:words]) for text in ALL.values() for words in (2, 3, 4, 5)]
ANSWERS = """
import sys, json
from pipeline.language.langdetect_detector import LangdetectDetector
guesses = map(LangdetectDetector().detect, json.load(sys.stdin))
print(json.dumps([[guess.language, guess.confidence.hex()] for guess in guesses]))
"""


def test_the_sentences_cover_every_language() -> None:
    assert set(sentences.SENTENCES) == set(EU_LANGUAGES)
    assert set(sentences.NEIGHBOURS) == set(NEIGHBOURS)


@pytest.mark.parametrize("language", ALL)
def test_a_sentence_is_recognised(language: str) -> None:
    guess = DETECTOR.detect(ALL[language])
    assert guess.language == language
    assert guess.confidence > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "ok",
        "1 234,56   7 890   12 345   3,5 %   2014-2020",
        "COM(2020) 98 final - SWD(2020) 100",
        "EU ERDF ESF CF EMFF NUTS GDP EUROPEAN UNION",
        "https://example.org/the/whole/path/of/a/page.html",
        "the.secretary.general@municipalities.example.org",
        "................................................ 24",
        "xqzw jkwv pqrx zzkw vxqj kkqz wwxv jqzk",
        "この文章は日本語で書かれています。街路に千本の木を植えたい。",
        "يريد مجلس المدينة زراعة ألف شجرة في شوارع المدينة",
    ],
)
def test_what_is_not_enough_text_of_a_known_script_is_undetermined(text: str) -> None:
    assert DETECTOR.detect(text) == LanguageGuess(UNKNOWN_LANGUAGE, 0.0)


def test_a_doubtful_text_is_undetermined_and_keeps_its_low_confidence() -> None:
    doubtful = DETECTOR.detect("kultura transport")
    assert doubtful.language == UNKNOWN_LANGUAGE
    assert 0 < doubtful.confidence < 0.5


def test_numbers_and_links_around_a_sentence_change_nothing() -> None:
    text = sentences.SENTENCES["ga"]
    noise = "12 345,6 https://example.org/in-english 7.8.2021 someone@example.org 99 %"
    assert DETECTOR.detect(f"{noise} {text} {noise}") == DETECTOR.detect(text)


def test_latin_names_do_not_hide_greek() -> None:
    text = "Ο δήμος και η εταιρεία Smart Cities Group υπέγραψαν χθες συμφωνία για τη στέγαση"
    assert DETECTOR.detect(text).language == "el"


def test_the_language_of_most_of_a_long_text_wins_over_its_opening() -> None:
    text = sentences.SENTENCES["en"] + "\n" + (sentences.SENTENCES["mt"] + "\n") * 100
    assert DETECTOR.detect(text).language == "mt"


def test_the_answer_does_not_depend_on_what_was_asked_before() -> None:
    first = {text: DETECTOR.detect(text) for text in SHORT}
    shuffled = random.Random(5).sample(SHORT, len(SHORT))
    other = LangdetectDetector()
    assert {text: other.detect(text) for text in shuffled} == first


def test_the_answer_does_not_depend_on_the_run() -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", ANSWERS],
            input=json.dumps(SHORT),
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    here = [[guess.language, guess.confidence.hex()] for guess in map(DETECTOR.detect, SHORT)]
    assert [json.loads(run) for run in runs] == [here, here]


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    guess = DETECTOR.detect(text)
    assert 0.0 <= guess.confidence <= 1.0
    assert guess.language in {*EU_LANGUAGES, *NEIGHBOURS, UNKNOWN_LANGUAGE}
    assert guess == DETECTOR.detect(text)


@given(st.lists(st.sampled_from([*SHORT, "2021", "\n", "ABC"]), max_size=200).map(" ".join))
def test_a_sample_is_short_and_made_of_words_of_the_text(text: str) -> None:
    taken = sample(text)
    assert len(taken) <= SAMPLE + 2
    assert all(word in text for word in taken.split())


def test_a_text_without_a_space_has_an_answer() -> None:
    guess = DETECTOR.detect("straßenbahnhaltestelle" * 10_000)
    assert guess.language == "de"
    assert 0.0 <= guess.confidence <= 1.0


def test_new_profiles_come_with_a_new_version() -> None:
    # Stored answers are kept while the version stays; change both together.
    folder = files("pipeline.language") / "profiles"
    digest = hashlib.sha256()
    for language in sorted((*EU_LANGUAGES, *NEIGHBOURS)):
        digest.update((folder / f"{language}.json").read_bytes())
    assert (LangdetectDetector.version, digest.hexdigest()[:16]) == ("1.0.9+1", "2b770ffbd1a88ca4")
