"""LangdetectDetector: the language of a text, by the n-gram counts of langdetect with own profiles.

langdetect 1.0.9 ships no profile of Irish and Maltese and draws n-grams at random, so that a short
text may change its language from run to run. The profiles beside this module (see their README)
close the gap; `_EveryGram` reads a text's n-grams once each and draws nothing, so the answer
depends on the text alone.
"""

from __future__ import annotations

import math
import re
from functools import cached_property
from importlib.resources import files
from typing import Any

from langdetect.detector import Detector
from langdetect.detector_factory import DetectorFactory

from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.core.ports import LanguageGuess

EU_LANGUAGES = tuple(
    "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()
)
NEIGHBOURS = ("mk", "no", "ru", "sq", "sr", "tr", "uk")
# Without them Norwegian is Danish and Ukrainian is Bulgarian with full confidence. Catalan and
# Afrikaans were tried: they took as many texts from es, pt and nl as they explained.

NEIGHBOUR_PRIOR = 0.001  # against 1; at 0.01 twice as many Danish texts of 50 characters turn "no"
SMOOTHING = 0.02  # langdetect's alpha; its 0.5 costs 0.4 % of texts of 50 characters
SAMPLE = 400  # characters; 1,000 found nothing more on held-out text and took three times as long
MOST_GRAMS = 225  # of a sample; 300 gave the same answers
MIN_LETTERS = 16  # below this more than 6 % of the answers are wrong; see scripts/bench-language
MIN_CONFIDENCE = 0.5
MIN_GRAMS = 2.7  # known n-grams a letter; running text never had fewer than 2.8, random letters do
EVIDENCE_SHARE = 0.3  # the n-grams of a letter overlap: five of them say little more than one

_NOT_PROSE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\S*\d\S*")
_KNOWN_LETTER = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏͰ-ӿḀ-῿]")  # Latin, Greek, Cyrillic
_SPACE = re.compile(r"\s")


class LangdetectDetector:
    """Says in which of 31 languages a text is; implements `core.ports.LanguageDetector`.

    Profiles are read at the first question (about 0.1 s).
    """

    name = "langdetect"
    version = "1.0.9+1"  # library + profiles and settings of this module; tests pin the pair

    def detect(self, text: str) -> LanguageGuess:
        """Return the language of most of ``text``, with a confidence of 0..1.

        A text of more than 300 characters is judged by its start, middle and end: whatever its
        length, the answer takes about half a millisecond.

        Returns:
            ``und`` with confidence 0 where fewer than 20 letters stand outside of numbers,
            addresses and words in capitals, and ``und`` with the best language's confidence where
            that is below 0.5.
        """
        prose = sample(text)
        letters = _letters(prose)
        if letters < MIN_LETTERS:
            return LanguageGuess(UNKNOWN_LANGUAGE, 0.0)
        detector = _EveryGram(self._factory)
        detector.set_alpha(SMOOTHING)
        detector.set_prior_map(_PRIOR)
        detector.append(prose)
        best = detector.best(at_least=MIN_GRAMS * letters)
        if best.confidence < MIN_CONFIDENCE:
            return LanguageGuess(UNKNOWN_LANGUAGE, best.confidence)
        return best

    @cached_property
    def _factory(self) -> Any:
        folder = files("pipeline.language") / "profiles"
        names = [f"{language}.json" for language in (*EU_LANGUAGES, *NEIGHBOURS)]
        factory = DetectorFactory()
        factory.load_json_profile([(folder / name).read_text("utf-8") for name in names])
        return factory


_PRIOR = {language: 1.0 for language in EU_LANGUAGES} | dict.fromkeys(NEIGHBOURS, NEIGHBOUR_PRIOR)


def sample(text: str, size: int = SAMPLE) -> str:
    """Return about ``size`` characters from the start, middle and end, without numbers and links.

    Short texts come back whole. The three parts are cut at white space where there is any, so
    that no half word counts as a word.
    """
    if len(text) <= size * 2:
        return _prose(text)[:size]
    part = size // 3
    starts = (0, (len(text) - part) // 2, len(text) - part * 2)
    return " ".join(_prose(_whole_words(text, start, start + part * 2))[:part] for start in starts)


def _prose(text: str) -> str:
    return " ".join(_NOT_PROSE.sub(" ", text).split())


def _whole_words(text: str, start: int, end: int) -> str:
    space = _SPACE.search(text, start, end) if start else None
    return text[space.end() if space else start : end]


def _letters(text: str) -> int:
    # Capitals are abbreviations and table heads; langdetect passes over them too.
    prose = "".join(word for word in text.split() if not word.isupper())
    known = len(_KNOWN_LETTER.findall(prose))
    return known if known * 2 > sum(map(str.isalpha, prose)) else 0


class _EveryGram(Detector):  # type: ignore[misc]
    """langdetect's naive Bayes over all n-grams of a text in turn, instead of random ones."""

    def best(self, *, at_least: float) -> LanguageGuess:
        """Return the most probable language; ``und`` below ``at_least`` known n-grams."""
        self.cleaning_text()
        grams = self._extract_ngrams()
        if len(grams) < at_least:
            return LanguageGuess(UNKNOWN_LANGUAGE, 0.0)
        step = math.ceil(len(grams) / MOST_GRAMS)
        grams = grams[:: step + (step % 3 == 0)]  # lengths 1, 2, 3 alternate: meet all of them
        tempered = [p**EVIDENCE_SHARE for p in self._posterior(grams)]
        highest = max(tempered)
        language = self.langlist[tempered.index(highest)]
        return LanguageGuess(language, highest / sum(tempered))

    def _posterior(self, grams: list[str]) -> list[float]:
        weight = self.alpha / self.BASE_FREQ
        posterior = self._init_probability()
        for count, gram in enumerate(grams):
            likelihood = self.word_lang_prob_map[gram]
            posterior = [p * (weight + q) for p, q in zip(posterior, likelihood, strict=True)]
            if count % 16 == 0:  # before the product of small numbers reaches 0
                total = sum(posterior)
                posterior = [p / total for p in posterior]
        return posterior
