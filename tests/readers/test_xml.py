"""XML: Formex, Akoma Ntoso, notices, and any other by its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.document import Document, Table
from pipeline.core.errors import DocumentError
from pipeline.readers.xml import XmlReader
from tests.readers.sources import source_of

ACT = """<ACT><BIB.INSTANCE><DATE ISO="20210301">20210301</DATE><LG.DOC>EN</LG.DOC></BIB.INSTANCE>
<TITLE><TI><P><HT TYPE="UC">Regulation</HT> (EU) 2021/1</P><P>of<DATE ISO="20210224">24 February
2021</DATE>on towns</P></TI></TITLE>
<ENACTING.TERMS><DIVISION><TITLE><TI><P>CHAPTER I</P></TI><STI><P><HT TYPE="BOLD">General</HT></P>
</STI></TITLE><ARTICLE><TI.ART>Article 1</TI.ART><STI.ART>Scope</STI.ART>
<PARAG><NO.PARAG>1.</NO.PARAG><ALINEA><P>It covers H<HT TYPE="SUB">2</HT>O<NOTE><P>Water.</P></NOTE>
and:</P><LIST><ITEM><NP><NO.P>(a)</NO.P><TXT><QUOT.START CODE="2018"/>towns<QUOT.END CODE="2019"/>
</TXT></NP></ITEM></LIST></ALINEA></PARAG></ARTICLE></DIVISION>
<TBL><CORPUS><ROW><CELL>Fund</CELL><CELL>Share</CELL></ROW><ROW><CELL>ERDF</CELL><CELL>41</CELL>
</ROW></CORPUS></TBL></ENACTING.TERMS></ACT>"""
AKN = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><meta>
<identification><FRBRExpression><FRBRdate date="2021-02-24"/><FRBRlanguage language="fra"/>
</FRBRExpression></identification></meta><preface><p><docTitle>Règlement des villes</docTitle></p>
</preface><body><chapter><num>CHAPITRE I</num><heading>Généralités</heading><article>
<num>Article 1</num><heading>Objet</heading><paragraph><num>1.</num><content><p>Il concerne les
<b>villes</b><authorialNote><p>Et les communes.</p></authorialNote>.</p></content></paragraph>
</article></chapter></body></act></akomaNtoso>"""
NOTICE = """<NOTICE><WORK><URI><VALUE>http://x/1</VALUE></URI><WORK_DATE_DOCUMENT><VALUE>2018-05-28
</VALUE><YEAR>2018</YEAR></WORK_DATE_DOCUMENT><RESOURCE_LEGAL_ID_CELEX><VALUE>52018PC0340</VALUE>
</RESOURCE_LEGAL_ID_CELEX><WORK_IS_ABOUT_CONCEPT_EUROVOC><URI><VALUE>http://x/2</VALUE></URI>
<PREFLABEL>plastics</PREFLABEL></WORK_IS_ABOUT_CONCEPT_EUROVOC></WORK><EXPRESSION><EXPRESSION_TITLE>
<VALUE>Proposal on plastics</VALUE></EXPRESSION_TITLE></EXPRESSION></NOTICE>"""


def _read(path: Path, markup: str) -> Document:
    file = path / "a.xml"
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>{markup}', encoding="utf-8")
    return XmlReader().read(source_of(file))


def _headings(document: Document) -> list[tuple[int, str]]:
    return [(heading.level, document.quote(heading.span)) for heading in document.headings]


def test_an_act_in_formex_is_read(tmp_path: Path) -> None:
    document = _read(tmp_path, ACT)
    assert document.text == (
        "REGULATION (EU) 2021/1\n\nof 24 February 2021 on towns\n\nCHAPTER I General\n\n"
        "Article 1 Scope\n\n1. It covers H2O and:\n\n(a) ‘towns’\n\nFund  Share\nERDF  41\n\n"
        "1 Water.\n"
    )
    assert _headings(document) == [(1, "CHAPTER I General"), (2, "Article 1 Scope")]
    assert document.pages[0].layout.tables == (Table((("Fund", "Share"), ("ERDF", "41"))),)
    assert document.declared == {
        "title": "REGULATION (EU) 2021/1 of 24 February 2021 on towns",
        "date": "2021-02-24",
        "language": "en",
    }


@pytest.mark.parametrize(("numbers", "pages"), [((2, 3), 3), ((2, 9), 1)])
def test_formex_pages_are_kept_where_all_are_told(
    numbers: tuple[int, ...], pages: int, tmp_path: Path
) -> None:
    marks = "".join(f"<?PAGE NO='{number}'?><P>on {number}</P>" for number in numbers)
    markup = f"<CONS.ACT><BIB.INSTANCE/><P>on 1</P>{marks}</CONS.ACT>"
    assert len(_read(tmp_path, markup).pages) == pages


def test_a_consolidated_act_declares_its_celex_number(tmp_path: Path) -> None:
    markup = (
        '<CONS.ACT><INFO.CONSLEG CONSLEG.REF="2009R0810" START.DATE="20200202"/><BIB.INSTANCE/>'
        "<P>text</P></CONS.ACT>"
    )
    assert _read(tmp_path, markup).declared["celex"] == "02009R0810-20200202"


def test_an_act_in_akoma_ntoso_is_read(tmp_path: Path) -> None:
    document = _read(tmp_path, AKN)
    assert document.text == (
        "Règlement des villes\n\nCHAPITRE I Généralités\n\nArticle 1 Objet\n\n"
        "1. Il concerne les villes.\n\n1 Et les communes.\n"
    )
    assert _headings(document) == [(1, "CHAPITRE I Généralités"), (2, "Article 1 Objet")]
    assert document.declared == {
        "title": "Règlement des villes",
        "date": "2021-02-24",
        "language": "fr",
    }


def test_a_notice_is_names_and_values_without_addresses(tmp_path: Path) -> None:
    document = _read(tmp_path, NOTICE)
    assert document.text == (
        "expression title: Proposal on plastics\nwork date document: 2018-05-28\n"
        "resource legal id celex: 52018PC0340\nwork is about concept eurovoc: plastics\n"
    )
    assert document.declared == {
        "title": "Proposal on plastics",
        "date": "2018-05-28",
        "celex": "52018PC0340",
    }


def test_any_other_xml_is_read_by_its_words(tmp_path: Path) -> None:
    markup = "<r><item><name>Lyon</name><size>9</size></item><p>A <b>bold</b> word.</p></r>"
    assert _read(tmp_path, markup).text == "Lyon\n9\nA bold word.\n"


def test_xhtml_under_an_xml_root_is_read_as_a_page(tmp_path: Path) -> None:
    markup = "<!-- a --><x:html xmlns:x='http://www.w3.org/1999/xhtml'><x:p>word</x:p></x:html>"
    assert _read(tmp_path, markup).text == "word\n"


def test_a_wide_element_takes_no_quadratic_time(tmp_path: Path) -> None:
    # 100,000 elements: hours if each looked at all of its neighbours.
    assert _read(tmp_path, f"<r>{'<a>x</a>' * 100_000}</r>").text.count("x") == 100_000


def test_xml_that_is_not_well_formed_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"damaged.*line 2"):
        _read(tmp_path, "<r>\n<a></r>")
