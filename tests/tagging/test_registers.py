"""Lists of names and codes are told from sentences."""

from __future__ import annotations

import pytest

from pipeline.tagging.registers import Registers


@pytest.mark.parametrize(
    ("text", "word", "listed"),
    [
        (
            "BRAZIL 41178 SOME STUDIO PLC FRANCE 41994 NORTHERN RAILWAY CANADA 38583 X",
            "RAILWAY",
            True,
        ),
        ("‘OILS’ — Oil ‘NGAS’ — Gas ‘RENW’ — Renewable energy ‘COAL’ — Coal", "energy", True),
        ("ON THE SINGLE EUROPEAN RAILWAY AREA", "RAILWAY", False),
        ("The railway — and the tram — were extended in 2019.", "railway", False),
        ("35126 Nordlicht GmbH GERMANY 35389 Railway Services & Co. FRANCE", "Railway", True),
        ("Albanian lek (ALL), Swiss franc (CHF), Czech koruna (CZK)", "Albanian", True),
        ("It repeals 12345 railway rules of Regulation (EC) No 692/2008.", "railway", False),
        ("See https://example.org/rules-for-railway-companies.pdf for more.", "railway", True),
        ("See www.example.org/a for railway companies.", "railway", False),
        ("In 2010 and 2020 the RAILWAY Agency reported on 4000 trains.", "RAILWAY", False),
    ],
)
def test_words_in_a_list_of_names_or_codes_are_told(text: str, word: str, listed: bool) -> None:
    start = text.index(word)
    registers = Registers(text, 0, len(text))
    assert registers.hold(start, start + len(word)) is listed
