"""Image files (PNG, JPEG, TIFF, GIF, WEBP, JPEG 2000): one page for each frame, recognised."""

from __future__ import annotations

import warnings
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.document import Document, Layout, Source, tiled
from pipeline.core.errors import DocumentError, MissingExtraError
from pipeline.readers.cleaning import cleaned
from pipeline.readers.files import check_readable
from pipeline.readers.hyphens import mended, spellings_of
from pipeline.readers.ocr import Recogniser
from pipeline.readers.tesseract import DPI, MOST_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_OPENED = 100_000_000  # pixels of a frame; A3 at 600 dpi has 70 million
LARGEST_SCALE = 3.0  # a screenshot has 96 dots an inch
LONG_SIDE = 11.7  # inches of A4, where the file does not say how fine the image is
PLAUSIBLE_DPI = range(60, 1201)  # cameras and editors write 1 or 72 without knowing
FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "WEBP", "JPEG2000")


class ImageReader:
    """Reads image files by recognising their text."""

    name = "image"
    media_types = frozenset(
        {"image/png", "image/jpeg", "image/tiff", "image/gif", "image/webp", "image/jp2"}
    )

    def __init__(self, recogniser: Recogniser | None = None) -> None:
        self._recogniser = recogniser or Recogniser()
        self.version = f"1/{self._recogniser.version}"

    def read(self, source: Source) -> Document:
        """Return the document, one page for each frame.

        Raises:
            DocumentError: If it is empty, vanished, damaged, too large, or shows no text. A
                `PartlyReadError` holds the other pages where some could not be recognised.
            MissingExtraError: If Pillow or tesseract is not installed.
        """
        check_readable(source)
        try:
            import PIL.Image
        except ImportError as error:
            raise MissingExtraError(
                "is an image, and the package for images is not installed",
                where=source.name,
                remedy='install it (pip install "fourp[ocr]"), then run `fourp ingest '
                "--retry-failed`",
            ) from error
        with warnings.catch_warnings():
            # Pillow warns of what is larger than a page by far and refuses what is larger still.
            warnings.simplefilter("error", PIL.Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", module="PIL")
            try:
                image = PIL.Image.open(source.path, formats=FORMATS)
            except (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning) as error:
                raise _too_large(source) from error
            except (OSError, SyntaxError, ValueError) as error:
                raise _damaged(source) from error
            with image:
                _check_size(source, image)
                return self._document(source, image)

    def _document(self, source: Source, image: Image) -> Document:
        count = getattr(image, "n_frames", 1)
        recognition = self._recogniser.recognise(
            source, range(1, count + 1), lambda number: _frame(source, image, number), of=count
        )
        found = [recognition.pages.get(number) for number in range(1, count + 1)]
        texts = [page.text if page else "" for page in found]
        spellings = spellings_of(texts)
        layouts = [
            Layout(images=1.0, ocr=True, ocr_confidence=round(page.confidence, 3))
            if page
            else Layout(images=1.0)
            for page in found
        ]
        text, pages = tiled([cleaned(mended(text, spellings)) for text in texts], layouts)
        return recognition.checked(
            Document(source=source, text=text, pages=pages, declared=recognition.declared)
        )


def _frame(source: Source, image: Image, number: int) -> Image | None:
    try:
        image.seek(number - 1)
        _check_size(source, image)
        return _drawn(image)
    except (OSError, SyntaxError, ValueError, EOFError):  # what Pillow raises for bad bytes
        return None


def _drawn(frame: Image) -> Image:
    """Return a frame upright, on white, in grey, at about the resolution that tesseract wants."""
    from PIL import Image, ImageOps

    dpi = float(frame.info.get("dpi", (0, 0))[0])
    upright = ImageOps.exif_transpose(frame)
    if upright.mode.startswith("I"):  # 16 bits a pixel, which convert() would cut off at 255
        upright = upright.point(lambda value: value / 256).convert("L")
    if "A" in upright.getbands() or "transparency" in upright.info:
        coloured = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", coloured.size, "white"), coloured)
    grey = upright.convert("L")
    if not PLAUSIBLE_DPI.start <= dpi < PLAUSIBLE_DPI.stop or dpi == 72:
        dpi = max(grey.size) / LONG_SIDE
    scale = min(max(DPI / dpi, 1.0), LARGEST_SCALE, sqrt(MOST_PIXELS / (grey.width * grey.height)))
    if scale == 1.0:
        return grey
    size = (max(round(grey.width * scale), 1), max(round(grey.height * scale), 1))
    return grey.resize(size, Image.Resampling.LANCZOS)


def _check_size(source: Source, image: Image) -> None:
    if image.width * image.height > MOST_OPENED:
        raise _too_large(source)


def _too_large(source: Source) -> DocumentError:
    return DocumentError(
        f"has more than {MOST_OPENED // 1_000_000} million pixels",
        where=source.name,
        remedy="save it with 300 dpi and ingest it again",
    )


def _damaged(source: Source) -> DocumentError:
    return DocumentError(
        "is damaged and cannot be opened as an image",
        where=source.name,
        remedy=f"open {Path(source.path).suffix or 'it'} in an image viewer, save it anew and "
        "ingest it again",
    )
