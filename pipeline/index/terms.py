"""Terms: where each word, phrase, beginning or name that a query looks for stands, and how often.

Every passage is matched by the analysis of its own language: in an English passage "die" is a
word, in a German one a stop word that asks for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

import numpy as np

from pipeline.core.query import (
    And,
    Fuzzy,
    InTitle,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Subject,
    Word,
)
from pipeline.index.analysis import analyzer_for, exact_words
from pipeline.index.lexicon import Lexicon, has_compounds
from pipeline.index.shelf import Places, Shelf
from pipeline.index.subjects import Subjects
from pipeline.index.weighed import (
    NO_NUMBERS,
    Numbers,
    Weighed,
    any_summed,
    shared,
    within,
)

# What a word counts that is only a part of a compound, or for each slip not quite what was typed.
COMPOUND_SHARE = 0.3
SLIP_SHARE = 0.5

_LONGEST_PASSAGE = 1 << 32  # words; keeps the positions of passages apart

Terms = tuple[Weighed, ...]


class Sought:
    """The terms of one query in one state of an index.

    Args:
        shelf: Where they stand.
        languages: All that are searched.
    """

    def __init__(self, shelf: Shelf, languages: Sequence[str]) -> None:
        self.shelf = shelf
        self.languages = languages
        self.subjects = Subjects(shelf, languages)
        self._terms: dict[tuple[Leaf, str, bool], Terms | None] = {}

    def terms(self, leaf: Leaf, language: str, *, stop_words: bool = False) -> Terms | None:
        """Return the weight of each term of ``leaf`` in each passage of ``language`` that has it.

        All of the terms are wanted.

        Args:
            leaf: What is looked for.
            language: Of the passages.
            stop_words: Whether stop words are looked for too, as they stand.

        Returns:
            Nothing where it has only words that ask for nothing in this language.
        """
        key = leaf, language, stop_words
        if key not in self._terms:
            self._terms[key] = _Reading(self.shelf, language, self.subjects).terms(
                leaf, stop_words=stop_words
            )
        return self._terms[key]


class _Reading:
    """Reads what stands in the passages of one language."""

    def __init__(self, shelf: Shelf, language: str, subjects: Subjects) -> None:
        self._shelf = shelf
        self._language = language
        self._subjects = subjects

    def terms(self, leaf: Leaf, *, stop_words: bool) -> Terms | None:
        match leaf:
            case Word(text):
                if stems := analyzer_for(self._language).wanted(text):
                    return tuple(self._stem(stem, text) for stem in stems)
                return self._phrase(exact_words([text])) if stop_words else None
            case Phrase(words):
                return self._phrase(exact_words(words))
            case Prefix(text):
                return self._open_ended(exact_words([text]), leaf)
            case Fuzzy(text):
                return self._open_ended(exact_words([text]), leaf)
            case InTitle(part):
                return self._in_title(part)
            case Subject():
                return (self._subjects.matching(leaf, self._language),)

    @property
    def _lexicon(self) -> Lexicon:
        return self._shelf.lexicon(self._language)

    def _stem(self, stem: str, text: str) -> Weighed:
        """Return where a stem stands, or in languages with compounds a part of one."""
        whole = self._shelf.stems(self._language, stem)
        words = exact_words([text])
        if not has_compounds(self._language) or len(words) != 1:
            return whole
        longer = self._lexicon.compounds_of(words[0], stem)
        parts = [self._shelf.stems(self._language, other) for other in longer]
        return any_summed([whole, *(part.times(COMPOUND_SHARE) for part in parts)])

    def _phrase(self, words: Sequence[str]) -> Terms | None:
        if not words:
            return None
        return (runs([self._shelf.places(self._language, word) for word in words]),)

    def _open_ended(self, words: Sequence[str], leaf: Prefix | Fuzzy) -> Terms | None:
        """Return where the words before the last stand in a row, and what the last may be."""
        if not words:
            return None
        places = (
            (self._shelf.places(self._language, word), share)
            for word, share in self._ends(words[-1], leaf)
        )
        last = any_summed([Weighed(p.numbers, p.sizes * np.float64(share)) for p, share in places])
        return (*(self._phrase(words[:-1]) or ()), last)

    def _ends(self, last: str, leaf: Prefix | Fuzzy) -> Iterator[tuple[str, float]]:
        """Yield the words that one may be that is only begun, or misspelt, and what each counts."""
        if isinstance(leaf, Prefix):
            yield from ((word, 1.0) for word in self._lexicon.beginning(last))
        else:
            for word, slips in self._lexicon.near(last, leaf.slips):
                yield word, SLIP_SHARE**slips

    def _in_title(self, part: Word | Phrase | Prefix | Fuzzy) -> Terms | None:
        titled = self._titled(part)
        if titled is None:
            return None
        table, passages = self._shelf.table, self._shelf.in_language(self._language)
        wanted = np.zeros(len(table), np.bool_)
        wanted[np.searchsorted(table.heads, titled)] = True
        numbers = passages[wanted[table.rows_of(passages)]]
        return (Weighed(numbers, np.ones(len(numbers))),)

    def _titled(self, part: Word | Phrase | Prefix | Fuzzy) -> Numbers | None:
        match part:
            case Word(text):
                stems = analyzer_for(self._language).wanted(text)
                found = [self._shelf.title_stems(self._language, stem) for stem in stems]
                return reduce(shared, found) if found else None
            case Phrase(words):
                return self._titled_phrase(exact_words(words))
            case Prefix(text) | Fuzzy(text):
                words = exact_words([text])
                if not words:
                    return None
                ends: Iterable[str] = (word for word, _ in self._ends(words[-1], part))
                found = [self._shelf.title_places(self._language, word).numbers for word in ends]
                ended = np.unique(np.concatenate([NO_NUMBERS, *found]))
                begun = self._titled_phrase(words[:-1])
                return ended if begun is None else shared(begun, ended)

    def _titled_phrase(self, words: Sequence[str]) -> Numbers | None:
        if not words:
            return None
        return runs([self._shelf.title_places(self._language, word) for word in words]).numbers


def leaves_of(node: Node | None) -> Iterator[Leaf]:
    """Yield what is looked for, without what is left out."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves_of(part)
        case Not() | None:
            return
        case _:
            yield node


def runs(words: Sequence[Places]) -> Weighed:
    """Return how often the words stand one after the other, where they do."""
    fewest_first = sorted(enumerate(words), key=lambda item: len(item[1].positions))
    (at, places), *others = fewest_first
    starts = _starts(places, at)
    for at, places in others:
        following = _starts(places, at)
        starts = starts[within(starts, following)]
    numbers, counts = np.unique(starts // _LONGEST_PASSAGE, return_counts=True)
    return Weighed(numbers, counts.astype(np.float64))


def _starts(places: Places, at: int) -> Numbers:
    """Return where a phrase would begin that has the word at its place ``at``, over passages."""
    numbers = np.repeat(places.numbers.astype(np.int64), places.sizes)
    starts = numbers * _LONGEST_PASSAGE + places.positions - at
    return starts[places.positions >= at] if at else starts
