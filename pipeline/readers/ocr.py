"""Text recognition: the text of page images, each page in its own language, by tesseract.

A page is looked at in the language of the page before it, the first one in the first language of
the settings. Where the words that come out are of another language, it is recognised again in that
one: English alone tells the 22 EU languages in Latin letters apart (24 of 24 pages, measured), and
a page in its own language has a third to a tenth of the errors. Where tesseract is not sure of its
words, the page may lie on its side or be in Greek or Cyrillic, which a separate model tells.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import mean
from typing import TYPE_CHECKING

from pipeline.core.document import UNKNOWN_LANGUAGE, Source
from pipeline.core.errors import PostponedError
from pipeline.core.ports import LanguageDetector
from pipeline.readers.hyphens import MARK
from pipeline.readers.recognition import Missing, RecognisedPage, Recognition
from pipeline.readers.tesseract import (
    PACKS,
    TesseractError,
    Word,
    installed,
    orientation_of,
    words_of,
)

if TYPE_CHECKING:
    from PIL.Image import Image

log = logging.getLogger(__name__)

DEFAULT_LANGUAGES = ("en", "fr", "de")
DEFAULT_SECONDS = 3600
# Mean confidence of words. In the right language the poorest scans have .85 and more, in another
# one of the same script .81 and more, in another script .65 and less, lying on their side .40.
SURE = 0.75
# Below, the words are noise, and a page that has many of them was not read.
LEAST_SURE = 0.5
FEWEST_CHARACTERS = 50  # below, noise is a photograph's
SCRIPTS = {"Greek": "el", "Cyrillic": "bg"}
HYPHENS = "-‐‑¬"
# Tesseract's Greek writes the micro sign for the letter mu, which nobody would find.
MICRO_AS_MU = re.compile("(?<=[Ͱ-Ͽἀ-῿])\u00b5|\u00b5(?=[Ͱ-Ͽἀ-῿])")


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Recognises the pages of a document, or says why it cannot.

    Attributes:
        detector: Tells the language of recognised text; without one, all languages of the
            settings are tried together.
        languages: ISO 639-1; for pages whose own language cannot be told or has no pack.
        seconds: That one document may take; pages left over are told.
        postpone: Whether documents are put off that could be recognised.
    """

    detector: LanguageDetector | None = None
    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    seconds: float = DEFAULT_SECONDS
    postpone: bool = False

    @property
    def version(self) -> str:
        """Changes with everything that changes the text."""
        return f"1/{'+'.join(self.languages)}"

    def recognise(
        self,
        source: Source,
        numbers: Sequence[int],
        draw: Callable[[int], Image | None],
        *,
        of: int,
    ) -> Recognition:
        """Return the text of page images, and why some have none.

        Args:
            source: To name it in errors.
            numbers: Of the pages to recognise, from 1.
            draw: Gives the grey image of a page, or nothing where that cannot be made.
            of: Pages of the document.

        Raises:
            PostponedError: If recognition is possible and to be put off.
        """
        told = Missing(source, count=len(numbers), of=of)
        packs = installed()
        if not packs or not self._together(packs):
            return Recognition(problem=told.program(is_there=bool(packs)))
        if self.postpone:
            raise PostponedError(
                f"has {told.pages_of_images()} to be recognised",
                where=source.name,
                remedy="run `fourp ingest --retry-failed`",
            )
        pages: dict[int, RecognisedPage] = {}
        reasons: dict[int, tuple[str, str]] = {}
        end = time.monotonic() + self.seconds
        language = ""
        try:
            for number in numbers:
                if time.monotonic() >= end:
                    reasons[number] = told.late(self.seconds)
                    continue
                try:
                    page = self._page(draw(number), language, packs)
                except TesseractError as error:
                    reasons[number] = told.unseen(str(error))
                    continue
                log.debug(
                    "%s, page %d: %s, %.2f", source.name, number, page.language, page.confidence
                )
                if page.confidence >= LEAST_SURE:
                    pages[number] = page
                    language = page.language if page.language in PACKS else language
                elif page.lacking or len("".join(page.text.split())) >= FEWEST_CHARACTERS:
                    reasons[number] = told.illegible(page)
        except ImportError:
            return Recognition(problem=told.extra())
        return Recognition(pages, told.unread(reasons) if reasons else None)

    def _page(self, image: Image | None, before: str, packs: frozenset[str]) -> RecognisedPage:
        """Return the page as it is read best; confidence 0 where its script has no pack."""
        if image is None:
            raise TesseractError("it is damaged")
        tried = before or self.languages[0]
        best = self._read(image, tried, packs)
        if best.confidence < SURE and (lies := orientation_of(image)):
            script = SCRIPTS.get(lies.script, "")
            if script and PACKS[script] not in packs:
                return RecognisedPage(best.text, 0.0, script, lacking=script)
            if script or lies.turn:
                tried = script or tried
                image = image.rotate(-lies.turn, expand=True)
                best = max(best, self._read(image, tried, packs), key=_confidence)
        if self.detector is None or best.language == tried:
            return best
        return max(best, self._read(image, best.language, packs), key=_confidence)

    def _read(self, image: Image, language: str, packs: frozenset[str]) -> RecognisedPage:
        pack = PACKS.get(language, "")
        chosen = (pack,) if self.detector and pack in packs else self._together(packs)
        words = words_of(image, chosen)
        text = text_of(words)
        told = self.detector.detect(text).language if self.detector else UNKNOWN_LANGUAGE
        lacks = PACKS.get(told, chosen[0]) not in packs
        sure = mean(w.confidence for w in words) if words else 0.0
        return RecognisedPage(text, sure, told, lacking=told if lacks else "")

    def _together(self, packs: frozenset[str]) -> tuple[str, ...]:
        chosen = tuple(PACKS[code] for code in self.languages if PACKS[code] in packs)
        return chosen or tuple(sorted(packs & set(PACKS.values())))[:1]


def _confidence(page: RecognisedPage) -> float:
    return page.confidence


def text_of(words: Iterable[Word]) -> str:
    """Return recognised words as lines and paragraphs."""
    paragraphs = []
    for _, inside in groupby(words, key=lambda word: word.paragraph):
        lines = groupby(inside, key=lambda word: word.line)
        paragraphs.append("".join(_joined([" ".join(w.text for w in line) for _, line in lines])))
    return MICRO_AS_MU.sub("\u03bc", "\n\n".join(paragraphs))


def _joined(lines: list[str]) -> Iterator[str]:
    for line, following in pairwise(lines):
        cut = line[-1] in HYPHENS and line[-2:-1].isalpha() and following[0].isalnum()
        yield f"{line[:-1]}{MARK}" if cut else f"{line}\n"
    yield lines[-1]
