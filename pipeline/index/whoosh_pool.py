"""TermPool: what documents are found by, gathered word by word and sorted all at once.

Analysis gives each word of a text as one number, which stands for its folded form and its stem.
What BM25F makes of them (`index.entries`) is worked out for all passages together, by arrays: a
million words take a second, where counting them passage by passage took five.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.core.text import WORD
from pipeline.index.analysis import analyzer_for, prepared
from pipeline.index.columns import Columns, Field, Held, gathered, joined, renumbered
from pipeline.index.entries import (
    GAP,
    HEADING_WEIGHT,
    LENGTH_SLOPE,
    LOWEST_WEIGHT,
    PIVOT_LENGTH,
    TITLE_WEIGHT,
    Entry,
    Shown,
)  # fmt: skip
from pipeline.index.weighed import Numbers, Weights
from pipeline.index.whoosh_fields import SEPARATOR

_STEM_BITS = 32
_LATELY = 100  # titles and headings whose tokens are kept
_BY_LENGTH = -1.0  # the weight of a run whose words count the less the more it has


class TermPool:
    """Gathers the postings of a segment; has what Whoosh asks of a pool."""

    def __init__(self) -> None:
        self._facts: defaultdict[str, _Facts] = defaultdict(_Facts)
        self._texts = _Texts(words="words", stems="stems")
        self._titles = _Texts(words="title_words", stems="title_stems")
        self._taken: list[tuple[Mapping[str, Field], Numbers]] = []

    def add(self, field: str, number: int, terms: Sequence[str], items: Sequence[int] = ()) -> None:
        """Add terms of a document; each has the items."""
        self._facts[field].add(number, terms, items)

    def add_title(self, number: int, title: str, languages: Iterable[str]) -> None:
        """Add the title of a document, as read in each of its languages."""
        for language in languages:
            self._titles.add(number, language, prepared(title), weight=1.0, first=0)

    def add_passage(self, number: int, entry: Entry, shown: Shown, *, first: bool) -> None:
        """Add what a passage is found by.

        The words of the title weigh in every passage, but as a phrase it stands in the first.
        """
        texts, language = self._texts, shown.language
        end = texts.add(number, language, shown.text, weight=_BY_LENGTH, first=0)
        for heading in shown.heading_path:
            end = texts.add(number, language, heading, weight=HEADING_WEIGHT, first=end + GAP)
        title = prepared(entry.row.title)
        texts.add(number, language, title, weight=TITLE_WEIGHT, first=end + GAP, placed=first)

    def take_over(self, fields: Mapping[str, Field], numbers: Numbers) -> None:
        """Add the fields of another segment behind all that is there, to be read when written.

        Args:
            fields: By name; open until all is written.
            numbers: New number of each document; below 0 of one that is left out.
        """
        self._taken.append((fields, numbers))

    def iter_postings(self) -> Iterator[tuple[str, Columns]]:
        """Yield the fields; `PassageFieldWriter` takes them."""
        own = {name: facts.columns() for name, facts in self._facts.items()}
        own |= self._texts.columns() | self._titles.columns()
        names = {*own, *(name for fields, _ in self._taken for name in fields)}
        for name in sorted(names):
            found = [own.pop(name)] if name in own else []
            found += (renumbered(f[name].columns(), n) for f, n in self._taken if name in f)
            yield name, joined([columns for columns in found if columns.terms] or found[:1])

    def cleanup(self) -> None:
        """Forget all of them."""
        self._facts.clear()
        self._taken.clear()
        self._texts = _Texts(words="words", stems="stems")
        self._titles = _Texts(words="title_words", stems="title_stems")


class _Facts:
    """Terms that are given, such as ids and tags."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._terms = array("I")
        self._numbers = array("I")
        self._sizes = array("I")
        self._items = array("I")

    def add(self, number: int, terms: Sequence[str], items: Sequence[int]) -> None:
        for term in terms:
            self._terms.append(self._known.setdefault(term, len(self._known)))
            self._numbers.append(number)
            if items:
                self._sizes.append(len(items))
                self._items.extend(items)

    def columns(self) -> Columns:
        held = Held(
            _numbers(self._numbers), np.ones(len(self._numbers)), _numbers(self._sizes),
            _numbers(self._items),
        )  # fmt: skip
        return gathered([term.encode() for term in self._known], _numbers(self._terms), held)


class _Texts:
    """Texts of passages or titles, a run for each, and fields of their words and stems."""

    def __init__(self, *, words: str, stems: str) -> None:
        self._words_field, self._stems_field = words, stems
        self._words: dict[str, int] = {"": 0}  # of no language; for what is only a stem
        self._stems: dict[str, int] = {"": 0}
        self._codes: dict[str, _Codes] = {}
        self._lately: dict[tuple[str, str], tuple[int, array[int]]] = {}
        self._tokens = array("Q")
        # Of each run of tokens:
        self._numbers = array("I")
        self._lengths = array("I")
        self._weights = array("d")
        self._firsts = array("I")
        self._placed = array("B")

    def add(
        self,
        number: int,
        language: str,
        text: str,
        *,
        weight: float,
        first: int,
        placed: bool = True,
    ) -> int:
        """Add a text and return the position after its last word.

        Args:
            number: Of the passage or document.
            language: Of the text.
            text: As `prepared` returns it.
            weight: Of each word.
            first: Position of the first word.
            placed: Whether words are found at their places, or only their stems count.
        """
        words, tokens = self._read(language, text, again=weight != _BY_LENGTH)
        self._tokens.extend(tokens)
        self._numbers.append(number)
        self._lengths.append(len(tokens))
        self._weights.append(weight)
        self._firsts.append(first)
        self._placed.append(placed)
        return first + words

    def _read(self, language: str, text: str, *, again: bool) -> tuple[int, array[int]]:
        """Return how many words a text has, and its tokens: its words, then its references.

        Args:
            again: Whether the text may come again soon, as titles and headings do.
        """
        key = language, text
        if key in self._lately:
            return self._lately[key]
        if language not in self._codes:
            self._codes[language] = _Codes(language, self._words, self._stems)
        codes = self._codes[language]
        found = WORD.findall(text)
        tokens = array("Q", map(codes.__getitem__, found))
        tokens.extend(codes.stem(stem) for stem, _ in analyzer_for(language).references(text))
        if again:
            if len(self._lately) >= _LATELY:
                self._lately.clear()
            self._lately[key] = len(found), tokens
        return len(found), tokens

    def columns(self) -> dict[str, Columns]:
        tokens = np.frombuffer(self._tokens, np.uint64) if self._tokens else np.zeros(0, np.uint64)
        lengths = _numbers(self._lengths)
        runs = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        numbers = _numbers(self._numbers).astype(np.int32)[runs]
        words = (tokens >> np.uint64(_STEM_BITS)).astype(np.int32)
        stems = (tokens & np.uint64((1 << _STEM_BITS) - 1)).astype(np.int32)
        return {
            self._words_field: self._of_words(words, numbers, runs),
            self._stems_field: self._of_stems(stems, numbers, runs),
        }

    def _of_words(self, words: Numbers, numbers: Numbers, runs: Numbers) -> Columns:
        lengths = _numbers(self._lengths)
        firsts = _numbers(self._firsts) - (np.cumsum(lengths) - lengths)
        positions = np.arange(len(words), dtype=np.int32) + firsts.astype(np.int32)[runs]
        kept = (words > 0) & (_numbers(self._placed)[runs] > 0)
        words, numbers, positions = words[kept], numbers[kept], positions[kept]
        order = np.argsort(words, kind="stable")
        words, numbers, positions = words[order], numbers[order], positions[order]
        first = _changes(words, numbers)
        sizes = np.diff(np.append(first, len(words)))
        held = Held(numbers[first], np.broadcast_to(np.float32(1), len(first)), sizes, positions)
        return gathered([word.encode() for word in self._words], words[first], held)

    def _of_stems(self, stems: Numbers, numbers: Numbers, runs: Numbers) -> Columns:
        weights = np.frombuffer(self._weights, np.float64) if self._weights else np.zeros(0)
        content = np.bincount(runs[stems > 0], minlength=len(weights))
        slope = 1 - LENGTH_SLOPE + LENGTH_SLOPE * content / PIVOT_LENGTH
        weights = np.where(weights == _BY_LENGTH, 1 / slope, weights)[runs]
        kept = stems > 0
        stems, numbers, weights = stems[kept], numbers[kept], weights[kept]
        order = np.argsort(stems, kind="stable")
        stems, numbers, weights = stems[order], numbers[order], weights[order]
        first = _changes(stems, numbers)
        sums: Weights = np.add.reduceat(weights, first) if len(first) else weights
        none = np.zeros(0, np.int64)
        held = Held(numbers[first], np.maximum(np.round(sums, 3), LOWEST_WEIGHT), none, none)
        return gathered([stem.encode() for stem in self._stems], stems[first], held)


class _Codes(dict[str, int]):
    """Word as written, to the numbers of its folded form and its stem in one."""

    def __init__(self, language: str, words: dict[str, int], stems: dict[str, int]) -> None:
        super().__init__()
        self._form = analyzer_for(language).form
        self._start = f"{language}{SEPARATOR}"
        self._words, self._stems = words, stems

    def __missing__(self, word: str) -> int:
        exact, stem = self._form(word)
        exact = self._start + exact
        code = self._words.setdefault(exact, len(self._words)) << _STEM_BITS
        self[word] = code = code | self.stem(stem)
        return code

    def stem(self, stem: str) -> int:
        """Return the number of a stem; 0 if it is empty."""
        return self._stems.setdefault(self._start + stem, len(self._stems)) if stem else 0


def _changes(first: Numbers, second: Numbers) -> Numbers:
    """Return where a pair of numbers differs from the pair before."""
    if not len(first):
        return np.zeros(0, np.int64)
    changed = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return np.concatenate([[0], np.flatnonzero(changed) + 1])


def _numbers(values: array[int]) -> NDArray[np.int64]:
    return np.array(values, np.int64)
