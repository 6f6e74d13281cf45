"""Sections: the pages of a text that has none, so that a page number still leads somewhere."""

from __future__ import annotations

import re

from pipeline.core.document import Page
from pipeline.core.spans import Span

# Characters; about what an A4 page of running text holds (EU acts in one column: median 2,900).
LONGEST = 3_000
SHORTEST = LONGEST // 2
# From the best place to cut at to the worst; the last one always matches.
_CUTS = tuple(map(re.compile, (r"\n[ \t]*\n+", r"\n", r"[.!?;]\s+", r"\s+")))


def sections(text: str) -> list[str]:
    """Return ``text`` in parts of at most `LONGEST` characters that put together are the text.

    A part ends at the last paragraph end that leaves it at least half as long, else at a line
    end, a sentence end, a space; only a word longer than all that is cut.
    """
    parts: list[str] = []
    start = 0
    while len(text) - start > LONGEST:
        end = _cut(text, start)
        parts.append(text[start:end])
        start = end
    return [*parts, text[start:]] if text[start:] else parts


def section_pages(text: str) -> tuple[Page, ...]:
    """Return pages that are the sections of ``text``, at exactly its characters."""
    pages: list[Page] = []
    at = 0
    for number, part in enumerate(sections(text), start=1):
        pages.append(Page(number=number, span=Span(at, at + len(part))))
        at += len(part)
    return tuple(pages)


def _cut(text: str, start: int) -> int:
    for place in _CUTS:
        ends = [m.end() for m in place.finditer(text, start + SHORTEST, start + LONGEST)]
        if ends:
            return ends[-1]
    return start + LONGEST
