"""The Word document of a report: real headings, languages, pages, links; nothing that acts."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given

from pipeline.report.labels import labels
from pipeline.report.render import render
from pipeline.report.values import Language, Report
from tests.report.hostile import UNSEEN, hostile_reports
from tests.report.sample import sample_report


def _read(report: Report) -> Any:
    return Document(io.BytesIO(render(report, fmt="docx")))


def _texts(document: Any) -> list[str]:
    return ["".join(t.text or "" for t in p._p.iter(qn("w:t"))) for p in document.paragraphs]


def _links(document: Any) -> list[str]:
    return [r.target_ref for r in document.part.rels.values() if r.is_external]


@given(hostile_reports())
def test_hostile_text_is_only_text_in_a_word_document(report: Report) -> None:
    document = _read(report)
    texts = _texts(document)
    assert not UNSEEN.search("".join(texts))
    assert all(link.startswith("file:///") for link in _links(document))
    fields = [
        f.get(qn("w:instr")) for f in document.sections[0].footer._element.iter(qn("w:fldSimple"))
    ]
    assert fields == ["PAGE", "NUMPAGES"]
    for element in document.element.iter():
        assert element.tag not in (qn("w:fldSimple"), qn("w:instrText"), qn("w:object"))
    plain = [_spaced(text) for text in texts]
    for entry in report.entries:
        assert _spaced(entry.title) in plain
        assert all(any(_spaced(q.text) in text for text in plain) for q in entry.quotes)
    cells = [cell.text for table in document.tables for cell in table.columns[0].cells]
    assert [trouble.name for trouble in report.failures] == cells[1:]


def _spaced(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_headings_are_real_ones_in_their_order(language: Language) -> None:
    document, words = _read(sample_report(language)), labels(language)
    heads = [(p.style.name, p.text) for p in document.paragraphs if "ing" in p.style.name]
    assert document.paragraphs[0].style.name == "Title"
    levels = [int(name[-1]) for name, _ in heads]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [text for name, text in heads if name == "Heading 1"] == [
        words.contents, *(s.subject.file.name for s in sample_report(language).sections),
        words.shared_works, words.waiting, words.failures, words.notes,
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("fr", "fr-FR")])
def test_document_says_its_language_and_each_quote_its_own(language: Language, locale: str) -> None:
    document = _read(sample_report(language))
    assert document.core_properties.language == locale
    default = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == locale
    [quote] = [
        p for p in document.paragraphs if "District heating" in p.text and "Quote" in p.style.name
    ]
    spoken = {lang.get(qn("w:val")) for lang in quote._p.iter(qn("w:lang"))}
    assert spoken == {"en-GB"}


def test_cover_says_period_and_counts() -> None:
    texts = _texts(_read(sample_report("en")))
    assert texts[:4] == [
        "Planet expert group",
        "What is new: 1–31 March 2021",
        "4\u00a0publications · 5\u00a0documents · 10\u00a0pages · 1\u00a0to review · "
        "2\u00a0documents that could not be read",
        "Nothing new on: COP26",
    ]


def test_links_lead_to_pages_and_contents_to_headings() -> None:
    document = _read(sample_report("en"))
    assert "file:///library/2021/water%20paper.pdf#page=2" in _links(document)
    anchors = {link.get(qn("w:anchor")) for link in document.element.iter(qn("w:hyperlink"))} - {
        None
    }
    names = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    assert anchors == names == {"file_water", "file_energy", "file_cop26", "file_mobility"}
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in names)


def test_page_is_a4_and_a_tables_head_is_repeated() -> None:
    document = _read(sample_report("en"))
    [section] = document.sections
    assert abs(section.page_width - Mm(210)) < Mm(1)
    assert abs(section.page_height - Mm(297)) < Mm(1)
    [table] = document.tables
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert len(table.rows) == 3
