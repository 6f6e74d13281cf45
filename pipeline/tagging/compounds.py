"""Compounds: which term stands in a word that is written in one, "afvalbeheerplan" in Dutch.

English says "waste management plan", and each of its words is looked for. Languages that write such
names as one word would find nothing in them, as no vocabulary has all compounds.
"""

from __future__ import annotations

from collections.abc import Mapping

# Languages that write compounds as one word.
COMPOUNDING = frozenset({"da", "de", "et", "fi", "hu", "nl", "sv"})
# Letters. Chosen by the EuroVoc descriptors of the half that is looked at, in which terms of the
# same policy files are found as in English (`scripts/bench parallel`).
SHORTEST = 5  # of a term that a word begins with: "bus" is in everything
SHORTEST_HEAD = 7  # of one that it ends in: Dutch "paling", an eel, is in "bepaling", a provision
REST = 4  # of what stands before or after it: less is an ending


class Compounds:
    """The terms of one word of one language, by the parts of words that they can be.

    Args:
        modifiers: What a word may begin with, folded, and a number for each.
        heads: The forms a word may end in, and a number for each.
    """

    def __init__(self, modifiers: Mapping[str, int], heads: Mapping[str, int]) -> None:
        self._modifiers = {part: n for part, n in modifiers.items() if len(part) >= SHORTEST}
        self._heads = {part: n for part, n in heads.items() if len(part) >= SHORTEST_HEAD}
        self._longest = max(map(len, (*self._modifiers, *self._heads)), default=0)

    def part(self, folded: str, form: str) -> int:
        """Return the number of the longest term that a word begins with or ends in; 0 for none.

        Where two are as long, what a compound ends in says what it is.

        Args:
            folded: The word.
            form: By which it would be matched as a whole.
        """
        for size in range(min(len(folded) - REST, self._longest), SHORTEST - 1, -1):
            if len(form) - size >= REST and (found := self._heads.get(form[-size:], 0)):
                return found
            if found := self._modifiers.get(folded[:size], 0):
                return found
        return 0
