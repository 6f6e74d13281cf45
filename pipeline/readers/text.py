"""Plain text files; form feeds are page ends, and without them sections take the place of pages."""

from __future__ import annotations

from pipeline.core.document import Document, Source, tiled
from pipeline.readers.cleaning import cleaned
from pipeline.readers.decoding import decoded
from pipeline.readers.files import no_text, read_bytes
from pipeline.readers.hyphens import marked, mended, spellings_of
from pipeline.readers.sections import sections


class TextReader:
    """Reads plain text in UTF-8, UTF-16 or a legacy encoding of the EU's languages."""

    name = "text"
    version = "1"
    media_types = frozenset({"text/plain"})

    def read(self, source: Source) -> Document:
        """Return the document; ``declared["encoding"]`` says how its bytes were read.

        Pages are those between form feeds. A text without any has sections of about 3,000
        characters instead, cut at paragraph ends: one page for half a megabyte would make
        every page number worthless.

        Raises:
            DocumentError: If it is empty, vanished, not text, or blank.
        """
        text, encoding = decoded(source, read_bytes(source))
        if not text.strip():
            raise no_text(source)
        signed = marked(text)
        pages = [cleaned(page) for page in mended(signed, spellings_of([signed])).split("\f")]
        while pages and not pages[-1].strip():
            pages.pop()  # a form feed ends the last page as well
        if not pages:  # nothing but signs that do not show
            raise no_text(source)
        whole, tiles = tiled(pages if len(pages) > 1 else sections(pages[0]))
        return Document(source=source, text=whole, pages=tiles, declared={"encoding": encoding})
