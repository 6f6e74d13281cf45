"""Scanned pages: recognised in their language, and told where they cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.document import Document
from pipeline.core.errors import (
    DocumentError,
    MissingExtraError,
    PartlyReadError,
    PostponedError,
)
from pipeline.language.langdetect_detector import LangdetectDetector
from pipeline.readers.hyphens import MARK
from pipeline.readers.ocr import Recogniser, text_of
from pipeline.readers.pdf import PdfReader
from pipeline.readers.tesseract import Word
from tests.readers.drawn import (
    ENGLISH,
    FRENCH,
    GREEK,
    failing_tesseract,
    needs_packs,
    packs_in,
    page,
    scan,
)
from tests.readers.sources import source_of

RECOGNISER = Recogniser(LangdetectDetector())


def _read(path: Path, recogniser: Recogniser = RECOGNISER) -> Document:
    return PdfReader(recogniser).read(source_of(path))


def _refused(path: Path, recogniser: Recogniser = RECOGNISER) -> DocumentError:
    with pytest.raises(DocumentError) as error:
        _read(path, recogniser)
    assert error.value.where == path.name
    return error.value


@needs_packs("fra")
def test_a_scanned_page_is_read_in_its_own_language(tmp_path: Path) -> None:
    document = _read(scan(tmp_path / "a.pdf", page(FRENCH)))
    assert document.text.splitlines() == list(FRENCH)
    [layout] = [page.layout for page in document.pages]
    assert layout.ocr
    assert layout.ocr_confidence > 0.9
    assert document.declared.keys() <= {"title", "author", "producer", "subject", "created",
                                        "modified"}  # fmt: skip


@needs_packs()
def test_a_scan_among_pages_of_text_stands_in_its_place(tmp_path: Path) -> None:
    document = _read(scan(tmp_path / "a.pdf", page(ENGLISH), text=["Cover letter."]))
    assert [page.layout.ocr for page in document.pages] == [False, True]
    assert document.quote(document.pages[0].span) == "Cover letter.\n"
    assert document.quote(document.pages[1].span).splitlines() == list(ENGLISH)


@needs_packs("fra")
def test_pages_of_two_languages_are_each_read_in_their_own(tmp_path: Path) -> None:
    document = _read(scan(tmp_path / "a.pdf", page(ENGLISH), page(FRENCH), page(ENGLISH)))
    assert document.text.splitlines() == [*ENGLISH, *FRENCH, *ENGLISH]


@needs_packs()
def test_paragraphs_are_kept_and_a_word_cut_at_a_line_end_is_whole(tmp_path: Path) -> None:
    cut = ("The towns pay for every treat-", "ment plant of the region and ask for help.")
    document = _read(scan(tmp_path / "a.pdf", page(ENGLISH, cut)))
    assert document.text.splitlines() == [
        *ENGLISH, "", "The towns pay for every treatment", "plant of the region and ask for help."
    ]  # fmt: skip


@needs_packs()
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_head_is_read(tmp_path: Path, angle: int) -> None:
    document = _read(scan(tmp_path / "a.pdf", page(ENGLISH, ENGLISH).rotate(angle, expand=True)))
    assert document.text.split("\n\n")[0].splitlines() == list(ENGLISH)


@needs_packs()
def test_a_picture_without_words_is_no_failure(tmp_path: Path) -> None:
    document = _read(scan(tmp_path / "a.pdf", page(), text=["A brochure."]))
    assert document.text == "A brochure.\n"
    assert not document.pages[1].layout.ocr


@needs_packs()
def test_a_scan_without_words_has_no_text(tmp_path: Path) -> None:
    assert _refused(scan(tmp_path / "a.pdf", page())).what == "has no text"


@needs_packs()
def test_reading_can_be_put_off(tmp_path: Path) -> None:
    postponing = Recogniser(LangdetectDetector(), postpone=True)
    assert postponing.version == RECOGNISER.version
    with pytest.raises(PostponedError, match="1 page of images"):
        _read(scan(tmp_path / "a.pdf", page(ENGLISH)), postponing)


@needs_packs()
def test_pages_for_which_there_is_no_time_are_told_and_the_others_kept(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf", *[page()] * 3, text=["Cover letter."])
    error = _refused(path, Recogniser(LangdetectDetector(), seconds=0))
    assert isinstance(error, PartlyReadError)
    assert error.what.startswith("has 3 of 4 pages that could not be recognised: pages 2-4: ")
    assert "scan_deadline" in error.remedy
    assert error.document.text == "Cover letter.\n"


def test_without_tesseract_a_scan_is_told_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for recogniser in (RECOGNISER, Recogniser(LangdetectDetector(), postpone=True)):
        error = _refused(scan(tmp_path / "a.pdf", page(), page()), recogniser)
        assert isinstance(error, MissingExtraError)
        assert error.what == "is a scan (2 pages of images), and tesseract is not installed"
        assert "apt-get install tesseract-ocr" in error.remedy


def test_without_tesseract_the_pages_of_text_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    error = _refused(scan(tmp_path / "a.pdf", page(ENGLISH), text=["Cover letter."]))
    assert isinstance(error, PartlyReadError)
    assert error.what.startswith("has 1 of 2 pages that are images of text")
    assert error.document.text == "Cover letter.\n"
    assert len(error.document.pages) == 2


def test_a_page_on_which_tesseract_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(failing_tesseract(tmp_path / "bin")))
    error = _refused(scan(tmp_path / "a.pdf", page(ENGLISH)))
    assert error.what == (
        "has 1 of 1 pages that could not be recognised: page 1: tesseract failed on it"
    )


@needs_packs()
def test_a_missing_language_pack_is_told_and_the_others_do_what_they_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(packs_in(tmp_path / "packs", "eng", "osd")))
    document = _read(scan(tmp_path / "a.pdf", page(FRENCH)))
    assert "nouvelle directive" in document.text
    told = document.declared["ocr_languages_missing"]
    assert told.startswith("fr;")
    assert "apt-get install tesseract-ocr-fra" in told


@needs_packs()
def test_a_page_in_letters_that_no_pack_knows_is_told_with_the_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(packs_in(tmp_path / "packs", "eng", "osd")))
    error = _refused(scan(tmp_path / "a.pdf", page(GREEK, GREEK)))
    assert "page 1: tesseract has no language pack ell" in error.what
    assert "apt-get install tesseract-ocr-ell" in error.remedy


@needs_packs("ell")
def test_a_page_in_greek_is_read_though_latin_letters_are_tried_first(tmp_path: Path) -> None:
    document = _read(scan(tmp_path / "a.pdf", page(GREEK, GREEK)))
    assert "Οι δήμοι ζητούν δίκαιη κατανομή" in document.text


def test_only_a_hyphen_between_letters_at_a_line_end_may_be_a_cut() -> None:
    rows = ("treat-", "ment", "2021-", "2027", "cost -", "and", "end-")
    words = [
        Word(text, 0.9, ("1", str(row)), ("1",))
        for row, line in enumerate(rows)
        for text in line.split()
    ]
    assert text_of(words) == f"treat{MARK}ment\n2021-\n2027\ncost -\nand\nend-"
