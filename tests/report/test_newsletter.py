"""A newsletter lists each main subject once, by pillar, in a layout for its audience."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.core.audience import Audience
from pipeline.core.key_dates import KeyKind
from pipeline.core.tags import Grade
from pipeline.report import agenda
from pipeline.report.newsletter import LISTED_OF_PILLAR, Newsletter, Novelty, build_newsletter
from pipeline.report.newsletter_html import to_html
from pipeline.report.newsletter_labels import newsletter_labels
from pipeline.report.newsletter_text import to_text
from pipeline.report.values import Language
from tests.report.digests import card, proof
from tests.report.hostile import UNSEEN, hostile_texts
from tests.report.sample import VOCABULARY

MAIN, ALSO = Grade.MAIN, Grade.ALSO
KEY_DATE = agenda.Item(
    day="2027-01-15", kind=KeyKind.CONSULTATION, title="Call for evidence", institution="",
    files=(), said=(agenda.Said("Until 15 January.", 3),), work="call", document="call",
    path="/library/call.pdf", language="en", added_at="",
)  # fmt: skip
MEMBERS = """\
What is new for members
1 October to 30 November 2026

2\u00a0new publications on European policies that matter to municipalities and
regions.

Places
======

* Title of data (en)
  CEMR · Position paper · 3 November 2026 · English
  Policy files: Digitalisation, Water legislation

Planet
======

* Title of river (en)
  CEMR · Position paper · 3 November 2026 · English and French
  Policy files: Water legislation
  “Sentence of river-en.”
  Page 4

Key dates
=========

* 15 January 2027: last day for comments (page 3)
  Call for evidence

--\u0020
For members only; please do not pass it on outside your association.
"""


def _letter(
    *novelties: Novelty,
    audience: Audience = Audience.MEMBERS,
    language: Language = "en",
    dates: tuple[agenda.Item, ...] = (),
) -> Newsletter:
    return build_newsletter(
        novelties, VOCABULARY, language=language, audience=audience,
        since=date(2026, 10, 1), until=date(2026, 11, 30), dates=dates,
    )  # fmt: skip


def _sample(audience: Audience, language: Language = "en") -> Newsletter:
    river = card("river"), card("river", language="fr", work="river")
    return _letter(
        Novelty(river, {"water": MAIN, "energy": ALSO}, tuple(map(proof, river))),
        Novelty((card("data"),), {"digital": MAIN, "water": MAIN}),
        Novelty((card("in-part"),), {"water": ALSO}),
        audience=audience,
        language=language,
        dates=(KEY_DATE,) if audience is Audience.MEMBERS else (),
    )


def test_members_read_policy_files_and_days_to_come() -> None:
    assert to_text(_sample(Audience.MEMBERS)) == MEMBERS


def test_the_public_reads_the_same_without_them() -> None:
    told = to_text(_sample(Audience.PUBLIC))
    assert "Policy files" not in told
    assert "Key dates" not in told
    assert "“Sentence of river-en.”\n  Page 4\n" in told


def test_an_issue_in_french_cites_french_versions() -> None:
    told = to_text(_sample(Audience.MEMBERS, "fr"))
    assert "* Title of river (fr)" in told
    assert "«\u00a0Sentence of river-fr.\u00a0»" in told
    assert "du 1er octobre au 30 novembre 2026" in told
    say = newsletter_labels("fr")
    assert say.subject_of(_sample(Audience.MEMBERS, "fr")).startswith(
        "Les nouveautés pour les membres : du 1er octobre"
    )


def test_an_issue_without_news_says_so() -> None:
    assert "Nothing new in this period." in to_text(_letter())
    assert "Nothing new in this period." in to_html(_letter())


def test_a_long_chapter_is_cut_and_the_rest_counted() -> None:
    many = [Novelty((card(f"n{n:02}"),), {"water": MAIN}) for n in range(LISTED_OF_PILLAR + 3)]
    letter = _letter(*many)
    assert (len(letter.chapters[0].items), letter.works) == (LISTED_OF_PILLAR, len(many))
    assert "3\u00a0more publications, not listed" in to_html(letter)
    assert "3\u00a0more publications, not listed" in to_text(letter)


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.MEMBERS])
def test_the_page_says_what_the_text_says_and_needs_nothing_else(audience: Audience) -> None:
    letter = _sample(audience)
    page = html.document_fromstring(to_html(letter))
    assert not page.xpath("//script | //img | //link | //iframe | //*[@style]")
    said = " ".join(str(page.xpath("string(//body)")).split())
    for line in to_text(letter).splitlines():
        bare = " ".join(line.removeprefix("* ").split())
        if bare.strip("=-"):
            assert bare in said


def test_each_layout_can_be_the_workspaces_own(tmp_path: Path) -> None:
    (tmp_path / "newsletter-public.html.j2").write_text("{{ letter.works }} new", encoding="utf-8")
    assert to_html(_sample(Audience.PUBLIC), templates=tmp_path) == "2 new"
    assert "Policy files" in to_html(_sample(Audience.MEMBERS), templates=tmp_path)


@given(hostile_texts, hostile_texts, st.sampled_from([Audience.PUBLIC, Audience.MEMBERS]))
def test_hostile_texts_are_no_markup(title: str, said: str, audience: Audience) -> None:
    one = card(title=title, institution=said, kind=title)
    hurting = replace(proof(one), text=said)
    letter = _letter(Novelty((one,), {"water": MAIN}, (hurting,)), audience=audience)
    page = to_html(letter)
    assert not UNSEEN.search(page + to_text(letter))
    tags = {str(element.tag) for element in html.document_fromstring(page).iter()}
    assert not tags & {"script", "img", "iframe", "form"}
