"""Blocks of XML documents: one walk for every vocabulary, which says what its elements mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.readers.blocks import LINE_BREAK, Block, BlockBuilder, Paragraph
from pipeline.readers.xml_tree import local_name

NOTHING: frozenset[str] = frozenset()


def _no_sign(element: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the elements of an XML vocabulary mean, by local name.

    Attributes:
        skipped: Not part of the text (data about the document).
        sections: Parts with a heading; how deep they nest is the heading's level.
        headings: Parts of a section's heading; those that follow one another are one heading.
        inline: Parts of a line even where nothing else stands on it.
        labels: Numbers, read on one line with what follows.
        notes: Notes, put after the text.
        spaced: Apart from the words around them even where no space is.
        tables, rows, cells: Of tables.
        gaps: Paragraphs with an empty line after them.
        breaks: Line ends inside a paragraph.
        sign: What an element shows by itself (a quotation mark); mostly nothing.
        page_mark: The processing instruction that ends a page; "" for none.
    """

    skipped: frozenset[str] = NOTHING
    sections: frozenset[str] = NOTHING
    headings: frozenset[str] = NOTHING
    inline: frozenset[str] = NOTHING
    labels: frozenset[str] = NOTHING
    notes: frozenset[str] = NOTHING
    spaced: frozenset[str] = NOTHING
    tables: frozenset[str] = NOTHING
    rows: frozenset[str] = NOTHING
    cells: frozenset[str] = NOTHING
    gaps: frozenset[str] = NOTHING
    breaks: frozenset[str] = NOTHING
    sign: Callable[[Any], str] = _no_sign
    page_mark: str = ""


GENERIC = Vocabulary()


def walked(root: Any, vocabulary: Vocabulary) -> list[Block]:
    """Return the blocks of all that stands below ``root``, notes last, without recursion."""
    return _Walk(vocabulary).read(root)


class _Walk:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._is = vocabulary
        self._out = BlockBuilder()
        self._depth = 0  # of sections
        self._heading: Any = None  # the open part of a heading
        self._labelled = False  # a number waits for what follows it
        self._inline: list[bool] = [False]  # whether each open element is part of a line
        self._mixed: list[bool] = [False]  # whether words stand beside its elements
        self._notes: list[Block] = []
        self._note_count = 0

    def read(self, root: Any) -> list[Block]:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end", "pi"))
        for event, element in walk:
            if event == "pi":
                if element.target == self._is.page_mark and self._heading is None:
                    self._out.end_page()
                self._write(element.tail)
            elif event == "start":
                name = local_name(element)
                self._inline.append(self._is_inline(element, name))
                self._mixed.append(_is_mixed(element))
                if name in self._is.skipped:
                    walk.skip_subtree()
                else:
                    self._start(element, name)
                    self._write(self._is.sign(element))
                    self._write(element.text)
            else:
                name = local_name(element)
                if name not in self._is.skipped:
                    self._end(element, name)
                self._inline.pop()
                self._mixed.pop()
                if element is not root:
                    self._write(element.tail)
        return self._out.blocks() + self._notes

    def _write(self, text: str | None) -> None:
        if text:
            self._labelled = self._labelled and not text.strip()
            self._out.write(text)

    def _is_inline(self, element: Any, name: str) -> bool:
        if name in self._is.inline:
            return True
        if name in self._is.notes | self._is.tables | self._is.rows | self._is.cells:
            return False
        return self._inline[-1] or self._mixed[-1]

    def _start(self, element: Any, name: str) -> None:
        out, means = self._out, self._is
        if name in means.sections:
            self._depth += 1
        if name in means.spaced and name not in means.notes:
            out.space()
        if name in means.notes:
            out.push()
            self._inline.append(False)
        elif self._heading is not None:
            if not self._inline[-1]:
                out.space()
        elif name in means.headings and local_name(element.getparent()) in means.sections:
            self._heading = element
            if _neighbour(element, "previous") in means.headings:
                out.space()
            else:
                out.start(max(self._depth, 1), gap=True)
        elif name in means.tables:
            out.start_table()
        elif name in means.rows:
            out.start_row()
        elif name in means.cells:
            out.start_cell()
        elif name in means.breaks:
            out.write(LINE_BREAK)
        elif not self._inline[-1] and not self._labelled:
            out.end()

    def _end(self, element: Any, name: str) -> None:
        out, means = self._out, self._is
        if name in means.sections:
            self._depth -= 1
        if name in means.notes:
            self._inline.pop()
            self._end_note(element)
        elif self._heading is not None:
            if element is self._heading:
                self._heading = None
                if _neighbour(element, "next") not in means.headings:
                    out.end(gap=True)
        elif name in means.labels:
            out.write(" ")
            self._labelled = True
        elif name in means.tables:
            out.end_table()
        elif name in means.rows:
            out.end_row()
        elif name in means.cells:
            out.end_cell()
        elif not self._inline[-1] and name not in means.breaks:
            out.end(gap=name in means.gaps)
            self._labelled = False
        if name in means.spaced and (element.tail or " ")[0].isalnum():
            out.space()

    def _end_note(self, element: Any) -> None:
        blocks = self._out.pop()
        if blocks and isinstance(first := blocks[0], Paragraph):
            self._note_count += 1
            blocks[0] = Paragraph(f"{self._note_count} {first.text}", gap=first.gap)
        self._notes += blocks


def _is_mixed(element: Any) -> bool:
    """Whether words stand beside the elements inside this one."""
    if (element.text or "").strip():
        return True
    return any((child.tail or "").strip() for child in element)


def _neighbour(element: Any, side: str) -> str:
    found = element.getnext() if side == "next" else element.getprevious()
    return local_name(found) if found is not None else ""
