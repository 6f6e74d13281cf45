"""The form in which a word is matched: its stem or lemma in its language, folded.

Words are only compared with words treated alike, so a form need not be a word. Which treatment a
language gets was measured by the EuroVoc descriptors found in texts of the same acts, against those
found in English (`scripts/bench matching`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from pipeline.core.text import fold

NOTHING = "-"  # the form of a lone combining mark, which folds to nothing; it is part of no term
KEPT_FORMS = 200_000  # of one language: about 25 MB

# Snowball algorithms (Porter 2001) by language code, for words that are folded first, so that
# capitals without accents match.
_FOLDED_STEMMERS = {
    "da": "danish", "de": "german", "en": "english", "fr": "french", "hu": "hungarian",
    "lt": "lithuanian", "sv": "swedish",
}  # fmt: skip
# Those whose endings cannot be told without their accents; folded afterwards.
_STEMMERS = {"cs": "czech", "pl": "polish"}
# simplemma's dictionaries, where there is no stemmer or where lemmas find more or confuse less.
# Each takes 0.1 to 1.5 s to load in every worker, so the languages that most documents are in do
# with a stemmer.
_LEMMATIZED = {
    "bg": "bg", "el": "el", "es": "es", "et": "et", "fi": "fi", "ga": "ga", "hr": "hbs",
    "it": "it", "lv": "lv", "nl": "nl", "pt": "pt", "ro": "ro", "sk": "sk", "sl": "sl",
}  # fmt: skip
# Where simplemma takes a compound that is not in its dictionary for its first part: "valtiontuki"
# (state aid) for "valtio" (state). A guess that loses so many letters is not believed; the stem is
# taken.
_COMPOUNDING = {"et": "estonian", "fi": "finnish"}
LOST = 4  # letters; with 3 and 5 recall or precision of scripts/bench matching is lower


# Romanian of older files has a cedilla where the letters of its dictionary have a comma.
_MENDED = str.maketrans("şţ", "șț")


class WordForms(dict[str, str]):
    """The forms of the words of one language, filled as they are asked for."""

    def __init__(self, form: Callable[[str], str]) -> None:
        self._form = form

    def __missing__(self, word: str) -> str:
        if len(self) >= KEPT_FORMS:
            self.clear()
        form = self._form(word) or NOTHING
        self[word] = form
        return form


def forms_of(language: str) -> WordForms:
    """Return the forms of a language; words of one without a treatment are only folded."""
    treated = language in _FOLDED_STEMMERS or language in _STEMMERS or language in _LEMMATIZED
    return _forms(language if treated else "")


@lru_cache(maxsize=64)
def _forms(language: str) -> WordForms:
    if language in _LEMMATIZED:
        lemma = _lemma(_LEMMATIZED[language], _COMPOUNDING.get(language))
        return WordForms(lambda word: fold(lemma(word.lower().translate(_MENDED))))
    if language in _STEMMERS:
        stem = _stem(_STEMMERS[language])
        return WordForms(lambda word: fold(stem(word.lower())))
    if language in _FOLDED_STEMMERS:
        stem = _stem(_FOLDED_STEMMERS[language])
        return WordForms(lambda word: _stemmed(fold(word), stem))
    return WordForms(fold)


def _lemma(code: str, stemmer: str | None) -> Callable[[str], str]:
    lemmatize, known = _simplemma()
    if stemmer is None:
        return lambda word: lemmatize(word, code)
    stem = _stem(stemmer)

    def lemma(word: str) -> str:
        found = lemmatize(word, code)
        truncated = len(word) - len(found) >= LOST and not known(word, code)
        return stem(word) if truncated else found

    return lemma


def _stemmed(folded: str, stem: Callable[[str], str]) -> str:
    return stem(folded) if len(folded) > 2 else folded


def _stem(algorithm: str) -> Callable[[str], str]:
    import snowballstemmer

    stem: Callable[[str], str] = snowballstemmer.stemmer(algorithm).stemWord
    return stem


@lru_cache(maxsize=1)
def _simplemma() -> tuple[Callable[[str, str], str], Callable[[str, str], bool]]:
    """Return what gives a word's lemma, and what says whether its dictionary has the word."""
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy
    from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

    # Read where it lies: a Finnish dictionary unpacked into Python takes 400 MB, this way 50, and
    # all of them together 150. With fewer kept than there are, papers in many languages would have
    # them loaded again and again.
    kept = StreamDictionaryFactory(cache_max_size=len(_LEMMATIZED))
    strategy = DefaultStrategy(dictionary_factory=kept)
    return Lemmatizer(lemmatization_strategy=strategy).lemmatize, strategy.is_dictionary_member
