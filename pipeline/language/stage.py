"""LanguageStage: the language of each page and passage, and the languages of a document."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from pipeline.core.document import UNKNOWN_LANGUAGE, Document, Page, Passage
from pipeline.core.ports import LanguageDetector, LanguageGuess

PROBE = 110  # characters; of held-out texts this long 0.14 % are surely taken for another language
SURE = 0.8  # a page's text is long: where it leaves doubt it is a list of names, dots or figures
BLOCK = 300  # characters; long enough to be sure, short enough to follow a change of language
MIN_PAGE_SHARE = 0.2  # of a page; less is a title, a name or a quotation in a text of another
MIN_SHARE = 0.05  # of a document
MIN_CHARACTERS = 1_500  # half a page: an English summary in a French book of 300 pages counts
MAIN_SHARE = 0.9  # a document "in one language", whose silent pages may be read as that one

_BLOCK = re.compile(rf".{{1,{BLOCK}}}(?!\S)|\S{{{BLOCK}}}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one page is written in: characters and mean confidence by language."""

    characters: Counter[str]
    confidence: dict[str, float]

    @property
    def main(self) -> str:
        return max(self.characters, key=lambda code: (self.characters[code], code), default="")


class LanguageStage:
    """Sets the language of pages and passages and the languages of the document.

    * A page is probed at its top, middle and bottom. Where the probes agree, that is the page's
      language; where they do not, the page is read block by block and its language is that of
      most of its text.
    * A page without enough text is ``und``; it inherits nothing. A page with too little to be
      sure is ``und`` with the confidence that its best language had.
    * A passage has its page's language; on a page of several languages it is asked itself. On an
      ``und`` page it takes the document's language, where that covers at least 90 % of the text
      whose language is known.
    * `Document.languages` holds what covers at least 5 % of that text or 1,500 characters,
      largest first; it is empty where nothing is known.
    """

    name = "language"

    def __init__(self, detector: LanguageDetector) -> None:
        self._detector = detector
        self.version = f"1/{detector.name}-{detector.version}"

    def __call__(self, document: Document) -> Document:
        """Return the document with languages; text, pages and passages stay as they are."""
        readings = [self._read(document.quote(page.span)) for page in document.pages]
        total: Counter[str] = Counter()
        for reading in readings:
            total.update(_known(reading))
        pages = tuple(
            _with_language(page, reading)
            for page, reading in zip(document.pages, readings, strict=True)
        )
        whole = replace(document, pages=pages, languages=_languages(total))
        passages = tuple(
            replace(p, language=self._of_passage(p, whole, readings[p.page - 1], total))
            for p in whole.passages
        )
        return replace(whole, passages=passages)

    def _read(self, text: str) -> _Reading:
        probes = [self._ask(probe) for probe in _probes(text)]
        known = {guess.language for guess in probes} - {UNKNOWN_LANGUAGE}
        if not known:
            return _reading([(self._ask(text), len(text))])
        if len(known) == 1:
            sure = [guess for guess in probes if guess.language in known]
            return _reading([(guess, len(text) // len(sure)) for guess in sure])
        blocks = [block[0] for block in _BLOCK.finditer(text)]
        reading = _reading([(self._ask(block), len(block)) for block in blocks])
        return _without_asides(reading)

    def _ask(self, text: str) -> LanguageGuess:
        guess = self._detector.detect(text)
        if guess.confidence < SURE:
            return LanguageGuess(UNKNOWN_LANGUAGE, guess.confidence)
        return guess

    def _of_passage(
        self, passage: Passage, document: Document, reading: _Reading, total: Counter[str]
    ) -> str:
        languages = _known(reading)
        if len(languages) > 1:
            return self._detector.detect(document.quote(passage.span)).language
        if languages:
            return reading.main
        if document.languages and total[document.language] >= MAIN_SHARE * total.total():
            return document.language
        return UNKNOWN_LANGUAGE


def _probes(text: str) -> list[str]:
    """Return the top, middle and bottom of a page, as whole words; a short page whole."""
    if len(text) <= PROBE * 3:
        return [text]
    starts = (0, (len(text) - PROBE) // 2, len(text) - PROBE)
    return [_whole_words(text, start, start + PROBE) for start in starts]


def _whole_words(text: str, start: int, end: int) -> str:
    piece = text[start:end]
    before = start > 0 and not text[start - 1].isspace()
    after = end < len(text) and not text[end].isspace()
    words = piece.split(maxsplit=1)[-1] if before and len(piece.split()) > 1 else piece
    return words.rsplit(maxsplit=1)[0] if after and len(words.split()) > 1 else words


def _reading(parts: list[tuple[LanguageGuess, int]]) -> _Reading:
    characters: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for guess, length in parts:
        characters[guess.language] += length
        sums[guess.language] += guess.confidence * length  # type: ignore[assignment]
    confidence = {code: sums[code] / n if n else 0.0 for code, n in characters.items()}
    return _Reading(characters, confidence)


def _known(reading: _Reading) -> Counter[str]:
    return Counter({c: n for c, n in reading.characters.items() if c != UNKNOWN_LANGUAGE})


def _without_asides(reading: _Reading) -> _Reading:
    known = _known(reading)
    least = MIN_PAGE_SHARE * known.total()
    return replace(reading, characters=Counter({c: n for c, n in known.items() if n >= least}))


def _with_language(page: Page, reading: _Reading) -> Page:
    language = reading.main or UNKNOWN_LANGUAGE
    return replace(page, language=language, confidence=reading.confidence.get(language, 0.0))


def _languages(total: Counter[str]) -> tuple[str, ...]:
    ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    least = min(MIN_SHARE * total.total(), MIN_CHARACTERS)
    return tuple(code for code, characters in ranked if characters >= least)
