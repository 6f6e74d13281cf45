"""PDF files, read with PDFium: text in its reading order, ruled tables, and what the file declares.

PDFium was chosen for its text order and speed (measured in `scripts/bench reading`); hyphenated
words are mended with the document's own vocabulary once all pages are read.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.document import Document, Layout, Source, Table, tiled
from pipeline.core.errors import DocumentError
from pipeline.core.text import one_line
from pipeline.readers.cleaning import cleaned
from pipeline.readers.files import check_readable
from pipeline.readers.hyphens import Spellings, marked, mended, spellings_of
from pipeline.readers.outlines import outlined

if TYPE_CHECKING:
    from pipeline.readers.pdf_headings import Entry
    from pipeline.readers.pdf_page import RawPage

DECLARED = {"title": "Title", "author": "Author", "producer": "Producer", "subject": "Subject"}
DATES = {"created": "CreationDate", "modified": "ModDate"}
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")
MOST_ENTRIES = 5_000  # of an outline
_FETCH_AGAIN = "fetch it again from where it came and ingest it"


class PdfReader:
    """Reads PDF files that hold text."""

    name = "pdf"
    version = "2"
    media_types = frozenset({"application/pdf"})

    def read(self, source: Source) -> Document:
        """Return the document, one page for each page of the file.

        Raises:
            DocumentError: If it is empty, vanished, encrypted, damaged, cut short, or has pages
                but no text on any.
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
            declared = _declared(pdf.get_metadata_dict(skip_empty=True))
            outline = _outline(pdf)
        finally:
            pdf.close()
        return _document(source, raw, declared, outline)


def _raw_pages(source: Source, document: object, count: int) -> list[RawPage]:
    from pipeline.readers.pdf_page import raw_page

    if count == 0:
        raise DocumentError("has no pages", where=source.name, remedy=_FETCH_AGAIN)
    pages: list[RawPage] = []
    for index in range(count):
        page = raw_page(document, index)
        if page is None:
            raise DocumentError(
                f"is damaged (page {index + 1} of {count} cannot be read)",
                where=source.name,
                remedy=_FETCH_AGAIN,
            )
        pages.append(page)
    if not any(character.isalnum() for page in pages for character in page.text):
        raise DocumentError(
            f"has no text ({count} {'page' if count == 1 else 'pages'} of images)",
            where=source.name,
            remedy="run it through OCR (ocrmypdf) and ingest the result",
        )
    return pages


def _document(
    source: Source, raw: Sequence[RawPage], declared: dict[str, str], outline: Sequence[Entry]
) -> Document:
    from pipeline.readers.pdf_text import largest_text, marked_texts, page_texts

    pages = page_texts(raw, outline=outline)
    texts = [marked(text) for text in marked_texts(pages)]
    spellings = spellings_of(texts)
    layouts = [
        Layout(
            columns=page.columns,
            tables=tuple(_table(table.rows, spellings) for table in seen.tables),
            images=round(seen.images, 3),
            furniture=tuple(one_line(cleaned(text)) for text in page.furniture),
            contents=page.contents,
        )
        for page, seen in zip(pages, raw, strict=True)
    ]
    whole = [outlined(cleaned(mended(text, spellings))) for text in texts]
    text, tiles = tiled([text for text, _ in whole], layouts)
    headings = tuple(
        replace(heading, span=heading.span.shifted(page.span.start))
        for page, (_, found) in zip(tiles, whole, strict=True)
        for heading in found
    )
    if largest := cleaned(mended(marked(largest_text(pages[0])), spellings)).strip():
        declared["largest_text"] = largest
    return Document(source=source, text=text, pages=tiles, declared=declared, headings=headings)


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


def _outline(pdf: Any) -> list[Entry]:
    """Return the entries of the file's outline that lead to a page, in order."""
    from pipeline.readers.pdf_headings import Entry

    entries = []
    for bookmark in islice(pdf.get_toc(), MOST_ENTRIES):
        target = bookmark.get_dest()
        index = target.get_index() if target else None
        if index is not None:
            entries.append(Entry(cleaned(bookmark.get_title()), bookmark.level + 1, index))
    return entries


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
