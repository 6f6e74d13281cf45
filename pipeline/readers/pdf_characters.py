"""The characters of a PDF page with their boxes, spaces put right where PDFium's are not.

Boxes are as the page is shown: points, y downwards, so that tops are smaller than bottoms.
"""

from __future__ import annotations

import ctypes
import re
import struct
from collections.abc import Sequence
from statistics import median

import pypdfium2.raw as pdfium

from pipeline.readers.pdf_calls import Handle, address_of, get_box, get_font
from pipeline.readers.pdf_objects import shown

Box = tuple[float, float, float, float]  # left, top, right, bottom

RAISED = 0.8  # times the letter size: larger figures are no note's sign
WORD_GAP = 1.6  # times the usual gap between spaced letters: a space between words
FEWEST_LETTERS = 3  # before the sign of a note: "km2" and "CO2" are words themselves
# Begun with what is rare, here and below: the expressions run over every page.
_FIGURES = re.compile(r"[0-9]{1,3}(?![\w%])")
_SPREAD = re.compile(r" \w \w \w \w ")
_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){5,}[^\W\d_](?!\S)")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_NAME_LENGTH = 64  # bytes
_SIDES = struct.Struct("=4f").unpack  # of PDFium's FS_RECTF: left, top, right, bottom


class PageCharacters:
    """The text of one page, each character with its box.

    Args:
        text_page: PDFium's, open as long as this is used.
        text: All of its text.
        rotation: Quarter turns clockwise by which the page is shown, 0..3.
    """

    def __init__(self, text_page: Handle, text: str, *, rotation: int) -> None:
        self.text = text
        self._text_page = text_page
        self._address = address_of(text_page)
        self._rotation = rotation
        box = pdfium.FS_RECTF()
        self._box, self._box_address = memoryview(box).cast("B"), ctypes.addressof(box)
        self._font = ctypes.create_string_buffer(_NAME_LENGTH)
        self._flags = ctypes.c_int()
        self._units: Sequence[int] = _units(text)
        self._straight = pdfium.FPDFText_CountChars(text_page) == self._units[-1]
        self._respace()

    def box_at(self, at: int) -> Box | None:
        """Return the box of the character at ``at``, or nothing where it has none."""
        if not get_box(self._address, self._index(at), self._box_address):
            return None
        left, top, right, bottom = _SIDES(self._box)
        if self._rotation == 0:
            return left, -top, right, -bottom
        one, other = shown(left, top, self._rotation), shown(right, bottom, self._rotation)
        (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        return x0, y0, x1, y1

    def is_bold(self, at: int) -> bool:
        """Whether the character at ``at`` is set in a font that calls itself bold."""
        font = self._font
        font.value = b""  # stays so where the character has no font
        get_font(
            self._address,
            self._index(at),
            ctypes.addressof(font),
            _NAME_LENGTH,
            ctypes.addressof(self._flags),
        )
        name = font.value.lower()
        return b"bold" in name or b"black" in name or b"heavy" in name

    def _index(self, at: int) -> int:
        unit = self._units[at]
        if self._straight:
            return unit
        return max(int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._text_page, unit)), 0)

    def _respace(self) -> None:
        """Part raised figures from the word before, and close up words set in spaced letters."""
        text = self.text
        added = {
            at
            for at in (match.start() for match in _FIGURES.finditer(text))
            if at >= FEWEST_LETTERS
            and text[at - FEWEST_LETTERS : at].isalpha()
            and self._is_raised(at)
        }
        dropped: set[int] = set()
        if _SPREAD.search(text):
            dropped = {at for m in _SPACED.finditer(text) for at in self._letter_spaces(*m.span())}
        if not added and not dropped:
            return
        letters: list[str] = []
        units: list[int] = []
        for at, letter in enumerate(self.text):
            if at in added:
                letters.append(" ")
                units.append(self._units[at])
            if at not in dropped:
                letters.append(letter)
                units.append(self._units[at])
        self.text, self._units = "".join(letters), [*units, self._units[-1]]

    def _is_raised(self, at: int) -> bool:
        letter, figure = self.box_at(at - 1), self.box_at(at)
        if not letter or not figure:
            return False
        size = letter[3] - letter[1]
        return figure[3] - figure[1] < RAISED * size and figure[3] < letter[3]

    def _letter_spaces(self, start: int, end: int) -> list[int]:
        """Return the places of the spaces that part letters, not words."""
        gaps: dict[int, float] = {}
        for at in range(start + 1, end, 2):
            before, after = self.box_at(at - 1), self.box_at(at + 1)
            if before and after:
                gaps[at] = after[0] - before[2]
        usual = median(gaps.values()) if gaps else 0.0
        return [at for at, gap in gaps.items() if gap <= WORD_GAP * usual]


def _units(text: str) -> range | list[int]:
    """Return the UTF-16 unit at which each character begins, and the number of units."""
    if not _ASTRAL.search(text):
        return range(len(text) + 1)
    at, units = 0, []
    for character in text:
        units.append(at)
        at += 2 if character > "\uffff" else 1
    return [*units, at]
