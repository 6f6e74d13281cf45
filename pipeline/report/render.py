"""A report in the format that was asked for."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, assert_never, cast, get_args, overload

from pipeline.report.values import Report

if TYPE_CHECKING:
    from pipeline.report.wording import Labels

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
    if fmt in ENCODINGS:
        return "".join(_texts(report, cast(TextFormat, fmt), templates, locale))
    return _file(report, cast(Binary, fmt), templates, locale)


def as_file(
    report: Report, *, fmt: Format, templates: Path | None = None, locale: Path | None = None
) -> Iterator[bytes]:
    """Yield the bytes of ``report`` as a file; a text is never in memory as a whole.

    Args:
        report, fmt, templates, locale: As for `render`.

    Raises:
        ConfigError: As `render` does, also after the first bytes.
    """
    if fmt not in ENCODINGS:
        yield _file(report, cast(Binary, fmt), templates, locale)
        return
    encode = codecs.getincrementalencoder(ENCODINGS[cast(TextFormat, fmt)])().encode
    for text in _texts(report, cast(TextFormat, fmt), templates, locale):
        yield encode(text)


def _texts(
    report: Report, fmt: TextFormat, templates: Path | None, locale: Path | None
) -> Iterator[str]:
    if fmt == "json":
        from pipeline.report.json import to_json

        return to_json(report)
    words = _labels(report, locale)
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
        case _:
            assert_never(fmt)


def _file(report: Report, fmt: Binary, templates: Path | None, locale: Path | None) -> bytes:
    match fmt:
        case "docx":
            from pipeline.report.docx import to_docx

            return to_docx(report, _labels(report, locale))
        case "xlsx":
            from pipeline.report.xlsx import to_xlsx

            return to_xlsx(report, _labels(report, locale))
        case "pdf":
            from pipeline.report.pdf import to_pdf

            page = "".join(_texts(report, "html", templates, locale))
            return to_pdf(page, made_at=report.made_at)
        case _:
            assert_never(fmt)


def _labels(report: Report, locale: Path | None) -> Labels:
    from pipeline.report.labels import labels

    return labels(report.language, locale)
