"""Rich text (RTF): words, headings, tables, notes and page ends.

The library striprtf leaves out footnotes and text boxes, and tells no headings; the format is small
enough to be read here (Microsoft, Rich Text Format Specification 1.9.1).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.core.document import Document, Source
from pipeline.core.errors import DocumentError
from pipeline.core.text import one_line
from pipeline.readers.blocks import LINE_BREAK, Block, BlockBuilder, Paragraph, composed
from pipeline.readers.cleaning import cleaned
from pipeline.readers.files import read_bytes
from pipeline.readers.rtf_tokens import CHARSETS, USUAL, Token, known_code_page, tokens

_SIGNS = {
    "tab": " ", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ",
    "qmspace": " ", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "line": LINE_BREAK, "lbr": LINE_BREAK,
}  # fmt: skip
_SPECIAL = {"~": " ", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}"}
# Groups beside the text: tables of fonts and styles, remarks, old halves of new drawings.
_SKIPPED = frozenset(
    """fonttbl colortbl stylesheet info pict object fldinst listtable listoverridetable revtbl
    rsidtbl generator themedata colorschememapping datastore latentstyles xmlnstbl bkmkstart bkmkend
    annotation atnid atnauthor atnref atndate atnicn atntime atnparent nonshppict pntext pnseclvl
    pgptbl sp sn sv mmathPr filetbl userprops docvar template ftnsep ftnsepc ftncn aftnsep aftnsepc
    aftncn tc tcn xe formfield shprslt nonesttables listname leveltext levelnumbers""".split()
)
# Groups with a text of their own, and what it is.
_BEGINS = {
    "footnote": "note", "shptxt": "box", "dptxbxtext": "box", "listtext": "label", "shpinst": "",
    "do": "",
} | dict.fromkeys(
    "header headerl headerr headerf footer footerl footerr footerf".split(), "furniture"
)  # fmt: skip
_DATE = re.compile(r"\\(creatim|revtim)\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_INFO = re.compile(r"\{\\(title|author|subject|keywords) ?((?:[^{}]|\{[^{}]*\})*)\}")
_STYLE = re.compile(r"\\s(\d+)\b([^;]*)")
_LEVEL = re.compile(r"\\outlinelevel([0-8])\b")
_NAME = re.compile(r" heading ([1-9])\Z", re.IGNORECASE)
_FONT = re.compile(r"\\f(\d+)[^;{}]*?\\fcharset(\d+)")
_CODE_PAGE = re.compile(r"\\ansicpg(\d+)")
SYMBOLS = "symbols"  # the font's own signs, put where Word puts them in Unicode
SYMBOL_CHARSET = 2
HEAD = 400_000  # bytes in which fonts, styles and facts about the file stand
BODY_LEVEL = 9
HIGH_SURROGATES = range(0xD800, 0xDC00)


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and may change for itself."""

    font: int | None = None
    after_unicode: int = 1  # characters that repeat a Unicode one for old programs
    hidden: bool = False
    level: int = 0
    in_table: bool = False
    ends: str = ""  # what ends with the group: "box", "note", "label", "furniture"


@dataclass(slots=True)
class _Flow:
    """What is begun in the text, a box or a note."""

    begun: bool = False  # the paragraph
    label: str = ""  # the number that Word writes before the paragraph
    table: bool = False
    row: bool = False
    cell: bool = False


_CHANGES: dict[str, Callable[[_State, int | None], _State]] = {
    "f": lambda state, number: replace(state, font=number),
    "uc": lambda state, number: replace(state, after_unicode=max(number or 0, 0)),
    "v": lambda state, number: replace(state, hidden=number != 0),
    "deleted": lambda state, number: replace(state, hidden=number != 0),
    "plain": lambda state, _: replace(state, hidden=False),
    "pard": lambda state, _: replace(state, level=0, in_table=False),
    "intbl": lambda state, _: replace(state, in_table=True),
    "outlinelevel": lambda state, number: replace(
        state, level=0 if number is None or number >= BODY_LEVEL else number + 1
    ),
}


class RtfReader:
    """Reads RTF in whatever code pages its fonts have."""

    name = "rtf"
    version = "1"
    media_types = frozenset({"application/rtf"})

    def read(self, source: Source) -> Document:
        """Return the document; pages are those that the author ended, cut into sections.

        Deleted and hidden text is left out, notes stand after the text.

        Raises:
            DocumentError: If it is empty, vanished, no RTF, or has no words.
        """
        content = read_bytes(source)
        if not content.startswith(b"{\\rtf"):
            raise DocumentError(
                "is no RTF", where=source.name, remedy="save it anew as DOCX, and ingest that"
            )
        head = content[:HEAD].decode("latin-1")
        page = _CODE_PAGE.search(head)
        encoding = known_code_page(int(page[1])) if page else USUAL
        fonts = {int(font): _codec(int(charset)) for font, charset in _FONT.findall(head)}
        text = _Text(_levels(head), fonts, encoding)
        for token in tokens(content):
            text.take(token)
        return composed(
            source,
            text.blocks(),
            declared=_declared(head, fonts, encoding),
            furniture=tuple(text.furniture),
        )


def _codec(charset: int) -> str:
    return SYMBOLS if charset == SYMBOL_CHARSET else CHARSETS.get(charset, USUAL)


def _levels(head: str) -> dict[int, int]:
    """Return the level of each style that is one of headings."""
    start = head.find("{\\stylesheet")
    levels: dict[int, int] = {}
    for number, rest in _STYLE.findall(head, start) if start >= 0 else ():
        if found := _NAME.search(rest):
            levels.setdefault(int(number), int(found[1]))
        elif outline := _LEVEL.search(rest):
            levels.setdefault(int(number), int(outline[1]) + 1)
    return levels


def _declared(head: str, fonts: dict[int, str], encoding: str) -> dict[str, str]:
    declared = {"encoding": encoding}
    for name, value in _INFO.findall(head):
        text = _Text({}, fonts, encoding)
        for token in tokens(value.encode("latin-1")):
            text.take(token)
        lines = (block.text for block in text.blocks() if isinstance(block, Paragraph))
        declared[name] = one_line(cleaned(" ".join(lines)))
    for name, year, month, day in _DATE.findall(head):
        declared["created" if name == "creatim" else "modified"] = (
            f"{year}-{int(month):02}-{int(day):02}"
        )
    return declared


class _Text:
    """The text under way: the group's state, and what was begun and not ended."""

    def __init__(self, levels: dict[int, int], fonts: dict[int, str], encoding: str) -> None:
        self.furniture: dict[str, None] = {}
        self._levels, self._fonts, self._encoding = levels, fonts, encoding
        self._out = BlockBuilder()
        self._states = [_State()]
        self._skipping = 0  # groups open inside one that is skipped, itself included
        self._starred = False  # whether the group began with \*: unknown ones are to be skipped
        self._bytes = b""
        self._repeated = 0  # characters still to be left out after a Unicode one
        self._high = 0  # the first half of a character beyond the 65,536 that a word holds
        self._flows = [_Flow()]
        self._notes: list[Block] = []
        self._note_count = 0

    def blocks(self) -> list[Block]:
        """Return all blocks, notes last."""
        while len(self._states) > 1:  # a file that was cut short
            self._close()
        self._flush()
        self._leave_table()
        return self._out.blocks() + self._notes

    def take(self, token: Token) -> None:
        """Go on by one token."""
        if self._skipping:
            self._skipping += {"open": 1, "close": -1}.get(token.kind, 0)
            if not self._skipping:
                self._close()
        elif token.kind == "open":
            self._flush()
            self._states.append(replace(self._states[-1], ends=""))
            self._starred = False
        elif token.kind == "close":
            self._close()
        elif token.kind == "word":
            self._flush()
            self._word(token)
        elif token.kind == "sign":
            self._sign(token.name)
        else:
            left_out = min(self._repeated, len(token.content))
            self._repeated -= left_out
            self._bytes += token.content[left_out:]

    def _word(self, token: Token) -> None:
        name, number, state = token.name, token.number, self._states[-1]
        starred, self._starred = self._starred, False
        if name in _SKIPPED or (starred and name not in _BEGINS):
            self._skipping = 1
        elif name in _BEGINS:
            self._begin(_BEGINS[name])
        elif name in _SIGNS:
            self._write(_SIGNS[name])
        elif name in ("par", "sect"):
            self._end_paragraph()
        elif name == "cell":
            self._cell()
            self._out.end_cell()
            self._flows[-1].cell = False
            self._flows[-1].begun = False
        elif name == "row":
            if self._flows[-1].row:
                self._out.end_row()
                self._flows[-1].row = False
        elif name in ("page", "pagebb"):
            self._out.end_page()
        elif name == "u" and number is not None:
            self._write_unicode(number % 0x10000)
            self._repeated = state.after_unicode
        elif name in _CHANGES:
            self._states[-1] = _CHANGES[name](state, number)
        elif name == "s":
            self._states[-1] = replace(state, level=self._levels.get(number or 0, 0))

    def _write_unicode(self, code: int) -> None:
        if HIGH_SURROGATES.start <= code < HIGH_SURROGATES.stop:
            self._high = code
            return
        if self._high and HIGH_SURROGATES.stop <= code < HIGH_SURROGATES.stop + 0x400:
            code = 0x10000 + ((self._high & 0x3FF) << 10) + (code & 0x3FF)
        self._high = 0
        self._write(chr(code))

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif sign in "\r\n":
            self._flush()
            self._end_paragraph()
        elif sign in _SPECIAL:
            self._flush()
            self._write(_SPECIAL[sign])

    def _begin(self, what: str) -> None:
        self._states[-1] = replace(self._states[-1], ends=what, level=0, in_table=False)
        if what:
            self._out.push()
            self._flows.append(_Flow())

    def _close(self) -> None:
        self._flush()
        self._repeated = 0
        if len(self._states) == 1:
            return
        ended = self._states.pop()
        if not ended.ends:
            return
        self._leave_table()
        blocks = self._out.pop()
        self._flows.pop()
        texts = [block.text for block in blocks if isinstance(block, Paragraph)]
        if ended.ends == "box":
            self._out.put_after(blocks)
        elif ended.ends == "furniture":
            self.furniture.update(dict.fromkeys(texts))
        elif ended.ends == "label":
            self._flows[-1].label = " ".join(texts)
        elif texts:
            self._note_count += 1
            self._notes += [Paragraph(f"{self._note_count} {texts[0]}"), *map(Paragraph, texts[1:])]

    def _flush(self) -> None:
        if self._bytes:
            codec = self._fonts.get(self._states[-1].font or 0, self._encoding)
            if codec == SYMBOLS:
                text = "".join(chr(0xF000 + byte) for byte in self._bytes)
            else:
                text = self._bytes.decode(codec, "replace")
            self._bytes = b""
            self._write(text)

    def _write(self, text: str) -> None:
        state, flow = self._states[-1], self._flows[-1]
        if state.hidden or not text:
            return
        if state.in_table:
            self._cell()
        elif text.strip():
            self._leave_table()
        if not flow.begun:
            flow.begun = True
            self._out.start(state.level)
            self._out.write(f"{flow.label} " if flow.label else "")
            flow.label = ""
        self._out.write(text)

    def _end_paragraph(self) -> None:
        flow = self._flows[-1]
        if not self._states[-1].in_table:
            self._leave_table()
        self._out.end(gap=True)
        flow.begun = False

    def _cell(self) -> None:
        """Make sure that a cell is open; RTF says only where each ends."""
        flow = self._flows[-1]
        if not flow.table:
            self._out.start_table()
        if not flow.row:
            self._out.start_row()
        if not flow.cell:
            self._out.start_cell()
        flow.table = flow.row = flow.cell = True

    def _leave_table(self) -> None:
        flow = self._flows[-1]
        if flow.cell:
            self._out.end_cell()
        if flow.row:
            self._out.end_row()
        if flow.table:
            self._out.end_table()
        flow.table = flow.row = flow.cell = False
