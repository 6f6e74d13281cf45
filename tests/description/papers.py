"""Documents for the description tests: pages of text, and what the file declares."""

from __future__ import annotations

from pipeline.core.document import Document, Source, tiled


def paper(*pages: str, **declared: str) -> Document:
    """Return a document as a reader leaves it."""
    text, tiles = tiled(list(pages))
    source = Source("/library/paper.pdf", "0" * 64, "application/pdf", 1)
    return Document(source=source, text=text, pages=tiles, declared=declared)
