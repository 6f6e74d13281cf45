"""XML: acts in Formex and Akoma Ntoso, EUR-Lex notices, and any other by its words."""

from __future__ import annotations

from pipeline.core.document import Document, Source
from pipeline.readers import akoma_ntoso, eurlex_notice, formex
from pipeline.readers.blocks import composed
from pipeline.readers.files import read_bytes
from pipeline.readers.html_blocks import shown_blocks
from pipeline.readers.xml_blocks import GENERIC, walked
from pipeline.readers.xml_tree import local_name, parsed


class XmlReader:
    """Reads XML by what its root says it is."""

    name = "xml"
    version = "1"
    media_types = frozenset({"application/xml", "text/xml", "application/akn+xml"})

    def read(self, source: Source) -> Document:
        """Return the document; notes stand after the text.

        Formex that tells its pages keeps them; other pages are sections of about 3,000 characters.
        Title, date, language and CELEX number are declared where the file states them.

        Raises:
            DocumentError: If it is empty, vanished, not well-formed, or has no words.
        """
        root = parsed(source, read_bytes(source), keep_pis=True)
        if formex.is_formex(root):
            formex.show_capitals(root)
            pages = formex.tells_pages(root)
            blocks = walked(root, formex.vocabulary(with_pages=pages))
            return composed(source, blocks, declared=formex.declared(root), cut=not pages)
        if akoma_ntoso.is_akoma_ntoso(root):
            blocks = walked(root, akoma_ntoso.VOCABULARY)
            return composed(source, blocks, declared=akoma_ntoso.declared(root))
        if local_name(root) == "NOTICE":
            blocks = eurlex_notice.blocks(root)
            return composed(source, blocks, declared=eurlex_notice.declared(root))
        if local_name(root) == "html":
            return composed(source, shown_blocks(root), declared={})
        return composed(source, walked(root, GENERIC), declared={})
