"""Image files: a page for each frame, at a bearable size, and what is wrong with some of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image

from pipeline.core.errors import DocumentError, MissingExtraError
from pipeline.language.langdetect_detector import LangdetectDetector
from pipeline.readers.image import ImageReader
from pipeline.readers.ocr import Recogniser
from tests.readers.drawn import ENGLISH, needs_packs, page
from tests.readers.sources import source_of

READER = ImageReader(Recogniser(LangdetectDetector()))
SMALL = (1654, 500)


def _refused(path: Path) -> DocumentError:
    with pytest.raises(DocumentError) as error:
        READER.read(source_of(path))
    assert error.value.where == path.name
    assert error.value.remedy
    return error.value


@needs_packs()
@pytest.mark.parametrize("ending", ["png", "jpg", "tif", "gif", "webp", "jp2"])
def test_every_format_is_read(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    page(ENGLISH, size=SMALL).save(path, dpi=(200, 200))
    document = READER.read(source_of(path))
    assert document.text.splitlines() == list(ENGLISH)
    assert document.pages[0].layout.ocr
    assert document.pages[0].layout.ocr_confidence > 0.9


@needs_packs()
def test_each_frame_is_a_page(tmp_path: Path) -> None:
    first, second = page(ENGLISH[:1], size=SMALL), page(ENGLISH[1:2], size=SMALL)
    first.save(tmp_path / "a.tif", save_all=True, append_images=[page(size=SMALL), second])
    document = READER.read(source_of(tmp_path / "a.tif"))
    texts = [document.quote(page.span).strip() for page in document.pages]
    assert texts == [ENGLISH[0], "", ENGLISH[1]]


@needs_packs()
def test_letters_on_a_transparent_ground_and_in_16_bits_are_seen(tmp_path: Path) -> None:
    drawn = page(ENGLISH, size=SMALL)
    ground = Image.new("RGBA", SMALL, (0, 0, 0, 0))
    ground.putalpha(drawn.point(lambda value: 255 - value))
    ground.save(tmp_path / "a.png")
    deep = Image.new("I;16", SMALL)
    deep.putdata([value * 257 for value in drawn.tobytes()])
    deep.save(tmp_path / "b.png")
    for name in ("a.png", "b.png"):
        document = READER.read(source_of(tmp_path / name))
        assert document.text.splitlines() == list(ENGLISH)


@needs_packs()
def test_a_photograph_taken_sideways_is_turned_by_what_the_camera_noted(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # Orientation: turn clockwise by 90 degrees
    page(ENGLISH, size=SMALL).rotate(90, expand=True).save(tmp_path / "a.jpg", exif=exif)
    assert READER.read(source_of(tmp_path / "a.jpg")).text.splitlines() == list(ENGLISH)


@needs_packs()
def test_a_screenshot_with_small_letters_is_enlarged(tmp_path: Path) -> None:
    page(ENGLISH, size=(900, 360), letters=15).save(tmp_path / "a.png", dpi=(96, 96))
    assert READER.read(source_of(tmp_path / "a.png")).text.splitlines() == list(ENGLISH)


@needs_packs()
def test_an_image_without_words_has_no_text(tmp_path: Path) -> None:
    page(size=SMALL).save(tmp_path / "a.png")
    assert _refused(tmp_path / "a.png").what == "has no text"


def test_an_image_with_too_many_pixels_is_not_opened(tmp_path: Path) -> None:
    for name, side in (("large.png", 10_001), ("huge.png", 20_000)):
        Image.new("1", (side, side)).save(tmp_path / name)
        assert _refused(tmp_path / name).what == "has more than 100 million pixels"


@needs_packs()
def test_an_image_that_was_cut_short_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    page(ENGLISH, size=SMALL).save(path)
    path.write_bytes(path.read_bytes()[:2000])
    assert "page 1: it is damaged" in _refused(path).what


def test_bytes_that_only_begin_as_an_image_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100)
    assert _refused(path).what == "is damaged and cannot be opened as an image"


def test_without_tesseract_an_image_is_told_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    page(size=SMALL).save(tmp_path / "a.png")
    error = _refused(tmp_path / "a.png")
    assert isinstance(error, MissingExtraError)
    assert "apt-get install tesseract-ocr" in error.remedy


def test_without_the_package_for_images_it_is_told_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page(size=SMALL).save(tmp_path / "a.png")
    for name in [name for name in sys.modules if name.split(".")[0] == "PIL"]:
        monkeypatch.setitem(sys.modules, name, None)
    error = _refused(tmp_path / "a.png")
    assert isinstance(error, MissingExtraError)
    assert 'pip install "fourp[ocr]"' in error.remedy
