"""Pages drawn as images, as a scanner makes them, and what tesseract is there to read them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import font_source_serif_pro
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader

from pipeline.readers.tesseract import installed
from tests.readers.pdfs import HEIGHT, WIDTH, canvas, lines

FONT = Path(font_source_serif_pro.__file__).parent / "files" / "SourceSerifPro-Regular.ttf"
A4_AT_200 = (1654, 2339)

ENGLISH = (
    "The municipalities ask for a fair share of the costs of waste water",
    "treatment. They collect it, they treat it, and they pay for the plants.",
    "A new directive must not leave them alone with the bill.",
)
FRENCH = (
    "Les collectivités demandent une répartition équitable des coûts de",
    "l'assainissement. Elles collectent les eaux usées, elles les traitent et",
    "elles financent déjà les stations d'épuration. La nouvelle directive ne",
    "doit pas les laisser seules face à la dépense.",
)
GREEK = (
    "Οι δήμοι ζητούν δίκαιη κατανομή του κόστους επεξεργασίας των λυμάτων.",
    "Συλλέγουν τα λύματα, τα επεξεργάζονται και πληρώνουν τις εγκαταστάσεις.",
    "Η νέα οδηγία δεν πρέπει να τους αφήσει μόνους με τον λογαριασμό.",
    "Οι περιφέρειες και οι δήμοι της Ευρώπης χρειάζονται βοήθεια και χρόνο.",
)


def needs_packs(*packs: str) -> pytest.MarkDecorator:
    """Return the mark of a test that needs tesseract with these language packs."""
    missing = {"eng", "osd", *packs} - installed()
    debian = " ".join(f"tesseract-ocr-{pack}" for pack in sorted(missing))
    reason = f"scans are not tested: apt-get install tesseract-ocr {debian}"
    return pytest.mark.skipif(bool(missing), reason=reason)


def page(
    *paragraphs: Sequence[str], size: tuple[int, int] = A4_AT_200, letters: int = 34
) -> Image.Image:
    """Draw paragraphs of lines in black on white, ``letters`` pixels high."""
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), letters)
    top = 180.0
    for paragraph in paragraphs:
        for line in paragraph:
            draw.text((160, top), line, font=font, fill=20)
            top += letters * 1.35
        top += letters * 1.5
    return image


def scan(path: Path, *images: Image.Image, text: Sequence[str] = ()) -> Path:
    """Write a PDF whose pages are images, after a page of ``text`` where there is some."""
    file = canvas(path)
    if text:
        lines(file, text)
        file.showPage()
    for image in images:
        file.drawImage(ImageReader(image), 0, 0, width=WIDTH, height=HEIGHT)
        file.showPage()
    file.save()
    return path


def packs_in(folder: Path, *packs: str) -> Path:
    """Make a folder of language data that holds these packs only, for TESSDATA_PREFIX."""
    everything = next(Path("/").glob("usr/share/tesseract-ocr/*/tessdata"), None)
    if everything is None:
        pytest.skip("the language data are not where Debian keeps them")
    folder.mkdir()
    for name in ("configs", "tessconfigs", *(f"{pack}.traineddata" for pack in packs)):
        (folder / name).symlink_to(everything / name)
    return folder


def failing_tesseract(folder: Path) -> Path:
    """Write a program that lists English and fails on every image; return its folder."""
    folder.mkdir()
    program = folder / "tesseract"
    shell = shutil.which("sh")
    listing = "[ \"$1\" = --list-langs ] && printf 'List (2):\\neng\\nosd\\n' && exit"
    program.write_text(f"#!{shell}\n{listing}\nexit 1\n")
    program.chmod(0o755)
    return folder
