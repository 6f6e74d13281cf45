"""A report as one HTML page that needs nothing else, for the screen and for paper."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from markupsafe import Markup

from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.core.errors import ConfigError
from pipeline.report import phrases
from pipeline.report.charts import heat_map, language_bars, timeline
from pipeline.report.figures import tally
from pipeline.report.text import harmless, headed, segments, typeset
from pipeline.report.values import Report
from pipeline.report.wording import Labels

_REMEDY = "correct it, or move it away to have the default one again"
# What a template that somebody wrote can do wrong, besides what Jinja itself finds.
_FAULTS = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, OSError)


def to_html(report: Report, words: Labels, *, templates: Path | None = None) -> Iterator[str]:
    """Yield the report as one page, in parts; words out of documents are never markup.

    Args:
        templates: Folder whose files take the place of the default ones of the same name.

    Raises:
        ConfigError: If a template of that folder is wrong.
    """
    own = sorted(path.name for path in templates.glob("report.*")) if templates else []
    if not templates or not own:
        yield from _page(report, words, None)
        return
    try:
        yield from _page(report, words, templates)
    except _FAULTS as error:
        line = f"line {error.lineno}: " if isinstance(error, TemplateSyntaxError) else ""
        raise ConfigError(
            [f"{line}{str(error) or type(error).__name__}"],
            where=f"{templates} ({', '.join(own)})",
            remedy=_REMEDY,
        ) from error


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
    template = _environment(templates).get_template("report.html.j2")  # anew where it changed
    return template.generate(report=report, words=words, tally=counted, charts=marked)


@cache
def _environment(templates: Path | None) -> Environment:
    default = PackageLoader("pipeline.report")
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(templates), default]) if templates else default,
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
        "headed": headed,
        "unknown_language": UNKNOWN_LANGUAGE,
    }
    return environment
