"""Suggestions: the words of the index that a word which finds nothing may have been meant to be."""

from __future__ import annotations

from collections import Counter

from pipeline.core.text import WORD
from pipeline.index.analysis import exact_words
from pipeline.index.shelf import Shelf

SLIPS = 2


def suggestions(word: str, shelf: Shelf, limit: int) -> tuple[str, ...]:
    """Return up to ``limit`` folded words that are nearly ``word``.

    Those with fewer slips come first, then the more frequent.
    """
    meant = exact_words([word])
    if len(meant) != 1 or len(meant[0]) < 2:
        return ()
    slips: dict[str, int] = {}
    frequent: Counter[str] = Counter()
    for language in shelf.languages():
        for known, away in shelf.lexicon(language).near(meant[0], SLIPS):
            if away and WORD.fullmatch(known) and not known.isdecimal():
                slips[known] = away
                frequent[known] += len(shelf.places(language, known).numbers)
    # The lexicon has words of titles that stand in no passage.
    best = sorted((w for w in slips if frequent[w]), key=lambda w: (slips[w], -frequent[w], w))
    return tuple(best[:limit])
