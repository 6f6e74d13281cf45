"""Snippets: the part of a passage that shows best why it matches, and what to light up in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.core.query import Node
from pipeline.core.spans import Span
from pipeline.index.marks import Mark, marker_for

WIDTH = 240  # characters: two or three lines on a screen
_LEAD = 3  # a third of the room left goes before the first match, the rest behind the last


def snippet_of(text: str, language: str, node: Node | None) -> tuple[str, tuple[Span, ...]]:
    """Return the part of ``text`` that has most of what is looked for, and where it has it.

    Args:
        text: Of a passage, as `analysis.prepared` returns it.
        language: Of the passage; words light up that are the same once stemmed.
        node: What is looked for.

    Returns:
        At most `WIDTH` characters, cut at spaces where there are any, and the spans in them to
        light up, in their order and apart from each other.
    """
    marks = marker_for(node, language).marks(text) if node else []
    window = _widened(text, _best(marks))
    spans = (_within(Span(mark.start, mark.end), window) for mark in marks)
    return window.of(text), tuple(_apart(span for span in spans if span))


def _best(marks: Sequence[Mark]) -> Span:
    """Return the span of the marks within `WIDTH` that show most parts, then most places."""
    best, best_worth = Span(0, 0), (0, 0)
    for first, (start, end, _) in enumerate(marks):
        parts = set()
        count = 0
        for other in marks[first:]:
            if count and other.end - start > WIDTH:
                break
            end = max(end, other.end)
            parts.add(other.part)
            count += 1
        if (len(parts), count) > best_worth:
            best, best_worth = Span(start, end), (len(parts), count)
    return best


def _widened(text: str, core: Span) -> Span:
    """Return ``core`` with text around it, `WIDTH` characters at most, cut at spaces."""
    room = max(WIDTH - len(core), 0)
    start = max(core.start - room // _LEAD, 0)
    end = min(start + WIDTH, len(text))
    start = max(min(start, end - WIDTH), 0)
    if start > 0 and text[start - 1] != " ":
        space = text.find(" ", start, core.start)
        start = space + 1 if space >= 0 else min(core.start, start + room)
    if end < len(text) and text[end] != " ":
        space = text.rfind(" ", core.end, end)
        end = space if space >= 0 else max(end if core.end == 0 else core.end, start)
        end = min(end, start + WIDTH)
    return Span(start, end)


def _within(span: Span, window: Span) -> Span | None:
    start, end = max(span.start, window.start), min(span.end, window.end)
    return Span(start - window.start, end - window.start) if start < end else None


def _apart(spans: Iterator[Span]) -> list[Span]:
    """Return spans, given in their order, with those that overlap made one."""
    apart: list[Span] = []
    for span in spans:
        if apart and span.start < apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return apart
