"""What a document is called, when it was made, what it is, who made it, and what it cites."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.document import Document
from pipeline.core.spans import Span
from pipeline.description.describe import DescribeStage
from tests.description.papers import paper

describe = DescribeStage()

ACT = """17.5.2019
EN
Official Journal of the European Union
L 130/92
DIRECTIVE (EU) 2019/9790 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
of 17 April 2019
on the quiet of small squares and amending Directive 96/9/EC
(Text with EEA relevance)
THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty, and to Directive 2001/29/EC of 22 May 2001,
"""
COMMUNICATION = """EN EN
EUROPEAN
COMMISSION
Brussels, 11.3.2020
COM(2020) 9098 final
COMMUNICATION FROM THE COMMISSION TO THE EUROPEAN
PARLIAMENT, THE COUNCIL, THE EUROPEAN ECONOMIC AND SOCIAL
COMMITTEE AND THE COMMITTEE OF THE REGIONS
A new plan for squares
For a quieter Europe
{SWD(2020) 9100 final}
1
CONTENTS
1. INTRODUCTION
"""


def _read_from(document: Document, fact: str) -> str:
    """Return the words of the text that tell a fact, or the name of what else tells it."""
    place = document.origins[fact]
    return document.quote(place) if isinstance(place, Span) else place


def test_an_act_is_described_by_its_heading() -> None:
    act = describe(paper(ACT, title="Publications Office", created="2019-05-16"))
    assert act.title == (
        "DIRECTIVE (EU) 2019/9790 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL of 17 April 2019 "
        "on the quiet of small squares and amending Directive 96/9/EC"
    )
    assert (act.date, _read_from(act, "date")) == ("2019-04-17", "17 April 2019")
    assert (act.kind, act.institution) == ("directive", "parliament and council")


def test_only_the_act_itself_is_its_own_reference() -> None:
    act = describe(paper(ACT))
    assert [r.value for r in act.references if r.own] == [
        "OJ L 130, 17.5.2019, p. 92",
        "(EU) 2019/9790",
    ]
    assert {"96/9/EC", "2001/29/EC"} <= {r.value for r in act.references if not r.own}
    assert all(act.quote(r.span) for r in act.references)


def test_a_communication_is_called_what_follows_its_addressees() -> None:
    document = describe(paper(COMMUNICATION))
    assert document.title == "A new plan for squares For a quieter Europe"
    assert (document.date, _read_from(document, "date")) == ("2020-03-11", "11.3.2020")
    assert (document.kind, document.institution) == ("communication", "commission")
    assert [r.value for r in document.references if r.own] == ["COM(2020) 9098"]


@pytest.mark.parametrize(
    ("heading", "kind", "institution"),
    [
        ("COMMISSION DELEGATED REGULATION (EU) 2017/9230\nof 31 May 2017\non squares\n",
         "regulation", "commission"),
        ("RÈGLEMENT (CE) N\no\n9788/2008 DU CONSEIL\ndu 24 juillet 2008\nsur les places\n",
         "regulation", "council"),
        ("VERORDNUNG (EU) 2021/9100 DES EUROPÄISCHEN PARLAMENTS UND DES RATES\n"
         "vom 9. Juni 2021\nüber Plätze\n", "regulation", "parliament and council"),
        ("COMMISSION DECISION\nof 9 December 2008\non squares\n", "decision", "commission"),
        ("Council Regulation (EEC) No 9975/87 of 14 December 1987 on squares\n",
         "regulation", "council"),
        ("Proposal for a\nREGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL\non squares\n",
         "proposal", "parliament and council"),
        ("GREEN PAPER\non squares\n", "green paper", ""),
        ("Corrigendum to Council Directive 2006/9112/EC of 28 November 2006 on squares\n",
         "corrigendum", "council"),
    ],
)  # fmt: skip
def test_headings_tell_kind_and_institution(heading: str, kind: str, institution: str) -> None:
    document = describe(paper(heading + "THE PREAMBLE BEGINS HERE,\nHaving regard to the Treaty\n"))
    assert document.kind == kind
    if kind != "proposal":
        assert document.institution == institution
    assert document.title.lower().endswith(("on squares", "sur les places", "über plätze"))


def test_a_corrigendum_has_not_the_date_of_the_act_that_it_corrects() -> None:
    text = "4.8.2007\nEN\nCorrigendum to Directive 2004/9948/EC of 29 April 2004 on squares\n"
    assert describe(paper(text)).date == "2007-08-04"


def test_a_sentence_that_names_an_act_is_no_heading() -> None:
    text = "Quiet squares\nRegulation (EU) 2021/9947 of 9 June 2021 asks for them. Towns agree.\n"
    document = describe(paper(text))
    assert document.title == "Quiet squares"
    assert not any(reference.own for reference in document.references)


@pytest.mark.parametrize(
    "declared",
    ["Microsoft Word - draft3.doc", "untitled", "squares_final.indd", "20210301", "R57",
     "Publications Office", "A report on something else altogether"],
)  # fmt: skip
def test_a_declared_title_that_is_none_gives_way_to_the_largest_lines(declared: str) -> None:
    text = "Position paper\nQuiet squares\nfor small towns\nTowns want quiet.\n"
    document = describe(paper(text, title=declared, largest_text="Quiet squares\nfor small towns"))
    assert document.title == "Quiet squares for small towns"
    assert document.kind == "position paper"


def test_a_declared_title_that_the_text_bears_out_is_taken() -> None:
    text = "CEMR\nQuiet squares: CEMR position on noise\nTowns want quiet.\n"
    document = describe(paper(text, title="Quiet squares - CEMR position", largest_text="CEMR"))
    assert document.title == "Quiet squares - CEMR position"
    assert (document.kind, document.institution) == ("position paper", "cemr")


def test_the_first_line_that_can_be_a_title_is_the_last_resort() -> None:
    text = "EUROPEAN COMMISSION\nBrussels, 3 May 2021\nTel. +32 22991111\nQuiet squares\nText.\n"
    assert describe(paper(text)).title == "Quiet squares"


def test_a_cover_with_little_on_it_is_read_together_with_the_next_page() -> None:
    document = describe(paper("\n", "EN\n", ACT))
    assert document.title.startswith("DIRECTIVE (EU) 2019/9790")


@pytest.mark.parametrize(
    ("text", "declared", "date", "date_from"),
    [
        ("Quiet squares\nBrussels, 3 May 2021\n", {"created": "2021-06-01"}, "2021-05-03",
         "3 May 2021"),
        ("Quiet squares\nA law of long ago, which was adopted with care on 3 May 2011, says so.\n",
         {"created": "2021-06-01"}, "2021-06-01", "created"),
        ("Quiet squares\nAnswers by 30 June 2021\n", {"created": "2021-06-01"},
         "2021-06-01", "created"),
        ("Quiet squares\nMeeting of 30 June 2021\n", {"created": "2021-06-01"},
         "2021-06-01", "created"),
        ("Quiet squares\nBrussels, 3 May 2021\n", {"date": "2021-05-04"}, "2021-05-04", "declared"),
        ("Quiet squares\n", {}, "", None),
    ],
)  # fmt: skip
def test_a_date_says_where_it_is_from(
    text: str, declared: dict[str, str], date: str, date_from: str | None
) -> None:
    document = describe(paper(text, **declared))
    assert document.date == date
    assert (_read_from(document, "date") if date else None) == date_from


def test_what_is_unknown_stays_empty() -> None:
    document = describe(paper("ooo\n"))
    assert (document.title, document.date, document.kind, document.institution) == ("", "", "", "")
    assert describe(paper()).title == ""


def test_describing_twice_is_describing_once() -> None:
    once = describe(paper(COMMUNICATION, created="2020-03-12"))
    assert describe(once) == once


def test_the_text_and_the_pages_stay_as_they_are(tmp_path: Path) -> None:
    before = paper(ACT, COMMUNICATION)
    after = describe(before)
    assert (after.text, after.pages, after.source) == (before.text, before.pages, before.source)
