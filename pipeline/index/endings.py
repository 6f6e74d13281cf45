"""Endings: light stemmers for languages that Snowball has none for.

Each takes the longest of the language's endings of nouns and adjectives off a folded word and
leaves three letters at least, after the light stemmers of Savoy (2007, "Searching strategies for
the Bulgarian language") and Kreslins (1996, for Latvian); the tables are made from the paradigms in
grammars. What they join is measured by `scripts/bench search stems`.
"""

from __future__ import annotations

import re

SHORTEST = 3  # letters that are left; with 4, a tenth fewer forms of Latvian words meet

# Folded: "й" is "и", and vowels of Latvian have no macrons.
_ENDINGS = {
    "bg": (
        "ията ието иите ият овете евете ищата ища ове еве ата ото ите ете ята ът ят та то те "
        "ия ие ии а я о е и"
    ),
    "lv": (
        "ajiem ajai ajam ajos ajas ajus ais iem aja ajo am em im um as es is os us ai ei ie "
        "a e i o u s"
    ),
}
_OF_BULGARIAN_ADJECTIVES = "ен"  # "регионален", but "регионална"
_LEFT_OF_ADJECTIVES = 6  # letters of a stem that can be one

LANGUAGES = frozenset(_ENDINGS)


class LightStemmer:
    """Takes endings off the folded words of a language of `LANGUAGES`."""

    def __init__(self, language: str) -> None:
        endings = sorted(_ENDINGS[language].split(), key=len, reverse=True)
        self._ending = re.compile(rf"(?<=.{{{SHORTEST}}})(?:{'|'.join(endings)})\Z")
        self._is_bulgarian = language == "bg"

    def stem(self, word: str) -> str:
        """Return what is left of a folded word; the same where it has no ending."""
        stem = self._ending.sub("", word, count=1)
        if self._is_bulgarian and len(stem) >= _LEFT_OF_ADJECTIVES:
            return re.sub(f"{_OF_BULGARIAN_ADJECTIVES}\\Z", _OF_BULGARIAN_ADJECTIVES[1:], stem)
        return stem
