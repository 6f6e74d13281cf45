"""Registers: lists of names and codes, and addresses of the web, whose words say nothing.

"NORTHERN RAILWAY CANADA 38583" stands in a list of firms, "‘RENW’ — Renewable energy" in one of
codes, "Albanian lek (ALL)" in one of currencies; of 95 tags read by hand eight were given for such
words. An address holds the words of another document's title.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

AROUND = 60  # characters before and after a word that are looked at
DASHES = 3  # so many are a list of codes and what they stand for
NUMBERS = 2  # so many, of five digits, are a list of firms or addresses, each with its own
CODES = 3  # so many in brackets are a list of currencies or countries
_CODE = re.compile(r"\([A-Z]{3}\)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
# Numbers of acts and amounts have no five digits in one piece.
_NUMBER = re.compile(r"(?<![\w.,/])\d{5}(?![\w.,/])")


class Registers:
    """Which places of a text stand in a list of firms, codes or currencies, or in an address."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._numbers = [found.start() for found in _NUMBER.finditer(text, start, end)]
        self._addresses = [found.span() for found in _ADDRESS.finditer(text, start, end)]

    def hold(self, start: int, end: int) -> bool:
        """Return whether ``text[start:end]`` stands in such a list or address."""
        address = bisect_right(self._addresses, (start, end)) - 1
        if address >= 0 and end <= self._addresses[address][1]:
            return True
        text, first, last = self._text, max(start - AROUND, 0), end + AROUND
        if text.count("—", first, last) >= DASHES:
            return True
        numbers = self._numbers
        if numbers and bisect_left(numbers, last) - bisect_left(numbers, first) >= NUMBERS:
            return True
        codes = text.count("(", first, last) >= CODES
        return codes and len(_CODE.findall(text, first, last)) >= CODES
