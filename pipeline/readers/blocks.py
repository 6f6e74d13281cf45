"""Blocks: paragraphs, tables and page ends in reading order, put together to a document.

Readers of marked-up formats walk their markup once and say what begins and ends; what a line, a
table and a page are is decided here, the same for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.core.document import Document, Heading, Layout, Page, Source, Table
from pipeline.core.errors import DocumentError
from pipeline.core.spans import Span
from pipeline.core.text import one_line
from pipeline.readers.cleaning import cleaned
from pipeline.readers.files import no_text
from pipeline.readers.sections import SHORTEST, sections

LINE_BREAK = "\v"  # inside a paragraph; no XML and no HTML text can hold it
CELL_GAP = "  "  # between the cells of a row
# Characters. Longer cells hold running text: the table only lays out a page.
LONGEST_CELL = 1_000
LONGEST_LABEL = 40  # of a cell that is read on one line with its neighbour
# A longer one is a paragraph in a heading's style. Sections cut between headings, never inside.
LONGEST_HEADING = SHORTEST // 2
LONGEST_TEXT = 60_000_000  # characters, 20,000 pages; beyond, a worker runs out of memory

_ENUMERATOR = re.compile(r"\(?[\w.]{1,6}[.)]+|[—–•▪·*-]|\d{1,3}|")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that stand together, one line or more.

    Attributes:
        level: Of a heading, from 1; 0 for any other text.
        gap: Whether an empty line follows.
    """

    text: str
    level: int = 0
    gap: bool = False


@dataclass(frozen=True, slots=True)
class PageEnd:
    """The end of a page.

    Attributes:
        kept: Whether the page counts even if it is empty, as a slide does.
    """

    kept: bool = False


Block = Paragraph | Table | PageEnd


@dataclass(slots=True)
class _Flow:
    """Blocks of the text, a cell, a box or a note, and the paragraph that is under way."""

    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    level: int = 0
    after: list[Block] = field(default_factory=list)


class BlockBuilder:
    """Gathers blocks while a reader walks through markup, of whatever depth, without recursion."""

    def __init__(self) -> None:
        self._flows = [_Flow()]
        self._tables: list[list[list[list[Block]]]] = []

    def start(self, level: int = 0, *, gap: bool = False) -> None:
        """Begin a paragraph, a heading if it has a level; the one under way ends."""
        self.end(gap=gap)
        self._flows[-1].level = level

    def write(self, text: str) -> None:
        """Add to the paragraph under way; white space is that of running text."""
        if text:
            self._flows[-1].parts.append(text)

    def space(self) -> None:
        """Part two words that the markup alone keeps apart."""
        parts = self._flows[-1].parts
        if parts and parts[-1][-1:].isalnum():
            parts.append(" ")

    def end(self, *, gap: bool = False) -> None:
        """End the paragraph under way, if there is one, and let an empty line follow."""
        flow = self._flows[-1]
        if flow.parts and (text := laid_out("".join(flow.parts))):
            if flow.level:
                text = one_line(text)  # so that no section ends inside a heading
            flow.blocks.append(Paragraph(text, flow.level))
        flow.parts.clear()
        flow.level = 0
        flow.blocks += flow.after
        flow.after = []
        if gap and flow.blocks and isinstance(last := flow.blocks[-1], Paragraph):
            flow.blocks[-1] = replace(last, gap=True)

    def end_page(self, *, kept: bool = False) -> None:
        """End the page here; a heading under way goes whole to the next one."""
        flow = self._flows[-1]
        if not flow.level:
            self.end()
        flow.blocks.append(PageEnd(kept))

    def push(self) -> None:
        """Begin a text of its own (a box, a note) inside the paragraph under way."""
        self._flows.append(_Flow())

    def pop(self) -> list[Block]:
        """End the text begun last and return its blocks; the paragraph around it goes on."""
        self.end()
        return self._flows.pop().blocks

    def put_after(self, blocks: Iterable[Block]) -> None:
        """Let ``blocks`` follow the paragraph under way."""
        self._flows[-1].after.extend(blocks)

    def start_table(self) -> None:
        """Begin a table; the paragraph under way ends."""
        self.end(gap=True)
        self._tables.append([])

    def start_row(self) -> None:
        """Begin a row of the table begun last; outside of any, as damaged files have it, a line."""
        if self._tables:
            self._tables[-1].append([])
        else:
            self.end()

    def start_cell(self) -> None:
        """Begin a cell of the row begun last; outside of any table, a line."""
        if not self._tables:
            self.end()
            return
        if not self._tables[-1]:
            self.start_row()
        self.push()

    def end_cell(self, *, times: int = 1) -> None:
        """End the cell begun last, which stands there that many times."""
        if not self._tables:
            self.end()
            return
        self._tables[-1][-1] += [self.pop()] * times

    def end_row(self, *, times: int = 1) -> None:
        """End the row begun last; one with words stands there that many times."""
        row = self._tables[-1][-1] if self._tables else []
        while row and not row[-1]:
            row.pop()
        if row:
            self._tables[-1] += [row] * (times - 1)

    def end_table(self, *, always: bool = False) -> None:
        """End the table begun last: a table if it looks like one, or ``always``."""
        self._flows[-1].blocks += tabled(self._tables.pop(), always=always)
        self.end(gap=True)

    def blocks(self) -> list[Block]:
        """Return all blocks; nothing can be added afterwards."""
        return self.pop()


def laid_out(text: str) -> str:
    """Return the text of one paragraph, cleaned, white space as single spaces."""
    lines = text.replace("\u00ad", "").split(LINE_BREAK)
    return "\n".join(line for line in map(one_line, map(cleaned, lines)) if line)


def tabled(rows: Sequence[Sequence[Sequence[Block]]], *, always: bool = False) -> list[Block]:
    """Return the blocks of a table: a `Table` for each page it stands on, or what it lays out."""
    as_table = always or _is_table(rows)
    blocks: list[Block] = []
    lines: list[tuple[str, ...]] = []

    def flush() -> None:
        if lines:
            blocks.append(Table(tuple(lines)))
            lines.clear()

    for row in rows:
        if any(isinstance(block, PageEnd) for cell in row for block in cell):
            flush()  # a row that begins on a page and ends on the next is read on the next
            blocks.append(PageEnd())
        cells = [[block for block in cell if not isinstance(block, PageEnd)] for cell in row]
        if as_table:
            texts = tuple(one_line(" ".join(map(plain, cell))) for cell in cells)
            if any(texts):
                lines.append(texts)
        else:
            blocks += _row_as_text(cells)
    flush()
    return blocks


def plain(block: Block) -> str:
    """Return the words of a block; the rows of a table are lines."""
    if isinstance(block, Paragraph):
        return block.text
    rows = block.rows if isinstance(block, Table) else ()
    return "\n".join(filter(None, (CELL_GAP.join(filter(None, row)) for row in rows)))


def _is_table(rows: Sequence[Sequence[Sequence[Block]]]) -> bool:
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    for cell in (cell for row in rows for cell in row):
        if any(isinstance(block, Table) or getattr(block, "level", 0) for block in cell):
            return False
        if sum(len(plain(block)) for block in cell) > LONGEST_CELL:
            return False
    # Numbered paragraphs and lists, as EUR-Lex and word processors lay them out.
    return not all(
        len(row) == 2 and _ENUMERATOR.fullmatch(" ".join(map(plain, row[0]))) for row in rows
    )


def _row_as_text(cells: Sequence[Sequence[Block]]) -> list[Block]:
    """Return the cells one after the other, a short one on one line with what follows it."""
    blocks: list[Block] = []
    label = ""
    for cell in cells:
        first, *rest = cell or [Paragraph("")]
        if label and isinstance(first, Paragraph):
            text = f"{label}{CELL_GAP}{first.text}" if first.text else label
            first = Paragraph(text, first.level, first.gap)
        elif label:
            blocks.append(Paragraph(label))
        label = ""
        if not rest and _is_label(first):
            label = plain(first)
        else:
            blocks += [first, *rest]
    if label:
        blocks.append(Paragraph(label))
    return [b for b in blocks if not isinstance(b, Paragraph) or b.text]


def _is_label(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.level and len(block.text) <= LONGEST_LABEL


@dataclass(slots=True)
class _Text:
    parts: list[str] = field(default_factory=list)
    length: int = 0
    headings: list[Heading] = field(default_factory=list)
    rows: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)  # at, table, cells
    page_start: int = 0
    page_ends: list[int] = field(default_factory=list)

    def add(self, text: str) -> Span:
        self.parts.append(text)
        self.length += len(text)
        return Span(self.length - len(text), self.length)

    def end_page(self, *, kept: bool) -> None:
        if kept or self.length > self.page_start:
            self.page_ends.append(self.length)
            self.page_start = self.length


def composed(
    source: Source,
    blocks: Iterable[Block],
    *,
    declared: Mapping[str, str],
    cut: bool = True,
    furniture: tuple[str, ...] = (),
) -> Document:
    """Return the document of these blocks, with its headings, and its tables on their pages.

    Args:
        source: Where the blocks are from.
        blocks: In reading order.
        declared: What the file says of itself; empty values are left out.
        cut: Whether pages of more than 3,000 characters are cut into sections.
        furniture: Running heads and feet that were left out of the text.

    Raises:
        DocumentError: If there are no words, or more than `LONGEST_TEXT` characters.
    """
    text = _Text()
    gap = False
    for number, block in enumerate(blocks):
        if text.length > LONGEST_TEXT:
            raise _too_long(source)
        if isinstance(block, PageEnd):
            text.end_page(kept=block.kept)
            gap = False
            continue
        if (gap or isinstance(block, Table)) and text.length > text.page_start:
            text.add("\n")
        if isinstance(block, Paragraph):
            span = text.add(block.text)
            if block.level and 0 < len(span) <= LONGEST_HEADING:
                text.headings.append(Heading(span, block.level))
            text.add("\n")
            gap = block.gap
        else:
            for row in block.rows:
                if line := CELL_GAP.join(filter(None, row)):
                    text.rows.append((text.length, number, row))
                    text.add(line + "\n")
            gap = True
    text.end_page(kept=False)
    whole = "".join(text.parts)
    if not whole.strip():
        raise no_text(source)
    return Document(
        source=source,
        text=whole,
        pages=_pages(whole, text, furniture, cut=cut),
        headings=tuple(text.headings),
        declared={name: value for name, value in declared.items() if value},
    )


def _pages(whole: str, text: _Text, furniture: tuple[str, ...], *, cut: bool) -> tuple[Page, ...]:
    pages: list[Page] = []
    rows = iter([*text.rows, (len(whole) + 1, -1, ())])
    row = next(rows)
    start = 0
    for page_end in text.page_ends:
        page = whole[start:page_end]
        for part in (sections(page) if cut else [page]) or [""]:
            span = Span(start, start + len(part))
            tables: dict[int, list[tuple[str, ...]]] = {}
            while row[0] < span.end:
                tables.setdefault(row[1], []).append(row[2])
                row = next(rows)
            layout = Layout(
                tables=tuple(Table(tuple(cells)) for cells in tables.values()), furniture=furniture
            )
            pages.append(Page(number=len(pages) + 1, span=span, layout=layout))
            start = span.end
    return tuple(pages)


def _too_long(source: Source) -> DocumentError:
    return DocumentError(
        f"holds more than {LONGEST_TEXT // 1_000_000} million characters",
        where=source.name,
        remedy="split it into several files and ingest those",
    )
