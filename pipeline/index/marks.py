"""Marks: where the words, phrases and names that a query looks for stand in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import eq
from typing import NamedTuple

from pipeline.core.query import And, Fuzzy, InTitle, Node, Not, Or, Phrase, Prefix, Subject, Word
from pipeline.core.text import WORD
from pipeline.index.analysis import analyzer_for, exact_words
from pipeline.index.lexicon import MIN_PART, has_compounds, slips_allowed


class Mark(NamedTuple):
    """Characters ``start`` to ``end`` that match the query's ``part``-th word, phrase or name."""

    start: int
    end: int
    part: int


class _Found(NamedTuple):
    """A word of a text."""

    start: int
    end: int
    exact: str
    stem: str


Last = Callable[[str, str], bool]  # compares the last word of a run with the one that is sought


@lru_cache(maxsize=128)
def marker_for(node: Node, language: str) -> Marker:
    """Return what marks the matches of ``node`` in texts of ``language``."""
    return Marker(node, language)


class Marker:
    """Marks what a query looks for in texts of one language."""

    def __init__(self, node: Node, language: str) -> None:
        self._analyzer = analyzer_for(language)
        self._stems: defaultdict[str, list[int]] = defaultdict(list)
        self._exact: defaultdict[str, list[int]] = defaultdict(list)
        self._runs: list[tuple[int, tuple[str, ...], Last]] = []
        self._names: list[tuple[int, tuple[str, ...]]] = []
        for part, leaf in enumerate(_leaves(node)):
            self._seek(part, leaf, language)
        self._parts = [
            (stem, parts)
            for stem, parts in self._stems.items()
            if has_compounds(language) and len(stem) >= MIN_PART
        ]
        # References and numbers with signs in them are no words of a text.
        self._refers = any(
            WORD.fullmatch(stem) is None or stem[0].isdigit() for stem in self._stems
        )

    def _seek(self, part: int, leaf: Node, language: str) -> None:
        match leaf:
            case Word(text):
                stems = self._analyzer.wanted(text)
                for stem in stems:
                    self._stems[stem].append(part)
                for word in () if stems else exact_words([text]):
                    self._exact[word].append(part)
            case Phrase(words):
                self._runs.append((part, exact_words(words), eq))
            case Prefix(text):
                self._runs.append((part, exact_words([text]), str.startswith))
            case Fuzzy(text, slips):
                self._runs.append((part, exact_words([text]), _nearly(slips)))
            case Subject(names=names):
                wanted = {self._analyzer.wanted(name) for name in names.get(language, ())}
                self._names += ((part, stems) for stems in sorted(wanted) if stems)

    def marks(self, text: str) -> list[Mark]:
        """Return the marks in ``text``, as `analysis.prepared` returns it, in their order."""
        words = [
            _Found(match.start(), match.end(), *self._analyzer.form(match[0]))
            for match in WORD.finditer(text)
        ]
        return sorted({*self._of_words(words), *self._of_references(text), *self._of_runs(words)})

    def _of_words(self, words: Sequence[_Found]) -> Iterator[Mark]:
        for start, end, exact, stem in words:
            for part in self._stems.get(stem, ()):
                yield Mark(start, end, part)
            for part in self._exact.get(exact, ()):
                yield Mark(start, end, part)
            for sought, parts in self._parts:
                if sought != stem and (exact.startswith(sought) or stem.endswith(sought)):
                    for part in parts:
                        yield Mark(start, end, part)

    def _of_references(self, text: str) -> Iterator[Mark]:
        if self._refers:
            for stem, span in self._analyzer.references(text):
                for part in self._stems.get(stem, ()):
                    yield Mark(span.start, span.end, part)

    def _of_runs(self, words: Sequence[_Found]) -> Iterator[Mark]:
        for part, sought, last in self._runs:
            exact = [word.exact for word in words]
            for first, end in _in_a_row(exact, sought, last):
                yield Mark(words[first].start, words[end].end, part)
        content = [word for word in words if word.stem] if self._names else []
        stems = [word.stem for word in content]
        for part, sought in self._names:
            for first, end in _in_a_row(stems, sought, eq):
                yield Mark(content[first].start, content[end].end, part)


def _leaves(node: Node) -> Iterator[Node]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Subject(words):
            yield from words
            yield node
        case Not() | InTitle():  # neither stands in the text
            return
        case _:
            yield node


def _in_a_row(words: Sequence[str], sought: Sequence[str], last: Last) -> Iterator[tuple[int, int]]:
    """Yield first and last place of each row of words that is the one sought."""
    if not sought:
        return
    *before, end = sought
    size = len(before)
    for at in range(size, len(words)):
        if last(words[at], end) and list(words[at - size : at]) == before:
            yield at - size, at


def _nearly(slips: int) -> Last:
    def compare(word: str, sought: str) -> bool:
        from rapidfuzz.distance import OSA

        allowed = slips_allowed(sought, slips)
        return bool(OSA.distance(word, sought, score_cutoff=allowed) <= allowed)

    return compare
