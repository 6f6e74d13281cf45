"""A report as one HTML page that needs nothing else, for the screen and for paper."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.report import phrases
from pipeline.report.charts import heat_map, language_bars, timeline
from pipeline.report.figures import tally
from pipeline.report.labels import labels
from pipeline.report.text import harmless, segments, typeset
from pipeline.report.values import Report


def to_html(report: Report) -> str:
    """Return the report as one page; words out of documents are never markup."""
    words = labels(report.language)
    counted = tally(report)
    drawn = {
        "timeline": timeline(report, words),
        "heat": heat_map(counted, words),
        "languages": language_bars(report.counts, words),
    }
    # What the charts escape is markup already.
    marked = {name: Markup(chart) for name, chart in drawn.items()}
    return _template().render(report=report, words=words, tally=counted, charts=marked)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "phrases": phrases,
        "segments": segments,
        "typeset": typeset,
        "harmless": harmless,
        "unknown_language": UNKNOWN_LANGUAGE,
    }
    return environment.get_template("report.html.j2")
