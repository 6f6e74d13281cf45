"""Trust: how far a reader takes a quote for a sentence of the text that proves something."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from pipeline.core.document import Document, Place
from pipeline.core.references import Reference, Scheme
from pipeline.core.spans import Span
from pipeline.core.tags import Reason
from pipeline.tagging.registers import ADDRESSES
from pipeline.tagging.sentences import Sentence

# What a sentence is worth that a reader would not take as a reason. Causes and order are those of
# some 1,200 first sentences read by hand: most of the refused ones stood in footnotes and lists.
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
_CELL = re.compile(r"(?<!\S)(?:[☐☑☒✓✔×+-]+|\d+(?:[.,]\d+)?%?|[^\W\d_])(?!\S)")
_LEADER = re.compile(r"\.{4}|…{2}|(?:\. ){4}")


class Trust:
    """How far sentences of one document are to be trusted."""

    def __init__(self, document: Document) -> None:
        cited = [one for one in document.references if not one.own]
        self._document = document
        self._title = document.origins.get("title")
        self._published = _starts(one for one in cited if one.scheme is Scheme.JOURNAL)
        self._acts = _starts(one for one in cited if one.scheme is Scheme.ACT)
        self._privacy = _privacy(document, self._title)

    def of(self, sentence: Sentence) -> float:
        """Return the trust in a sentence, 0..1."""
        trust = 1.0
        if all(match.reason is Reason.REFERENCE for match in sentence.matches):
            trust *= NUMBERED
        # The title may look as it will: it says what the document is about.
        if inside(sentence.span, self._title):
            return trust
        quote = self._document.quote(sentence.span)
        passage = self._document.passages[sentence.matches[0].passage]
        trust *= _look(quote)
        if self._is_note(sentence, quote):
            trust *= FOOTNOTE
        if self._document.page(passage.page).layout.contents:
            trust *= CONTENTS
        if _count(self._acts, sentence.span) >= ACTS:
            trust *= LISTED
        if _count(self._privacy, sentence.span):
            trust *= PRIVATE
        if sentence.span != sentence.whole:
            trust *= CLIPPED
        return trust

    def _is_note(self, sentence: Sentence, quote: str) -> bool:
        """Return whether it is a footnote: by its sign, its address, or what it says.

        What says where another act was published is one without a sign, and "See COM(2020) 825
        final." is all that some of them say.
        """
        start, first = max(sentence.whole.start - 2, 0), sentence.matches[0].start
        return (
            _count(self._published, sentence.whole) > 0
            or _NOTE.search(self._document.text, start, first) is not None
            or any(address in quote for address in ADDRESSES)
            or quote.rstrip(" .;)").endswith(" final")
        )


def inside(span: Span, place: Place | None) -> bool:
    """Return whether a span lies in a place of the text."""
    return isinstance(place, Span) and span in place


def _privacy(document: Document, title: Place | None) -> list[int]:
    """Return where acts on personal data are cited; nowhere if the document is about one."""
    places = [one for one in document.references if one.value in PRIVACY]
    about = any(one.own or inside(one.span, title) for one in places)
    return [] if about else _starts(places)


def _starts(references: Iterable[Reference]) -> list[int]:
    return [one.span.start for one in references]


def _look(quote: str) -> float:
    """Return how far a quote looks like a sentence, 0..1."""
    look = 1.0
    words = quote.split()
    if _LEADER.search(quote):
        look *= CONTENTS
    if " = " in quote or _AMOUNT.search(quote) or len(_ITEM.findall(quote)) >= ITEMS:
        look *= LISTED
    cells = [cell for cell in _CELL.findall(quote) if not cell.islower()]
    if len(cells) >= CELLS * len(words):
        look *= FRAGMENT
    if len(words) < WORDS:
        look *= FRAGMENT
    elif all(word.isupper() for word in _lettered(words)[-ENACTED:]):
        look *= FORMULA
    return look


def _lettered(words: Sequence[str]) -> list[str]:
    return [word for word in words if any(map(str.isalpha, word))]


def _count(starts: Sequence[int], span: Span) -> int:
    return bisect_left(starts, span.end) - bisect_left(starts, span.start)
