"""A report as one HTML page that needs nothing else, for the screen and for paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from pipeline.report import phrases
from pipeline.report.charts import heat_map, language_bars, timeline
from pipeline.report.figures import tally
from pipeline.report.templating import template, told_of
from pipeline.report.text import headed, segments
from pipeline.report.values import Report
from pipeline.report.wording import Labels


def to_html(report: Report, words: Labels, *, templates: Path | None = None) -> Iterator[str]:
    """Yield the report as one page, in parts; words out of documents are never markup.

    Args:
        templates: Folder whose files take the place of the default ones of the same name.

    Raises:
        ConfigError: If a template of that folder is wrong.
    """
    with told_of("report.*", templates) as own:
        yield from _page(report, words, own)


def _page(report: Report, words: Labels, templates: Path | None) -> Iterator[str]:
    counted = tally(report)
    heat = words.heat_by_year if counted.by_year else words.heat_by_month
    drawn = {
        "timeline": timeline(report, words),
        "heat": heat_map(counted, heat, words.heat_told, words),
        "languages": language_bars(report.counts.languages, words),
    }
    # What the charts escape is markup already.
    marked = {name: Markup(chart) for name, chart in drawn.items()}
    return template("report", templates).generate(
        report=report,
        words=words,
        tally=counted,
        charts=marked,
        phrases=phrases,
        segments=segments,
        headed=headed,
    )
