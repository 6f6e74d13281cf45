"""One PDF page as PDFium reads it: its text, ruled tables, share of images, and largest lines."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

import pypdfium2.raw as pdfium

from pipeline.readers.pdf_objects import Handle, objects_of
from pipeline.readers.pdf_tables import Box, tables_of

UPPER_PART = 0.6  # of the page's height, from the top: where a title stands
LARGER = 1.15  # times the usual size of the page's text; smaller steps are emphasis
SAME_SIZE = 0.95  # lines of one title differ by rounding only
MOST_TITLE_LINES = 6
MOST_CHARACTERS = 6_000  # of page 1 are looked at; a title stands before them


@dataclass(frozen=True, slots=True)
class RawPage:
    """What PDFium and pdfplumber see, before cleaning.

    Attributes:
        text: With ``\\r\\n`` line ends and PDFium's marks of cut words.
        tables: Rows of cells, from top to bottom.
        images: Share of the page that images cover, 0..1.
        largest: The lines in the largest letters, or "".
    """

    text: str
    tables: list[list[list[str]]]
    images: float
    largest: str


def raw_page(document: Handle, index: int, *, find_largest: bool = False) -> RawPage | None:
    """Return page ``index`` (from 0), or nothing where PDFium cannot load it.

    Page and text page are closed before this returns, so memory does not grow with the pages.
    """
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return None
    try:
        with _text_page(page) as text_page:
            if not text_page:
                return None
            width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
            drawn = objects_of(page, area=width * height)
            return RawPage(
                text=_text(text_page),
                tables=tables_of(
                    drawn.rules,
                    rotation=max(pdfium.FPDFPage_GetRotation(page), 0),
                    text_in=lambda box: _text_in(text_page, box),
                ),
                images=drawn.images,
                largest=_largest(text_page) if find_largest else "",
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
    count = pdfium.FPDFText_GetBoundedText(text_page, x0, y1, x1, y0, None, 0)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium.FPDFText_GetBoundedText(text_page, x0, y1, x1, y0, buffer, count)
    return _decoded(buffer, count + 1)


def _decoded(buffer: ctypes.Array[ctypes.c_ushort], units: int) -> str:
    # The last unit is the terminator; it is there even where PDFium filled the buffer.
    return bytes(memoryview(buffer)[: max(units - 1, 0)]).decode("utf-16-le", "replace")


def _largest(text_page: Handle) -> str:
    """Return the line or lines in the largest letters, where they are larger than the rest."""
    lines = list(_sized_lines(text_page))
    sizes = [size for text, size, _ in lines for _ in text.strip()]
    if not sizes:
        return ""
    tops = [top for _, _, top in lines]
    lowest = max(tops) - UPPER_PART * (max(tops) - min(tops))
    # A single large letter is an initial, not a title.
    upper = [
        (text, size)
        for text, size, top in lines
        if top >= lowest and sum(c.isalpha() for c in text) > 3
    ]
    largest = max((size for _, size in upper), default=0.0)
    if largest < LARGER * median(sizes):
        return ""
    title: list[str] = []
    for text, size in upper:
        if size >= SAME_SIZE * largest and len(title) < MOST_TITLE_LINES:
            title.append(text.strip())
        elif title:
            break
    return "\n".join(title)


def _sized_lines(text_page: Handle) -> Iterator[tuple[str, float, float]]:
    """Yield each line with the median height of its letters and its top, in points."""
    box = pdfium.FS_RECTF()
    letters: list[str] = []
    heights: list[float] = []
    top = 0.0
    for index in range(min(pdfium.FPDFText_CountChars(text_page), MOST_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        letter = chr(code) if code < 0x110000 else "\ufffd"
        if letter in "\r\n":
            if heights:
                yield "".join(letters), median(heights), top
            letters, heights = [], []
            continue
        letters.append(letter)
        # The font size itself says little: it is 1 wherever the matrix does the scaling.
        if not letter.isspace() and pdfium.FPDFText_GetLooseCharBox(text_page, index, box):
            heights.append(abs(box.top - box.bottom))
            top = box.top
    if heights:
        yield "".join(letters), median(heights), top
