"""PassageStage: pages cut into passages of a paragraph or a few, which are tagged and found."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from textwrap import shorten

from pipeline.core.document import Document, Heading, Passage
from pipeline.core.spans import Span
from pipeline.core.text import words

# Words. A passage of fewer says too little to tag, one of more hides which part was meant; 80 to
# 300 is what passage retrieval uses (TREC CAR, MS MARCO: 60 to 200 words, and law runs longer).
FEWEST = 80
MOST = 300

LONGEST_LABEL = 120  # characters of a heading in a path; the text has all of it

# Where a passage may end, from the best place to the worst.
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*|\n(?=[ \t]*(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|[•▪–—-])\s)")
_SENTENCE_END = re.compile(
    r"(?<=[.!?;:])[»”\")\]]*\s*\n\s*|(?<=[.!?;])[»”\")\]]*\s+(?=[^\W\d_a-z])"
)
_LINE_END = re.compile(r"\n\s*")
_ENDS = (_PARAGRAPH_END, _SENTENCE_END, _LINE_END, re.compile(r"\s+"))


class PassageStage:
    """Cuts every page into passages, each in the language of its page, under its headings."""

    name = "passages"
    version = "2"

    def __call__(self, document: Document) -> Document:
        """Return the document with passages instead of those it had.

        A passage crosses neither a page nor a heading; the passages of a page cover all that is
        not blank on it. A heading stands at the beginning of the passage that it is over.
        """
        passages = [
            Passage(span=span, page=page.number, language=page.language, heading_path=path)
            for page in document.pages
            for section, path in _sections(document, page.span)
            for span in passage_spans(document.text, section)
        ]
        return replace(document, passages=tuple(passages))


def _sections(document: Document, page: Span) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield the parts of a page between headings, each with the headings that it is under."""
    starts = document.headings
    first = bisect_left(starts, page.start, key=lambda heading: heading.span.start)
    last = bisect_left(starts, page.end, key=lambda heading: heading.span.start)
    at = page.start
    open_headings = _open_before(document, first)
    for number in range(first, last):
        heading = starts[number]
        # A heading right below another one, a chapter's first article, begins no new passage.
        if document.text[at : heading.span.start].strip() and not _is_headings(
            document, at, number
        ):
            yield Span(at, heading.span.start), _path(document, open_headings)
            at = heading.span.start
        open_headings = [h for h in open_headings if h.level < heading.level] + [heading]
    yield Span(at, page.end), _path(document, open_headings)


def _is_headings(document: Document, start: int, number: int) -> bool:
    """Whether nothing but headings stands between ``start`` and heading ``number``."""
    end = document.headings[number].span.start
    while number and document.headings[number - 1].span.start >= start:
        number -= 1
        if document.text[document.headings[number].span.end : end].strip():
            return False
        end = document.headings[number].span.start
    return not document.text[start:end].strip()


def _open_before(document: Document, number: int) -> list[Heading]:
    """Return the headings that the text before heading ``number`` is under, the highest first."""
    found: list[Heading] = []
    for heading in reversed(document.headings[:number]):
        if not found or heading.level < found[-1].level:
            found.append(heading)
            if heading.level == 1:
                break
    return found[::-1]


def _path(document: Document, headings: list[Heading]) -> tuple[str, ...]:
    return tuple(shorten(document.quote(h.span), LONGEST_LABEL, placeholder=" …") for h in headings)


def passage_spans(text: str, page: Span) -> Iterator[Span]:
    """Yield the passages of a page or a section of one, in order, without blanks at either end.

    Each has `FEWEST` to `MOST` words, cut at a paragraph's, sentence's or line's end; only a
    section with fewer words gives a shorter one.
    """
    rest = [match.end() for match in words(text, page)]
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
            return end, bisect_right(rest, end)
    return rest[most - 1], most


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
