"""What text recognition gives: pages, and in three parts why others have none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.core.document import UNKNOWN_LANGUAGE, Document, Source
from pipeline.core.errors import DocumentError, MissingExtraError, PartlyReadError
from pipeline.readers.files import no_text
from pipeline.readers.tesseract import PACKS

AGAIN = "then run `fourp ingest --retry-failed`"
Reason = tuple[str, str]  # why a page has no text, and what to do


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
class Missing:
    """Says why pages of a document could not be recognised, and what to do."""

    source: Source
    count: int
    of: int

    def extra(self) -> MissingExtraError:
        """Return the error of a computer without Pillow."""
        return MissingExtraError(
            f"{self._what()}, and the package for images is not installed",
            where=self.source.name,
            remedy=f'install it (pip install "fourp[ocr]"), {AGAIN}',
        )

    def program(self, *, is_there: bool) -> MissingExtraError:
        """Return the error of a computer without tesseract, or with one that has no language."""
        lacking = "tesseract has no language pack" if is_there else "tesseract is not installed"
        return MissingExtraError(
            f"{self._what()}, and {lacking}",
            where=self.source.name,
            remedy="install it (Debian: apt-get install tesseract-ocr tesseract-ocr-fra "
            f"tesseract-ocr-deu; macOS: brew install tesseract tesseract-lang), {AGAIN}",
        )

    def late(self, seconds: float) -> Reason:
        """Return the reason of pages for which there was no time."""
        return (
            f"recognition took longer than {seconds:g} s",
            f"raise 'scan_deadline' in fourp.toml, {AGAIN}",
        )

    def unseen(self, why: str) -> Reason:
        """Return the reason of a page that cannot be looked at."""
        return why, "look at that page: it may have to be scanned anew"

    def illegible(self, page: RecognisedPage) -> Reason:
        """Return the reason of a page whose words are noise."""
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

    def unread(self, reasons: Mapping[int, Reason]) -> DocumentError:
        """Return the error of a document of which these pages could not be recognised."""
        by_reason: dict[Reason, list[int]] = {}
        for number, reason in reasons.items():
            by_reason.setdefault(reason, []).append(number)
        return DocumentError(
            f"has {len(reasons)} of {self.of} pages that could not be recognised: "
            + "; ".join(
                f"{'page' if len(numbers) == 1 else 'pages'} {_ranges(numbers)}: {why}"
                for (why, _), numbers in by_reason.items()
            ),
            where=self.source.name,
            remedy="; ".join(dict.fromkeys(remedy for _, remedy in by_reason)),
        )

    def pages_of_images(self) -> str:
        """Return "1 page of images", "2 pages of images" ..."""
        return f"{self.count} {'page' if self.count == 1 else 'pages'} of images"

    def _what(self) -> str:
        if self.count == self.of:
            return f"is a scan ({self.pages_of_images()})"
        return f"has {self.count} of {self.of} pages that are images of text"


def _ranges(numbers: list[int]) -> str:
    """Return rising numbers as "3, 5-12"."""
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)
