"""An audit in the format that was asked for."""

from __future__ import annotations

from typing import Literal, assert_never, get_args

from pipeline.report.audit_values import Audit

AuditFormat = Literal["html", "md", "json"]

AUDIT_FORMATS: tuple[AuditFormat, ...] = get_args(AuditFormat)


def render_audit(audit: Audit, *, fmt: AuditFormat) -> str:
    """Return ``audit`` as one text, to be written as UTF-8 with its line ends kept."""
    match fmt:
        case "html":
            from pipeline.report.audit_html import to_html

            return to_html(audit)
        case "md":
            from pipeline.report.audit_markdown import to_markdown

            return to_markdown(audit)
        case "json":
            from pipeline.report.audit_json import to_json

            return to_json(audit)
        case _:
            assert_never(fmt)
