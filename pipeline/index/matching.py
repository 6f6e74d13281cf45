"""Matching: which passages of one language a query tree matches, and how well.

Every passage is matched by the analysis of its own language: in an English passage "die" is a
word, in a German one a stop word that asks for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

import numpy as np

from pipeline.core.query import And, Fuzzy, InTitle, Node, Not, Or, Phrase, Prefix, Subject, Word
from pipeline.index.analysis import analyzer_for, exact_words
from pipeline.index.lexicon import Lexicon
from pipeline.index.shelf import Places, Shelf
from pipeline.index.subjects import Subjects
from pipeline.index.weighed import (
    NO_NUMBERS,
    Numbers,
    Weighed,
    all_summed,
    any_summed,
    rarity,
    saturated,
    shared,
    within,
)  # fmt: skip

FLAT_SCORE = 1.0  # of what matches without a word: everything, or everything but something
# What a word counts that is only a part of a compound, or is not quite what was typed.
COMPOUND_SHARE = 0.3
SLIP_SHARE = 0.5

_LONGEST_PASSAGE = 1 << 32  # words; keeps the positions of passages apart


def match(
    node: Node, language: str, shelf: Shelf, subjects: Subjects, *, stop_words: bool = False
) -> Weighed | None:
    """Return the score of each passage of ``language`` that matches.

    Args:
        node: What to match.
        language: Of the passages.
        shelf: Where they are.
        subjects: What matches the subjects in ``node``.
        stop_words: Whether stop words are looked for too, as they stand.

    Returns:
        Nothing where the query has only words that ask for nothing in this language.
    """
    return _Matcher(shelf, language, subjects, stop_words).match(node)


class _Matcher:
    def __init__(self, shelf: Shelf, language: str, subjects: Subjects, stop_words: bool) -> None:
        self._shelf = shelf
        self._language = language
        self._subjects = subjects
        self._stop_words = stop_words
        self._size = len(shelf.in_language(language))

    @property
    def _lexicon(self) -> Lexicon:
        return self._shelf.lexicon(self._language)

    def match(self, node: Node) -> Weighed | None:
        match node:
            case Word(text):
                return self._word(text)
            case Phrase(words):
                return self._phrase(exact_words(words))
            case Prefix(text):
                return self._prefix(exact_words([text]))
            case Fuzzy(text, slips):
                return self._fuzzy(exact_words([text]), slips)
            case InTitle(part):
                return self._in_title(part)
            case Subject():
                return self._subjects.matching(node, self._language)
            case And(parts):
                return self._all(parts)
            case Or(parts):
                found = [one for p in parts if (one := self.match(p)) is not None]
                return any_summed(found) if found else None
            case Not():
                return self._all((node,))

    def _word(self, text: str) -> Weighed | None:
        if stems := analyzer_for(self._language).wanted(text):
            return all_summed([self._ranked(self._stem(stem, text)) for stem in stems])
        return self._phrase(exact_words([text])) if self._stop_words else None

    def _stem(self, stem: str, text: str) -> Weighed:
        """Return where a stem stands, or in languages with compounds a part of one."""
        whole = self._shelf.stems(self._language, stem)
        words = exact_words([text])
        longer = self._lexicon.compounds_of(words[0], stem) if len(words) == 1 else ()
        parts = [self._shelf.stems(self._language, other) for other in longer]
        return any_summed([whole, *(part.times(COMPOUND_SHARE) for part in parts)])

    def _phrase(self, words: Sequence[str]) -> Weighed | None:
        if not words:
            return None
        return self._ranked(runs([self._shelf.places(self._language, word) for word in words]))

    def _prefix(self, words: Sequence[str]) -> Weighed | None:
        if not words:
            return None
        known = self._lexicon.beginning(words[-1])
        return self._open_ended(words[:-1], dict.fromkeys(known, 1.0))

    def _fuzzy(self, words: Sequence[str], slips: int) -> Weighed | None:
        if not words:
            return None
        known = self._lexicon.near(words[-1], slips)
        return self._open_ended(words[:-1], {word: SLIP_SHARE**away for word, away in known})

    def _open_ended(self, before: Sequence[str], last: dict[str, float]) -> Weighed:
        """Return what has the words before and any of the last ones, which count their share."""
        places = ((self._shelf.places(self._language, word), share) for word, share in last.items())
        found = any_summed([Weighed(p.numbers, p.sizes * np.float64(share)) for p, share in places])
        phrase = self._phrase(before)
        ranked = self._ranked(found)
        return ranked if phrase is None else all_summed([phrase, ranked])

    def _in_title(self, part: Word | Phrase | Prefix | Fuzzy) -> Weighed | None:
        titled = self._titled(part)
        if titled is None:
            return None
        table = self._shelf.table
        passages = self._shelf.in_language(self._language)
        rows = table.rows_of(passages)
        wanted = np.zeros(len(table), np.bool_)
        wanted[np.searchsorted(table.heads, titled)] = True
        numbers = passages[wanted[rows]]
        # Every passage of the document has the same score.
        return Weighed(numbers, np.full(len(numbers), rarity(len(titled), len(table))))

    def _titled(self, part: Word | Phrase | Prefix | Fuzzy) -> Numbers | None:
        match part:
            case Word(text):
                stems = analyzer_for(self._language).wanted(text)
                found = [self._shelf.title_stems(self._language, stem) for stem in stems]
                return reduce(shared, found) if found else None
            case Phrase(words):
                return self._titled_phrase(exact_words(words))
            case Prefix(text):
                *before, last = exact_words([text]) or ("",)
                known: Iterable[str] = self._lexicon.beginning(last) if last else ()
            case Fuzzy(text, slips):
                *before, last = exact_words([text]) or ("",)
                known = [word for word, _ in self._lexicon.near(last, slips)]
        if not last:
            return None
        ends = [self._shelf.title_places(self._language, word).numbers for word in known]
        ended = np.unique(np.concatenate([NO_NUMBERS, *ends]))
        started = self._titled_phrase(tuple(before))
        return ended if started is None else shared(started, ended)

    def _titled_phrase(self, words: Sequence[str]) -> Numbers | None:
        if not words:
            return None
        return runs([self._shelf.title_places(self._language, word) for word in words]).numbers

    def _all(self, parts: tuple[Node, ...]) -> Weighed | None:
        kept = [
            found for p in parts if not isinstance(p, Not) and (found := self.match(p)) is not None
        ]
        dropped = [
            found for p in parts if isinstance(p, Not) and (found := self.match(p.part)) is not None
        ]
        if not kept and not dropped:
            return None
        if kept:
            found = all_summed(kept)
        else:
            numbers = self._shelf.in_language(self._language)
            found = Weighed(numbers, np.full(len(numbers), FLAT_SCORE))
        for out in dropped:
            found = found.chosen(~within(found.numbers, out.numbers))
        return found

    def _ranked(self, found: Weighed) -> Weighed:
        """Return BM25 scores; how rare a word is counts within its language."""
        return Weighed(found.numbers, saturated(found.weights)).times(
            rarity(len(found), self._size)
        )


def runs(words: Sequence[Places]) -> Weighed:
    """Return how often the words stand one after the other, where they do."""
    fewest_first = sorted(enumerate(words), key=lambda item: len(item[1].positions))
    (at, places), *others = fewest_first
    starts = _starts(places, at)
    for at, places in others:
        starts = shared(starts, _starts(places, at))
    numbers, counts = np.unique(starts // _LONGEST_PASSAGE, return_counts=True)
    return Weighed(numbers, counts.astype(np.float64))


def _starts(places: Places, at: int) -> Numbers:
    """Return where a phrase would begin that has the word at its place ``at``, over passages."""
    starts = np.repeat(places.numbers, places.sizes) * _LONGEST_PASSAGE + places.positions - at
    return starts[places.positions >= at] if at else starts
