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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import mean
from typing import TYPE_CHECKING

from pipeline.core.document import UNKNOWN_LANGUAGE, Document, Source
from pipeline.core.errors import DocumentError, MissingExtraError, PartlyReadError, PostponedError
from pipeline.core.ports import LanguageDetector
from pipeline.readers.files import no_text
from pipeline.readers.hyphens import MARK
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
AGAIN = "then run `fourp ingest --retry-failed`"


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """What was recognised on a page.

    Attributes:
        text: One line for each line of the page, an empty one between paragraphs; a word that a
            line end cuts ends with `hyphens.MARK`.
        confidence: Mean of its words, 0..1; 0 where there are none.
        language: ISO 639-1, or ``und``.
        lacking: The language whose pack would have read the page better, or "".
    """

    text: str
    confidence: float
    language: str = UNKNOWN_LANGUAGE
    lacking: str = ""


@dataclass(frozen=True, slots=True)
class Recognition:
    """The recognised pages of a document, by number, and why others are missing."""

    pages: dict[int, RecognisedPage] = field(default_factory=dict)
    problem: DocumentError | None = None

    @property
    def declared(self) -> dict[str, str]:
        """What is to be told of the recognition: language packs that would have read it better."""
        lacking = sorted({page.lacking for page in self.pages.values() if page.lacking})
        if not lacking:
            return {}
        packs = " ".join(f"tesseract-ocr-{PACKS[code]}" for code in lacking)
        return {
            "ocr_languages_missing": f"{', '.join(lacking)}; for better text install them "
            f"(Debian: apt-get install {packs}) and ingest the file with --force"
        }

    def checked(self, document: Document) -> Document:
        """Return ``document``, which was made with these pages, if none is missing.

        Raises:
            PartlyReadError: If some pages are missing.
            DocumentError: If nothing at all could be read.
        """
        if not any(map(str.isalnum, document.text)):
            raise self.problem or no_text(document.source)
        if self.problem is None:
            return document
        raise PartlyReadError(
            self.problem.what,
            where=self.problem.where,
            remedy=self.problem.remedy,
            document=document,
        ) from self.problem


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
        self, source: Source, images: Iterable[tuple[int, Image | None]], *, count: int, of: int
    ) -> Recognition:
        """Return the text of page images, and why some have none.

        Args:
            source: To name it in errors.
            images: Number and grey image of each page, made when it is asked for; nothing in
                place of an image that cannot be made.
            count: Images there are.
            of: Pages of the document.

        Raises:
            PostponedError: If recognition is possible and to be put off.
        """
        told = _Missing(source, count=count, of=of)
        packs = installed()
        if not packs or not self._together(packs):
            return Recognition(problem=told.program(bool(packs)))
        if self.postpone:
            raise PostponedError(
                f"has {count} {'page' if count == 1 else 'pages'} of images to be recognised",
                where=source.name,
                remedy="run `fourp ingest --retry-failed`",
            )
        pages: dict[int, RecognisedPage] = {}
        reasons: dict[int, tuple[str, str]] = {}
        end = time.monotonic() + self.seconds
        language = ""
        try:
            for number, image in images:
                if time.monotonic() >= end:
                    reasons[number] = told.late(self.seconds)
                    continue
                try:
                    page = self._page(image, language, packs)
                except TesseractError as error:
                    reasons[number] = told.unseen(str(error))
                    continue
                log.debug("%s, page %d: %s", source.name, number, page)
                if page.confidence >= LEAST_SURE:
                    pages[number] = page
                    language = page.language if page.language in PACKS else language
                elif page.lacking or len("".join(page.text.split())) >= FEWEST_CHARACTERS:
                    reasons[number] = told.illegible(page)
        except ImportError:
            return Recognition(problem=told.extra())
        return Recognition(pages, told.pages(reasons) if reasons else None)

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


@dataclass(frozen=True, slots=True)
class _Missing:
    """Says why pages of a document could not be recognised, and what to do."""

    source: Source
    count: int
    of: int

    def extra(self) -> MissingExtraError:
        return MissingExtraError(
            f"{self._what()}, and the package for images is not installed",
            where=self.source.name,
            remedy=f'install it (pip install "fourp[ocr]"), {AGAIN}',
        )

    def program(self, is_there: bool) -> MissingExtraError:
        lacking = "tesseract has no language pack" if is_there else "tesseract is not installed"
        return MissingExtraError(
            f"{self._what()}, and {lacking}",
            where=self.source.name,
            remedy="install it (Debian: apt-get install tesseract-ocr tesseract-ocr-fra "
            f"tesseract-ocr-deu; macOS: brew install tesseract tesseract-lang), {AGAIN}",
        )

    def late(self, seconds: float) -> tuple[str, str]:
        return (
            f"recognition took longer than {seconds:g} s",
            f"raise 'scan_deadline' in fourp.toml, {AGAIN}",
        )

    def unseen(self, why: str) -> tuple[str, str]:
        return why, "look at that page: it may have to be scanned anew"

    def illegible(self, page: RecognisedPage) -> tuple[str, str]:
        if page.lacking:
            pack = PACKS[page.lacking]
            return (
                f"tesseract has no language pack {pack}",
                f"install it (Debian: apt-get install tesseract-ocr-{pack}), {AGAIN}",
            )
        return (
            f"too few words are certain ({page.confidence:.0%})",
            "scan that page anew with 300 dpi, or leave it out",
        )

    def pages(self, reasons: dict[int, tuple[str, str]]) -> DocumentError:
        by_reason: dict[tuple[str, str], list[str]] = {}
        for number, reason in reasons.items():
            by_reason.setdefault(reason, []).append(str(number))
        return DocumentError(
            f"has {len(reasons)} of {self.of} pages that could not be recognised: "
            + "; ".join(
                f"{'page' if len(numbers) == 1 else 'pages'} {', '.join(numbers)}: {why}"
                for (why, _), numbers in by_reason.items()
            ),
            where=self.source.name,
            remedy="; ".join(dict.fromkeys(remedy for _, remedy in by_reason)),
        )

    def _what(self) -> str:
        if self.count == self.of:
            return f"is a scan ({self.of} {'page' if self.of == 1 else 'pages'} of images)"
        return f"has {self.count} of {self.of} pages that are images of text"
