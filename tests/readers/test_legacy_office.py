"""Old Office files: converted by LibreOffice, or told why not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.core.errors import DocumentError, MissingExtraError
from pipeline.readers.legacy_office import LegacyOfficeReader
from tests.readers.legacy import old_office
from tests.readers.sources import source_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
WORD = OLE + "WordDocument".encode("utf-16-le")


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["doc", "xls", "ppt"])
def test_old_files_are_read_whatever_their_name(suffix: str, tmp_path: Path) -> None:
    path = _written(tmp_path / "a.bin", old_office(suffix, "Words of old"))
    document = LegacyOfficeReader().read(source := source_of(path))
    assert "Words of old" in document.text
    assert document.source == source


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_cannot_be_converted_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="damaged or needs a password"):
        LegacyOfficeReader().read(source_of(_written(tmp_path / "a.doc", WORD)))


def test_without_libreoffice_the_package_to_install_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingExtraError, match="apt-get install libreoffice-writer-nogui"):
        LegacyOfficeReader().read(source_of(_written(tmp_path / "a.doc", WORD)))


def test_an_encrypted_office_file_is_told_as_one(tmp_path: Path) -> None:
    content = OLE + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(DocumentError, match="is encrypted"):
        LegacyOfficeReader().read(source_of(_written(tmp_path / "a.docx", content)))


def test_an_unknown_container_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no known kind"):
        LegacyOfficeReader().read(source_of(_written(tmp_path / "a.bin", OLE)))
