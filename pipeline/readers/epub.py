"""Books (EPUB): the chapters in the order of the spine, each beginning a page.

Source: W3C EPUB 3.3 and the Open Container Format in it.
"""

from __future__ import annotations

import posixpath
from typing import Any

from pipeline.core.document import Document, Source
from pipeline.core.errors import DocumentError
from pipeline.readers.blocks import Block, PageEnd, composed
from pipeline.readers.html_blocks import parsed_page, shown_blocks
from pipeline.readers.office import declared_in
from pipeline.readers.packages import Package, member, opened
from pipeline.readers.xml_tree import local_name

_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})


class EpubReader:
    """Reads books without copy protection."""

    name = "epub"
    version = "1"
    media_types = frozenset({"application/epub+zip"})

    def read(self, source: Source) -> Document:
        """Return the document in sections of about 3,000 characters, cut at chapters first.

        Raises:
            DocumentError: If it is empty, vanished, damaged, protected, or has no words.
        """
        with opened(source) as package:
            name = _package_document(package)
            root = package.xml(name)
            chapters = [] if root is None else _chapters(root, posixpath.dirname(name))
            _check_unprotected(package, chapters)
            blocks: list[Block] = []
            for chapter in chapters:
                if content := package.read(chapter):
                    page, _ = parsed_page(source, content)
                    blocks += [*shown_blocks(page), PageEnd()]
            return composed(source, blocks, declared=_declared(root))


def _package_document(package: Package) -> str:
    container = package.xml("META-INF/container.xml")
    roots = [] if container is None else container.iter("{*}rootfile")
    return next((root.get("full-path", "") for root in roots), "")


def _chapters(root: Any, folder: str) -> list[str]:
    items = {item.get("id"): item for item in root.iter("{*}item")}
    spine = [
        items[ref.get("idref")] for ref in root.iter("{*}itemref") if ref.get("idref") in items
    ]
    return [
        member(folder, item.get("href", "")) for item in spine if item.get("media-type") in _PAGES
    ]


def _check_unprotected(package: Package, chapters: list[str]) -> None:
    """Fonts may be obfuscated, which is no matter; encrypted chapters cannot be read."""
    root = package.xml("META-INF/encryption.xml")
    encrypted = [] if root is None else root.iter("{*}CipherReference")
    if {member("", one.get("URI", "")) for one in encrypted} & set(chapters):
        raise DocumentError(
            "is copy-protected",
            where=package.source.name,
            remedy="ask its publisher for an edition without protection and ingest that",
        )


def _declared(root: Any) -> dict[str, str]:
    metadata = None if root is None else root.find("{*}metadata")
    declared = declared_in(metadata)
    dates = [] if metadata is None else [e for e in metadata if local_name(e) == "date"]
    # In a book, dc:date is that of the publication.
    declared["date"] = next(((date.text or "").strip()[:10] for date in dates), "")
    declared.pop("modified", None)
    return declared
