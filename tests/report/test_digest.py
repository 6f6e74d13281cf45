"""A digest lists each work once, in the languages of its reader, and says why it is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree, html

from pipeline.core.audience import Audience
from pipeline.core.errors import ConfigError
from pipeline.core.tags import Grade
from pipeline.report.digest import LISTED, Match, News, language_for
from pipeline.report.digest_html import to_html
from pipeline.report.digest_labels import digest_labels
from pipeline.report.digest_text import WIDTH, to_text
from pipeline.report.official import official_address
from tests.report.digests import ENERGY, WATER, card, digest, proof, sample, subscriber

ENGLISH = """\
What is new in the library
week of 30 November 2026

For Towns of the North: 3\u00a0new publications in the library.

Water
=====

* Title of act (en)
  European Commission · Position paper · 3 November 2026 · English and
  French
  You follow Water; page 4
  “Sentence of act-en.”
  https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32021R1057

Energy
======

* Title of heat (en)
  English
  You follow Energy (Planet); page 7
  Also: search “sewers”, Water
  “Sentence of heat-en.”

* Title of note (en)
  CEMR · Position paper · 3 November 2026 · English
  You follow Energy (Planet); treated in part; a person said so

--\u0020
This message comes once a week at most, when there is something new. Each
publication is announced once.
Questions, other subjects, or to unsubscribe: Ann Ek <ann@example.org>
"""
FRENCH = """\
Les nouveautés de la bibliothèque
semaine du 30 novembre 2026

Pour Towns of the North\u00a0: 3\u00a0nouvelles publications dans la bibliothèque.

Eau
===

* Title of act (fr)
  Commission européenne · Prise de position · 3 novembre 2026 · français et
  anglais
  Vous suivez Eau\u202f; page 4 (anglais)
  «\u00a0Sentence of act-en.\u00a0»
  https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32021R1057
"""


def test_a_digest_in_english_says_each_thing() -> None:
    assert to_text(sample()) == ENGLISH


def test_a_digest_in_french_cites_the_french_version_and_says_whence_the_quote_is() -> None:
    assert to_text(sample("fr", "en")).startswith(FRENCH)


def test_subjects_name_what_is_new_and_the_period() -> None:
    words = digest_labels("en")
    assert words.subject_of(sample()) == (
        "3 new publications, week of 30 November 2026: Water, Energy"
    )
    french = digest_labels("fr").subject_of(sample("fr"))
    assert french == "3 nouvelles publications, semaine du 30 novembre 2026 : Eau, Énergie"


def test_a_work_stands_once_under_the_first_interest_that_is_its_main_subject() -> None:
    paper = card()
    both = (Match(WATER, Grade.ALSO, (proof(paper),)), Match(ENERGY, Grade.MAIN))
    [chapter] = digest(News("a", (paper,), both)).chapters
    assert chapter.name == "Energy"
    assert [reason.name for reason in chapter.items[0].reasons] == ["Energy", "Water"]
    in_part = (Match(WATER, Grade.ALSO), Match(ENERGY, Grade.ALSO))
    [chapter] = digest(News("a", (paper,), in_part)).chapters
    assert chapter.name == "Water"


def test_after_a_library_was_filled_a_message_lists_some_and_counts_the_rest() -> None:
    some = [card(f"n{n:03}", date=f"2026-01-{1 + n % 28:02}") for n in range(LISTED + 5)]
    made = digest(*(News(one.work, (one,), (Match(WATER, Grade.MAIN),)) for one in some))
    assert (len(made.items), made.chapters[0].more, made.works) == (LISTED, 5, LISTED + 5)
    dates = [item.date for item in made.items]
    assert dates == sorted(dates, reverse=True)
    assert "5\u00a0more publications, not listed" in to_text(made)
    assert "5\u00a0more publications, not listed" in to_html(made)


def test_versions_in_the_readers_languages_come_first_then_english_and_french() -> None:
    versions = tuple(card(language=code) for code in ("mt", "fr", "en", "sv", "de"))
    news = News("a", versions, (Match(WATER, Grade.MAIN, tuple(map(proof, versions))),))
    [item] = digest(news, whom=subscriber("de", "sv")).items
    assert (item.title_language, item.languages) == ("de", ("de", "sv", "en", "fr", "mt"))
    assert item.quote
    assert item.quote.language == "de"


def test_the_message_is_in_the_first_language_that_fourp_speaks() -> None:
    assert language_for(["sv", "fr", "en"]) == "fr"
    assert language_for(["sv"]) == "en"


def test_only_the_secretariat_is_told_where_files_lie() -> None:
    assert "/library" not in to_text(sample()) + to_html(sample())
    theirs = sample(audience=Audience.SECRETARIAT)
    assert "File: /library/act.en.pdf" in to_text(theirs)
    assert 'href="file:///library/act.en.pdf#page=4"' in to_html(theirs)


@pytest.mark.parametrize(
    ("work", "institution", "address"),
    [
        ("32021R1057", "European Commission", "CELEX:32021R1057"),
        ("32021R1057R(01)", "", "CELEX:32021R1057R(01)"),
        ("32021R1057", "CEMR", ""),
        ("COM(2020) 98", "European Commission and CEMR", "COM:2020:98:FIN"),
        ("COM(2020) 98", "", ""),
        ("COM(2020) 98", "CCRE", ""),
        ("COM(2020) 98 annex 1", "European Commission", ""),
        ("a" * 64, "European Commission", ""),
        ("32021R1057&x=1", "European Commission", ""),
    ],
)
def test_works_of_eu_institutions_with_a_number_have_an_official_address(
    work: str, institution: str, address: str
) -> None:
    found = official_address(work, "mt", institution)
    assert found == (address and f"https://eur-lex.europa.eu/legal-content/MT/TXT/?uri={address}")
    assert "/EN/" in official_address("32021R1057", "und", "")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_needs_nothing_else_and_says_what_the_text_says(language: str) -> None:
    made = sample(language)
    page = html.document_fromstring(to_html(made))
    assert not page.xpath("//script | //img | //link | //iframe | //*[@style] | //@onclick")
    assert "url(" not in str(page.xpath("string(//style)"))
    assert page.get("lang") == language
    said = " ".join(str(page.xpath("string(//body)")).split())
    for line in to_text(made).splitlines():
        bare = " ".join(line.removeprefix("* ").split())
        if bare and bare.strip("=-") and not bare.startswith("https:"):
            assert bare in said
    assert all(len(line) <= WIDTH for line in to_text(made).splitlines() if "://" not in line)


def test_a_template_of_the_workspace_takes_the_place_and_its_faults_are_told(
    tmp_path: Path,
) -> None:
    for number, (name, content) in enumerate(
        [
            ("digest.css", "p { color: red }"),
            ("digest.html.j2", "{{ digest.association }}!"),
            ("digest.html.j2", "a\n{{ nothing }"),
            ("digest.html.j2", "{{ nothing }}"),
        ]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / name).write_text(content, encoding="utf-8")
    assert "color: red" in to_html(sample(), templates=tmp_path / "0")
    assert to_html(sample(), templates=tmp_path / "1") == "Towns of the North!"
    for number, told in ((2, "line 2"), (3, "nothing")):
        with pytest.raises(ConfigError, match=told):
            to_html(sample(), templates=tmp_path / str(number))


def test_the_page_is_well_formed() -> None:
    parser = etree.HTMLParser(recover=False)
    etree.fromstring(to_html(sample()).encode(), parser)
