"""Lexicon: which words of a language begin so, are nearly so, or have a word as a part."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

from pipeline.index.analysis import analyzer_for

# Languages that write "Abwasserrichtlinie" where others write three words.
COMPOUNDING = frozenset({"da", "de", "fi", "hu", "nl", "sv"})
MIN_PART = 4  # letters of a part; shorter ones stand in too many words by chance
MIN_REST = 3
MAX_COMPOUNDS = 120  # each is one more look into the index
MAX_NEAR = 60
LETTERS_A_SLIP = 3  # with fewer, half of the word may be wrong

# What may stand between two parts, as -s- in "Arbeitsmarkt"; Swedish has vowels too.
_LINKS = ("es", "en", "er", "s", "n", "e", "o", "a", "u", "")
_LONGEST_ENDING = 3


def has_compounds(language: str) -> bool:
    """Return whether words of ``language``, a code with or without a region, join into one."""
    return language.partition("-")[0] in COMPOUNDING


def slips_allowed(word: str, slips: int) -> int:
    """Return how many of the slips that are asked for a word is long enough for."""
    return min(slips, len(word) // LETTERS_A_SLIP)


class Lexicon:
    """The folded words of one language, of one state of an index.

    Attributes:
        words: Sorted.
    """

    def __init__(self, language: str, words: Iterable[str] = ()) -> None:
        self.words: Sequence[str] = sorted(set(words))
        self._language = language
        self._compounds: dict[tuple[str, str], tuple[str, ...]] = {}

    def beginning(self, prefix: str) -> Sequence[str]:
        """Return the words that begin with ``prefix``; all of them for an empty one."""
        end = prefix + "\U0010ffff"
        return self.words[bisect_left(self.words, prefix) : bisect_left(self.words, end)]

    def near(self, word: str, slips: int) -> list[tuple[str, int]]:
        """Return the words that ``word`` may be, nearest first, each with its number of slips.

        A slip is a letter too many, too few or wrong, or two neighbours that are swapped (optimal
        string alignment; Damerau 1964).
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found = process.extract(
            word,
            self.words,
            scorer=OSA.distance,
            score_cutoff=slips_allowed(word, slips),
            limit=MAX_NEAR,
        )
        return [(known, int(away)) for known, away, _ in found]

    def compounds_of(self, word: str, stem: str) -> tuple[str, ...]:
        """Return the stems of the compounds that begin or end with a folded word.

        A compound is a word whose rest is known too: "Trinkwasser" ends with "Wasser" because
        some word begins with "trink".
        """
        if not has_compounds(self._language) or len(word) < MIN_PART or not word.isalpha():
            return ()
        key = word, stem
        if key not in self._compounds:
            found = {*self._beginning_with(word, stem), *self._ending_with(word, stem)} - {word}
            likeliest = sorted(found, key=lambda known: (len(known), known))[:MAX_COMPOUNDS]
            stems = (self._stem(known) for known in likeliest)
            self._compounds[key] = tuple(dict.fromkeys(s for s in stems if s and s != stem))
        return self._compounds[key]

    def _beginning_with(self, word: str, stem: str) -> Iterable[str]:
        # "Schule" is "Schul" in "Schulreform".
        for part in dict.fromkeys((word, stem)):
            if len(part) >= MIN_PART:
                for known in self.beginning(part):
                    rests = (
                        known[len(part) + len(link) :]
                        for link in _LINKS
                        if known.startswith(link, len(part))
                    )
                    if any(len(rest) >= MIN_PART and self._is_known(rest) for rest in rests):
                        yield known

    def _ending_with(self, word: str, stem: str) -> Iterable[str]:
        part = re.escape(stem if len(stem) >= MIN_PART else word)
        pattern = rf"\n([^\n]{{{MIN_REST},}}){part}[^\n]{{0,{_LONGEST_ENDING}}}(?=\n)"
        for match in re.finditer(pattern, self._joined):
            known = match[0][1:]
            if self._stem(known).endswith(stem) and self._begins_a_word(match[1]):
                yield known

    def _begins_a_word(self, part: str) -> bool:
        bare = (part.removesuffix(link) for link in _LINKS if part.endswith(link))
        return any(len(rest) >= MIN_REST and self._is_known(rest) for rest in bare)

    def _is_known(self, part: str) -> bool:
        """Return whether a word is ``part`` with an ending at most."""
        at = bisect_left(self.words, part)
        return (
            at < len(self.words)
            and self.words[at].startswith(part)
            and len(self.words[at]) <= len(part) + _LONGEST_ENDING
        )

    def _stem(self, word: str) -> str:
        stems = analyzer_for(self._language).wanted(word)
        return stems[0] if len(stems) == 1 else ""

    @cached_property
    def _joined(self) -> str:
        return "\n".join(["", *self.words, ""])
