"""Choosing the sentences that prove a tag: the strongest, each once, from different pages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.core.concepts import Role
from pipeline.core.document import Document, Place
from pipeline.core.references import Scheme
from pipeline.core.spans import Span
from pipeline.core.tags import Evidence, Reason
from pipeline.core.text import one_line
from pipeline.tagging.matching import Match
from pipeline.tagging.sentences import Sentence, sentences_of

AT_MOST = 5  # sentences: what a reader looks at before trusting a tag or not
LOOKED_AT = 200  # strongest matches that are considered, however long the document
# A second sentence of the same page or for the same term proves less than one from elsewhere.
REPEATED = 0.5
# What a sentence is worth that a reader would not take as a reason. Causes and order are those of
# some 300 first sentences read by hand: most of the refused ones stood in footnotes and lists.
FOOTNOTE = 0.15  # has another act's title, which is full of terms, or an aside
CONTENTS = 0.15  # of a table of contents: names a chapter, says nothing
PRIVATE = 0.15  # that privacy is respected, which every act says
FORMULA = 0.3  # the last recital: which committee gave its opinion
FRAGMENT = 0.3  # a few words
NUMBERED = 0.3  # only the number of an act speaks, which most readers do not know
LISTED = 0.5  # a list of acts, items, amounts or abbreviations names everything
CLIPPED = 0.5  # no sentence of its own: its beginning or end is left out
POOR = 0.3  # what is worth no more proves nothing that a reader would believe
WORDS = 4  # fewer are a fragment
ENACTED = 3  # words in capitals after the last recital: "HAS ADOPTED THIS REGULATION"
ACTS = 4  # cited by one sentence: from here on it is a list of acts
ITEMS = 3  # bullets inside one sentence: from here on it is a list
CELLS = 0.2  # share of signs, numbers and capitals that stand alone: it is the row of a table
# Acts on personal data.
PRIVACY = frozenset({"(EU) 2016/679", "(EU) 2018/1725", "(EC) 45/2001", "95/46/EC"})

# A footnote's sign: a number without a mark, where a line begins after the end of something, or a
# number in square brackets.
_NOTE = re.compile(
    r"(?<=[\n.!?…:;,)\d])\n[ \t]*\d{1,3}[ \t]+(?=[^\W\d_a-zà-ÿ])|^[ \t]*\[\d{1,3}\]", re.MULTILINE
)
_ITEM = re.compile(r"^[ \t]*[•▪◦●■‣➢o–-][ \t]", re.MULTILINE)
_AMOUNT = re.compile(r"\d[.,\s]\d{3}[.,]\d{2}\b")
_CELL = re.compile(r"[☐☑☒✓✔×+-]+|\d+([.,]\d+)?%?")
_ADDRESS = re.compile(r"\bhttps?:|\bwww\.")
_LEADER = re.compile(r"\.{4}|…{2}|(?:\. ){4}")


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a tag.

    Attributes:
        evidence: At most `AT_MOST` sentences, strongest first.
        convincing: Whether any of them is more than a footnote, a number, a fragment or the like.
    """

    evidence: tuple[Evidence, ...]
    convincing: bool


def proof(document: Document, matches: Sequence[Match]) -> Proof:
    """Return the sentences around ``matches`` that prove a tag.

    A sentence's weight is the sum of its different matches' weights; every page or term that was
    chosen before halves it, and what is no proper sentence of the text counts less.
    """
    title = document.origins.get("title")
    # "price" proves nothing, unless it stands in the title.
    proving = [m for m in matches if m.role is not Role.COMPANY or _inside(m.span, title)]
    heaviest = sorted(proving, key=lambda m: (-m.weight, m.start))[:LOOKED_AT]
    trusts = _trusts(document, sentences := sentences_of(document, heaviest))
    chosen: list[Evidence] = []
    pages: set[int] = set()
    terms: set[str] = set()

    def worth(number: int) -> tuple[float, int]:
        found = sentences[number].matches
        weights = {m.key: m.weight * (REPEATED if m.key in terms else 1) for m in found}
        page = document.passages[found[0].passage].page
        worth = sum(weights.values()) * (REPEATED if page in pages else 1) * trusts[number]
        return -worth, sentences[number].span.start

    left = list(range(len(sentences)))
    while left and len(chosen) < AT_MOST:
        left.remove(best := min(left, key=worth))
        span, found = sentences[best].span, sentences[best].matches
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
    return Proof(tuple(chosen), _convincing(sentences, trusts))


def _convincing(sentences: Sequence[Sentence], trusts: Sequence[float]) -> bool:
    """Return whether any sentence is a proper one that more than everyday words speak in."""
    return any(
        trust > POOR and any(match.role is not Role.COMPANY for match in sentence.matches)
        for sentence, trust in zip(sentences, trusts, strict=True)
    )


def _trusts(document: Document, sentences: Sequence[Sentence]) -> list[float]:
    """Return for each sentence, 0..1, how far a reader takes it for a sentence of the text."""
    title = document.origins.get("title")
    cited = [one for one in document.references if not one.own]
    published = [one.span.start for one in cited if one.scheme is Scheme.JOURNAL]
    acts = [one.span.start for one in cited if one.scheme is Scheme.ACT]
    privacy = _privacy(document, title)
    trusts = []
    for sentence in sentences:
        trust = 1.0
        if all(m.reason is Reason.REFERENCE for m in sentence.matches):
            trust *= NUMBERED
        # The title may look as it will: it says what the document is about.
        if not _inside(sentence.span, title):
            first, quote = sentence.matches[0], document.quote(sentence.span)
            before = document.text[max(sentence.whole.start - 2, 0) : first.start]
            trust *= _look(quote)
            if _count(published, sentence.whole) or _NOTE.search(before) or _cites(quote):
                trust *= FOOTNOTE
            if document.page(document.passages[first.passage].page).layout.contents:
                trust *= CONTENTS
            if _count(acts, sentence.span) >= ACTS:
                trust *= LISTED
            if _count(privacy, sentence.span):
                trust *= PRIVATE
            if sentence.span != sentence.whole:
                trust *= CLIPPED
        trusts.append(trust)
    return trusts


def _inside(span: Span, place: Place | None) -> bool:
    return isinstance(place, Span) and span in place


def _privacy(document: Document, title: Place | None) -> list[int]:
    """Return where acts on personal data are cited; nowhere if the document is about one."""
    places = [one for one in document.references if one.value in PRIVACY]
    about = any(one.own or _inside(one.span, title) for one in places)
    return [] if about else [one.span.start for one in places]


def _look(quote: str) -> float:
    """Return how far a quote looks like a sentence, 0..1."""
    look = 1.0
    words = quote.split()
    if _LEADER.search(quote):
        look *= CONTENTS
    if " = " in quote or _AMOUNT.search(quote) or len(_ITEM.findall(quote)) >= ITEMS:
        look *= LISTED
    if sum(map(_is_cell, words)) >= CELLS * len(words):
        look *= FRAGMENT
    if len(words) < WORDS:
        look *= FRAGMENT
    elif all(word.isupper() for word in _lettered(words)[-ENACTED:]):
        look *= FORMULA
    return look


def _is_cell(word: str) -> bool:
    return (len(word) == 1 and word.isupper()) or _CELL.fullmatch(word) is not None


def _lettered(words: Sequence[str]) -> list[str]:
    return [word for word in words if any(map(str.isalpha, word))]


def _cites(quote: str) -> bool:
    """Return whether a quote ends in a number or has an address, as footnotes do.

    "See COM(2020) 825 final." is all that some of them say. What says where another act was
    published is a footnote without a sign, too.
    """
    return quote.rstrip(" .;)").endswith(" final") or _ADDRESS.search(quote) is not None


def _count(starts: Sequence[int], span: Span) -> int:
    return bisect_left(starts, span.end) - bisect_left(starts, span.start)
