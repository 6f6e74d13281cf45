"""Registers: lists of names and codes, and addresses of the web, whose words say nothing.

"NORTHERN RAILWAY CANADA 38583" stands in a list of firms, "‘RENW’ — Renewable energy" in one of
codes, "Albanian lek (ALL)" in one of currencies; of 95 tags read by hand eight were given for such
words. An address holds the words of another document's title.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

AROUND = 60  # characters before and after a word that are looked at
DASHES = 3  # so many are a list of codes and what they stand for
NUMBERS = 2  # so many, of five digits, are a list of firms or addresses, each with its own
CODES = 3  # so many in brackets are a list of currencies or countries
_CODE = re.compile(r"\([A-Z]{3}\)")
ADDRESSES = ("://", "www.")  # searched for one by one, which is ten times as quick as a pattern
_SPACE = re.compile(r"\s")
_DIGITS = 5
# Numbers of acts and amounts have no five digits in one piece.
_NUMBER = re.compile(rf"(?<![\w.,/])\d{{{_DIGITS}}}(?![\w.,/])")


class Registers:
    """Which places of a text stand in a list of firms, codes or currencies, or in an address."""

    def __init__(self, text: str, start: int, end: int) -> None:
        first, last = max(start - AROUND, 0), end + AROUND
        numbers = [at for at in _digits(text, first, last) if _NUMBER.match(text, at)]
        codes = [found.start() for found in _CODE.finditer(text, first, last)]
        dashes = list(_places(text, "—", first, last))
        self._lists = [
            (places, enough)
            for places, enough in ((numbers, NUMBERS), (codes, CODES), (dashes, DASHES))
            if len(places) >= enough
        ]
        self._addresses = sorted(_addresses(text, start, end))

    def hold(self, start: int, end: int) -> bool:
        """Return whether ``text[start:end]`` stands in such a list or address."""
        first, last = start - AROUND, end + AROUND
        for places, enough in self._lists:
            number = bisect_left(places, first) + enough - 1
            if number < len(places) and places[number] < last:
                return True
        address = bisect_right(self._addresses, (start, end)) - 1
        return address >= 0 and end <= self._addresses[address][1]


def _digits(text: str, start: int, end: int) -> list[int]:
    """Return where five digits in a row begin; a pattern takes three times as long."""
    import numpy as np

    start, end = min(start, len(text)), min(end, len(text))
    signs = np.frombuffer(text[start:end].encode("utf-32-le", "surrogatepass"), np.uint32)
    digit = signs - ord("0") < 10  # below "0" it wraps around
    row = digit
    for shift in range(1, _DIGITS):
        row = row[:-1] & digit[shift:]
    places: list[int] = (np.flatnonzero(row) + start).tolist()
    return places


def _places(text: str, sign: str, start: int, end: int) -> Iterator[int]:
    """Yield where a sign begins."""
    at = text.find(sign, start, end)
    while at >= 0:
        yield at
        at = text.find(sign, at + len(sign), end)


def _addresses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each address of the web, as far as it has no space."""
    for sign in ADDRESSES:
        for at in _places(text, sign, start, end):
            space = _SPACE.search(text, at, end)
            yield at, space.start() if space else end
