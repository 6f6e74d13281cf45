"""The readers that are built in, by media type."""

from __future__ import annotations

from pipeline.core.ports import Reader
from pipeline.readers.html import HtmlReader
from pipeline.readers.image import ImageReader
from pipeline.readers.markdown import MarkdownReader
from pipeline.readers.ocr import Recogniser
from pipeline.readers.pdf import PdfReader
from pipeline.readers.text import TextReader


def default_readers(recogniser: Recogniser | None = None) -> dict[str, Reader]:
    """Return every built-in reader under each of its media types.

    Args:
        recogniser: For the pages and files that are images of text.

    Making a reader costs nothing: each loads its library when it reads its first file.
    """
    readers: tuple[Reader, ...] = (
        PdfReader(recogniser),
        ImageReader(recogniser),
        HtmlReader(),
        MarkdownReader(),
        TextReader(),
    )
    return {media_type: reader for reader in readers for media_type in reader.media_types}
