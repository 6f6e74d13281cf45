"""A report in the format that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, assert_never, get_args

from pipeline.report.values import Report

Format = Literal["html", "md", "csv", "json"]

FORMATS: tuple[Format, ...] = get_args(Format)

# How to write each to a file; only a spreadsheet wants the mark at the beginning.
ENCODINGS: Mapping[Format, str] = {
    "html": "utf-8",
    "md": "utf-8",
    "csv": "utf-8-sig",
    "json": "utf-8",
}


def render(report: Report, *, fmt: Format) -> str:
    """Return ``report`` as one text; write it to a file in ``ENCODINGS[fmt]``, line ends kept.

    Each format is imported when it is asked for, so that only HTML loads Jinja.
    """
    match fmt:
        case "html":
            from pipeline.report.html import to_html

            return to_html(report)
        case "md":
            from pipeline.report.markdown import to_markdown

            return to_markdown(report)
        case "csv":
            from pipeline.report.csv import to_csv

            return to_csv(report)
        case "json":
            from pipeline.report.json import to_json

            return to_json(report)
        case _:
            assert_never(fmt)
