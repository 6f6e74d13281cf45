"""What every reader promises, asked of each of them."""

from __future__ import annotations

import dataclasses
import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.core.errors import DocumentError
from pipeline.core.ports import Reader
from pipeline.readers.html import HtmlReader
from pipeline.readers.image import ImageReader
from pipeline.readers.markdown import MarkdownReader
from pipeline.readers.pdf import PdfReader
from pipeline.readers.registry import default_readers
from pipeline.readers.text import TextReader
from tests.readers.drawn import needs_packs, page
from tests.readers.pdfs import written
from tests.readers.sources import source_of

SENTENCE = "The municipalities ask for a fair share of the costs of waste water treatment."


def _pdf(path: Path, text: str) -> Path:
    return written(path, [text], [text]) if text else _bare(path, "")


def _image(path: Path, text: str) -> Path:
    if not text:
        return _bare(path, "")
    page([text], size=(1654, 500)).save(path, format="PNG")
    return path


def _bare(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _html(path: Path, text: str) -> Path:
    return _bare(path, f"<!DOCTYPE html><html><body><p>{text}</p></body></html>" if text else "")


Write = Callable[[Path, str], Path]
READERS = [
    pytest.param(PdfReader(), _pdf, ".pdf", id="pdf"),
    pytest.param(ImageReader(), _image, ".png", id="image", marks=needs_packs()),
    pytest.param(HtmlReader(), _html, ".html", id="html"),
    pytest.param(MarkdownReader(), _bare, ".md", id="markdown"),
    pytest.param(TextReader(), _bare, ".txt", id="text"),
]
each_reader = pytest.mark.parametrize(("reader", "write", "suffix"), READERS)


@each_reader
def test_the_words_of_the_file_are_the_words_of_the_text(
    reader: Reader, write: Write, suffix: str, tmp_path: Path
) -> None:
    document = reader.read(source_of(write(tmp_path / f"paper{suffix}", SENTENCE)))
    assert SENTENCE in document.text
    assert document.pages[0].number == 1
    assert "".join(document.quote(page.span) for page in document.pages) == document.text


@each_reader
def test_reading_twice_gives_the_same_document(
    reader: Reader, write: Write, suffix: str, tmp_path: Path
) -> None:
    source = source_of(write(tmp_path / f"paper{suffix}", SENTENCE))
    assert reader.read(source) == reader.read(source)


@each_reader
def test_an_empty_file_is_told_as_one(
    reader: Reader, write: Write, suffix: str, tmp_path: Path
) -> None:
    source = source_of(write(tmp_path / f"paper{suffix}", ""))
    assert source.media_type in reader.media_types
    with pytest.raises(DocumentError, match="is empty") as error:
        reader.read(source)
    assert error.value.where == f"paper{suffix}"
    assert error.value.remedy


@each_reader
def test_a_file_that_vanished_is_told_as_one(
    reader: Reader, write: Write, suffix: str, tmp_path: Path
) -> None:
    path = write(tmp_path / f"paper{suffix}", SENTENCE)
    source = source_of(path)
    path.unlink()
    with pytest.raises(DocumentError, match="has vanished"):
        reader.read(source)


@each_reader
@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told_as_one(
    reader: Reader, write: Write, suffix: str, tmp_path: Path
) -> None:
    path = write(tmp_path / f"paper{suffix}", SENTENCE)
    source = source_of(path)
    path.chmod(0)
    with pytest.raises(DocumentError, match="may not be read"):
        reader.read(source)


@each_reader
def test_a_folder_in_the_place_of_the_file_is_told(
    reader: Reader, write: Write, suffix: str, tmp_path: Path
) -> None:
    path = write(tmp_path / f"paper{suffix}", SENTENCE)
    source = source_of(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(DocumentError, match="cannot be opened"):
        reader.read(source)


@each_reader
def test_a_wrong_name_ending_does_not_keep_a_file_from_its_reader(
    reader: Reader, write: Write, suffix: str, tmp_path: Path
) -> None:
    if suffix in (".md", ".txt"):
        pytest.skip("plain text has no signature: its name is all that tells")
    written_path = write(tmp_path / f"paper{suffix}", SENTENCE)
    source = source_of(written_path.rename(tmp_path / "paper.txt"))
    assert source.media_type in reader.media_types
    assert SENTENCE in reader.read(source).text


@each_reader
def test_binary_rubbish_is_an_error_of_the_document(
    reader: Reader, write: Write, suffix: str, tmp_path: Path
) -> None:
    path = write(tmp_path / f"paper{suffix}", SENTENCE)
    path.write_bytes(b"\x00\xff\xfe\x81" * 300)
    with pytest.raises(DocumentError):
        reader.read(source_of(path))


@each_reader
def test_a_reader_goes_to_a_worker_process(
    reader: Reader, write: Write, suffix: str, tmp_path: Path
) -> None:
    source = source_of(write(tmp_path / f"paper{suffix}", SENTENCE))
    document = pickle.loads(pickle.dumps(reader)).read(source)
    assert dataclasses.replace(document) == reader.read(source)


def test_every_reader_is_listed_under_its_media_types() -> None:
    readers = default_readers()
    for media_type, reader in readers.items():
        assert media_type in reader.media_types
    assert {r.name for r in readers.values()} == {"pdf", "image", "html", "markdown", "text"}
