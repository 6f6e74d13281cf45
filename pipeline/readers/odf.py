"""OpenDocument files (ODT, ODS, ODP): text, sheets and slides, from one walk of content.xml.

Source: OpenDocument 1.3 part 3 (schema). A sheet or a slide begins a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.core.document import Document, Source
from pipeline.core.errors import DocumentError
from pipeline.core.text import one_line
from pipeline.readers.blocks import LINE_BREAK, Block, BlockBuilder, PageEnd, Paragraph, composed
from pipeline.readers.cleaning import cleaned
from pipeline.readers.files import no_text
from pipeline.readers.office import declared_in
from pipeline.readers.packages import opened
from pipeline.readers.xml_tree import attribute

OPENDOCUMENT = "application/vnd.oasis.opendocument."
_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT, TABLE, OFFICE, DRAW, PRESENTATION = (
    _NS % name for name in ("text", "table", "office", "drawing", "presentation")
)
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
# Deleted text, remarks, what an image is called, and what forms are made from; none is shown.
_SKIPPED = frozenset(
    {
        *(TEXT + name for name in ("tracked-changes", "note-citation", "page-number")),
        *(OFFICE + name for name in ("annotation", "forms", "event-listeners")),
        *(TABLE + name for name in ("tracked-changes", "content-validations", "label-ranges")),
        *(_SVG + name for name in ("title", "desc")),
    }
)
_CELLS = frozenset({TABLE + "table-cell", TABLE + "covered-table-cell"})
# Copies of a cell or row that are read: a sheet's empty rest is one cell repeated 16,384 times, and
# a repeated cell adds no words after the first.
MOST_REPEATED = 1_000
_FURNITURE = frozenset({"date-time", "footer", "header", "page-number"})
_BOXES = frozenset({TEXT + "note", DRAW + "frame", DRAW + "custom-shape", PRESENTATION + "notes"})


class OdfReader:
    """Reads OpenDocument text, spreadsheets and presentations, and their templates."""

    name = "odf"
    version = "1"
    media_types = frozenset(
        OPENDOCUMENT + kind + template
        for kind in ("text", "spreadsheet", "presentation")
        for template in ("", "-template")
    )

    def read(self, source: Source) -> Document:
        """Return the document; notes stand after the text, or at the end of their slide.

        Pages are the slides or sheets, for a text those that its writer last saw; long sheets,
        and texts without page ends, are cut into sections of about 3,000 characters. Numbers
        that the writer puts before paragraphs by itself are left out.

        Raises:
            DocumentError: If it is empty, vanished, damaged, encrypted, or has no words.
        """
        with opened(source) as package:
            if b"encryption-data" in package.read("META-INF/manifest.xml"):
                raise DocumentError(
                    "is encrypted",
                    where=source.name,
                    remedy="save it without a password and ingest it again",
                )
            root = package.xml("content.xml")
            declared = declared_in(package.xml("meta.xml"))
            styles = [tree for tree in (package.xml("styles.xml"), root) if tree is not None]
        body = None if root is None else root.find(OFFICE + "body")
        if body is None:
            raise no_text(source)
        walk = _Walk(body, styles)
        blocks = walk.read(body)
        return composed(
            source,
            blocks,
            declared={**declared, "largest_text": walk.title},
            cut=not walk.has_pages,
            furniture=tuple(walk.furniture),
        )


class _Walk:
    """One pass through the body, in document order, without recursion."""

    def __init__(self, body: Any, styles: list[Any]) -> None:
        self.title = ""
        self.furniture: dict[str, None] = {}
        self.has_pages = any(
            next(body.iter(tag), None) is not None
            for tag in (TEXT + "soft-page-break", DRAW + "page")
        )
        self._sheets = len(body.findall(f"{OFFICE}spreadsheet/{TABLE}table"))
        self._breaks = frozenset(_named(styles, "break-before", "page"))
        self._hidden = frozenset(_named(styles, "display", "none"))
        self._titles = frozenset({"Title", *_named(styles, "parent-style-name", "Title")})
        self._out = BlockBuilder()
        self._notes: list[Block] = []
        self._note_count = 0
        self._lists = 0
        self._in_title = False

    def read(self, body: Any) -> list[Block]:
        """Return the blocks of the body, notes last."""
        from lxml import etree

        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                if not self._is_skipped(element):
                    self._end(element)
                self._out.write(element.tail or "")
            elif self._is_skipped(element):
                walk.skip_subtree()
            else:
                self._start(element)
                self._out.write(element.text or "")
        return self._out.blocks() + self._notes

    def _is_skipped(self, element: Any) -> bool:
        if element.tag in _SKIPPED:
            return True
        return element.tag == TEXT + "span" and attribute(element, "style-name") in self._hidden

    def _start(self, element: Any) -> None:
        tag, out = element.tag, self._out
        if tag in _BOXES:
            out.push()
            if attribute(element, "class") == "title":
                self._in_title = True
                out.start(level=1)
        elif tag in (TEXT + "p", TEXT + "h"):
            self._start_paragraph(element)
        elif tag in (TEXT + "s", TEXT + "tab"):
            out.write(" ")
        elif tag == TEXT + "line-break":
            out.write(LINE_BREAK)
        elif tag == TEXT + "soft-page-break":
            out.end_page()
        elif tag == TEXT + "list":
            self._lists += 1
        elif tag == TABLE + "table":
            if self._sheets > 1:
                out.start(level=1)
                out.write(attribute(element, "name"))
            out.start_table()
        elif tag == TABLE + "table-row":
            out.start_row()
        elif tag in _CELLS:
            out.start_cell()

    def _start_paragraph(self, element: Any) -> None:
        out, style = self._out, attribute(element, "style-name")
        if self._in_title:
            out.space()
            return
        if style in self._breaks and not self.has_pages:
            out.end_page()
        level = attribute(element, "outline-level") or "1"
        out.start(int(level) if element.tag == TEXT + "h" and level.isdecimal() else 0)
        if style in self._titles and not self.title:
            self.title = one_line(cleaned("".join(element.itertext())))

    def _end(self, element: Any) -> None:
        tag, out = element.tag, self._out
        if tag in _BOXES:
            self._end_box(element)
        elif tag in (TEXT + "p", TEXT + "h") and not self._in_title:
            out.end(gap=not self._lists)
        elif tag == TEXT + "list":
            self._lists -= 1
        elif tag in _CELLS:
            out.end_cell(times=_repeated(element, "number-columns-repeated"))
        elif tag == TABLE + "table-row":
            out.end_row(times=_repeated(element, "number-rows-repeated"))
        elif tag == TABLE + "table":
            out.end_table(always=bool(self._sheets))
            if self._sheets:
                out.end_page()
        elif tag == DRAW + "page":
            out.end_page(kept=True)

    def _end_box(self, element: Any) -> None:
        out, kind = self._out, attribute(element, "class")
        blocks = out.pop()
        if element.tag == TEXT + "note":
            self._note_count += 1
            if blocks and isinstance(first := blocks[0], Paragraph):
                blocks[0] = Paragraph(f"{self._note_count} {first.text}", gap=first.gap)
            self._notes += [block for block in blocks if not isinstance(block, PageEnd)]
        elif kind in _FURNITURE:
            self.furniture.update({b.text: None for b in blocks if isinstance(b, Paragraph)})
        else:
            self._in_title = self._in_title and kind != "title"
            out.put_after(blocks)
            if element.getparent().tag == DRAW + "page":
                out.end(gap=True)


def _named(styles: list[Any], name: str, value: str) -> Iterator[str]:
    """Yield the names of the styles that have that attribute, or properties with it."""
    for root in styles:
        for style in root.iter("{*}style"):
            if any(attribute(part, name) == value for part in (style, *style)):
                yield attribute(style, "name")


def _repeated(element: Any, name: str) -> int:
    times = element.get(TABLE + name, "1")
    return min(int(times), MOST_REPEATED) if times.isdecimal() else 1
