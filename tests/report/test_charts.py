"""Charts say what the figures say, to eyes that see grey and to screen readers, and ask nothing."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from pipeline.report.audit_render import render_audit
from pipeline.report.charts import SHADES, WIDTH, heat_map, language_bars, timeline
from pipeline.report.figures import MOST_MONTHS, tally
from pipeline.report.labels import labels
from pipeline.report.phrases import MOST_DAYS, days
from pipeline.report.render import render
from pipeline.report.text import typeset
from pipeline.report.values import Language, Report
from tests.report.audits import sample_audit
from tests.report.hostile import UNSEEN, hostile_reports
from tests.report.sample import SINCE, UNTIL, sample_report


def _charts(report: Report) -> list[str]:
    words = labels(report.language)
    return [
        timeline(report, words),
        heat_map(tally(report), words.heat_by_month, words.heat_told, words),
        language_bars(report.counts.languages, words),
    ]  # fmt: skip


@given(hostile_reports())
def test_hostile_text_is_only_text_in_a_chart(report: Report) -> None:
    for chart in _charts(report):
        assert not UNSEEN.search(chart)
        root = etree.fromstring(chart)
        for element in root.iter():
            assert element.tag in ("svg", "title", "desc", "text", "rect", "circle", "path")
            for name, value in element.attrib.items():
                assert re.fullmatch(r"[-\w#. ,]+", str(value)), name
    marks = etree.fromstring(_charts(report)[0]).findall("circle/title")
    assert len(marks) == len(report.entries)
    told = [mark.text or "" for mark in marks]
    titles = [typeset(entry.title, entry.title_language) for entry in report.entries]
    assert all(any(title in one for one in told) for title in titles)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_chart_is_an_image_with_title_and_description_and_has_its_figures_beside_it(
    language: Language,
) -> None:
    root = html.document_fromstring(render(sample_report(language), fmt="html"))
    figures = root.xpath("//figure[@class='chart']")
    assert len(figures) == 3
    for figure in figures:
        [image] = figure.xpath("div[@tabindex='0']/svg")
        assert image.get("role") == "img"
        assert [child.tag for child in image[:2]] == ["title", "desc"]
        assert all(child.text for child in image[:2])
        assert image[0].text in figure.findtext("figcaption")
    assert len(root.xpath("//figure[@class='chart']/table")) == 3
    dates = [[c.text_content() for c in row] for row in figures[0].xpath(".//tbody/tr")]
    named = "March" if language == "en" else "mars"
    assert dates[0][1:] == [f"15\u00a0{named}\u00a02021", f"2\u00a0{named}\u00a02021"]
    rows = [[c.text_content() for c in row] for row in figures[1].xpath(".//tbody/tr")]
    month = "March 2021: 2" if language == "en" else "mars 2021\u00a0: 2"
    assert rows[0][1:] == ["2", month]
    assert rows[2][1:] == ["0", ""]


def test_report_without_publications_has_no_charts() -> None:
    empty = replace(sample_report("en"), sections=())
    assert "<svg" not in render(empty, fmt="html")


def test_cells_show_the_numbers_of_their_months() -> None:
    root = etree.fromstring(heat_map(tally(sample_report("en")), "T", "t", labels("en")))
    told = [title.text for title in root.findall("rect/title")]
    assert told == [
        "Water legislation, March 2021: 2", "Energy legislation, March 2021: 2",
        "COP26, March 2021: 0", "Mobility, March 2021: 1",
    ]  # fmt: skip


def test_shades_stay_apart_in_grey_and_their_numbers_can_be_read() -> None:
    lightness = [_luminance(shade) for shade, _ in SHADES]
    assert lightness == sorted(lightness, reverse=True)
    assert all(a - b > 0.05 for a, b in pairwise(lightness))
    for shade, ink in SHADES:
        light, dark = sorted((_luminance(shade), _luminance(ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@given(st.dates(date(1990, 1, 1), SINCE), st.dates(UNTIL, date(2040, 1, 1)))
def test_every_publication_is_in_one_bucket_of_its_file_whatever_the_period(
    since: date, until: date
) -> None:
    report = replace(sample_report("en"), since=since, until=until)
    counted = tally(report)
    assert len(set(counted.buckets)) == len(counted.buckets)
    assert counted.by_year is (len(counted.buckets) > 0 and len(counted.buckets[0]) == 4)
    assert counted.by_year or len(counted.buckets) <= MOST_MONTHS
    assert {row.file.id: row.total for row in counted.rows} == {
        s.subject.file.id: len(s.main) + len(s.also) for s in report.sections
    }
    assert Counter(b for row in counted.rows for b in row.counts).keys() <= set(counted.buckets)
    for chart in _charts(report):
        etree.fromstring(chart)


def test_marks_that_would_cover_each_other_stand_apart() -> None:
    report = sample_report("en")
    section = report.sections[0]
    thrice = replace(section, main=section.main * 3, also=())
    root = etree.fromstring(timeline(replace(report, sections=(thrice,)), labels("en")))
    assert len({(mark.get("cx"), mark.get("cy")) for mark in root.findall("circle")}) == 3


def test_many_files_still_fit_a_page() -> None:
    report = sample_report("en")
    many = tally(replace(report, sections=report.sections * 10))
    height = float(etree.fromstring(heat_map(many, "T", "t", labels("en"))).get("height"))
    assert height / WIDTH < 230 / 166  # millimetres between the margins of A4


def test_days_of_many_publications_are_summed_up() -> None:
    words, entry = labels("en"), sample_report("en").sections[0].main[0]
    entries = [replace(entry, date=f"2021-03-{day:02}") for day in range(1, MOST_DAYS + 2)]
    assert days(entries, words) == "13\u00a0publications, 1–13 March 2021"
    assert days([*entries[:2], entries[0]], words) == (
        "1\u00a0March\u00a02021\u00a0(2), 2\u00a0March\u00a02021"
    )
    assert days([], words) == ""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_audit_draws_what_its_tables_say(language: Language) -> None:
    page = render_audit(sample_audit(language), fmt="html").decode()
    root = html.document_fromstring(page)
    heat, bars = root.xpath("//figure")
    for figure in (heat, bars):
        table = figure.getnext().find("table")
        assert figure.findtext("figcaption").startswith(table.findtext("caption"))
    cells = [title.text for title in heat.xpath(".//rect/title")]
    columns = [th.text_content() for th in heat.getnext().xpath(".//thead/tr/th")]
    first = [td.text_content() for td in heat.getnext().xpath(".//tbody/tr[1]/*")]
    for year in range(2014, 2022):
        told = first[columns.index(str(year))].strip()
        assert any(c.startswith(f"Water, {year}") and c.endswith(told) for c in cells)
