"""PassageStage: pages cut into passages of a paragraph or a few, which are tagged and found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.core.document import Document, Passage
from pipeline.core.spans import Span
from pipeline.core.text import words

# Words. A passage of fewer says too little to tag, one of more hides which part was meant; 80 to
# 300 is what passage retrieval uses (TREC CAR, MS MARCO: 60 to 200 words, and law runs longer).
FEWEST = 80
MOST = 300

# Where a passage may end, from the best place to the worst.
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*|\n(?=[ \t]*(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|[•▪–—-])\s)")
_SENTENCE_END = re.compile(
    r"(?<=[.!?;:])[»”\")\]]*\s*\n\s*|(?<=[.!?;])[»”\")\]]*\s+(?=[^\W\d_a-z])"
)
_LINE_END = re.compile(r"\n\s*")
_ENDS = (_PARAGRAPH_END, _SENTENCE_END, _LINE_END, re.compile(r"\s+"))


class PassageStage:
    """Cuts every page into passages, each in the language of its page."""

    name = "passages"
    version = "1"

    def __call__(self, document: Document) -> Document:
        """Return the document with passages instead of those it had.

        A passage never crosses a page; the passages of a page cover all that is not blank on it.
        """
        passages = tuple(
            Passage(span=span, page=page.number, language=page.language)
            for page in document.pages
            for span in passage_spans(document.text, page.span)
        )
        return replace(document, passages=passages)


def passage_spans(text: str, page: Span) -> Iterator[Span]:
    """Yield the passages of the page at ``page``, in order, without blanks at either end.

    Each has `FEWEST` to `MOST` words, cut at a paragraph's, sentence's or line's end; only a
    page with fewer words gives a shorter one.
    """
    rest = [match.end() + page.start for match in words(text[page.start : page.end])]
    start = page.start
    while len(rest) > MOST:
        end, taken = _cut(text, rest)
        yield from _trimmed(text, start, end)
        start, rest = end, rest[taken:]
    yield from _trimmed(text, start, page.end)


def _cut(text: str, rest: list[int]) -> tuple[int, int]:
    """Return where to end a passage and how many words it has.

    The window ends early enough that what follows is never shorter than `FEWEST` words.
    """
    most = min(MOST, len(rest) - FEWEST)
    low, high = rest[FEWEST - 1], rest[most]
    for place in _ENDS:
        ends = [match.end() for match in place.finditer(text, low, high)]
        if ends:
            # Near the middle of the range: paragraphs gather, and none is left a stub.
            end = min(ends, key=lambda at: abs(at - (low + high) // 2))
            return end, sum(at <= end for at in rest)
    return rest[most - 1], most


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
