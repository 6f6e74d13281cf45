"""What a report says of its own is said as English and French say it."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from pipeline.core.key_dates import KeyKind
from pipeline.core.languages import EU_LANGUAGES
from pipeline.core.tags import Origin, Reason
from pipeline.report.labels import labels
from pipeline.report.names import institution_of, kind_of
from pipeline.report.values import Change
from pipeline.report.wording import Labels

ENGLISH, FRENCH = labels("en"), labels("fr")


def test_dates_are_written_out() -> None:
    assert ENGLISH.day("2021-03-15") == "15 March 2021"
    assert FRENCH.day("2021-03-15") == "15 mars 2021"
    assert ENGLISH.day("2021-08-01") == "1 August 2021"
    assert FRENCH.day("2021-08-01") == "1er août 2021"
    assert FRENCH.day("2021-12") == "décembre 2021"
    assert ENGLISH.day("2021") == "2021"
    made_at = datetime(2021, 2, 3, 4, 5, tzinfo=UTC)
    assert ENGLISH.moment(made_at) == "3 February 2021, 04:05\u00a0UTC"


@pytest.mark.parametrize(
    ("since", "until", "english", "french"),
    [
        ("2021-03-01", "2021-03-31", "1–31 March 2021", "du 1er au 31 mars 2021"),
        (
            "2021-01-01",
            "2021-03-31",
            "1 January to 31 March 2021",
            "du 1er janvier au 31 mars 2021",
        ),
        (
            "2020-12-07",
            "2021-01-06",
            "7 December 2020 to 6 January 2021",
            "du 7 décembre 2020 au 6 janvier 2021",
        ),
        ("2021-03-15", "2021-03-15", "15 March 2021", "le 15 mars 2021"),
    ],
)
def test_periods_say_month_and_year_once(since: str, until: str, english: str, french: str) -> None:
    days = date.fromisoformat(since), date.fromisoformat(until)
    assert ENGLISH.span(*days) == english
    assert FRENCH.span(*days) == french


def test_plurals_follow_each_language() -> None:
    assert [ENGLISH.count(n, ENGLISH.pages) for n in (0, 1, 2)] == [
        "0\u00a0pages",
        "1\u00a0page",
        "2\u00a0pages",
    ]
    assert [FRENCH.count(n, FRENCH.pages) for n in (0, 1, 2)] == [
        "0\u00a0page",
        "1\u00a0page",
        "2\u00a0pages",
    ]
    assert ENGLISH.count(12345, ENGLISH.pages) == "12,345\u00a0pages"
    assert FRENCH.count(12345, FRENCH.pages) == "12\u202f345\u00a0pages"


def test_sentence_about_one_thing_says_no_number() -> None:
    for words in (ENGLISH, FRENCH):
        assert words.count(1, words.failures_intro) == words.failures_intro.one
        assert words.count(1, words.waiting_intro) == words.waiting_intro.one
    assert ENGLISH.count(2, ENGLISH.failures_intro).startswith("These 2 documents")


def test_certainty_is_never_rounded_up_to() -> None:
    assert [ENGLISH.share(score) for score in (0.0, 0.124, 0.999, 1.0)] == [
        "0%",
        "12%",
        "99%",
        "100%",
    ]
    assert FRENCH.share(0.87) == "87\u00a0%"


def test_languages_are_listed_as_a_sentence_does() -> None:
    assert ENGLISH.language_list(["en"]) == "English"
    assert ENGLISH.language_list(["en", "fr", "pl"]) == "English, French and Polish"
    assert FRENCH.language_list(["fr", "sl"]) == "français et slovène"
    assert FRENCH.language_list(["xx"]) == "xx"


@pytest.mark.parametrize("words", [ENGLISH, FRENCH])
def test_all_24_languages_of_the_union_have_names(words: Labels) -> None:
    names = {words.language_name(code) for code in (*EU_LANGUAGES, "und")}
    assert len(names) == 25
    assert not names & {*EU_LANGUAGES, "und"}


def test_kinds_and_institutions_are_known_by_any_of_their_spellings() -> None:
    for spelling in ("position paper", "Position-Paper", "position_paper", "prise de position"):
        assert kind_of(spelling) == "position paper"
    for spelling in ("CEMR", "ccre", "CMRE", "RGRE"):
        assert institution_of(spelling) == "CEMR"
    assert institution_of("Parlement européen") == "European Parliament"
    assert FRENCH.institution_name("European Parliament") == "Parlement européen"
    assert (kind_of("haiku"), FRENCH.kind_name("haiku")) == ("haiku", "Haiku")
    assert FRENCH.kind_name("minutes") == "Procès-verbal"
    assert ENGLISH.kind_name("") == ""


@pytest.mark.parametrize("words", [ENGLISH, FRENCH])
def test_nothing_is_left_without_words(words: Labels) -> None:
    for name in (field.name for field in fields(Labels)):
        assert getattr(words, name), name
    assert set(words.origins) == set(Origin)
    assert set(words.reasons) == set(Reason)
    assert set(words.changes) == set(Change)
    assert set(words.announced) == set(KeyKind)
