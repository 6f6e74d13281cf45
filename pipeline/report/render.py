"""A report in the format that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, assert_never, cast, get_args, overload

from pipeline.report.values import Report

TextFormat = Literal["html", "md", "csv", "json"]
Binary = Literal["docx", "xlsx", "pdf"]
Format = Literal[TextFormat, Binary]

TEXT_FORMATS: tuple[TextFormat, ...] = get_args(TextFormat)
FORMATS: tuple[Format, ...] = get_args(Format)

# How to write each to a file; only a spreadsheet wants the mark at the beginning.
ENCODINGS: Mapping[TextFormat, str] = {
    "html": "utf-8",
    "md": "utf-8",
    "csv": "utf-8-sig",
    "json": "utf-8",
}


@overload
def render(
    report: Report, *, fmt: TextFormat, templates: Path | None = None, locale: Path | None = None
) -> str: ...
@overload
def render(
    report: Report, *, fmt: Binary, templates: Path | None = None, locale: Path | None = None
) -> bytes: ...
@overload
def render(
    report: Report, *, fmt: Format, templates: Path | None = None, locale: Path | None = None
) -> str | bytes: ...
def render(
    report: Report, *, fmt: Format, templates: Path | None = None, locale: Path | None = None
) -> str | bytes:
    """Return ``report`` as one text, or as the bytes of a file.

    Each format is imported when it is asked for, so that only HTML loads Jinja.

    Args:
        report: What to write.
        fmt: How.
        templates: Folder whose files take the place of the HTML page's own of the same name.
        locale: Folder of the workspace's catalogues.

    Raises:
        ConfigError: If a template is wrong, the language has no complete catalogue, or PDF needs
            what is not installed.
    """
    if fmt == "json":
        from pipeline.report.json import to_json

        return to_json(report)
    from pipeline.report.labels import labels

    words = labels(report.language, locale)
    match fmt:
        case "html":
            from pipeline.report.html import to_html

            return to_html(report, words, templates=templates)
        case "md":
            from pipeline.report.markdown import to_markdown

            return to_markdown(report, words)
        case "csv":
            from pipeline.report.csv import to_csv

            return to_csv(report, words)
        case "docx":
            from pipeline.report.docx import to_docx

            return to_docx(report, words)
        case "xlsx":
            from pipeline.report.xlsx import to_xlsx

            return to_xlsx(report, words)
        case "pdf":
            from pipeline.report.html import to_html
            from pipeline.report.pdf import to_pdf

            return to_pdf(to_html(report, words, templates=templates), made_at=report.made_at)
        case _:
            assert_never(fmt)


def as_file(rendered: str | bytes, *, fmt: Format) -> bytes:
    """Return what `render` gave as the bytes of a file."""
    if isinstance(rendered, bytes):
        return rendered
    return rendered.encode(ENCODINGS[cast(TextFormat, fmt)])
