"""Which pages of a PDF have to be recognised from their image, because their text is none."""

from __future__ import annotations

import re

from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.core.ports import LanguageDetector

# Of 102 scanned pages these two find all, of 4,745 pages of institutions, territories and funds,
# photographs and posters included, none.
FEWEST_CHARACTERS = 50
LARGEST_IMAGES = 0.4  # of the page

# Controls, private use and replacement characters are what a font without a character map leaves.
# The worst page that people can read has 1.2 %.
MOST_ODD = 0.1
# Letters; below, a list of names may be of no language. Of the 4,745 pages none of this length is.
MIN_LETTERS = 200
# Of the letters; running text of all 24 languages has 0.2 and more. A page below may be in capitals
# or in a shifted encoding, and is shown to the detector; it would be slow to show it all pages.
FEWEST_VOWELS = 0.1

_ODD = re.compile("[\x00-\x01\x03-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_VOWELS = "aeiouyαειοουаеиоу"


def needs_recognition(text: str, images: float, detector: LanguageDetector | None) -> bool:
    """Whether a page's text says nothing, although the page shows some.

    Args:
        text: As the file has it.
        images: Share of the page that images cover, 0..1.
        detector: Tells whether letters make words of any language; without one, only pages
            without text or with characters that are none are found.
    """
    visible = "".join(text.split())
    if len(visible) < FEWEST_CHARACTERS:
        return images > LARGEST_IMAGES
    return len(_ODD.findall(visible)) > MOST_ODD * len(visible) or (
        detector is not None and _is_gibberish(visible, text, detector)
    )


def _is_gibberish(visible: str, text: str, detector: LanguageDetector) -> bool:
    if len(visible) < MIN_LETTERS:
        return False
    vowels = sum(map(visible.count, _VOWELS))
    if vowels >= FEWEST_VOWELS * len(visible) or sum(map(str.isalpha, text)) < MIN_LETTERS:
        return False
    # In small letters, because the detector passes over words in capitals.
    guess = detector.detect(text.lower())
    return guess.language == UNKNOWN_LANGUAGE and guess.confidence == 0.0
