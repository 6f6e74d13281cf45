"""TermFinder: where the terms of one language stand in a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pipeline.core.concepts import Role, Term
from pipeline.core.text import fold
from pipeline.tagging.compounds import COMPOUNDING, Compounds
from pipeline.tagging.word_forms import KEPT_FORMS, NOTHING, WordForms, forms_of

if TYPE_CHECKING:
    from spacy.vocab import Vocab

# Hyphens and apostrophes split, so "waste-water" and "l'eau" are the words of "waste water" and
# "eau". A mark that ends a sentence is a word of its own: no term reaches across it.
_TOKEN = re.compile(r"([^\W_]+|[.!?;:](?=\s))")
PAIRS = 1 << 18  # places for some 10,000 pairs of a language
MIX = 40_503  # odd and larger than there are forms
GAP = "|"  # stands for words of which no term has any; no form looks like it


class Pattern(NamedTuple):
    """Words that are looked for, and for which concept.

    Attributes:
        excluding: Whether the concept's own words do not count in it.
        foreign: Whether it is of no language or another one: whatever its form is in this one,
            only words that begin with its own match.
    """

    concept: str
    term: Term
    excluding: bool = False
    foreign: bool = False

    def precedes(self) -> tuple[bool, float, str, str]:
        """Return by what one of two patterns of the same words comes first."""
        return not self.excluding, -self.term.weight, self.term.text, self.concept


class TermFinder:
    """Finds patterns with spaCy's PhraseMatcher, of one language.

    Making a token costs spaCy ten times what it costs to match it, so only words that may be part
    of a match become tokens: those that are a pattern, and pairs that stand together in one.

    Args:
        language: By which words are brought into their forms.
        vocab: Shared by finders, to keep each form once.
    """

    def __init__(self, patterns: Iterable[Pattern], *, language: str, vocab: Vocab) -> None:
        import numpy as np
        from spacy.matcher import PhraseMatcher
        from spacy.tokens import Doc

        self._doc = Doc
        self._vocab = vocab
        forms = forms_of(language)
        self._patterns: list[Pattern] = []
        self._by_key: dict[int, Pattern] = {}
        # Takes the hashes of a pattern's words, too, which it gives away when it is pickled; making
        # Docs of which it takes the hashes takes four times as long.
        self._matcher = cast(Any, PhraseMatcher(vocab, attr="ORTH"))
        numbers: dict[str, int] = {}  # of forms that are in some pattern, from 1
        alone: set[int] = set()
        pairs: set[tuple[int, int]] = set()
        modifiers: dict[str, int] = {}
        heads: dict[str, int] = {}
        for number, pattern in enumerate(patterns):
            words = _words(pattern.term.text, forms)
            if not words:
                continue
            told = [numbers.setdefault(word, len(numbers) + 1) for word in words]
            alone.update(told if len(told) == 1 else ())
            pairs.update(pairwise(told))
            if len(told) == 1 and not (pattern.term.exact_case or pattern.foreign):
                heads[words[0]] = modifiers[fold(pattern.term.text)] = told[0]
            self._matcher.add(str(number), [tuple(map(vocab.strings.add, words))])
            self._by_key[vocab.strings.add(str(number))] = pattern
        compounds = Compounds(modifiers, heads) if language in COMPOUNDING else None
        self._known = _Known(forms, numbers, compounds)
        self._forms = ["", *numbers]
        self._alone = np.isin(np.arange(len(numbers) + 1), list(alone))
        # Which pairs there are, by a hash: one too many makes tokens that match nothing.
        self._paired = np.zeros(PAIRS, dtype=np.bool_)
        for a, b in pairs:
            self._paired[(a * MIX + b) % PAIRS] = True

    def find(
        self, text: str, start: int, end: int, breaks: Sequence[int] = ()
    ) -> Iterator[tuple[int, int, Pattern]]:
        """Yield matches in ``text[start:end]``: first character, end, pattern.

        Of matches that overlap the longest counts, of several patterns of the same words the
        heaviest, in each concept. A name covers the shorter terms of every other concept too:
        "Gender Action Plan" says nothing about action plans.

        Args:
            breaks: Characters, rising, over which no match reaches.
        """
        import numpy as np

        # Every second piece is a word; splitting takes half the time of a match object for each.
        pieces = _TOKEN.split(text[start:end])
        words, places = self._tokens(pieces[1::2])
        if not words:
            return
        ends = start + np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))
        found = []
        for key, first, last in self._matcher(self._doc(self._vocab, words=words)):
            pattern = self._by_key[key]
            a, b = int(ends[2 * places[first]]), int(ends[2 * places[last - 1] + 1])
            if not _spelt(text[a:b], pattern):
                continue
            if last - first == 1 or bisect_right(breaks, a) == bisect_right(breaks, b - 1):
                found.append((first, last, a, b, pattern))
        found.sort(key=lambda one: (one[0], -one[1]))
        for cluster in _overlapping(found):
            for _, _, a, b, pattern in cluster if len(cluster) == 1 else _longest(cluster):
                if not pattern.excluding:
                    yield a, b, pattern

    def _tokens(self, tokens: Sequence[str]) -> tuple[list[str], list[int]]:
        """Return forms that may be part of a match, with gaps between them, and their places."""
        import numpy as np

        known = self._known
        numbers = np.array([known[token] for token in tokens], dtype=np.int64)
        kept = self._alone[numbers]
        paired = self._paired[(numbers[:-1] * MIX + numbers[1:]) % PAIRS]
        paired &= (numbers[:-1] != 0) & (numbers[1:] != 0)
        kept[:-1] |= paired
        kept[1:] |= paired
        words, places = [], []
        before = -1
        for place, number in zip(
            np.flatnonzero(kept).tolist(), numbers[kept].tolist(), strict=True
        ):
            if place != before + 1:
                words.append(GAP)
                places.append(place)
            words.append(self._forms[number])
            places.append(place)
            before = place
        return words, places


def words_of(text: str, language: str) -> tuple[str, ...]:
    """Return the forms by which a term is matched; none where nothing can match it."""
    return tuple(_words(text, forms_of(language)))


def _words(text: str, forms: WordForms) -> list[str]:
    words = [forms[word] for word in _TOKEN.findall(text)]
    return [] if NOTHING in words else words


def _spelt(found: str, pattern: Pattern) -> bool:
    """Return whether words that have the pattern's forms are spelt as it wants."""
    wanted = pattern.term.text.rstrip("+")
    if pattern.term.exact_case:
        return found == wanted
    return not pattern.foreign or _begins(found, wanted)


def _begins(found: str, wanted: str) -> bool:
    """Return whether each word begins with the wanted one: "Green Deals" with "Green Deal"."""
    pairs = zip(_TOKEN.findall(fold(found)), _TOKEN.findall(fold(wanted)), strict=True)
    return all(one.startswith(other) for one, other in pairs)


class _Known(dict[str, int]):
    """The numbers of words whose forms are in some pattern, 0 for all other words.

    A compound has the number of the term that is a part of it.
    """

    def __init__(
        self, forms: WordForms, numbers: Mapping[str, int], compounds: Compounds | None
    ) -> None:
        self._forms = forms
        self._numbers = numbers
        self._compounds = compounds

    def __missing__(self, word: str) -> int:
        if len(self) >= KEPT_FORMS:
            self.clear()
        form = self._forms[word]
        number = self._numbers.get(form, 0)
        if number == 0 and self._compounds is not None:
            number = self._compounds.part(fold(word), form)
        self[word] = number
        return number


_Found = tuple[int, int, int, int, Pattern]  # first and last token, first and last character


def _overlapping(found: Sequence[_Found]) -> Iterator[list[_Found]]:
    """Yield matches that overlap one another, directly or through others, together."""
    cluster: list[_Found] = []
    end = -1
    for one in found:
        if one[0] >= end and cluster:
            yield cluster
            cluster = []
        cluster.append(one)
        end = max(end, one[1])
    if cluster:
        yield cluster


def _longest(cluster: list[_Found]) -> Iterator[_Found]:
    covered: dict[str, set[int]] = {}
    names: list[tuple[int, int]] = []
    for one in sorted(cluster, key=lambda m: (m[0] - m[1], m[0], m[4].precedes())):
        first, last, _, _, pattern = one
        own = covered.setdefault(pattern.concept, set())
        inside_name = any(a <= first and last <= b and b - a > last - first for a, b in names)
        if inside_name or own.issuperset(range(first, last)):
            continue
        own.update(range(first, last))
        if pattern.term.role is Role.NAME and last - first > 1 and not pattern.excluding:
            names.append((first, last))
        yield one
