"""An audit in the format that was asked for."""

from __future__ import annotations

from typing import Literal, assert_never, get_args

from pipeline.report.audit_values import Audit

AuditFormat = Literal["html", "md", "json", "pdf"]

AUDIT_FORMATS: tuple[AuditFormat, ...] = get_args(AuditFormat)


def render_audit(audit: Audit, *, fmt: AuditFormat) -> bytes:
    """Return ``audit`` as the bytes of a file; text is UTF-8.

    Raises:
        ConfigError: If PDF needs what is not installed.
    """
    match fmt:
        case "html":
            from pipeline.report.audit_html import to_html

            return to_html(audit).encode()
        case "md":
            from pipeline.report.audit_markdown import to_markdown

            return to_markdown(audit).encode()
        case "json":
            from pipeline.report.audit_json import to_json

            return to_json(audit).encode()
        case "pdf":
            from pipeline.report.audit_html import to_html
            from pipeline.report.pdf import to_pdf

            return to_pdf(to_html(audit), made_at=audit.made_at)
        case _:
            assert_never(fmt)
