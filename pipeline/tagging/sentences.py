"""The sentences around what was found in a text, as a reader would quote them.

A sentence never runs from a title or heading into what follows it, nor from one long line into
the next: where lines are longer than a page is wide, each is a paragraph of its own, with or
without a full stop ("Having regard to the Treaty,").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.core.document import Document
from pipeline.core.spans import Span
from pipeline.core.text import sentence_around, sentence_between, sentence_ends
from pipeline.tagging.matching import Match

LONGEST = 400  # characters of a quote; where no sentence ends for longer, words around the match
PARAGRAPH = 200  # characters from which a line is a paragraph, not a line of one


@dataclass(frozen=True, slots=True)
class Sentence:
    """A quote that may prove a tag.

    Attributes:
        whole: The sentence that it is, or is cut out of.
        matches: All that stand in it, in the text's order, at least one.
    """

    span: Span
    whole: Span
    matches: list[Match]


def sentences_of(document: Document, matches: Sequence[Match]) -> list[Sentence]:
    """Return the sentences that hold ``matches``, in the text's order, none overlapping another."""
    blocks = _blocks(document)
    starts = [block.start for block in blocks]
    sentences: list[Sentence] = []
    end = 0  # of the last sentence: a very long one is narrowed, and two must not overlap
    known, ends = Span(0, 0), []  # where sentences end in the last match's room
    for match in sorted(matches, key=lambda m: m.start):
        if sentences and match.span in sentences[-1].span:
            sentences[-1].matches.append(match)
        elif match.start >= end:
            room = _room(document, blocks, starts, match)
            if room != known:
                known, ends = room, sentence_ends(document.text, room)
            whole = sentence_between(
                document.text, match.span, ends, within=room, longest=len(room)
            )
            span = whole
            if whole.start < end or len(whole) > LONGEST:
                within = Span(max(whole.start, end), whole.end)
                span = sentence_around(document.text, match.span, within=within, longest=LONGEST)
            sentences.append(Sentence(span, whole, [match]))
            end = span.end
    return sentences


def _blocks(document: Document) -> list[Span]:
    """Return the title and the headings, in the text's order, none overlapping another."""
    title = document.origins.get("title")
    spans = [heading.span for heading in document.headings]
    if isinstance(title, Span):
        spans.append(title)
    blocks: list[Span] = []
    for span in sorted(spans):
        if not blocks or span.start >= blocks[-1].end:
            blocks.append(span)
    return blocks


def _room(document: Document, blocks: Sequence[Span], starts: Sequence[int], match: Match) -> Span:
    """Return the part of a match's passage that its sentence cannot leave."""
    passage = document.passages[match.passage].span
    start, end = passage.start, passage.end
    after = bisect_right(starts, match.start)
    if after and match.start < blocks[after - 1].end:
        block = blocks[after - 1]
        start, end = max(start, block.start), min(end, max(block.end, match.end))
    else:
        if after:
            start = max(start, blocks[after - 1].end)
        if after < len(blocks):
            end = min(end, max(blocks[after].start, match.end))
        line = document.text.rfind("\n", start, match.start) + 1 or start
        line_end = document.text.find("\n", match.end, end)
        line_end = end if line_end < 0 else line_end
        if line_end - line > PARAGRAPH:
            start, end = line, line_end
    return Span(start, end)
