"""The work that a document's own numbers name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.core.document import Document
from pipeline.description.describe import DescribeStage
from pipeline.description.own_work import own_work
from tests.description.papers import paper

describe = DescribeStage()


def _work(text: str, path: str = "/library/paper.pdf") -> str:
    document: Document = paper(text)
    return own_work(describe(replace(document, source=replace(document.source, path=path))))


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("REGULATION (EU) 2021/9057 OF THE COUNCIL\nof 24 June 2021\non squares\n", "32021R9057"),
        ("RÈGLEMENT (UE) 2021/9057 DU CONSEIL\ndu 24 juin 2021\nsur les places\n", "32021R9057"),
        ("RÈGLEMENT (CE) N\no\n963/2005 DU CONSEIL\ndu 12 avril 2005\nsur\n", "32005R0963"),
        ("Council Directive 75/917/EEC of 10 February 1975 on squares\n", "31975L0917"),
        ("REGULATION No 919/65/EEC OF THE COUNCIL\nof 2 March 1965\non squares\n", "31965R0919"),
        ("31968D9017\nDecision of the Council on squares\n", "31968D9017"),
        ("02018R9999 — EN — 20.11.2023 — 006.001\nSquares\n", "32018R9999"),
        ("COM(2021) 9001 final\nQuiet squares\n", "COM(2021) 9001"),
        ("SWD(2021) 9001 final\nPART 2/3\nQuiet squares\n", "SWD(2021) 9001 part 2 3"),
        ("COM(2021) 9001 final\nANNEXES 1 to 4\nQuiet squares\n", "COM(2021) 9001 annex 1 4"),
        ("COM(2021) 9001 final\nANNEXE\nPlaces\n", "COM(2021) 9001 annex"),
        ("PE-CONS 36/23\n2021/0218 (COD)\nQuiet squares\n", "PE-CONS 36/23"),
        ("Quiet squares\nA paper on COM(2021) 9001 and Directive 2008/9098/EC.\n", ""),
    ],
)
def test_the_own_number_names_the_work(text: str, work: str) -> None:
    assert _work(text) == work


def test_a_corrigendum_is_another_work_than_its_act_and_than_that_of_another_day() -> None:
    text = "{}\nCorrigendum to Regulation (EU) 2021/9057 of 24 June 2021 on squares\n"
    first, second = _work(text.format("4.8.2021")), _work(text.format("5.8.2022"))
    assert "" not in (first, second)
    assert len({first, second, "32021R9057"}) == 3
    assert _work("5.8.2022\nRectificatif au règlement (UE) 2021/9057 du 24 juin 2021\n") == second


@pytest.mark.parametrize(
    ("name", "work"),
    [
        ("CELEX_32021R9057_FR_TXT.pdf", "32021R9057"),
        ("32021r9057.bg.txt", "32021R9057"),
        ("summary of 32021R9057.pdf", ""),
        ("32021R9057 opinion of the region.pdf", ""),
    ],
)
def test_a_file_saved_from_eur_lex_is_known_by_its_name(name: str, work: str) -> None:
    assert _work("An extract without a heading.\n", f"/library/{name}") == work


def test_the_text_tells_before_the_name_of_the_file() -> None:
    text = "REGULATION (EU) 2021/9057 OF THE COUNCIL\nof 24 June 2021\non squares\n"
    assert _work(text, "/library/32019R9150.en.txt") == "32021R9057"
