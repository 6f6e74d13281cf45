"""Each format says what the audit found, and nothing out of a document can do harm in it."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt

from pipeline.report import audit_commands as commands
from pipeline.report.audit_render import AuditFormat, render_audit
from pipeline.report.audit_sections import sections
from pipeline.report.audit_tables import Section
from pipeline.report.audit_values import Audit, Listed
from pipeline.report.labels import audit_labels, labels
from pipeline.report.values import Language
from tests.report.audits import sample_audit
from tests.report.hostile import HOSTILE, hostile_texts

GOLDEN = Path(__file__).parents[1] / "golden" / "report"
CSS = Path(__file__).parents[2] / "pipeline" / "report" / "templates" / "audit.css"
UNSEEN = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"


def _made(audit: Audit, *, fmt: AuditFormat) -> str:
    return render_audit(audit, fmt=fmt).decode()


def _sections(audit: Audit) -> tuple[Section, ...]:
    return sections(audit, audit_labels(audit.language), labels(audit.language))


def _parsed(page: str) -> etree._Element:
    return html.document_fromstring(page)


def _spaced(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("fmt", ["json", "md"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_sample_audit_is_as_its_golden_file(
    language: Language, fmt: AuditFormat, request: pytest.FixtureRequest
) -> None:
    golden = GOLDEN / f"audit.{language}.{fmt}"
    made = _made(sample_audit(language), fmt=fmt)
    if request.config.getoption("--update-golden"):
        golden.write_text(made, encoding="utf-8", newline="\n")
    assert made == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_table_can_be_read_by_ear(language: Language) -> None:
    root = _parsed(_made(sample_audit(language), fmt="html"))
    assert root.get("lang") == language
    tables = root.xpath("//table")
    assert len(tables) == 12
    for table in tables:
        assert _spaced(table.findtext("caption"))
        columns = table.xpath("thead/tr/th[@scope='col']")
        for row in table.xpath("tbody/tr"):
            cells = row.xpath("*")
            assert len(cells) == len(columns)
            assert (cells[0].tag, cells[0].get("scope")) == ("th", "row")
    assert all(th.get("scope") for th in root.iter("th"))
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in root.xpath("//a/@href")} <= set(ids)
    assert root.xpath("//body/*[1]/@class") == ["skip"]
    levels = [int(e.tag[1]) for e in root.xpath("//h1 | //h2 | //h3")]
    assert levels.count(1) == 1 == levels[0]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    # What can be scrolled can be reached by the keyboard, and has a name.
    assert all(e.get("tabindex") and e.get("aria-label") for e in root.xpath("//*[@role='group']"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_page_needs_nothing_from_elsewhere(language: Language) -> None:
    page = _made(sample_audit(language), fmt="html")
    assert not _parsed(page).xpath("//script | //link | //img | //iframe | //*[@src]")
    assert not re.search(r"https?://|url\(|@import", page)


def test_page_prints_on_a4_and_repeats_the_heads_of_long_tables() -> None:
    css = CSS.read_text(encoding="utf-8")
    assert "size: A4" in css
    assert "thead { display: table-header-group; }" in css


def _luminance(colour: str) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["ink", "soft", "accent"])
@pytest.mark.parametrize("ground", ["#ffffff", "#f3f4f6"])
def test_words_keep_their_contrast_in_grey(name: str, ground: str) -> None:
    """At least 4.5 to 1 (WCAG 2.2, 1.4.3); luminance is all that grey keeps of a colour."""
    found = re.search(rf"--{name}: (#[0-9a-f]{{6}});", CSS.read_text(encoding="utf-8"))
    assert found
    light, dark = _luminance(ground), _luminance(found[1])
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_every_line_that_wants_care_has_its_command() -> None:
    for section in _sections(sample_audit("en")):
        if section.count:
            for table in section.tables:
                for row in table.rows:
                    is_fine = row[0].text == "/library/fine"
                    assert bool(row[-1].text) is not is_fine
                    assert row[-1].kind == "command"


def test_a_file_that_ended_is_not_missed_and_one_with_suggestions_is_reviewed() -> None:
    silent = next(s for s in _sections(sample_audit("en")) if s.id == "silent")
    assert silent.count == 1
    [row] = silent.tables[0].rows
    assert [cell.text for cell in row] == [
        "Energy", "Planet", "5 March 2021", "4", "fourp review --file energy",
    ]  # fmt: skip


def test_what_is_left_out_of_a_list_is_counted_and_an_empty_list_says_so() -> None:
    page = _made(sample_audit("en"), fmt="html")
    assert "69 more lines are not shown: --limit" in page
    nothing = replace(sample_audit("fr"), aged=Listed(0, ()))
    root = _parsed(_made(nothing, fmt="html"))
    [aged] = root.xpath("//section[h2/@id='aged']")
    assert aged.findtext("p[@class='nothing']") == "Rien à faire ici."
    assert not aged.xpath(".//table")


def test_terms_that_were_not_counted_are_no_section() -> None:
    uncounted = replace(sample_audit("en"), terms=None)
    assert "terms" not in {section.id for section in _sections(uncounted)}
    assert json.loads(_made(uncounted, fmt="json"))["terms"] is None


_on_disk = hostile_texts.map(lambda text: re.sub("[\ud800-\udc7f\udd00-\udfff\x00]", "?", text))


@given(hostile_texts, _on_disk, hostile_texts, st.sampled_from(["en", "fr"]))
def test_hostile_text_is_no_markup_in_html(
    title: str, path: str, term: str, language: Language
) -> None:
    audit = sample_audit(language, title=title, path=path, term=term)
    page = _made(audit, fmt="html")
    page.encode("utf-8")
    assert not re.search(UNSEEN, page)
    plain = _parsed(_made(sample_audit(language), fmt="html"))
    root = _parsed(page)
    assert {e.tag for e in root.iter()} <= {e.tag for e in plain.iter()} | {"span"}
    assert {name for e in root.iter() for name in e.attrib} <= {
        name for e in plain.iter() for name in e.attrib
    }
    titles = [_spaced(e.text_content()) for e in root.xpath("//td/span | //th/span")]
    if told := _spaced(audit.duplicates.lines[0].one.title):
        assert told in titles


@given(hostile_texts, _on_disk, hostile_texts)
def test_hostile_text_is_no_markup_in_markdown(title: str, path: str, term: str) -> None:
    text = _made(sample_audit("en", title=title, path=path, term=term), fmt="md")
    text.encode("utf-8")
    assert not re.search(UNSEEN, text)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    inside = [child for token in tokens for child in token.children or []]
    kinds = {token.type for token in (*tokens, *inside)}
    assert not kinds & {"html_block", "html_inline", "image", "link_open", "em_open", "fence"}
    plain = parser.parse(_made(sample_audit("en"), fmt="md"))
    for kind in ("heading_open", "table_open", "tr_open", "td_open"):
        assert [t.type for t in tokens].count(kind) == [t.type for t in plain].count(kind)


@given(hostile_texts, _on_disk, hostile_texts)
def test_json_says_the_same_words_and_shows_nothing_that_is_not_seen(
    title: str, path: str, term: str
) -> None:
    audit = sample_audit("en", title=title, path=path, term=term)
    text = _made(audit, fmt="json")
    assert not re.search(UNSEEN, text)
    shape = json.loads(text)
    assert shape["format"] == "fourp-audit/1"
    assert shape["folders"]["lines"][0]["path"] == path
    assert shape["duplicates"]["lines"][0]["one"]["title"] == audit.duplicates.lines[0].one.title


@pytest.mark.parametrize(
    "path", ["/a b", "/it's", "/$(id)`id`;&|\n", "/\x1b[31m\u202egnp", *HOSTILE]
)
def test_a_path_comes_out_of_the_shell_as_it_is_on_disk(path: str) -> None:
    path = re.sub("[\ud800-\udc7f\udd00-\udfff\x00]", "", path)
    told = commands.word(path)
    assert not re.search(UNSEEN, told)
    shown = subprocess.run(
        ["bash", "-c", f"printf %s {told}"], capture_output=True, check=True
    ).stdout  # fmt: skip
    assert shown == path.encode("utf-8", "surrogateescape")


def test_usual_words_are_not_quoted() -> None:
    assert commands.review("circular-economy") == "fourp review --file circular-economy"
    assert shlex.split(commands.retry("/my papers"))[-1] == "/my papers"
