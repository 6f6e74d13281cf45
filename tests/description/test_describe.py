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


_REGULATIONS = """\
bg РЕГЛАМЕНТ (ЕС) 2021/9057 НА ЕВРОПЕЙСКИЯ ПАРЛАМЕНТ И НА СЪВЕТА|от 24 юни 2021 година
cs NAŘÍZENÍ EVROPSKÉHO PARLAMENTU A RADY (EU) 2021/9057|ze dne 24. června 2021
da EUROPA-PARLAMENTETS OG RÅDETS FORORDNING (EU) 2021/9057|af 24. juni 2021
de VERORDNUNG (EU) 2021/9057 DES EUROPÄISCHEN PARLAMENTS UND DES RATES|vom 24. Juni 2021
el ΚΑΝΟΝΙΣΜΟΣ (ΕΕ) 2021/9057 ΤΟΥ ΕΥΡΩΠΑΪΚΟΥ ΚΟΙΝΟΒΟΥΛΙΟΥ ΚΑΙ ΤΟΥ ΣΥΜΒΟΥΛΙΟΥ|της 24ης Ιουνίου 2021
en REGULATION (EU) 2021/9057 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL|of 24 June 2021
es REGLAMENTO (UE) 2021/9057 DEL PARLAMENTO EUROPEO Y DEL CONSEJO|de 24 de junio de 2021
et EUROOPA PARLAMENDI JA NÕUKOGU MÄÄRUS (EL) 2021/9057,|24. juuni 2021,
fi EUROOPAN PARLAMENTIN JA NEUVOSTON ASETUS (EU) 2021/9057,|annettu 24 päivänä kesäkuuta 2021,
fr RÈGLEMENT (UE) 2021/9057 DU PARLEMENT EUROPÉEN ET DU CONSEIL|du 24 juin 2021
ga RIALACHÁN (AE) 2021/9057 Ó PHARLAIMINT NA hEORPA AGUS ÓN gCOMHAIRLE|an 24 Meitheamh 2021
hr UREDBA (EU) 2021/9057 EUROPSKOG PARLAMENTA I VIJEĆA|od 24. lipnja 2021.
hu AZ EURÓPAI PARLAMENT ÉS A TANÁCS (EU) 2021/9057 RENDELETE|(2021. június 24.)
it REGOLAMENTO (UE) 2021/9057 DEL PARLAMENTO EUROPEO E DEL CONSIGLIO|del 24 giugno 2021
lt EUROPOS PARLAMENTO IR TARYBOS REGLAMENTAS (ES) 2021/9057|2021 m. birželio 24 d.
lv EIROPAS PARLAMENTA UN PADOMES REGULA (ES) 2021/9057|(2021. gada 24. jūnijs)
mt REGOLAMENT (UE) 2021/9057 TAL-PARLAMENT EWROPEW U TAL-KUNSILL|tal-24 ta’ Ġunju 2021
nl VERORDENING (EU) 2021/9057 VAN HET EUROPEES PARLEMENT EN DE RAAD|van 24 juni 2021
pl ROZPORZĄDZENIE PARLAMENTU EUROPEJSKIEGO I RADY (UE) 2021/9057|z dnia 24 czerwca 2021 r.
pt REGULAMENTO (UE) 2021/9057 DO PARLAMENTO EUROPEU E DO CONSELHO|de 24 de junho de 2021
ro REGULAMENTUL (UE) 2021/9057 AL PARLAMENTULUI EUROPEAN ȘI AL CONSILIULUI|din 24 iunie 2021
sk NARIADENIE EURÓPSKEHO PARLAMENTU A RADY (EÚ) 2021/9057|z 24. júna 2021
sl UREDBA (EU) 2021/9057 EVROPSKEGA PARLAMENTA IN SVETA|z dne 24. junija 2021
sv EUROPAPARLAMENTETS OCH RÅDETS FÖRORDNING (EU) 2021/9057|av den 24 juni 2021
"""


@pytest.mark.parametrize("line", _REGULATIONS.splitlines())
def test_the_heading_of_a_regulation_is_understood_in_every_language(line: str) -> None:
    heading, date = line[3:].split("|")
    document = describe(paper(f"I\n{heading}\n{date}\nxyzzy plugh 12\n"))
    assert (document.kind, document.date) == ("regulation", "2021-06-24")
    assert [r.value for r in document.references if r.own] == ["(EU) 2021/9057"]
    assert document.institution == "parliament and council"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("COM(2020) 9098 final", "COM(2020) 9098"),
        ("PE 754.623 – November 2023", "PE 754.623"),
        ("12345/1/21 REV 1", "ST 12345/21 REV 1"),
        ("PE-CONS 36/23", "PE-CONS 36/23"),
        ("COR-2020-01234-00-00-AC-TRA", "COR-2020-01234"),
    ],
)
def test_a_number_alone_on_a_line_of_the_masthead_is_the_documents_own(
    line: str, value: str
) -> None:
    document = describe(paper(f"Brussels, 3 May 2021\n{line}\nQuiet squares\nTowns want quiet.\n"))
    assert [r.value for r in document.references if r.own] == [value]


def test_a_number_beside_others_in_braces_is_that_of_another_paper() -> None:
    text = "COM(2021) 9001 final\nQuiet squares\n{SWD(2021) 9002 final}\n"
    document = describe(paper(text))
    assert [r.value for r in document.references if r.own] == ["COM(2021) 9001"]


def test_the_masthead_of_the_official_journal_says_where_an_act_was_published() -> None:
    old = describe(paper("4.8.2007\nEN\nOfficial Journal of the European Union\nL 204/27\nText\n"))
    new = describe(paper("Official Journal\nEN\nL series\n2024/9348\n22.5.2024\nText\n"))
    assert [r.value for r in old.references if r.own] == ["OJ L 204, 4.8.2007, p. 27"]
    assert [r.value for r in new.references if r.own] == ["OJ L, 2024/9348"]


def test_every_fact_says_where_it_was_read() -> None:
    act = describe(paper(ACT, title="Publications Office"))
    assert set(act.origins) == {"title", "date", "kind", "institution"}
    assert " ".join(_read_from(act, "title").split()) == act.title
    assert _read_from(act, "kind").startswith("DIRECTIVE (EU) 2019/9790")
    declared = describe(paper("CEMR\nQuiet squares\n", title="Quiet squares", created="2021-01-02"))
    assert (_read_from(declared, "title"), _read_from(declared, "date")) == ("declared", "created")
    assert _read_from(declared, "institution") == "CEMR"


def test_a_corrigendum_names_the_issue_of_its_act_but_bears_the_day_of_its_own() -> None:
    text = (
        "Corrigendum to Directive 2014/9024/EU of 26 February 2014 on squares\n"
        "(\nOfficial Journal of the European Union L 94 of 28 March 2014\n)\n3.11.2023\n"
    )
    assert describe(paper(text)).date == "2023-11-03"
