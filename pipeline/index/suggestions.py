"""Suggestions: the words of the index that a word which finds nothing may have been meant to be."""

from __future__ import annotations

from difflib import SequenceMatcher

from pipeline.core.text import WORD
from pipeline.index.analysis import exact_words
from pipeline.index.shelf import Shelf

MIN_LIKENESS = 0.7  # of difflib, 0..1; one slip in a word of four letters is 0.75
_LENGTHS_APART = 2


def suggestions(word: str, shelf: Shelf, limit: int) -> tuple[str, ...]:
    """Return up to ``limit`` folded words that are nearly ``word``, likest then most frequent.

    They begin with the first letter of ``word``, or the second where the first is one too many
    or two were swapped: that leaves an eighth of the words to compare.
    """
    meant = exact_words([word])
    if len(meant) != 1 or len(meant[0]) < 2:
        return ()
    matcher = SequenceMatcher(b=meant[0], autojunk=False)
    likeness: dict[str, float] = {}
    for language in shelf.languages():
        for letter in dict.fromkeys(meant[0][:2]):
            for known in shelf.words(language, letter):
                if known not in likeness and _may_be(known, meant[0]):
                    likeness[known] = _likeness(matcher, known)
    near = sorted((-like, known) for known, like in likeness.items() if like >= MIN_LIKENESS)
    # How frequent a word is takes a look into its postings; the likest few are enough for that.
    best = near[: 4 * limit]
    frequent = {known: _frequency(known, shelf) for _, known in best}
    best.sort(key=lambda item: (item[0], -frequent[item[1]], item[1]))
    # Words of deleted documents stay in the list of words until their segment is merged.
    return tuple([known for _, known in best if frequent[known]][:limit])


def _may_be(known: str, meant: str) -> bool:
    return (
        known != meant
        and abs(len(known) - len(meant)) <= _LENGTHS_APART
        and WORD.fullmatch(known) is not None
        and not known.isdecimal()
    )


def _likeness(matcher: SequenceMatcher[str], known: str) -> float:
    matcher.set_seq1(known)
    if matcher.quick_ratio() < MIN_LIKENESS:
        return 0.0
    return matcher.ratio()


def _frequency(word: str, shelf: Shelf) -> int:
    return sum(len(shelf.places(language, word)) for language in shelf.languages())
