"""HTML pages: the words, headings and tables of the body, and what the head declares."""

from __future__ import annotations

from typing import Any

from pipeline.core.document import Document, Source
from pipeline.core.text import one_line
from pipeline.readers.blocks import composed
from pipeline.readers.cleaning import cleaned
from pipeline.readers.files import read_bytes
from pipeline.readers.html_blocks import parsed_page, shown_blocks

# Names of `meta` elements, as institutions and newspapers write them.
META = {
    "author": ("author", "dc.creator", "dcterms.creator"),
    "date": (
        "date",
        "dc.date",
        "dcterms.date",
        "dcterms.issued",
        "article:published_time",
        "publication_date",
    ),
    "description": ("description", "og:description", "dc.description"),
    "language": ("language", "dc.language", "dcterms.language"),
}


class HtmlReader:
    """Reads HTML and XHTML."""

    name = "html"
    version = "2"
    media_types = frozenset({"text/html", "application/xhtml+xml"})

    def read(self, source: Source) -> Document:
        """Return the document in sections of about 3,000 characters, cut at block ends.

        Raises:
            DocumentError: If it is empty, vanished, not text, or shows no words.
        """
        root, encoding = parsed_page(source, read_bytes(source))
        declared = {**_declared(root), "encoding": encoding}
        return composed(source, shown_blocks(root), declared=declared)


def _declared(root: Any) -> dict[str, str]:
    declared = {"title": one_line(cleaned(root.findtext(".//title") or ""))}
    declared["language"] = (root.get("lang") or root.get("xml:lang") or "")[:2].lower()
    contents = {
        (meta.get("name") or meta.get("property") or "").lower(): meta.get("content") or ""
        for meta in root.iter("meta")
    }
    for name, keys in META.items():
        found = next((contents[key] for key in keys if contents.get(key)), "")
        declared[name] = declared.get(name) or one_line(cleaned(found))
    headings = list(root.iter("h1"))
    if len(headings) == 1:  # several are the headings of chapters
        declared["largest_text"] = one_line(cleaned("".join(headings[0].itertext())))
    return declared
