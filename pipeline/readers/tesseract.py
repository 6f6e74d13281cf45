"""The tesseract program: which languages it has, the words it sees on an image, which way is up.

It is called as a program, one page at a time: a page that kills it kills no worker, and its Python
bindings would add nothing but their own installation.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

PROGRAM = "tesseract"
# ISO 639-1 to the names of tesseract's language packs (its own documentation, "Data Files").
PACKS = {
    "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa",
    "et": "est", "fi": "fin", "fr": "fra", "ga": "gle", "hr": "hrv", "hu": "hun", "it": "ita",
    "lt": "lit", "lv": "lav", "mt": "mlt", "nl": "nld", "pl": "pol", "pt": "por", "ro": "ron",
    "sk": "slk", "sl": "slv", "sv": "swe",
}  # fmt: skip
DPI = 300  # 400 reads no better, 150 worse (measured on poor scans: errors 7.0, 7.1, 7.5 %)
MOST_PIXELS = 20_000_000  # a little more than A3 at that; what is larger is drawn coarser
SECONDS = 120  # for one page; a page of running text takes 2 to 8 s
_WORD = "5"  # the level of words in tesseract's table


class TesseractError(Exception):
    """Tesseract gave up on a page: it crashed, or took too long."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as tesseract sees it.

    Attributes:
        text: Without white space.
        confidence: 0..1.
        line, paragraph: Equal for words of one line, of one paragraph of one block.
    """

    text: str
    confidence: float
    line: tuple[str, ...]
    paragraph: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Orientation:
    """How a page lies: degrees to turn it by, clockwise, and the script it is written in."""

    turn: int
    script: str


def installed() -> frozenset[str]:
    """Return the names of the installed language packs; empty where tesseract itself is absent."""
    program = shutil.which(PROGRAM)
    return _packs(program, os.environ.get("TESSDATA_PREFIX", "")) if program else frozenset()


def words_of(image: Image, packs: tuple[str, ...]) -> tuple[Word, ...]:
    """Return the words on a grey image in reading order.

    Args:
        image: At about `DPI` dots an inch.
        packs: Installed language packs; tesseract takes for each word the one that fits best.

    Raises:
        TesseractError: If it fails on this image.
    """
    table = _run(image, "-l", "+".join(packs), "--dpi", str(DPI), "tsv")
    words = []
    for row in table.splitlines()[1:]:
        level, page, block, paragraph, line, *_, confidence, text = row.split("\t")
        if level == _WORD and text.strip():
            place = (page, block, paragraph)
            sure = min(max(float(confidence) / 100, 0.0), 1.0)
            words.append(Word(text.strip(), sure, (*place, line), place))
    return tuple(words)


def orientation_of(image: Image) -> Orientation | None:
    """Return how the page lies, or nothing where it has too few letters or `osd` is missing."""
    if "osd" not in installed():
        return None
    try:
        told = _run(image, "-l", "osd", "--psm", "0", "--dpi", str(DPI))
    except TesseractError:
        return None  # its way of saying "too few characters"
    facts = dict(line.split(": ", 1) for line in told.splitlines() if ": " in line)
    return Orientation(int(facts.get("Rotate", "0")), facts.get("Script", ""))


@lru_cache(maxsize=4)
def _packs(program: str, data: str) -> frozenset[str]:
    done = subprocess.run([program, "--list-langs"], capture_output=True, check=False)
    return frozenset(done.stdout.decode("utf-8", "replace").splitlines()[1:])


def _run(image: Image, *arguments: str) -> str:
    pixels = b"P5 %d %d 255\n%b" % (image.width, image.height, image.tobytes())
    try:
        done = subprocess.run(
            [PROGRAM, "stdin", "stdout", *arguments],
            input=pixels,
            capture_output=True,
            check=True,
            timeout=SECONDS,
            # Workers are processes already; its threads would fight for the same cores.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise TesseractError(f"took longer than {SECONDS} s") from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise TesseractError("tesseract failed on it") from error
    return done.stdout.decode("utf-8", "replace")
