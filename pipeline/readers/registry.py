"""The readers that are built in, by media type."""

from __future__ import annotations

from pipeline.core.ports import Reader
from pipeline.readers.containers import Container
from pipeline.readers.delimited import DelimitedReader
from pipeline.readers.docx import DocxReader
from pipeline.readers.eml import EmlReader
from pipeline.readers.epub import EpubReader
from pipeline.readers.html import HtmlReader
from pipeline.readers.image import ImageReader
from pipeline.readers.legacy_office import LegacyOfficeReader
from pipeline.readers.markdown import MarkdownReader
from pipeline.readers.members import MemberReader, OpenContainers
from pipeline.readers.msg import MsgReader
from pipeline.readers.ocr import Recogniser
from pipeline.readers.odf import OdfReader
from pipeline.readers.pdf import PdfReader
from pipeline.readers.pptx import PptxReader
from pipeline.readers.rtf import RtfReader
from pipeline.readers.steady import SteadyReader
from pipeline.readers.structured import StructuredReader
from pipeline.readers.tar import TarReader
from pipeline.readers.text import TextReader
from pipeline.readers.xlsx import XlsxReader
from pipeline.readers.xml import XmlReader
from pipeline.readers.zip import ZipReader


def default_readers(recogniser: Recogniser | None = None) -> dict[str, Reader]:
    """Return every built-in reader under each of its media types; each reads members too.

    Args:
        recogniser: For the pages and files that are images of text.

    Making a reader costs nothing: each loads its library when it reads its first file.
    """
    containers = default_containers()
    opened = OpenContainers(containers)
    readers: tuple[Reader, ...] = (
        PdfReader(recogniser),
        ImageReader(recogniser),
        HtmlReader(),
        MarkdownReader(),
        TextReader(),
        DocxReader(),
        PptxReader(),
        XlsxReader(),
        OdfReader(),
        RtfReader(),
        LegacyOfficeReader(),
        EpubReader(),
        XmlReader(),
        DelimitedReader(),
        StructuredReader(),
    )
    return {
        media_type: MemberReader(SteadyReader(reader), opened)
        for reader in (*readers, *dict.fromkeys(containers.values()))
        for media_type in reader.media_types
    }


def default_containers() -> dict[str, Container]:
    """Return the readers of files that hold documents of their own, by media type."""
    readers: tuple[Container, ...] = (EmlReader(), MsgReader(), ZipReader(), TarReader())
    return {media_type: reader for reader in readers for media_type in reader.media_types}
