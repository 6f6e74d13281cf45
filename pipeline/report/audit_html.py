"""An audit as one HTML page that needs nothing else, for the screen and for paper."""

from __future__ import annotations

from markupsafe import Markup

from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.report.audit_coverage import by_year
from pipeline.report.audit_labels import AuditLabels
from pipeline.report.audit_sections import sections
from pipeline.report.audit_values import Audit
from pipeline.report.charts import heat_map, language_bars
from pipeline.report.templating import template
from pipeline.report.wording import Labels


def to_html(audit: Audit, say: AuditLabels, words: Labels) -> str:
    """Return the audit as one page; words out of documents are never markup."""
    counted = by_year(audit)
    languages = [(one.code or UNKNOWN_LANGUAGE, one.documents) for one in audit.languages]
    # Beside the tables of these captions. What the charts escape is markup already.
    charts = {
        say.by_file_and_year: (
            say.heat_told,
            Markup(heat_map(counted, say.by_file_and_year, say.heat_told, words)),
        ),
        say.by_language: (words.languages_told, Markup(language_bars(languages, words))),
    }
    return template("audit").render(
        charts=charts,
        audit=audit,
        sections=sections(audit, say, words),
        say=say,
        words=words,
    )
