"""Registers: lists of names and codes, whose words say nothing of what a document is about.

"NORTHERN RAILWAY CANADA 38583" stands in a list of firms, "‘RENW’ — Renewable energy" in one of
codes, "Albanian lek (ALL)" in one of currencies; of 95 tags read by hand eight were given for such
words.
"""

from __future__ import annotations

import re

AROUND = 60  # characters before and after a word that are looked at
DASHES = 4  # so many are a list of codes and what they stand for
NUMBERS = 2  # so many, of four digits or more, are a list of firms, each with its own
CAPITALS = 5  # so many for a small letter, of which some firms have a few
CODES = 3  # so many in brackets are a list of currencies or countries
_CODE = re.compile(r"\([A-Z]{3}\)")
_NUMBER = re.compile(r"\d{4,}")


def in_register(text: str, start: int, end: int) -> bool:
    """Return whether ``text[start:end]`` stands in a list of names in capitals, or of codes."""
    first, last = max(start - AROUND, 0), end + AROUND
    if text.count("—", first, last) >= DASHES:
        return True
    if text.count("(", first, last) >= CODES and len(_CODE.findall(text, first, last)) >= CODES:
        return True
    if not text[start:end].isupper():
        return False
    around = text[first:last]
    if len(_NUMBER.findall(around)) < NUMBERS:
        return False
    return sum(map(str.islower, around)) * CAPITALS <= sum(map(str.isupper, around))
