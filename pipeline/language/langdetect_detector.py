"""LangdetectDetector: the language of a text, by langdetect's n-grams and profiles of our own.

langdetect 1.0.9 ships no profile of Irish and Maltese, and its detector draws n-grams at random
until one language has won, so that a short text may change its language from run to run. Here the
profiles are our own (see profiles/README.md), matched by the library's n-gram rules, and every
n-gram of the sample counts once: naive Bayes as the library's, without the dice. The answer depends
on the text alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.core.languages import EU_LANGUAGES
from pipeline.core.ports import LanguageGuess
from pipeline.language.ngrams import grams

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Without its neighbours Norwegian is Danish and Ukrainian is Bulgarian with full confidence.
# Catalan and Afrikaans were tried: they cost es, pt and nl three texts of 50 characters in 1,400.
NEIGHBOURS = ("mk", "no", "ru", "sq", "sr", "tr", "uk")

SAMPLE = 300  # characters; 400 gave the same answers on held-out text
MIN_LETTERS = 12  # with 8 to 11, a fifth of the answers are wrong; with 12 to 15, a tenth
MIN_CONFIDENCE = 0.5  # as likely wrong as right, by the calibration of EVIDENCE_SHARE
MIN_GRAMS = 2.7  # known n-grams a letter; running text has 2.8 and more, random letters fewer

NEIGHBOUR_PRIOR = 0.001  # against 1; at 0.01 half as many again Danish texts turn "no"
SMOOTHING = 0.02 / 10_000  # langdetect's alpha / BASE_FREQ; its 0.5 costs 0.5 % at 50 characters
# N-grams overlap, so that their product is far too sure of itself. With this exponent the mean
# confidence is the share of right answers, at 12 to 50 characters within 0.02.
EVIDENCE_SHARE = 0.3

_NOT_WORDS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\d[\d.,:/%]*|[._…·-]{3,}")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]")
_BASIC_LATIN = re.compile(r"[A-Za-z]+")
_GREEK_OR_CYRILLIC = re.compile(r"[Ͱ-ӿἀ-῿]")
_SPACE = re.compile(r"\s")


class LangdetectDetector:
    """Says in which of 31 languages a text is; implements `core.ports.LanguageDetector`.

    Profiles are read at the first question (about 0.1 s), once for all detectors.
    """

    name = "langdetect"
    version = "1.0.9+1"  # library + profiles and settings of this module; a test pins the profiles

    def detect(self, text: str) -> LanguageGuess:
        """Return the language of most of ``text``, with a confidence of 0..1.

        A text of more than 600 characters is judged by its start, middle and end, so that the
        length of a text costs no time.

        Returns:
            ``und`` with confidence 0 where fewer than 12 letters stand outside of numbers, links
            and words in capitals, where most letters are of another script, or where the letters
            make no words; ``und`` with the best language's confidence where that is below 0.5.
        """
        best = _profiles().best(sample(text))
        if best.confidence < MIN_CONFIDENCE:
            return LanguageGuess(UNKNOWN_LANGUAGE, best.confidence)
        return best


def sample(text: str, *, size: int = SAMPLE) -> str:
    """Return about ``size`` characters from the start, middle and end, without numbers and links.

    A text of up to ``2 * size`` characters gives its start. Parts begin at a word, so that no
    half word counts as one.
    """
    if len(text) <= size * 2:
        return _prose(text)[:size]
    part = size // 3
    starts = (0, len(text) // 2 - part, len(text) - part * 2)
    return " ".join(_prose(_from_a_word(text, start, start + part * 2))[:part] for start in starts)


def _prose(text: str) -> str:
    return " ".join(_NOT_WORDS.sub(" ", text).split())


def _from_a_word(text: str, start: int, end: int) -> str:
    space = _SPACE.search(text, start, end) if start else None
    return text[space.end() if space else start : end]


@cache
def _profiles() -> _Profiles:
    folder = files("pipeline.language") / "profiles"
    return _Profiles(
        (folder / f"{code}.json").read_text("utf-8") for code in (*EU_LANGUAGES, *NEIGHBOURS)
    )


class _Profiles:
    """Log-likelihoods of n-grams by language; words come again, and theirs are remembered."""

    def __init__(self, profiles: Iterable[str]) -> None:
        import numpy as np

        read = [json.loads(profile) for profile in profiles]
        self._languages: list[str] = [profile["name"] for profile in read]
        self._numbers: dict[str, int] = {}  # of n-grams
        for profile in read:
            for gram in profile["freq"]:
                self._numbers.setdefault(gram, len(self._numbers))
        none = np.log(SMOOTHING)  # of the n-grams that a language lacks: nine tenths
        self._likelihoods = np.full((len(self._numbers), len(read)), none)
        for column, profile in enumerate(read):
            counts, totals = profile["freq"], np.array(profile["n_words"], np.float64)
            numbers = np.fromiter(map(self._numbers.__getitem__, counts), np.int64)
            lengths = np.fromiter(map(len, counts), np.int64)
            shares = np.fromiter(counts.values(), np.float64) / totals[lengths - 1]
            self._likelihoods[numbers, column] = np.log(shares + SMOOTHING)
        priors = [NEIGHBOUR_PRIOR if code in NEIGHBOURS else 1.0 for code in self._languages]
        self._prior = np.log(priors)
        # A remembered word takes half a kB, all of them 16 MB.
        self._of_word = lru_cache(maxsize=32_768)(self._word)

    def best(self, prose: str) -> LanguageGuess:
        """Return the most probable language; ``und`` where there are no words to tell it by."""
        import numpy as np

        words = [word for word in _one_script(prose).split() if not word.isupper()]
        letters = _letters("".join(words))
        if letters < MIN_LETTERS:
            return LanguageGuess(UNKNOWN_LANGUAGE, 0.0)
        scores = self._prior.copy()
        known = 0
        for word in words:
            count, row = self._of_word(word)
            known += count
            scores += row
        if known < MIN_GRAMS * letters:
            return LanguageGuess(UNKNOWN_LANGUAGE, 0.0)
        best = int(scores.argmax())
        tempered = np.exp(EVIDENCE_SHARE * (scores - scores[best]))
        return LanguageGuess(self._languages[best], 1.0 / float(tempered.sum()))

    def _word(self, word: str) -> tuple[int, NDArray[np.float64]]:
        """Return how many n-grams of ``word`` are known, and their log-likelihoods summed."""
        numbers = [self._numbers[gram] for gram in grams(word) if gram in self._numbers]
        return len(numbers), self._likelihoods[numbers].sum(axis=0)


def _one_script(prose: str) -> str:
    """Return Greek or Cyrillic text without the Latin names in it, other text as it is."""
    others = len(_GREEK_OR_CYRILLIC.findall(prose))
    if len(_LATIN.findall(prose)) * 2 >= others:
        return prose
    return _BASIC_LATIN.sub(" ", prose)


def _letters(prose: str) -> int:
    """Return the number of Latin, Greek and Cyrillic letters; 0 where most are of other scripts."""
    known = len(_LATIN.findall(prose)) + len(_GREEK_OR_CYRILLIC.findall(prose))
    return known if known * 2 > sum(map(str.isalpha, prose)) else 0
