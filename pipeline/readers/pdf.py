"""PDF files, read with PDFium: text in its reading order, ruled tables, and what the file declares.

PDFium was chosen for its text order and speed (measured in `scripts/bench reading`); hyphenated
words are mended with the document's own vocabulary once all pages are read.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.document import Document, Layout, Source, Table, tiled
from pipeline.core.errors import DocumentError
from pipeline.core.text import one_line
from pipeline.readers.cleaning import cleaned
from pipeline.readers.files import check_readable
from pipeline.readers.hyphens import Spellings, marked, mended, spellings_of
from pipeline.readers.ocr import Recogniser
from pipeline.readers.recognition import RecognisedPage, Recognition
from pipeline.readers.scans import needs_recognition

if TYPE_CHECKING:
    import pypdfium2

    from pipeline.readers.pdf_page import RawPage

DECLARED = {"title": "Title", "author": "Author", "producer": "Producer", "subject": "Subject"}
DATES = {"created": "CreationDate", "modified": "ModDate"}
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")
_FETCH_AGAIN = "fetch it again from where it came and ingest it"


class PdfReader:
    """Reads PDF files; pages that are images of text are given to the recogniser."""

    name = "pdf"
    media_types = frozenset({"application/pdf"})

    def __init__(self, recogniser: Recogniser | None = None) -> None:
        self._recogniser = recogniser or Recogniser()
        self.version = f"2/{self._recogniser.version}"

    def read(self, source: Source) -> Document:
        """Return the document, one page for each page of the file.

        Raises:
            DocumentError: If it is empty, vanished, encrypted, damaged, cut short, or has pages
                but no text on any. A `PartlyReadError` holds the text of the other pages where
                some could not be recognised.
        """
        import pypdfium2  # late, here and below: `fourp search` never reads a PDF

        check_readable(source)
        try:
            pdf = pypdfium2.PdfDocument(source.path)
        except pypdfium2.PdfiumError as error:
            raise _unopened(source, error.err_code) from error
        try:
            _check_whole(source)
            raw = _raw_pages(source, pdf.raw, len(pdf))
            recognition = self._recognised(source, pdf, raw)
            declared = _declared(pdf.get_metadata_dict(skip_empty=True)) | recognition.declared
        finally:
            pdf.close()
        return recognition.checked(_document(source, raw, declared, recognition.pages))

    def _recognised(
        self, source: Source, pdf: pypdfium2.PdfDocument, raw: Sequence[RawPage]
    ) -> Recognition:
        detector = self._recogniser.detector
        numbers = [
            number
            for number, page in enumerate(raw, start=1)
            if needs_recognition(page.text, page.images, detector)
        ]
        if not any(character.isalnum() for page in raw for character in page.text):
            numbers = list(range(1, len(raw) + 1))  # the letters may be drawn as shapes
        if not numbers:
            return Recognition()
        from pipeline.readers.pdf_image import image_of

        return self._recogniser.recognise(
            source, numbers, lambda number: image_of(pdf, number - 1), of=len(raw)
        )


def _raw_pages(source: Source, document: object, count: int) -> list[RawPage]:
    from pipeline.readers.pdf_page import raw_page

    if count == 0:
        raise DocumentError("has no pages", where=source.name, remedy=_FETCH_AGAIN)
    pages: list[RawPage] = []
    for index in range(count):
        page = raw_page(document, index, find_largest=index == 0)
        if page is None:
            raise DocumentError(
                f"is damaged (page {index + 1} of {count} cannot be read)",
                where=source.name,
                remedy=_FETCH_AGAIN,
            )
        pages.append(page)
    return pages


def _document(
    source: Source,
    raw: Sequence[RawPage],
    declared: dict[str, str],
    recognised: Mapping[int, RecognisedPage],
) -> Document:
    raw = [_with_recognised(page, recognised.get(n)) for n, page in enumerate(raw, start=1)]
    texts = [marked(page.text) for page in raw]
    spellings = spellings_of(texts)
    layouts = [
        Layout(
            tables=tuple(_table(rows, spellings) for rows in page.tables),
            images=round(page.images, 3),
            ocr=number in recognised,
            ocr_confidence=round(recognised[number].confidence, 3) if number in recognised else 0.0,
        )
        for number, page in enumerate(raw, start=1)
    ]
    text, pages = tiled([cleaned(mended(text, spellings)) for text in texts], layouts)
    if largest := cleaned(mended(marked(raw[0].largest), spellings)).strip():
        declared["largest_text"] = largest
    return Document(source=source, text=text, pages=pages, declared=declared)


def _with_recognised(page: RawPage, recognised: RecognisedPage | None) -> RawPage:
    """Return the page with the recognised text in place of what the file has."""
    return replace(page, text=recognised.text, tables=[], largest="") if recognised else page


def _table(rows: Sequence[Sequence[str]], spellings: Spellings) -> Table:
    return Table(
        tuple(
            tuple(one_line(cleaned(mended(marked(cell), spellings))) for cell in row)
            for row in rows
        )
    )


def _declared(metadata: dict[str, str]) -> dict[str, str]:
    declared = {
        name: one_line(cleaned(metadata[key]))
        for name, key in DECLARED.items()
        if one_line(cleaned(metadata.get(key, "")))
    }
    for name, key in DATES.items():
        if match := _DATE.match(metadata.get(key, "")):
            declared[name] = "-".join(match.groups())
    return declared


def _check_whole(source: Source) -> None:
    """Make sure that the file was not cut short.

    PDFium repairs such a file by leaving out the pages that are missing, without a word. Every
    PDF ends with ``startxref`` (PDF 32000-1, 7.5.5), after which no object may follow.

    Raises:
        DocumentError: If it was.
    """
    with (
        Path(source.path).open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        last = content.rfind(b"startxref")
        if last < 0 or content.find(b" obj", last) >= 0:
            raise DocumentError("is cut short", where=source.name, remedy=_FETCH_AGAIN)


def _unopened(source: Source, code: int | None) -> DocumentError:
    import pypdfium2.raw as pdfium

    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return DocumentError(
            "is encrypted",
            where=source.name,
            remedy="remove the password (qpdf --decrypt) and ingest it again",
        )
    return DocumentError("is damaged and cannot be opened", where=source.name, remedy=_FETCH_AGAIN)
