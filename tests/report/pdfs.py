"""What tests of PDF need: WeasyPrint and Pango, and a look into what they make."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw

from pipeline.core.errors import ConfigError
from pipeline.report.pdf import to_pdf
from tests.report.sample import MADE_AT


def _wanting() -> str:
    try:
        to_pdf("", made_at=MADE_AT)
    except ConfigError as error:
        return f"PDF is not tested: {error}"
    return ""


_WANTING = _wanting()
needs_pdf = pytest.mark.skipif(bool(_WANTING), reason=_WANTING)


def formats(names: Iterable[str]) -> list[Any]:
    """Return formats to test, of which PDF skips where it cannot be made."""
    return [pytest.param(name, marks=[needs_pdf] if name == "pdf" else []) for name in names]


def text_of(content: bytes) -> str:
    """Return the words of a PDF."""
    with pypdfium2.PdfDocument(content) as file:
        pages = [page.get_textpage().get_text_range() for page in file]
    return " ".join(" ".join(pages).split())


def addresses(content: bytes) -> list[str]:
    """Return the addresses that a PDF's links open; "" for each that stays inside."""
    found = []
    with pypdfium2.PdfDocument(content) as file:
        for page in file:
            at, link = ctypes.c_int(0), raw.FPDF_LINK()
            while raw.FPDFLink_Enumerate(page, at, link):
                action = raw.FPDFLink_GetAction(link)
                if not action or raw.FPDFAction_GetType(action) == raw.PDFACTION_GOTO:
                    found.append("")
                    continue
                assert raw.FPDFAction_GetType(action) == raw.PDFACTION_URI
                size = raw.FPDFAction_GetURIPath(file, action, None, 0)
                buffer = ctypes.create_string_buffer(size)
                raw.FPDFAction_GetURIPath(file, action, buffer, size)
                found.append(buffer.value.decode())
    return found
