"""Legal references: one canonical form for the notations of all languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.references import Scheme, canonical, find_references


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
    ],
)
def test_a_reference_has_one_form_in_every_notation(text: str, value: str) -> None:
    assert canonical(text) == value


@pytest.mark.parametrize(
    "text",
    ["24/7/EUR", "on 12/10/2021", "pages 3/4", "Act 5(2)", "COM port 3", "1/2/3/EU", "EC 12"],
)
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


@given(st.text(alphabet="COM(2021) /EU9387-JSWD", max_size=40))
def test_a_canonical_form_is_its_own_canonical_form(text: str) -> None:
    for reference in find_references(text):
        assert canonical(f" {reference.value} ") == reference.value
