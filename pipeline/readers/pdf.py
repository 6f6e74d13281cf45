"""PDF files, read with PDFium: text in its reading order, ruled tables, and what the file declares.

PDFium was chosen for its text order and speed (measured in `scripts/bench reading`); hyphenated
words are mended with the document's own vocabulary once all pages are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from pipeline.core.document import Document, Layout, Source, Table, tiled
from pipeline.core.errors import DocumentError, PartlyReadError
from pipeline.core.text import one_line
from pipeline.readers.cleaning import cleaned
from pipeline.readers.hyphens import Spellings, marked, mended, spellings_of
from pipeline.readers.ocr import Recogniser
from pipeline.readers.outlines import outlined
from pipeline.readers.pdf_opening import FETCH_AGAIN, opened
from pipeline.readers.recognition import RecognisedPage, Recognition
from pipeline.readers.scans import needs_recognition

if TYPE_CHECKING:
    import pypdfium2

    from pipeline.readers.pdf_headings import Entry
    from pipeline.readers.pdf_page import RawPage

DECLARED = {"title": "Title", "author": "Author", "producer": "Producer", "subject": "Subject"}
DATES = {"created": "CreationDate", "modified": "ModDate"}
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")
MOST_ENTRIES = 5_000  # of an outline
NUMBERS_NAMED = 10  # pages that a reason lists


class PdfReader:
    """Reads PDF files; pages that are images of text are given to the recogniser."""

    name = "pdf"
    media_types = frozenset({"application/pdf"})

    def __init__(self, recogniser: Recogniser | None = None) -> None:
        self._recogniser = recogniser or Recogniser()
        self.version = f"4/{self._recogniser.version}"

    def read(self, source: Source) -> Document:
        """Return the document, one page for each page of the file.

        Raises:
            DocumentError: If it is empty, vanished, encrypted, damaged, cut short, or has pages
                but no text on any. A `PartlyReadError` holds the pages that could be read.
        """
        with opened(source) as file:  # which loads the library: `fourp search` never reads a PDF
            raw, damaged = _raw_pages(source, file.pdf.raw, len(file.pdf))
            recognition = self._recognised(source, file.pdf, raw)
            declared = _declared(file.pdf.get_metadata_dict(skip_empty=True))
            outline = _outline(file.pdf)
        document = _document(
            source, raw, declared | recognition.declared, outline, recognition.pages
        )
        shortfall = file.shortfall or damaged
        if not shortfall or not any(map(str.isalnum, document.text)):
            return recognition.checked(document)
        unread = f"; {recognition.problem.what}" if recognition.problem else ""
        raise PartlyReadError(
            f"{shortfall}{unread}",
            where=source.name,
            remedy=f"{FETCH_AGAIN}; what was read can be searched until then",
            document=document,
        )

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


def _raw_pages(source: Source, document: object, count: int) -> tuple[list[RawPage], str]:
    """Return the pages, empty ones in place of those that cannot be read, and which these are."""
    from pipeline.readers.pdf_page import RawPage, raw_page

    if count == 0:
        raise DocumentError("has no pages", where=source.name, remedy=FETCH_AGAIN)
    pages: list[RawPage] = []
    missing: list[int] = []
    for index in range(count):
        page = raw_page(document, index)
        if page is None:
            missing.append(index + 1)
        pages.append(page or RawPage(lines=[], tables=[], images=0.0))
    damaged = f"is damaged: {_listed(missing)} of {count} cannot be read" if missing else ""
    if len(missing) == count:
        raise DocumentError(damaged, where=source.name, remedy=FETCH_AGAIN)
    return pages, damaged


def _listed(numbers: Sequence[int]) -> str:
    some = ", ".join(map(str, numbers[:NUMBERS_NAMED]))
    more = f" and {len(numbers) - NUMBERS_NAMED} more" if len(numbers) > NUMBERS_NAMED else ""
    return f"{'page' if len(numbers) == 1 else 'pages'} {some}{more}"


def _document(
    source: Source,
    raw: Sequence[RawPage],
    declared: dict[str, str],
    outline: Sequence[Entry],
    recognised: Mapping[int, RecognisedPage],
) -> Document:
    from pipeline.readers.pdf_text import largest_text, marked_texts, page_texts

    # What the file itself says on a recognised page is nothing, or nonsense.
    raw = [
        replace(page, lines=[], tables=[]) if number in recognised else page
        for number, page in enumerate(raw, start=1)
    ]
    pages = page_texts(raw, outline=outline)
    texts = [
        marked(recognised[number].text if number in recognised else text)
        for number, text in enumerate(marked_texts(pages), start=1)
    ]
    spellings = spellings_of(texts)
    layouts = [
        Layout(
            columns=page.columns,
            tables=tuple(_table(table.rows, spellings) for table in seen.tables),
            images=round(seen.images, 3),
            furniture=tuple(one_line(cleaned(text)) for text in page.furniture),
            contents=page.contents,
            ocr=number in recognised,
            ocr_confidence=round(recognised[number].confidence, 3) if number in recognised else 0.0,
        )
        for number, (page, seen) in enumerate(zip(pages, raw, strict=True), start=1)
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
