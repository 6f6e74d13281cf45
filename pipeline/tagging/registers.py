"""Registers: lists of names and codes, whose words say nothing of what a document is about.

"NORTHERN RAILWAY CANADA 38583" stands in a list of firms, "‘RENW’ — Renewable energy" in one of
codes, "Albanian lek (ALL)" in one of currencies; of 95 tags read by hand eight were given for such
words.
"""

from __future__ import annotations

import re

AROUND = 60  # characters before and after a word that are looked at
DASHES = 3  # so many are a list of codes and what they stand for
NUMBERS = 2  # so many, of five digits, are a list of firms or addresses, each with its own
CODES = 3  # so many in brackets are a list of currencies or countries
_CODE = re.compile(r"\([A-Z]{3}\)")
# Numbers of acts and amounts have no five digits in one piece.
_NUMBER = re.compile(r"(?<![\w.,/])\d{5}(?![\w.,/])")


def in_register(text: str, start: int, end: int) -> bool:
    """Return whether ``text[start:end]`` stands in a list of firms, codes or currencies."""
    first, last = max(start - AROUND, 0), end + AROUND
    if text.count("—", first, last) >= DASHES:
        return True
    if text.count("(", first, last) >= CODES and len(_CODE.findall(text, first, last)) >= CODES:
        return True
    return len(_NUMBER.findall(text, first, last)) >= NUMBERS
