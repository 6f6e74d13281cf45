"""Which pages are taken for images of text: those whose text says nothing."""

from __future__ import annotations

import pytest

from pipeline.language.langdetect_detector import LangdetectDetector
from pipeline.readers.scans import needs_recognition

DETECTOR = LangdetectDetector()
ENGLISH = (
    "The municipalities ask for a fair share of the costs of waste water treatment. They collect "
    "it, they treat it, and they pay for the plants. A new directive must not leave them alone "
    "with the bill, and the regions must have a say in the plans that are made for them."
)
GREEK = (
    "Οι δήμοι ζητούν δίκαιη κατανομή του κόστους επεξεργασίας των λυμάτων. Συλλέγουν τα λύματα, "
    "τα επεξεργάζονται και πληρώνουν τις εγκαταστάσεις. Η νέα οδηγία δεν πρέπει να τους αφήσει "
    "μόνους με τον λογαριασμό, και οι περιφέρειες πρέπει να έχουν λόγο στα σχέδια που τις αφορούν."
)


def _needs(text: str, images: float = 0.0) -> bool:
    return needs_recognition(text, images, DETECTOR)


def test_a_page_of_images_with_a_page_number_is_a_scan() -> None:
    assert _needs("12", images=0.9)
    assert _needs("", images=0.41)


@pytest.mark.parametrize(("text", "images"), [("", 0.0), ("Figure 3", 0.4), (ENGLISH, 1.0)])
def test_an_empty_page_a_figure_and_text_over_a_picture_are_not(text: str, images: float) -> None:
    assert not _needs(text, images)


@pytest.mark.parametrize("sign", ["\ufffd", "\uf041", "\x15"])
def test_a_page_of_characters_that_are_none_is_one(sign: str) -> None:
    assert _needs(ENGLISH.replace("e", sign))
    assert not _needs(ENGLISH.replace("A", sign))


def test_a_shifted_encoding_makes_no_words_and_is_one() -> None:
    # What remains where glyph numbers are taken for characters: "The town" is written "7KHWRZQ".
    assert _needs("".join(chr(ord(c) - 29) for c in ENGLISH if c.isalpha()))


@pytest.mark.parametrize("text", [ENGLISH, GREEK, ENGLISH.upper(), GREEK.upper(), "NN 12\n" * 90])
def test_text_in_capitals_another_script_and_a_list_of_codes_are_not(text: str) -> None:
    assert not _needs(text)
