"""What every reader promises, asked of each of them."""

from __future__ import annotations

import dataclasses
import json
import os
import pickle
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.core.errors import DocumentError
from pipeline.core.ports import Reader
from pipeline.readers.delimited import DelimitedReader
from pipeline.readers.docx import DocxReader
from pipeline.readers.eml import EmlReader
from pipeline.readers.epub import EpubReader
from pipeline.readers.html import HtmlReader
from pipeline.readers.image import ImageReader
from pipeline.readers.legacy_office import LegacyOfficeReader
from pipeline.readers.markdown import MarkdownReader
from pipeline.readers.msg import MsgReader
from pipeline.readers.odf import OdfReader
from pipeline.readers.pdf import PdfReader
from pipeline.readers.pptx import PptxReader
from pipeline.readers.registry import default_readers
from pipeline.readers.rtf import RtfReader
from pipeline.readers.structured import StructuredReader
from pipeline.readers.tar import TarReader
from pipeline.readers.text import TextReader
from pipeline.readers.xlsx import XlsxReader
from pipeline.readers.xml import XmlReader
from pipeline.readers.zip import ZipReader
from tests.readers import packages
from tests.readers.drawn import needs_packs, page
from tests.readers.legacy import doc
from tests.readers.mails import mail, zipped
from tests.readers.outlook import outlook_file
from tests.readers.pdfs import written
from tests.readers.sources import source_of

SOFFICE = shutil.which("soffice")
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


def _docx(path: Path, text: str) -> Path:
    return packages.docx(path, packages.paragraph(text)) if text else _bare(path, "")


def _pptx(path: Path, text: str) -> Path:
    return packages.pptx(path, text) if text else _bare(path, "")


def _xlsx(path: Path, text: str) -> Path:
    return packages.xlsx(path, [[text]]) if text else _bare(path, "")


def _odt(path: Path, text: str) -> Path:
    return packages.odf(path, "text", f"<text:p>{text}</text:p>") if text else _bare(path, "")


def _epub(path: Path, text: str) -> Path:
    return packages.epub(path, f"<p>{text}</p>") if text else _bare(path, "")


def _rtf(path: Path, text: str) -> Path:
    return _bare(path, f"{{\\rtf1\\ansi {text}\\par}}" if text else "")


def _xml(path: Path, text: str) -> Path:
    return _bare(path, f'<?xml version="1.0"?><act><p>{text}</p></act>' if text else "")


def _json(path: Path, text: str) -> Path:
    return _bare(path, json.dumps({"text": text}) if text else "")


def _mail(path: Path, text: str) -> Path:
    path.write_bytes(mail(text).as_bytes() if text else b"")
    return path


def _zip(path: Path, text: str) -> Path:
    path.write_bytes(zipped({f"{text}.txt": text}) if text else b"")
    return path


def _tar(path: Path, text: str) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo(f"{text}.txt"))
    if not text:
        path.write_bytes(b"")
    return path


Write = Callable[[Path, str], Path]
READERS = [
    pytest.param(PdfReader(), _pdf, ".pdf", id="pdf"),
    pytest.param(ImageReader(), _image, ".png", id="image", marks=needs_packs()),
    pytest.param(HtmlReader(), _html, ".html", id="html"),
    pytest.param(MarkdownReader(), _bare, ".md", id="markdown"),
    pytest.param(TextReader(), _bare, ".txt", id="text"),
    pytest.param(DocxReader(), _docx, ".docx", id="docx"),
    pytest.param(PptxReader(), _pptx, ".pptx", id="pptx"),
    pytest.param(XlsxReader(), _xlsx, ".xlsx", id="xlsx"),
    pytest.param(OdfReader(), _odt, ".odt", id="odf"),
    pytest.param(EpubReader(), _epub, ".epub", id="epub"),
    pytest.param(RtfReader(), _rtf, ".rtf", id="rtf"),
    pytest.param(XmlReader(), _xml, ".xml", id="xml"),
    pytest.param(DelimitedReader(), _bare, ".csv", id="delimited"),
    pytest.param(StructuredReader(), _json, ".json", id="structured"),
    pytest.param(
        LegacyOfficeReader(),
        doc,
        ".doc",
        id="legacy-office",
        marks=pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"),
    ),
    pytest.param(EmlReader(), _mail, ".eml", id="eml"),
    pytest.param(MsgReader(), outlook_file, ".msg", id="msg"),
    pytest.param(ZipReader(), _zip, ".zip", id="zip"),
    pytest.param(TarReader(), _tar, ".tgz", id="tar"),
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
    if suffix in (".md", ".txt", ".csv", ".json"):
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
    assert {r.name for r in readers.values()} == set(
        """pdf html markdown text docx pptx xlsx odf epub rtf xml delimited structured
        legacy-office eml msg zip tar image""".split()
    )
