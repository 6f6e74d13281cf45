"""TermFinder: where the terms of one language stand in a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
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
_NO_LINE = re.compile(r"(\w+|[.!?;:](?=\s))")  # the same for a text without "_", but quicker
PLACES = (1 << 18) - 1  # for some 10,000 pairs or triples of a language: a mask of bits
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
    of a match become tokens: those that are a pattern, alone or with the next one, and triples that
    stand together in one.

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
        self._by_key: dict[int, Pattern] = {}
        self._spelt: set[int] = set()  # keys of patterns of which the spelling counts, too
        # Takes the hashes of a pattern's words, too, which it gives away when it is pickled; making
        # Docs of which it takes the hashes takes four times as long.
        self._matcher = cast(Any, PhraseMatcher(vocab, attr="ORTH"))
        numbers: dict[str, int] = {}  # of forms that are in some pattern, from 1
        alone: set[int] = set()
        pairs: set[tuple[int, int]] = set()
        triples: set[tuple[int, int, int]] = set()
        modifiers: dict[str, int] = {}
        heads: dict[str, int] = {}
        spellings: dict[str, set[str]] = {}  # of forms that are wanted in one spelling
        others: set[str] = set()  # forms that are wanted in any
        for number, pattern in enumerate(patterns):
            words = _words(pattern.term.text, forms)
            if not words:
                continue
            told = [numbers.setdefault(word, len(numbers) + 1) for word in words]
            alone.update(told if len(told) == 1 else ())
            pairs.update(pairwise(told) if len(told) == 2 else ())
            triples.update(zip(told, told[1:], told[2:], strict=False))
            if len(told) == 1 and not (pattern.term.exact_case or pattern.foreign):
                heads[words[0]] = modifiers[fold(pattern.term.text)] = told[0]
            self._matcher.add(str(number), [tuple(map(vocab.strings.add, words))])
            self._by_key[key := vocab.strings.add(str(number))] = pattern
            if pattern.foreign or pattern.term.exact_case:
                self._spelt.add(key)
            if len(told) == 1 and pattern.term.exact_case:
                spellings.setdefault(words[0], set()).add(pattern.term.text.rstrip("+"))
            else:
                others.update(words)
        # Of patterns of the same words the first counts.
        ranked = sorted(self._by_key, key=lambda key: self._by_key[key].precedes())
        self._ranks = {key: rank for rank, key in enumerate(ranked)}
        compounds = Compounds(modifiers, heads) if language in COMPOUNDING else None
        acronyms = {form: spellings[form] for form in spellings.keys() - others}
        self._known = _Known(forms, numbers, compounds, acronyms)
        self._forms = np.array(["", *numbers], dtype=object)
        self._alone = np.isin(np.arange(len(numbers) + 1), list(alone))
        # Which pairs and triples there are, by a hash; one too many makes tokens without a match.
        self._paired = np.zeros(PLACES + 1, dtype=np.bool_)
        self._tripled = np.zeros(PLACES + 1, dtype=np.bool_)
        for a, b in pairs:
            self._paired[(a * MIX + b) & PLACES] = True
        for a, b, c in triples:
            self._tripled[((a * MIX + b) * MIX + c) & PLACES] = True

    def find(
        self, text: str, start: int, end: int, breaks: Sequence[int] = ()
    ) -> list[tuple[int, int, Pattern]]:
        """Return matches in ``text[start:end]``: first character, end, pattern.

        Of matches that overlap the longest counts, of several patterns of the same words the
        heaviest, in each concept. A name covers the shorter terms of every other concept too:
        "Gender Action Plan" says nothing about action plans.

        Args:
            breaks: Characters, rising, over which no match reaches.
        """
        import numpy as np

        # Every second piece is a word; splitting takes half the time of a match object for each.
        pieces = _NO_LINE.split(text[start:end].replace("_", " "))
        words, places = self._tokens(pieces[1::2])
        if not words:
            return []
        ends = start + np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))
        at = 2 * np.array(places)
        begins, ends = ends[at].tolist(), ends[at + 1].tolist()
        found: list[_Found] = []
        for key, first, last in self._matcher(self._doc(self._vocab, words=words)):
            a, b = begins[first], ends[last - 1]
            if key in self._spelt and not _spelt(text[a:b], self._by_key[key]):
                continue
            if last - first == 1 or bisect_right(breaks, a) == bisect_right(breaks, b - 1):
                found.append((first, last, self._ranks[key], a, b, self._by_key[key]))
        found.sort(key=_in_order)
        kept = [one for cluster in _overlapping(found) for one in cluster]
        return [(a, b, pattern) for *_, a, b, pattern in kept if not pattern.excluding]

    def _tokens(self, tokens: Sequence[str]) -> tuple[list[str], list[int]]:
        """Return forms that may be part of a match, with gaps between them, and their places."""
        import numpy as np

        known = self._known
        numbers = np.fromiter(map(known.__getitem__, tokens), np.int64, len(tokens))
        kept = self._alone[numbers]
        mixed = numbers[:-1] * MIX + numbers[1:]
        pairs = self._paired[mixed & PLACES]
        triples = self._tripled[(mixed[:-1] * MIX + numbers[2:]) & PLACES]
        for length, found in ((2, pairs), (3, triples)):
            for at in range(length):
                kept[at : at + len(found)] |= found
        kept &= numbers != 0
        places = np.flatnonzero(kept)
        gaps = np.flatnonzero(np.diff(places, prepend=-1) != 1)
        words = np.insert(self._forms[numbers[places]], gaps, GAP)
        return words.tolist(), np.insert(places, gaps, places[gaps]).tolist()


def words_of(text: str, language: str) -> tuple[str, ...]:
    """Return the forms by which a term is matched; none where nothing can match it."""
    return tuple(_words(text, forms_of(language)))


def _words(text: str, forms: WordForms) -> list[str]:
    words = [forms[word] for word in _TOKEN.findall(text)]
    return [] if NOTHING in words else words


def _spelt(found: str, pattern: Pattern) -> bool:
    """Return whether words that have the pattern's forms are spelt as it wants.

    Of another language each word begins with the wanted one: "Green Deals" with "Green Deal".
    """
    wanted = pattern.term.text.rstrip("+")
    if pattern.term.exact_case:
        return found == wanted
    pairs = zip(_TOKEN.findall(fold(found)), _TOKEN.findall(fold(wanted)), strict=True)
    return all(one.startswith(other) for one, other in pairs)


class _Known(dict[str, int]):
    """The numbers of words whose forms are in some pattern, 0 for all other words.

    A compound has the number of the term that is a part of it; French "et" (and), whose form is
    that of "ETS", has none.
    """

    def __init__(
        self,
        forms: WordForms,
        numbers: Mapping[str, int],
        compounds: Compounds | None,
        acronyms: Mapping[str, Set[str]],
    ) -> None:
        self._forms = forms
        self._numbers = numbers
        self._compounds = compounds
        self._acronyms = acronyms

    def __missing__(self, word: str) -> int:
        if len(self) >= KEPT_FORMS:
            self.clear()
        form = self._forms[word]
        number = self._numbers.get(form, 0)
        if form in self._acronyms and word not in self._acronyms[form]:
            number = 0
        if number == 0 and self._compounds is not None:
            number = self._compounds.part(fold(word), form)
        self[word] = number
        return number


# First token and the one after the last, rank, first character and the one after the last, pattern.
# No class of its own: there are tens of thousands of them in a long text.
_Found = tuple[int, int, int, int, int, Pattern]


def _in_order(one: _Found) -> tuple[int, int]:
    return one[0], -one[1]


def _by_length(one: _Found) -> tuple[int, int, int]:
    return one[0] - one[1], one[0], one[2]


def _overlapping(found: Sequence[_Found]) -> Iterator[Sequence[_Found]]:
    """Yield the matches that count, those together that overlap directly or through others."""
    first, end = 0, -1
    for number, one in enumerate(found):
        if one[0] >= end and number:
            yield found[first:number] if number - first == 1 else _longest(found[first:number])
            first = number
        end = max(end, one[1])
    if found:
        yield _longest(found[first:])


def _longest(cluster: Sequence[_Found]) -> list[_Found]:
    """Return which of overlapping matches count."""
    kept = []
    covered: dict[str, set[int]] = {}
    names: list[tuple[int, int]] = []
    for one in sorted(cluster, key=_by_length):
        first, last, pattern = one[0], one[1], one[5]
        own = covered.setdefault(pattern.concept, set())
        inside_name = any(a <= first and last <= b and b - a > last - first for a, b in names)
        if inside_name or own.issuperset(range(first, last)):
            continue
        own.update(range(first, last))
        if pattern.term.role is Role.NAME and last - first > 1 and not pattern.excluding:
            names.append((first, last))
        kept.append(one)
    return kept
