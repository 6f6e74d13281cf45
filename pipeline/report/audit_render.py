"""An audit in the format that was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, assert_never, get_args

from pipeline.report.audit_values import Audit

AuditFormat = Literal["html", "md", "json", "pdf"]

AUDIT_FORMATS: tuple[AuditFormat, ...] = get_args(AuditFormat)


def render_audit(audit: Audit, *, fmt: AuditFormat, locale: Path | None = None) -> bytes:
    """Return ``audit`` as the bytes of a file; text is UTF-8.

    Args:
        locale: Folder of the workspace's catalogues.

    Raises:
        ConfigError: If the language has no complete catalogue, or PDF needs what is not installed.
    """
    if fmt == "json":
        from pipeline.report.audit_json import to_json

        return to_json(audit).encode()
    from pipeline.report.labels import audit_labels, labels

    say, words = audit_labels(audit.language, locale), labels(audit.language, locale)
    match fmt:
        case "html":
            from pipeline.report.audit_html import to_html

            return to_html(audit, say, words).encode()
        case "md":
            from pipeline.report.audit_markdown import to_markdown

            return to_markdown(audit, say, words).encode()
        case "pdf":
            from pipeline.report.audit_html import to_html
            from pipeline.report.pdf import to_pdf

            return to_pdf(to_html(audit, say, words), made_at=audit.made_at)
        case _:
            assert_never(fmt)
