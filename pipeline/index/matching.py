"""Matching: which passages of one language a query tree matches, and how well.

Every passage is matched by the analysis of its own language: in an English passage "die" is a
word, in a German one a stop word that asks for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from math import log

from pipeline.core.query import And, Node, Not, Or, Phrase, Prefix, Word
from pipeline.index.analysis import analyzer_for, exact_words
from pipeline.index.shelf import Shelf

# "k1" of BM25 (Robertson and Spärck Jones 1994): how soon repeating a word stops to count.
SATURATION = 1.2
FLAT_SCORE = 1.0  # of what matches without a word: everything, or everything but something

Scores = dict[int, float]


def match(node: Node, language: str, shelf: Shelf, *, stop_words: bool = False) -> Scores | None:
    """Return the score, above 0, of each passage of ``language`` that matches.

    Args:
        node: What to match.
        language: Of the passages.
        shelf: Where they are.
        stop_words: Whether stop words are looked for too, as they stand.

    Returns:
        Nothing where the query has only words that ask for nothing in this language.
    """
    return _Matcher(shelf, language, stop_words).match(node)


class _Matcher:
    def __init__(self, shelf: Shelf, language: str, stop_words: bool) -> None:
        self._shelf = shelf
        self._language = language
        self._stop_words = stop_words
        self._size = shelf.size(language)

    def match(self, node: Node) -> Scores | None:
        match node:
            case Word(text):
                return self._word(text)
            case Phrase(words):
                return self._phrase(exact_words(words))
            case Prefix(text):
                return self._prefix(exact_words([text]))
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return _any([found for part in parts if (found := self.match(part)) is not None])
            case Not():
                return self._all((node,))

    def _word(self, text: str) -> Scores | None:
        stems = analyzer_for(self._language).wanted(text)
        if stems:
            return _each([self._ranked(self._shelf.stems(self._language, s)) for s in stems])
        return self._phrase(exact_words([text])) if self._stop_words else None

    def _phrase(self, words: tuple[str, ...]) -> Scores | None:
        if not words:
            return None
        found = [self._shelf.places(self._language, word) for word in words]
        passages = reduce(set.intersection, (set(places) for places in found))
        counts = {p: _runs([places[p] for places in found]) for p in passages}
        return self._ranked({p: float(count) for p, count in counts.items() if count})

    def _prefix(self, words: tuple[str, ...]) -> Scores | None:
        if not words:
            return None
        counts: Scores = {}
        for word in self._shelf.words(self._language, words[-1]):
            for passage, places in self._shelf.places(self._language, word).items():
                counts[passage] = counts.get(passage, 0) + len(places)
        found = self._ranked(counts)
        before = self._phrase(words[:-1])
        return found if before is None else _each([before, found])

    def _all(self, parts: tuple[Node, ...]) -> Scores | None:
        kept = [
            found for p in parts if not isinstance(p, Not) and (found := self.match(p)) is not None
        ]
        dropped = [
            found for p in parts if isinstance(p, Not) and (found := self.match(p.part)) is not None
        ]
        if not kept and not dropped:
            return None
        if kept:
            found = _each(kept)
        else:
            found = dict.fromkeys(self._shelf.in_language(self._language), FLAT_SCORE)
        return {p: s for p, s in found.items() if not any(p in out for out in dropped)}

    def _ranked(self, weights: Mapping[int, float]) -> Scores:
        """Return BM25 scores; how rare a word is counts within its language."""
        having = len(weights)
        rarity = log(1 + (max(self._size - having, 0) + 0.5) / (having + 0.5))
        scale = rarity * (SATURATION + 1)
        return {p: scale * weight / (weight + SATURATION) for p, weight in weights.items()}


def _each(found: list[Scores]) -> Scores:
    """Return the passages that are in all, with the sums of their scores."""
    fewest = min(found, key=len)
    passages = [p for p in fewest if all(p in scores for scores in found)]
    return {p: sum(scores[p] for scores in found) for p in passages}


def _any(found: list[Scores]) -> Scores | None:
    """Return the passages that are in any, with the sums of their scores."""
    if not found:
        return None
    total = dict(found[0])
    for scores in found[1:]:
        for passage, score in scores.items():
            total[passage] = total.get(passage, 0.0) + score
    return total


def _runs(places: Sequence[Sequence[int]]) -> int:
    """Return how often the words stand one after the other."""
    first, *rest = places
    later = [frozenset(p) for p in rest]
    return sum(all(at + n in p for n, p in enumerate(later, start=1)) for at in first)
