"""Opening a PDF file: whole, or what can be saved of it, or the reason why nothing can be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core.document import Source
from pipeline.core.errors import DocumentError
from pipeline.readers.files import check_readable, read_bytes
from pipeline.readers.pdf_salvage import Salvage, salvaged

FETCH_AGAIN = "fetch it again from where it came and ingest it"

_BLOCK = 1 << 20  # bytes
_LAST_SIGN = b"startxref"
_OBJECT_SIGN = b" obj"
# What a form of the XFA kind shows where its reader is missing is told in a few lines, in every
# language with this name in it.
_NOTICE_NAME = "Adobe Reader"
_NOTICE_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """A PDF file that is open.

    Attributes:
        pdf: The document of pypdfium2.
        shortfall: "" for a whole file, else what it lacks ("is cut short: 37 of 40 pages ...").
    """

    pdf: Any
    shortfall: str = ""


@contextmanager
def opened(source: Source) -> Iterator[OpenedPdf]:
    """Give the file, open; what can be saved of it where it is cut short or damaged.

    Raises:
        DocumentError: If it is empty, vanished, encrypted, or too damaged to save a page, or
            holds nothing but the notice of a form that it does not show.
    """
    file = _opened(source)
    try:
        _check_shows_itself(source, file.pdf)
        yield file
    finally:
        file.pdf.close()


def _opened(source: Source) -> OpenedPdf:
    import pypdfium2

    check_readable(source)
    whole = is_whole(Path(source.path))
    try:
        pdf = pypdfium2.PdfDocument(source.path)
    except pypdfium2.PdfiumError as error:
        if _is_locked(error.err_code):
            raise DocumentError(
                "is encrypted",
                where=source.name,
                remedy="remove the password (qpdf --decrypt) and ingest it again",
            ) from error
        what = "is damaged and cannot be opened" if whole else "is cut short"
    else:
        if whole:
            return OpenedPdf(pdf)
        pdf.close()  # PDFium leaves out the pages that are missing, without a word
        what = "is cut short"
    salvage = salvaged(read_bytes(source))
    if salvage is None:
        raise DocumentError(what, where=source.name, remedy=FETCH_AGAIN)
    try:
        return OpenedPdf(pypdfium2.PdfDocument(salvage.content), _told(what, salvage))
    except pypdfium2.PdfiumError as error:
        raise DocumentError(what, where=source.name, remedy=FETCH_AGAIN) from error


def is_whole(path: Path) -> bool:
    """Return whether a PDF file has its end.

    Every PDF ends with ``startxref`` (PDF 32000-1, 7.5.5), after which no object may follow. The
    file is searched from its end, so that a whole one costs one block.
    """
    with path.open("rb") as file:
        at = file.seek(0, 2)
        following = b""
        while at > 0:
            start = max(at - _BLOCK, 0)
            file.seek(start)
            block = file.read(at - start) + following
            last, object_ = block.rfind(_LAST_SIGN), block.rfind(_OBJECT_SIGN)
            if last >= 0 or object_ >= 0:
                return last > object_
            following = block[: len(_LAST_SIGN) - 1]
            at = start
    return False


def _is_locked(code: int | None) -> bool:
    import pypdfium2.raw as pdfium

    return code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


def _told(what: str, salvage: Salvage) -> str:
    if salvage.pages < salvage.expected:
        return (
            f"{what}: {salvage.pages} of {salvage.expected} pages could be read and are kept, "
            "numbered as they were found"
        )
    pages = "1 page" if salvage.pages == 1 else f"all {salvage.pages} pages"
    return f"{what}, but {pages} that it names could be read and are kept"


def _check_shows_itself(source: Source, pdf: Any) -> None:
    """Make sure that the pages are the document, and not a notice in its place.

    The pages of a dynamic XFA form (XFA 3.3, PDF 32000-1, 12.7.8) are made by the program that
    shows it; the file has a single page that asks to wait or to get that program.

    Raises:
        DocumentError: If they are not.
    """
    import pypdfium2.raw as pdfium

    kind = pdfium.FPDF_GetFormType(pdf.raw)
    if kind == pdfium.FORMTYPE_XFA_FULL or (
        kind == pdfium.FORMTYPE_XFA_FOREGROUND and _is_notice(pdf)
    ):
        raise DocumentError(
            "is a form of the XFA kind, whose page is only a notice in place of the form",
            where=source.name,
            remedy="open it in Adobe Acrobat Reader, print it to a PDF file and ingest that",
        )


def _is_notice(pdf: Any) -> bool:
    if len(pdf) != 1:
        return False
    text_page = pdf[0].get_textpage()
    characters = text_page.count_chars()
    return characters < _NOTICE_CHARACTERS and _NOTICE_NAME in text_page.get_text_range(
        0, characters
    )
