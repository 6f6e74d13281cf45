"""Word documents (DOCX): all that Word shows, in its order; notes after the text.

Source: ECMA-376 part 1 (WordprocessingML) and part 3 (markup compatibility). The markup is walked
here because python-docx leaves out text boxes, content controls, notes and inserted text: of a
document with a word or two in each of them it reads .28 (`scripts/bench formats`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.core.document import Document, Source
from pipeline.readers.blocks import LINE_BREAK, Block, BlockBuilder, PageEnd, Paragraph, composed
from pipeline.readers.docx_numbering import Numbering, read_numbering
from pipeline.readers.docx_styles import Style, Styles, read_styles
from pipeline.readers.drawings import drawing_blocks, drawn_in
from pipeline.readers.office import R, W, declared_of, is_on, is_other_choice, main_part
from pipeline.readers.packages import Package, opened

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PLAIN = {
    W + "tab": " ",
    W + "ptab": " ",
    W + "cr": LINE_BREAK,
    W + "noBreakHyphen": "-",
}
_TEXT = frozenset({W + "t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"})
# Deleted and moved text, what a field is made from, and properties; none of it is shown. A
# comment is a remark about the text, not the text; its words would be evidence of a wrong author.
_SKIPPED = frozenset(
    W + name
    for name in """del moveFrom instrText delText delInstrText tblPr tblGrid trPr tcPr sdtPr rPr
    sdtEndPr""".split()
)
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}


class DocxReader:
    """Reads Word documents, those with macros and templates too; no macro is run."""

    name = "docx"
    version = "1"
    media_types = frozenset(
        {
            DOCX,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
            "application/vnd.ms-word.document.macroenabled.12",
        }
    )

    def read(self, source: Source) -> Document:
        """Return the document with the pages that Word last saw.

        Where Word left no page ends (a file that another program wrote), pages are the sections
        of about 3,000 characters between the page ends that the author set. Running heads and
        feet are ``Layout.furniture``, but for those of a title page of its own.

        Raises:
            DocumentError: If it is empty, vanished, damaged, encrypted, or has no words.
        """
        with opened(source) as package:
            part = main_part(package) or "word/document.xml"
            root = package.xml(part)
            story = _Story(package, part)
            blocks = [] if root is None else story.read(root)
            heads, furniture = _running_heads(package, story.relations, root)
            return composed(
                source,
                [*heads, *blocks, *story.notes()],
                declared={**declared_of(package), "largest_text": story.title},
                cut=not story.has_rendered_pages,
                furniture=furniture,
            )


class _Story:
    """The text of one part: the body, or all footnotes."""

    def __init__(self, package: Package, part: str) -> None:
        self.package = package
        self.relations = package.relations(part)
        self.title = ""
        self.has_rendered_pages = False
        self._styles: Styles = read_styles(package.xml(self._related("styles")))
        self._numbering: Numbering = read_numbering(package.xml(self._related("numbering")))
        self._cited: dict[str, list[str]] = {"footnotes": [], "endnotes": []}
        self._out = BlockBuilder()
        self._open: list[Style] = []

    def read(self, root: Any) -> list[Block]:
        """Return the blocks of everything below ``root``."""
        from lxml import etree

        self._out = BlockBuilder()
        rendered = next(root.iter(W + "lastRenderedPageBreak"), None) is not None
        self.has_rendered_pages = self.has_rendered_pages or rendered
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._end(element)
            elif element.tag in _SKIPPED or _is_hidden(element) or is_other_choice(element):
                walk.skip_subtree()
            else:
                self._start(element)
        return self._out.blocks()

    def notes(self) -> list[Block]:
        """Return footnotes, then endnotes, in the order in which the text cites them."""
        blocks: list[Block] = []
        for kind, cited in self._cited.items():
            root = self.package.xml(self._related(kind)) if cited else None
            texts = {note.get(W + "id"): note for note in ([] if root is None else root)}
            for number, key in enumerate(list(cited), start=1):
                note = self.read(texts[key]) if key in texts else []
                if note and isinstance(first := note[0], Paragraph):
                    note[0] = Paragraph(f"{number} {first.text}")
                blocks += [block for block in note if not isinstance(block, PageEnd)]
        return blocks

    def _related(self, kind: str) -> str:
        return next((name for found, name in self.relations.values() if found == kind), "")

    def _start(self, element: Any) -> None:
        tag, out = element.tag, self._out
        if tag == W + "p":
            self._start_paragraph(element)
        elif tag == W + "br":
            if element.get(W + "type") == "page":
                out.end_page()
            else:
                out.write(LINE_BREAK)
        elif tag == W + "lastRenderedPageBreak":
            out.end_page()
        elif tag in _PLAIN:
            out.write(_PLAIN[tag])
        elif tag in _TEXT:
            out.write(element.text or "")
        elif tag == W + "txbxContent":
            out.push()
        elif tag == W + "tbl":
            out.start_table()
        elif tag == W + "tr":
            out.start_row()
        elif tag == W + "tc":
            out.start_cell()
        elif tag in _NOTES and not is_on(element, W + "customMarkFollows"):
            self._cited[_NOTES[tag]].append(element.get(W + "id"))
        elif drawn := self._drawn(element):
            out.put_after(drawn)

    def _end(self, element: Any) -> None:
        tag, out = element.tag, self._out
        if tag == W + "p":
            style = self._open.pop()
            out.end(gap=not style.is_list)
            section = element.find(f"{W}pPr/{W}sectPr")
            if section is not None and not self.has_rendered_pages and _starts_page(section):
                out.end_page()
        elif tag == W + "txbxContent":
            out.put_after(out.pop())
        elif tag == W + "tc":
            out.end_cell()
        elif tag == W + "tbl":
            out.end_table()

    def _start_paragraph(self, element: Any) -> None:
        style = self._styles.of(element)
        self._open.append(style)
        before = element.find(f"{W}pPr/{W}pageBreakBefore")
        breaks = style.breaks_page if before is None else is_on(before)
        if breaks and not self.has_rendered_pages:
            self._out.end_page()
        self._out.start(style.level)
        if style.is_title and not self.title:
            self.title = " ".join(run.text or "" for run in element.iter(W + "t")).strip()
        if label := self._numbering.next_label(style):
            self._out.write(label + " ")

    def _drawn(self, element: Any) -> list[Block]:
        """Return the words of a diagram or chart, which are parts of their own."""
        part = self.relations.get(drawn_in(element), ("", ""))[1]
        return drawing_blocks(self.package, part) if part else []


def _is_hidden(element: Any) -> bool:
    if element.tag != W + "r":
        return False
    vanish = element.find(f"{W}rPr/{W}vanish")
    return vanish is not None and is_on(vanish)


def _starts_page(section: Any) -> bool:
    kind = section.find(W + "type")
    return kind is None or kind.get(W + "val") not in ("continuous", "nextColumn")


def _running_heads(
    package: Package, relations: dict[str, tuple[str, str]], root: Any
) -> tuple[list[Block], tuple[str, ...]]:
    """Return the head of a title page of its own, and the lines of all other heads and feet."""
    heads: list[Block] = []
    furniture: dict[str, None] = {}
    seen = {""}
    for section in [] if root is None else root.iter(W + "sectPr"):
        titled = section.find(W + "titlePg")
        for reference in section.iter(W + "headerReference", W + "footerReference"):
            part = relations.get(reference.get(R + "id"), ("", ""))[1]
            if part in seen or (tree := package.xml(part)) is None:
                continue
            kind = reference.get(W + "type")
            if kind == "first" and (titled is None or not is_on(titled)):
                continue
            seen.add(part)
            blocks = _without_pages(_Story(package, part).read(tree))
            if kind == "first" and reference.tag == W + "headerReference" and not heads:
                heads = blocks
            else:
                lines = (b.text for b in blocks if isinstance(b, Paragraph))
                furniture.update(dict.fromkeys(lines))
    return heads, tuple(furniture)


def _without_pages(blocks: Iterable[Block]) -> list[Block]:
    return [block for block in blocks if not isinstance(block, PageEnd)]
