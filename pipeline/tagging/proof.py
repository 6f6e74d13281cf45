"""Choosing the sentences that prove a tag: the strongest, each once, from different pages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.core.concepts import Role
from pipeline.core.document import Document
from pipeline.core.references import Scheme
from pipeline.core.spans import Span
from pipeline.core.tags import Evidence
from pipeline.core.text import one_line, sentence_around
from pipeline.tagging.matching import Match

AT_MOST = 5  # sentences: what a reader looks at before trusting a tag or not
LOOKED_AT = 200  # strongest matches that are considered, however long the document
LONGEST = 400  # characters of a quote; where no sentence ends for longer, words around the match
# A second sentence of the same page or for the same term proves less than one from elsewhere.
REPEATED = 0.5
# A sentence that says where another act was published is a footnote: it has only that act's title.
FOOTNOTE = 0.3


def proof(document: Document, matches: Sequence[Match]) -> tuple[Evidence, ...]:
    """Return at most `AT_MOST` sentences around ``matches``, strongest first.

    A sentence's weight is the sum of its different matches' weights; every page or term that was
    chosen before halves it, and a footnote's counts less.
    """
    sentences = _sentences(document, matches)
    published = [
        reference.span.start
        for reference in document.references
        if reference.scheme is Scheme.JOURNAL and not reference.own
    ]
    chosen: list[Evidence] = []
    pages: set[int] = set()
    terms: set[str] = set()

    def worth(item: tuple[Span, list[Match]]) -> tuple[float, int]:
        span, found = item
        weights = {m.key: m.weight * (REPEATED if m.key in terms else 1) for m in found}
        page = document.passages[found[0].passage].page
        worth = sum(weights.values()) * (REPEATED if page in pages else 1)
        if bisect_left(published, span.start) < bisect_left(published, span.end):
            worth *= FOOTNOTE
        return -worth, span.start

    while sentences and len(chosen) < AT_MOST:
        best = min(sentences, key=worth)
        sentences.remove(best)
        span, found = best
        strongest = max(found, key=lambda m: m.weight)
        page = document.passages[strongest.passage].page
        chosen.append(
            Evidence(
                span=span,
                page=page,
                quote=document.quote(span),
                reason=strongest.reason,
                match=one_line(document.quote(strongest.span)),
                weight=sum({m.key: m.weight for m in found}.values()),
            )
        )
        pages.add(page)
        terms.update(m.key for m in found)
    return tuple(chosen)


def _sentences(document: Document, matches: Sequence[Match]) -> list[tuple[Span, list[Match]]]:
    """Return the sentences that hold the strongest matches, each with all that it holds."""
    proving = [m for m in matches if m.role is not Role.COMPANY]  # "price" proves nothing
    strongest = sorted(proving, key=lambda m: (-m.weight, m.start))[:LOOKED_AT]
    sentences: list[tuple[Span, list[Match]]] = []
    end = 0  # of the last sentence: a very long one is narrowed, and two must not overlap
    for match in sorted(strongest, key=lambda m: m.start):
        if sentences and match.span in sentences[-1][0]:
            sentences[-1][1].append(match)
        elif match.start >= end:
            passage = document.passages[match.passage].span
            within = Span(max(passage.start, end), passage.end)
            span = sentence_around(document.text, match.span, within=within, longest=LONGEST)
            sentences.append((span, [match]))
            end = span.end
    return sentences
