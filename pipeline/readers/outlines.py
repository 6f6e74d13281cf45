"""Headings marked inside a text while it is cleaned, and told as spans afterwards.

Cleaning and mending move every offset. So a reader puts noncharacters around each heading, which
no step touches, and takes them out at the end; no document can hold them (Unicode 23.7).
"""

from __future__ import annotations

import re

from pipeline.core.document import Heading
from pipeline.core.spans import Span

_START, _END = 0xFDD0, "\ufdef"  # the level is added to the first
DEEPEST = 20
_MARKED = re.compile("([\ufdd1-\ufde4])([^\ufdd1-\ufdef]*)\ufdef")
_MARKS = re.compile("[\ufdd0-\ufdef]")


def without_marks(text: str) -> str:
    """Return ``text`` without characters that only heading marks may be."""
    return _MARKS.sub("", text)


def marked_heading(text: str, level: int) -> str:
    """Return ``text`` marked as a heading of ``level``, 1 to `DEEPEST`."""
    return f"{chr(_START + min(level, DEEPEST))}{text}{_END}"


def outlined(text: str) -> tuple[str, tuple[Heading, ...]]:
    """Return the text without marks, and the headings that were marked, in order."""
    parts: list[str] = []
    headings: list[Heading] = []
    at = length = 0
    for match in _MARKED.finditer(text):
        before = _MARKS.sub("", text[at : match.start()])
        words = match[2].strip()
        start = length + len(before) + len(match[2]) - len(match[2].lstrip())
        if words:
            headings.append(Heading(Span(start, start + len(words)), ord(match[1]) - _START))
        parts += [before, match[2]]
        length += len(before) + len(match[2])
        at = match.end()
    parts.append(_MARKS.sub("", text[at:]))
    return "".join(parts), tuple(headings)
