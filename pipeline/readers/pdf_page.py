"""One PDF page as PDFium reads it: its lines, ruled tables, and share of images."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from pipeline.readers.pdf_annotations import loaded
from pipeline.readers.pdf_calls import Handle
from pipeline.readers.pdf_characters import PageCharacters
from pipeline.readers.pdf_lines import Line, PageLines
from pipeline.readers.pdf_objects import objects_of
from pipeline.readers.pdf_tables import Box, RuledTable, tables_of

_UNITS_OF_CELL = 1_024  # of UTF-16; cells with more are asked for twice


@dataclass(frozen=True, slots=True)
class RawPage:
    """What PDFium and pdfplumber see, before cleaning.

    Attributes:
        lines: In the file's order, with PDFium's marks of cut words.
        tables: From top to bottom.
        images: Share of the page that images cover, 0..1.
    """

    lines: list[Line]
    tables: list[RuledTable]
    images: float

    @property
    def text(self) -> str:
        """All words, in the file's order."""
        return "\n".join(line.text for line in self.lines)


def raw_page(document: Handle, index: int) -> RawPage | None:
    """Return page ``index`` (from 0), or nothing where PDFium cannot load it.

    Page and text page are closed before this returns, so memory does not grow with the pages.
    """
    page = loaded(document, index)
    if not page:
        return None
    try:
        with _text_page(page) as text_page:
            if not text_page:
                return None
            width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
            drawn = objects_of(page, area=width * height)
            rotation = max(pdfium.FPDFPage_GetRotation(page), 0)
            characters = PageCharacters(text_page, _text(text_page), rotation=rotation)
            return RawPage(
                lines=PageLines(characters).lines(),
                tables=tables_of(
                    drawn.rules,
                    rotation=rotation,
                    text_in=lambda box: _text_in(text_page, box),
                ),
                images=drawn.images,
            )
    finally:
        pdfium.FPDF_ClosePage(page)


@contextmanager
def _text_page(page: Handle) -> Iterator[Handle]:
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        yield text_page
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)


def _text(text_page: Handle) -> str:
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    # Twice the characters: those beyond the basic plane take two units each, and PDFium trusts
    # the buffer to have room for them.
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    return _decoded(buffer, written)


def _text_in(text_page: Handle, box: Box) -> str:
    x0, y0, x1, y1 = box
    buffer = (ctypes.c_ushort * _UNITS_OF_CELL)()
    # PDFium looks at all characters of the page each time, so asking for the number costs as much.
    written = pdfium.FPDFText_GetBoundedText(text_page, x0, y1, x1, y0, buffer, len(buffer))
    if written >= len(buffer):
        count = pdfium.FPDFText_GetBoundedText(text_page, x0, y1, x1, y0, None, 0)
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetBoundedText(text_page, x0, y1, x1, y0, buffer, count + 1)
    return _decoded(buffer, written)


def _decoded(buffer: ctypes.Array[ctypes.c_ushort], units: int) -> str:
    # The last unit is the terminator; it is there even where PDFium filled the buffer.
    return bytes(memoryview(buffer)[: max(units - 1, 0)]).decode("utf-16-le", "replace")
