"""Analysis: how texts and the words of a query become the folded words and stems compared.

Both sides go the same way: fold (`core.text.fold`), drop an elided article ("l'eau" is "eau"),
then drop the stop words of the passage's language and stem by it. Stemming comes after folding,
so that "economie" and "économie" have one stem. Stemmers are Snowball's (https://snowballstem.org),
those of a neighbour for Croatian, Slovenian and Slovak, and `index.endings` for Bulgarian and
Latvian; Maltese is only folded. On folded words of Polish, Czech and Lithuanian they join a tenth
to a third fewer forms than with accents (`scripts/bench search stems`), and still most. Stop words
are Snowball's too, as Whoosh ships them.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.core.references import Scheme, find_references
from pipeline.core.spans import Span
from pipeline.core.text import WORD, fold, one_line
from pipeline.index.endings import LANGUAGES as LIGHT
from pipeline.index.endings import LightStemmer

ANALYSIS_VERSION = 5  # raise it with every change here or in `core.text.fold`

# A longer "word" is a broken extraction or an address; its first characters stand for it.
LONGEST_WORD = 64

# Words kept per language; the vocabulary of 66 MB of EU acts has about 100,000.
_REMEMBERED = 200_000

_STEMMERS = {
    "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hr": "serbian", "hu": "hungarian", "it": "italian", "lt": "lithuanian", "nl": "dutch_porter",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "sk": "czech", "sl": "serbian",
    "sv": "swedish",
}  # fmt: skip

_ELIDED = re.compile(
    r"\A(?:l|d|c|j|m|n|s|t|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu"  # French
    r"|un|dell|all|dall|nell|sull|coll|quell|quest|bell|sant|v|gl)'(?=.)"  # Italian
)
# "2018/1999", "91/271"; neither a part of a date nor of a longer number. What stands before is
# asked after the first character, for which alone a text is searched in a third of the time.
_PAIR = re.compile(r"(\d(?<![\d/]\d)\d{0,3})/(\d{1,5})(?!/?\d)")
# A cheap look before the dear one: "1/", "1AB2", ") 1".
_MAY_REFER = re.compile(r"[\d)](?:(?<=\d)(?:/|[A-Z]{1,2}\d)|(?<=\))\s?\d)")
# "Article 12", "art. 12", "Artikel 12a", in the languages that say it so, without the first letter:
# a pattern that begins with fixed letters is found ten times as quickly.
_NUMBER = r"\s?(\d{1,3}[a-z]?)(?![\w/]|[.,]\d)"
_ARTICLES = tuple(
    re.compile(form + _NUMBER)
    for form in (
        r"rt(?:\.|icles?|ikel[ns]?|ikla|ikkel|ículos?|icol[oi]|icolul|igos?|ykuł\w{0,3})?",
        r"RT(?:\.|ICLES?|IKEL|IKKEL|ÍCULO|ICOLO|ICOLUL|IGO|YKUŁ)?",
        r"ρθρο\w?",
        r"лен\w?",
        r"lán\w{2}",
    )
)
_FIRST_LETTERS = frozenset("aAάΆчЧčČ")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or reference of a text.

    Attributes:
        exact: Folded; "" for a reference.
        stem: Stem of the folded word, or the folded reference; "" for a stop word.
        span: Where it stands in the analysed text.
    """

    exact: str
    stem: str
    span: Span


def prepared(text: str) -> str:
    """Return ``text`` as it is analysed and stored: one line, composed, no soft hyphens."""
    composed = unicodedata.normalize("NFC", text.replace("\u00ad", ""))
    return one_line(composed)


@cache
def analyzer_for(language: str) -> Analyzer:
    """Return the analyzer of a language; there is one of each in a process."""
    return Analyzer(language)


class Analyzer:
    """Words and stems of texts in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        code = language.partition("-")[0]
        self._forms = _Forms(_stemmer(code), _stop_words(code))

    def count(
        self, text: str, *, stems: dict[str, float], places: dict[str, list[int]], first: int
    ) -> int:
        """Add to ``stems`` how often each stands in ``text``, to ``places`` where each word does.

        The index in memory is made so, word by word and plain to read; `whoosh_pool` comes to the
        same by arrays, and tests/index/test_both_indexes.py holds the two together.

        Args:
            text: As `prepared` returns it.
            stems: Of all words but stop words.
            places: By folded word, positions counted in words.
            first: Position of the first word.

        Returns:
            The position after the last word.
        """
        forms = self._forms
        found = WORD.findall(text)
        for at, word in enumerate(found, start=first):
            exact, stem = forms[word]
            if exact in places:
                places[exact].append(at)
            else:
                places[exact] = [at]
            if stem:
                stems[stem] = stems.get(stem, 0.0) + 1.0
        return first + len(found)

    def references(self, text: str) -> Iterator[tuple[str, Span]]:
        """Yield a stem for each way to write each reference in ``text``, and where it stands."""
        yield from _articles(text)
        if not _MAY_REFER.search(text):
            return
        for reference in find_references(text):
            yield fold(reference.value), reference.span
            if reference.scheme is Scheme.DOCUMENT:
                year, number = re.findall(r"\d+", reference.value)
                yield f"{int(year)}/{int(number)}", reference.span
        for pair in _PAIR.finditer(text):
            yield f"{int(pair[1])}/{int(pair[2])}", Span(*pair.span())

    def form(self, word: str) -> tuple[str, str]:
        """Return the folded form of a word as written, and its stem; "" for a stop word."""
        return self._forms[word]

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield the words of ``text`` in their order, then its references."""
        forms = self._forms
        for match in WORD.finditer(text):
            yield Token(*forms[match[0]], Span(*match.span()))
        for stem, span in self.references(text):
            yield Token("", stem, span)

    def wanted(self, text: str) -> tuple[str, ...]:
        """Return the stems that must all be there where a query asks for the word ``text``.

        A legal reference is wanted whole; of other words stop words are not wanted.
        """
        text = prepared(text)
        if text.isalpha():  # most are, and need not be searched for references
            stem = self._forms[text][1]
            return (stem,) if stem else ()
        stems: list[str] = []
        rest = text
        for reference in find_references(text):
            stems.append(fold(reference.value))
            rest = _blanked(rest, reference.span)
        for pair in _PAIR.finditer(rest):
            stems.append(f"{int(pair[1])}/{int(pair[2])}")
            rest = _blanked(rest, Span(*pair.span()))
        for stem, span in _articles(rest):
            stems.append(stem)
            rest = _blanked(rest, span)
        stems += (stem for word in WORD.findall(rest) if (stem := self._forms[word][1]))
        return tuple(dict.fromkeys(stems))


def articles(text: str) -> Iterator[Span]:
    """Yield where ``text`` names an article by its number."""
    for _, span in _articles(text):
        yield span


def exact_words(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the folded words of a phrase or prefix; no language has a say in them."""
    return tuple(_exact(m[0]) for text in texts for m in WORD.finditer(prepared(text)))


class _Forms(dict[str, tuple[str, str]]):
    """Word as written, to its folded form and its stem; each worked out once."""

    def __init__(self, stem: Callable[[str], str], stop_words: frozenset[str]) -> None:
        super().__init__()
        self._stem = stem
        self._stop_words = stop_words

    def __missing__(self, word: str) -> tuple[str, str]:
        if len(self) >= _REMEMBERED:
            self.clear()
        exact = _exact(word)
        stem = "" if exact in self._stop_words else self._stemmed(exact)
        self[word] = exact, stem
        return exact, stem

    def _stemmed(self, exact: str) -> str:
        return (self._stem(exact) or exact) if exact.isalpha() or "'" in exact else exact


def _exact(word: str) -> str:
    folded = fold(word[: 2 * LONGEST_WORD])
    bare = _ELIDED.sub("", folded, count=1) if "'" in folded else folded
    return bare[:LONGEST_WORD]


def _stemmer(code: str) -> Callable[[str], str]:
    if code in LIGHT:
        return LightStemmer(code).stem
    if code not in _STEMMERS:
        return str
    import snowballstemmer

    stem: Callable[[str], str] = snowballstemmer.stemmer(_STEMMERS[code]).stemWord
    return stem


def _stop_words(code: str) -> frozenset[str]:
    from whoosh.lang import has_stopwords, stopwords_for_language

    return (
        frozenset(map(fold, stopwords_for_language(code))) if has_stopwords(code) else frozenset()
    )


def _articles(text: str) -> Iterator[tuple[str, Span]]:
    for form in _ARTICLES:
        for match in form.finditer(text):
            start = match.start() - 1
            begins = start == 0 or not text[start - 1].isalnum()
            if start >= 0 and text[start] in _FIRST_LETTERS and begins:
                yield f"art {match[1]}", Span(start, match.end())


def _blanked(text: str, span: Span) -> str:
    return text[: span.start] + " " * len(span) + text[span.end :]
