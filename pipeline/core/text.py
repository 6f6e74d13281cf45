"""Folding, words and sentences: the few text operations that every package must do alike."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.core.spans import Span

WORD = re.compile(r"[^\W_]+(?:[’'ʼ][^\W_]+)*", re.UNICODE)

# A sentence ends at its mark before white space and something that can begin another one, or at
# an empty line. Abbreviations cut a sentence short now and then; a quote stays exact all the same.
_SENTENCE_END = re.compile(
    r"(?<=[.!?;…])[»”\")\]]*\s+(?=[«“\"(\[]?[^\W\d_a-zà-ÿ]|\(?\d+[.)])|\n\s*\n"
)

_SPECIAL = str.maketrans(
    {
        "ß": "ss",
        "ẞ": "ss",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ħ": "h",
        "Ħ": "h",
        "ı": "i",
        "ς": "σ",
        "’": "'",
        "ʼ": "'",
        "‑": "-",
        "–": "-",
        "\u00ad": None,
    }
)

# Controls, marks of direction, line separators, and halves of characters.
UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Return ``word`` in lower case, without accents, with one spelling of ß, œ, ς and the like.

    Search, matching and suggestions all fold with this function, on both sides, so that two
    spellings which a reader takes for the same word are the same word everywhere.
    """
    if word.isascii():
        return word.lower()
    lowered = word.translate(_SPECIAL).lower()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFD", lowered)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).translate(_SPECIAL)


def words(text: str, within: Span | None = None) -> Iterator[re.Match[str]]:
    """Yield each word of ``text``, or of a part of it, as a match; apostrophes inside are kept."""
    return WORD.finditer(text) if within is None else WORD.finditer(text, within.start, within.end)


def sentence_around(text: str, span: Span, *, within: Span, longest: int = 600) -> Span:
    """Return the span of the sentence of ``text`` that holds ``span``.

    Args:
        text: The whole text.
        span: What the sentence must hold.
        within: The sentence never leaves this range (a passage, a page).
        longest: Characters; a longer sentence is narrowed to whole words around ``span``.
    """
    return sentence_between(text, span, sentence_ends(text, within), within=within, longest=longest)


def sentence_ends(text: str, within: Span) -> list[tuple[int, int]]:
    """Return the gaps between the sentences of a part of ``text``: start and end, in order."""
    return [found.span() for found in _SENTENCE_END.finditer(text, within.start, within.end)]


def sentence_between(
    text: str, span: Span, ends: Sequence[tuple[int, int]], *, within: Span, longest: int = 600
) -> Span:
    """Return what `sentence_around` does, for `sentence_ends` that are known."""
    start, end = within.start, within.end
    # The first end that is not before the span; one that begins in it is none.
    number = bisect_right(ends, span.start, key=_next)
    if number:
        start = ends[number - 1][1]
    for last, _ in ends[number:]:
        if last >= span.end:
            end = last
            break
    if end - start > longest:
        start, end = _narrowed(text, span, Span(start, end), longest)
    while start < span.start and text[start].isspace():
        start += 1
    while end > span.end and text[end - 1].isspace():
        end -= 1
    return Span(min(start, span.start), max(end, span.end))


def _next(end: tuple[int, int]) -> int:
    return end[1]


def _narrowed(text: str, span: Span, sentence: Span, longest: int) -> tuple[int, int]:
    """Return the ends of at most ``longest`` characters around ``span``, at spaces."""
    room = max(longest - len(span), 0) // 2
    start = max(sentence.start, span.start - room)
    end = min(sentence.end, span.end + room)
    if start > sentence.start:
        space = re.compile(r"\s").search(text, start, span.start)
        start = space.end() if space else span.start
    if end < sentence.end:
        space_before = max(text.rfind(" ", span.end, end), text.rfind("\n", span.end, end))
        end = space_before if space_before >= 0 else span.end
    return start, end


def one_line(text: str) -> str:
    """Return ``text`` with every run of white space as one space, as it is shown to readers."""
    return " ".join(text.split())


def visible(text: str) -> str:
    """Return ``text`` with every sign spelt out that would move, colour or turn what is shown.

    File names may hold line ends, escape sequences of terminals and marks that turn the direction
    of writing (Unicode Technical Report 36); shown as they are, they could say anything.
    """
    return UNSEEN.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


@lru_cache(maxsize=1)  # asked several times of one text, which may be megabytes long
def count_words(text: str) -> int:
    """Return about how many words ``text`` has: runs of anything but white space."""
    return len(text.split())
