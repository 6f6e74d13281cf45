"""An audit as one HTML page that needs nothing else, for the screen and for paper."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.report.audit_labels import AuditLabels
from pipeline.report.audit_sections import sections
from pipeline.report.audit_values import Audit
from pipeline.report.wording import Labels


def to_html(audit: Audit, say: AuditLabels, words: Labels) -> str:
    """Return the audit as one page; words out of documents are never markup."""
    return _template().render(
        audit=audit,
        sections=sections(audit, say, words),
        say=say,
        words=words,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["unknown_language"] = UNKNOWN_LANGUAGE
    return environment.get_template("audit.html.j2")
