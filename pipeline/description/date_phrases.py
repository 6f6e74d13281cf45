"""Phrases: what sentences of a language say of a date that they announce, as patterns by kind.

A pattern asks for the verb, the preposition and the date together. A date that only stands in the
same sentence as such a verb is that of a cited act, or one on which something else happens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.key_dates import KeyKind

# Private use (Unicode 15, 23.5): what stands for dates while a sentence is matched.
DATE = "\ue000"  # the one in question, "DATE" in patterns
OTHER = "\ue001"  # any other

# Written in capitals in all patterns: stretches of one clause, short and long.
_STRETCHES = {
    "NEAR": rf"[^.;:{DATE}]{{0,60}}?",
    "GAP": rf"[^.;:{DATE}]{{0,140}}?",
    "FAR": rf"[^;{DATE}]{{0,300}}?",
    "DATE": DATE,
}


@dataclass(frozen=True, slots=True)
class Phrases:
    """How a language announces.

    Attributes:
        announcing: What must be found, the first kind that is found counts.
        never: What must not be found where a date is of that kind.
    """

    announcing: tuple[tuple[KeyKind, re.Pattern[str]], ...]
    never: Mapping[KeyKind, re.Pattern[str]]

    def kind_of(self, sentence: str) -> KeyKind | None:
        """Return what a sentence announces for the date that `DATE` stands for, if anything.

        Args:
            sentence: On one line, with straight apostrophes.
        """
        for kind, pattern in self.announcing:
            if pattern.search(sentence):
                told = kind in self.never and self.never[kind].search(sentence)
                return None if told else kind
        return None


def phrases(
    words: Mapping[str, str],
    announcing: Mapping[KeyKind, Sequence[str]],
    never: Mapping[KeyKind, str],
) -> Phrases:
    """Return the phrases of a language.

    Args:
        words: What names in capitals stand for in the patterns, and in words that follow.
        announcing: Patterns by kind; the order of kinds is that in which they are tried.
        never: A pattern by kind.
    """
    known = dict(_STRETCHES)

    def spelt(pattern: str) -> str:
        names = "|".join(sorted(known, key=len, reverse=True))
        return re.sub(names, lambda name: known[name[0]], pattern)

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(spelt(pattern), re.IGNORECASE)

    for name, pattern in words.items():
        known[name] = spelt(pattern)
    return Phrases(
        tuple((kind, compiled(one)) for kind, some in announcing.items() for one in some),
        {kind: compiled(pattern) for kind, pattern in never.items()},
    )
