"""Legal references: one canonical form for the notations of all languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.references import Scheme, act_year_and_number, canonical, find_references


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("COM(2020) 98 final", "COM(2020) 98"),
        ("COM (2020) 98", "COM(2020) 98"),
        ("COM/2020/0098 final", "COM(2020) 98"),
        ("SWD(2022)541", "SWD(2022) 541"),
        ("JOIN(2020) 17", "JOIN(2020) 17"),
        ("2022/0345(COD)", "2022/0345(COD)"),
        ("2022/0345 (COD)", "2022/0345(COD)"),
        ("CELEX: 32008L0098", "32008L0098"),
        ("Directive 91/271/EEC", "91/271/EEC"),
        ("directive 91/271/CEE", "91/271/EEC"),
        ("Richtlinie 91/271/EWG", "91/271/EEC"),
        ("rådets direktiv 91/271/EEG", "91/271/EEC"),
        ("οδηγία 91/271/ΕΟΚ", "91/271/EEC"),
        ("Директива 91/271/ЕИО", "91/271/EEC"),
        ("Directive 2012/27/EU", "2012/27/EU"),
        ("directive 2012/27/UE", "2012/27/EU"),
        ("směrnice 2012/27/EU", "2012/27/EU"),
        ("Directive 2000/60/EC", "2000/60/EC"),
        ("směrnice 2000/60/ES", "2000/60/EC"),
        ("Regulation (EU) 2018/1999", "(EU) 2018/1999"),
        ("règlement (UE) 2018/1999", "(EU) 2018/1999"),
        ("règlement (UE) n° 651/2014", "(EU) 651/2014"),
        ("Regulation (EU) No 651/2014", "(EU) 651/2014"),
        ("Verordnung (EG) Nr. 1907/2006", "(EC) 1907/2006"),
        ("rozporządzenie (WE) nr 1907/2006", "(EC) 1907/2006"),
        ("Regulation (EU, Euratom) 2020/2093", "(EU) 2020/2093"),
        # Bulgarian and Greek, with letters of their own or Latin ones that look alike
        ("Регламент (ЕС) 2021/1057", "(EU) 2021/1057"),
        ("Регламент (EС) 2021/1057", "(EU) 2021/1057"),
        ("Регламент (ЕО) № 765/2008", "(EC) 765/2008"),
        ("κανονισμός (ΕΕ) αριθ. 1215/2012", "(EU) 1215/2012"),
        ("κανονισμός (ΕE) 2021/1057", "(EU) 2021/1057"),
        ("οδηγία 2008/98/ΕΚ", "2008/98/EC"),
        ("asetus (EU) N:o 1215/2012", "(EU) 1215/2012"),
        ("direktiivi 2008/98/EY", "2008/98/EC"),
        ("määrus (EL) 2019/1020", "(EU) 2019/1020"),
        ("määrus (EÜ) nr 765/2008", "(EC) 765/2008"),
        ("regula (ES) Nr. 305/2011", "(EU) 305/2011"),
        ("Direktīva 2008/98/EK", "2008/98/EC"),
        ("reglamentas (EB) Nr. 765/2008", "(EC) 765/2008"),
        ("nariadenie (EÚ) č. 1215/2012", "(EU) 1215/2012"),
        ("Uredba (EZ) br. 765/2008", "(EC) 765/2008"),
        ("Regolament (KE) Nru 765/2008", "(EC) 765/2008"),
        ("Rialachán (AE) Uimh. 1215/2012", "(EU) 1215/2012"),
        ("Reglamento (UE) n.º 1215/2012", "(EU) 1215/2012"),
        ("RÈGLEMENT (CE) N\no\n603/2005", "(EC) 603/2005"),
        ("az 1215/2012/EU európai parlamenti és tanácsi rendelet", "(EU) 1215/2012"),
        ("az 1386/2013/EU határozat", "1386/2013/EU"),
        ("Decision No 1386/2013/EU", "1386/2013/EU"),
        ("Regulation No 936/66/EEC", "936/66/EEC"),
        ("décision-cadre 2002/584/JAI", "2002/584/JHA"),
        ("Beschluss (GASP) 2020/1999", "(CFSP) 2020/1999"),
        # Papers of the Commission
        ("KOM(2020) 652 endgültig", "COM(2020) 652"),
        ("КОМ(2020) 652 окончателен", "COM(2020) 652"),
        ("SEK(2008) 2501", "SEC(2008) 2501"),
        ("K(2008) 7294", "C(2008) 7294"),
        # The Official Journal
        ("OJ L 123, 4.5.2021, p. 1", "OJ L 123, 4.5.2021, p. 1"),
        ("JO L 123 du 4.5.2021, p. 1", "OJ L 123, 4.5.2021, p. 1"),
        ("ABl. L 123 vom 4.5.2021, S. 1", "OJ L 123, 4.5.2021, p. 1"),
        ("GU L 123 del 4.5.2021, pag. 1", "OJ L 123, 4.5.2021, p. 1"),
        ("HL L 123., 2021.5.4., 1. o.", "OJ L 123, 4.5.2021, p. 1"),
        ("OL L 123, 2021 5 4, p. 1", "OJ L 123, 4.5.2021, p. 1"),
        ("OV L 123, 4.5.2021., 1. lpp.", "OJ L 123, 4.5.2021, p. 1"),
        ("ОВ L 123, 4.5.2021 г., стр. 1", "OJ L 123, 4.5.2021, p. 1"),
        ("ΕΕ L 123 της 4.5.2021, σ. 1", "OJ L 123, 4.5.2021, p. 1"),
        ("OJ C 123 E, 4.5.2021, p. 1", "OJ C 123E, 4.5.2021, p. 1"),
        ("OJ L, 2024/1348, 22.5.2024", "OJ L, 2024/1348"),
        ("http://data.europa.eu/eli/reg/2024/1348/oj", "eli/reg/2024/1348"),
        # The Council, the Parliament, the committees
        ("ST 12345/21", "ST 12345/21"),
        ("ST 12345/21 INIT", "ST 12345/21"),
        ("12345/1/21 REV 1", "ST 12345/21 REV 1"),
        ("12345/21 ADD 1 REV 2", "ST 12345/21 ADD 1 REV 2"),
        ("PE-CONS 12/21", "PE-CONS 12/21"),
        ("PE 123.456v01-00", "PE 123.456v01-00"),
        ("A9-0123/2021", "A9-0123/2021"),
        ("P9_TA(2021)0123", "P9_TA(2021)0123"),
        ("CdR 1234/2020", "COR-2020-01234"),
        ("COR-2020-01234-00-00-AC-TRA", "COR-2020-01234"),
        ("CESE 1234/2020", "EESC-2020-01234"),
        # CELEX numbers of corrigenda and of consolidated texts
        ("32014L0065R(05)", "32014L0065R(05)"),
        ("02018R1999-20231120", "02018R1999-20231120"),
    ],
)
def test_a_reference_has_one_form_in_every_notation(text: str, value: str) -> None:
    assert canonical(text) == value


@pytest.mark.parametrize(
    "text",
    ["24/7/EUR", "on 12/10/2021", "pages 3/4", "Act 5(2)", "COM port 3", "1/2/3/EU", "EC 12",
     "K 2008 7294", "12345/21 was paid", "ISO 9001/2015", "class L 12, 4 of 5", "OPE 123.456"],
)  # fmt: skip
def test_what_only_looks_like_a_reference_is_none(text: str) -> None:
    assert find_references(text) == []


def test_references_come_in_order_with_their_places() -> None:
    text = "See COM(2020) 98, Directive 91/271/EEC and 2022/0345(COD)."
    found = find_references(text)
    assert [(r.scheme, r.span.of(text)) for r in found] == [
        (Scheme.DOCUMENT, "COM(2020) 98"),
        (Scheme.ACT, "91/271/EEC"),
        (Scheme.PROCEDURE, "2022/0345(COD)"),
    ]


def test_only_the_part_asked_for_is_searched() -> None:
    text = "COM(2020) 98 and COM(2021) 55"
    assert [r.value for r in find_references(text, start=13)] == ["COM(2021) 55"]
    assert [r.value for r in find_references(text, end=13)] == ["COM(2020) 98"]


@given(st.text())
def test_any_text_is_searched_without_error(text: str) -> None:
    for reference in find_references(text):
        assert reference.span.of(text)


@pytest.mark.parametrize(
    ("value", "year", "number"),
    [
        ("91/271/EEC", 1991, 271),
        ("2000/60/EC", 2000, 60),
        ("(EC) 1907/2006", 2006, 1907),
        ("(EC) 1999/2006", 2006, 1999),
        ("(EEC) 1017/68", 1968, 1017),
        ("(EU) 2018/1999", 2018, 1999),
        ("1386/2013/EU", 2013, 1386),
    ],
)
def test_an_act_has_a_year_and_a_number_whichever_stands_first(
    value: str, year: int, number: int
) -> None:
    assert act_year_and_number(value) == (year, number)


@given(st.text(alphabet="COM(2021) /EU9387-JSWD,.pPELTR_A", max_size=40))
def test_a_canonical_form_is_its_own_canonical_form(text: str) -> None:
    for reference in find_references(text):
        assert canonical(f" {reference.value} ") == reference.value
