"""Media types, told by bytes first and by names where bytes leave a choice."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path, PurePath

import pytest

from pipeline.readers.media_types import media_type_of

OFFICE = "application/vnd.openxmlformats-officedocument."


def _told(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return media_type_of(path, content[:4096])


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.txt", b"%PDF-1.7\n1 0 obj", "application/pdf"),
        ("a.bin", b"\r\nnoise " * 20 + b"\n%PDF-1.4\n1 0 obj", "application/pdf"),
        ("about.txt", b"A file begins with %PDF-1.4 by rule.", "text/plain"),
        ("a.doc", rb"{\rtf1\ansi text}", "application/rtf"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "application/msword"),
        ("a", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "application/x-ole-storage"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        ("a.gz", gzip.compress(b"text"), "application/gzip"),
        ("a.txt", b"<!DOCTYPE html>\n<html>", "text/html"),
        ("a", b"\xef\xbb\xbf<!-- made by hand -->\n<HTML lang=en>", "text/html"),
        ("a.html", b'<?xml version="1.0"?><html xmlns="x">', "application/xhtml+xml"),
        ("a.html", b"<p>a fragment</p>", "text/html"),
        ("a.xml", b'<?xml version="1.0"?><NOTICE>', "application/xml"),
        ("a", b'<NOTICE xmlns="x">', "application/xml"),
        ("a.json", b'{"a": 1}', "application/json"),
        ("a", b'[{"a": 1}]', "application/json"),
        ("a.csv", b"fund;share\n", "text/csv"),
        ("a.jsonl", b'{"a": 1}\n', "application/jsonl"),
        ("a.yaml", b"a: 1\n", "application/yaml"),
        ("a.md", b"# Title", "text/markdown"),
        ("a.MD", "# Été".encode("cp1252"), "text/markdown"),
        ("a.txt", b'{"a": 1}', "text/plain"),
        ("a.txt", "Été".encode("utf-16"), "text/plain"),
        ("README", b"Read me.", "text/plain"),
        ("a.minutes", "Compte rendu de l'été".encode("latin-1"), "text/plain"),
        ("a.txt", b"\x00\x01\x02\x03", "application/octet-stream"),
        ("a.pdf", b"", "application/pdf"),
        ("a.eml", b"Subject: water\n\nText", "message/rfc822"),
        ("a", b"From: a@b.eu\nMIME-Version: 1.0\n\nText", "message/rfc822"),
        ("a.txt", b"Received: by x;\r\n\tfor y\r\nFrom: a@b.eu\r\n\r\nHi", "message/rfc822"),
        ("a.txt", b"From: the mayor\nTo: all\nSubject: water\n\nText", "text/plain"),
        ("a.dat", b"\x78\x9f\x3e\x22\x01\x00", "application/vnd.ms-tnef"),
        (
            "a",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0".encode("utf-16-le"),
            "application/vnd.ms-outlook",
        ),
        ("a.odd", b"", "text/plain"),
    ],
)
def test_bytes_tell_first_then_the_name(
    name: str, content: bytes, media_type: str, tmp_path: Path
) -> None:
    assert _told(tmp_path / name, content) == media_type


@pytest.mark.parametrize(
    ("entries", "media_type"),
    [
        (("[Content_Types].xml", "word/document.xml"), OFFICE + "wordprocessingml.document"),
        (("[Content_Types].xml", "xl/workbook.xml"), OFFICE + "spreadsheetml.sheet"),
        (("[Content_Types].xml", "ppt/slides.xml"), OFFICE + "presentationml.presentation"),
        (("word/list.txt",), "application/zip"),
    ],
)
def test_an_archive_is_told_by_what_is_inside(
    entries: tuple[str, ...], media_type: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    with zipfile.ZipFile(path, "w") as archive:
        for entry in entries:
            archive.writestr(entry, "x")
    assert media_type_of(path, path.read_bytes()) == media_type


def test_the_bytes_may_be_given_instead_of_a_file() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("word/document.xml", "")
    told = media_type_of(PurePath("a.zip"), content.getvalue()[:4096], content)
    assert told == OFFICE + "wordprocessingml.document"


def test_an_archive_that_begins_with_a_pdf_is_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.pdf", b"%PDF-1.7\n1 0 obj")
    assert media_type_of(path, path.read_bytes()) == "application/zip"


def test_an_archive_of_files_on_a_tape_is_told_by_its_first_entry() -> None:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    assert media_type_of(PurePath("a"), content.getvalue()[:4096]) == "application/x-tar"


@pytest.mark.parametrize(
    "media_type", ["application/epub+zip", "application/vnd.oasis.opendocument.text"]
)
def test_an_archive_that_names_its_type_is_believed(media_type: str, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", media_type)
    assert media_type_of(path, path.read_bytes()) == media_type


def test_a_damaged_archive_is_still_an_archive(tmp_path: Path) -> None:
    assert _told(tmp_path / "a.docx", b"PK\x03\x04 cut short") == "application/zip"


@pytest.mark.parametrize(
    ("stream", "media_type"),
    [
        ("WordDocument", "application/msword"),
        ("Workbook", "application/vnd.ms-excel"),
        ("PowerPoint Document", "application/vnd.ms-powerpoint"),
        ("__properties_version1.0", "application/vnd.ms-outlook"),
        ("EncryptedPackage", "application/x-ole-storage"),
        ("Unknown", "application/x-ole-storage"),
    ],
)
def test_an_ole_container_is_told_by_its_streams(
    stream: str, media_type: str, tmp_path: Path
) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + stream.encode("utf-16-le")
    assert _told(tmp_path / "a.txt", content) == media_type


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "rtf"])
def test_an_empty_file_is_told_by_its_name(suffix: str, tmp_path: Path) -> None:
    told = _told(tmp_path / f"a.{suffix}", b"")
    assert told not in ("text/plain", "application/octet-stream")
