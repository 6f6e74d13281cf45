"""What lies over a PDF page and is read with it: filled-in fields of forms, text boxes and stamps.

PDFium leaves annotations out of a page's text, until they are made a part of the page; it puts
their words after all others then.
"""

from __future__ import annotations

import pypdfium2.raw as pdfium

from pipeline.readers.pdf_calls import Handle

# Others, such as links, have no words of their own; notes are shut until somebody opens them.
_WITH_WORDS = frozenset(
    {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP}
)


def loaded(document: Handle, index: int) -> Handle:
    """Return page ``index`` (from 0), with the words that lie over it; close it after use.

    Returns:
        Nothing that is true where PDFium cannot load it.
    """
    page = pdfium.FPDF_LoadPage(document, index)
    if not page or not _has_words_over(page):
        return page
    flat = pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS
    if not flat:
        return page
    pdfium.FPDF_ClosePage(page)  # a page that is loaded stays as it was
    return pdfium.FPDF_LoadPage(document, index)


def _has_words_over(page: Handle) -> bool:
    return any(_kind(page, n) in _WITH_WORDS for n in range(pdfium.FPDFPage_GetAnnotCount(page)))


def _kind(page: Handle, number: int) -> int:
    kind: int = pdfium.FPDF_ANNOT_UNKNOWN
    if annotation := pdfium.FPDFPage_GetAnnot(page, number):
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
    return kind
