"""Each format says what the report says, and nothing out of a document can do harm in it."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.core.tags import Grade
from pipeline.report.english import ENGLISH
from pipeline.report.json import from_json
from pipeline.report.model import build_report
from pipeline.report.phrases import address
from pipeline.report.render import (
    ENCODINGS,
    FORMATS,
    TEXT_FORMATS,
    Format,
    TextFormat,
    as_file,
    render,
)
from pipeline.report.values import Language, Report, Version
from tests.report.hostile import hostile_reports
from tests.report.pdfs import formats
from tests.report.sample import (
    MADE_AT,
    PLANET,
    SINCE,
    UNTIL,
    VOCABULARY,
    Proof,
    extracts,
    paper,
    sample_report,
)

CSS = Path(__file__).parents[2] / "pipeline" / "report" / "templates" / "report.css"


def _parsed(page: str) -> etree._Element:
    # libxml2 reads HTML as browsers do, but for elements that are younger than it is.
    return html.document_fromstring(page)


@given(hostile_reports())
def test_hostile_text_is_no_markup_in_html(report: Report) -> None:
    page = render(report, fmt="html")
    page.encode("utf-8")
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", page
    )
    root = _parsed(page)
    for element in root.iter():
        assert element.tag not in (
            "script",
            "img",
            "iframe",
            "object",
            "b",
            "link",
            "form",
            "input",
        )
        assert not [name for name in element.attrib if str(name).startswith("on")]
    for link in root.iter("a"):
        assert link.get("href", "").startswith(("#", "file:///", "mailto:"))
    (entry,) = report.sections[0].main
    titles = [" ".join(e.text_content().split()) for e in root.iter("h3")]
    assert " ".join(entry.title.split()) in titles
    shown = [_spaced(e.text_content()) for e in root.iter("blockquote")]
    said = [quote for section in report.sections for e in section.main for quote in e.quotes]
    assert len(shown) == len(said)
    for blockquote, quote in zip(shown, said, strict=True):
        assert _spaced(quote.text) in blockquote


def _spaced(text: str) -> str:
    return " ".join(text.split())


class _Trusting(MarkdownIt):
    """Markdown that follows every link, "file:" too, which many switch off."""

    def validateLink(self, url: str) -> bool:
        return True


@given(hostile_reports(), st.sampled_from([MarkdownIt, _Trusting]))
def test_hostile_text_is_no_markup_in_markdown(report: Report, reader: type[MarkdownIt]) -> None:
    text = render(report, fmt="md")
    text.encode("utf-8")
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text
    )
    parser = reader("commonmark").enable(["table", "strikethrough"])
    tokens = list(_flat(parser.parse(text)))
    kinds = {token.type for token in tokens}
    assert not kinds & {"html_block", "html_inline", "image", "code_inline", "fence", "code_block"}
    assert not kinds & {"em_open", "s_open", "table_open", "hr", "ordered_list_open"}
    for token in tokens:
        if token.type == "link_open":
            assert str(token.attrs["href"]).startswith("file:///")
    if reader is _Trusting:
        quotes = [
            quote
            for version, quote in [
                *((entry.cited, quote) for entry in report.entries for quote in entry.quotes),
                *((one.version, q) for one in report.waiting.questions for q in one.quotes),
            ]
            if address(version, quote.page)
        ]
        assert sum(token.type == "link_open" for token in tokens) == len(quotes)
    # A heading for the group, the contents, each section and entry, and four for the annexes.
    entries = sum(len(section.main) for section in report.sections)
    heads = sum(token.type == "heading_open" for token in tokens)
    assert heads == 1 + 1 + len(report.sections) + entries + 4 + bool(report.past)
    shown = "\n".join(_spaced(t.content) for t in tokens if t.type == "text_of_line")
    for section in report.sections:
        for entry in section.main:
            assert _spaced(entry.title) in shown
            assert all(_spaced(quote.text) in shown for quote in entry.quotes)


@pytest.mark.parametrize("title", ["---", "- a", "+ a", "1. a", "12) a", "= a", "# a"])
def test_title_that_begins_an_item_begins_no_list_or_line_of_its_own(title: str) -> None:
    doubt = Proof("water", (("Water.", "Water"),), grade=Grade.REVIEW, score=0.2)
    also = replace(doubt, file="energy", grade=Grade.ALSO)
    report = build_report(
        PLANET, extracts([paper(doubt, also, title=title)]), VOCABULARY, since=SINCE, until=UNTIL,
        failures=[], language="en", made_at=MADE_AT,
    )  # fmt: skip
    tokens = list(_flat(MarkdownIt("commonmark").parse(render(report, fmt="md"))))
    kinds = [token.type for token in tokens]
    assert not {"hr", "ordered_list_open"} & set(kinds)
    assert kinds.count("bullet_list_open") == 3  # contents, also treated, to review
    lines = [token.content for token in tokens if token.type == "text_of_line"]
    assert sum(line.startswith(f"{title} ·") for line in lines) == 2


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        children = token.children or []
        yield from children
        if children:
            line = "".join(child.content for child in children)
            yield Token("text_of_line", "", 0, content=line)


@given(hostile_reports())
def test_hostile_text_is_no_formula_in_csv(report: Report) -> None:
    text = render(report, fmt="csv")
    text.encode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    entries = [e for section in report.sections for e in (*section.main, *section.also)]
    assert len(rows) == 1 + len(entries)
    for row in rows:
        assert len(row) == len(rows[0])
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
            assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", cell)
    assert {row[3].removeprefix("'") for row in rows[1:]} == {
        entry.title.removeprefix("'") for entry in entries
    }


@given(hostile_reports())
def test_json_comes_back_as_the_same_report(report: Report) -> None:
    text = render(report, fmt="json")
    text.encode("utf-8")
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text
    )
    assert from_json(text) == report


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sample_comes_back_from_json(language: Language) -> None:
    report = sample_report(language)
    assert from_json(render(report, fmt="json")) == report


def test_what_is_no_report_does_not_come_back() -> None:
    shape = json.loads(render(sample_report("en"), fmt="json"))
    del shape["sections"][0]["main"][0]["title"]
    for text in ("", "[]", "{}", '{"format": "fourp-report/0"}', json.dumps(shape)):
        with pytest.raises(ValueError, match=r"report|Expecting"):
            from_json(text)


def test_each_format_that_is_text_has_an_encoding() -> None:
    assert set(TEXT_FORMATS) == set(ENCODINGS)
    assert set(FORMATS) == {*TEXT_FORMATS, "docx", "xlsx", "pdf"}


@pytest.mark.parametrize("fmt", formats(FORMATS))
def test_rendered_report_is_bytes_as_a_file(fmt: Format) -> None:
    made = b"".join(as_file(sample_report("fr"), fmt=fmt))
    begins = {
        "docx": b"PK", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "html": b"<!DOCTYPE", "pdf": b"%PDF",
    }  # fmt: skip
    assert made.startswith(begins.get(fmt, b""))


@pytest.mark.parametrize("fmt", TEXT_FORMATS)
def test_a_file_is_the_text_written_part_by_part(fmt: TextFormat) -> None:
    parts = list(as_file(sample_report("fr"), fmt=fmt))
    assert b"".join(parts).decode(ENCODINGS[fmt]) == render(sample_report("fr"), fmt=fmt)
    assert len(parts) > 1


@pytest.mark.parametrize("language", ["en", "fr"])
def test_page_needs_nothing_from_elsewhere(language: Language) -> None:
    page = render(sample_report(language), fmt="html")
    root = _parsed(page)
    assert not root.xpath("//script | //link | //img | //*[@src] | //iframe")
    assert "url(" not in page
    assert "@import" not in page
    assert not re.search(r"https?://", page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_page_can_be_read_by_ear_and_by_keyboard(language: Language) -> None:
    root = _parsed(render(sample_report(language), fmt="html"))
    assert root.get("lang") == language
    assert root.findtext(".//title")
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {href[1:] for href in root.xpath("//a/@href") if href.startswith("#")}
    assert targets <= set(ids)
    assert root.xpath("//body/*[1]/@class") == ["skip"]
    levels = [int(e.tag[1]) for e in root.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(th.get("scope") for th in root.iter("th"))
    for link in root.xpath("//a[@aria-label]"):
        assert link.get("aria-label").startswith(
            _spaced(link.text_content()).replace("p. ", "p.\u00a0")
        )
    # The French version is cited in French, the English one, of another work, in English.
    cited = {"en": ["en", "en", "en"], "fr": ["fr", "en"]}
    assert root.xpath("//blockquote/@lang") == cited[language]


def test_page_lists_every_file_with_its_counts_and_says_where_nothing_is_new() -> None:
    root = _parsed(render(sample_report("en"), fmt="html"))
    contents = [_spaced(li.text_content()) for li in root.xpath("//nav//li")]
    assert contents == [
        "Water legislation 1 as main subject, 1 in part",
        "Energy legislation 2 as main subject",
        "COP26 nothing new",
        "Mobility 1 in part",
    ]
    said = {
        section.findtext("h2"): section.findtext("p[@class='nothing']")
        for section in root.xpath("//main/section")
    }
    assert said["COP26"] == ENGLISH.nothing
    assert said["Mobility"] == ENGLISH.nothing_main
    assert said["Water legislation"] is None


def test_quote_marks_its_match_and_leads_to_its_page() -> None:
    root = _parsed(render(sample_report("en"), fmt="html"))
    quote = root.xpath("//blockquote")[0]
    assert quote.xpath("mark/text()") == ["urban waste water"]
    assert _spaced(quote.text_content()) == (
        "“The directive asks every town to treat its urban waste water before 2030.”"
    )
    links = root.xpath("//figure//a/@href")
    assert links[:2] == [
        "file:///library/2021/water%20paper.pdf#page=1",
        "file:///library/2021/water%20paper.pdf#page=2",
    ]
    assert "file:///library/heat.html" in links  # no page: only PDF has such addresses


def test_french_page_has_french_quotation_marks_and_spaces() -> None:
    page = render(sample_report("fr"), fmt="html")
    text = _parsed(page).text_content()
    assert "«\u00a0La directive demande à chaque ville" in text
    assert "dès 2030\u202f!\u00a0»" in text
    assert "Lieux" in text
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    shown = re.sub(r"<[^>]*>", "", body)
    assert not re.search(r" [;!?»](?:\s|$)| :\s", shown)


def test_csv_has_one_row_for_each_work_under_each_file() -> None:
    rows = list(csv.DictReader(io.StringIO(render(sample_report("en"), fmt="csv"), newline="")))
    assert [(row["Policy file"], row["Grade"], row["Title"]) for row in rows] == [
        ("Water legislation", "Main subject", "Clean water for every town"),
        ("Water legislation", "Also treated", "Heat from rivers"),
        ("Energy legislation", "Main subject", "scan_0042.pdf"),
        ("Energy legislation", "Main subject", "Heat from rivers"),
        ("Mobility", "Also treated", "Night buses"),
    ]
    assert rows[0]["Languages"] == "en, fr"
    assert rows[0]["Confidence"] == "0.93"
    assert rows[0]["Link"] == "file:///library/2021/water%20paper.pdf#page=1"


def test_colours_can_be_told_apart_by_weak_eyes() -> None:
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", CSS.read_text(encoding="utf-8")))
    for ink in ("ink", "soft", "accent"):
        assert _contrast(colours[ink], "#ffffff") >= 4.5
    assert _contrast(colours["ink"], colours["mark"]) >= 4.5


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_libraries_are_loaded_only_for_the_formats_that_need_them() -> None:
    code = (
        "import sys\n"
        "from tests.report.sample import sample_report\n"
        "from pipeline.report.render import render\n"
        "report = sample_report('en')\n"
        "for fmt in ('md', 'csv', 'json'): render(report, fmt=fmt)\n"
        "assert not {'jinja2', 'docx', 'openpyxl', 'drawsvg'} & sys.modules.keys()\n"
        "render(report, fmt='html')\n"
        "assert 'jinja2' in sys.modules\n"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/in/mail.eml!/papers.zip!/a.pdf", "file:///in/mail.eml"),
        ("/in/Important!/a.pdf", "file:///in/Important%21/a.pdf#page=2"),
    ],
)
def test_what_is_inside_a_container_has_the_address_of_that(path: str, file: str) -> None:
    version = Version("d", ("en",), path, "application/pdf", pages=2, title="A paper")
    assert address(version, 2) == file
