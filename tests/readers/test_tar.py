"""Tar archives and compressed files: as ZIP archives, unpacked in one pass."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.core.document import Document
from pipeline.core.errors import DocumentError
from pipeline.readers import containers
from pipeline.readers.registry import default_readers
from pipeline.readers.tar import TarReader
from tests.readers.mails import SENTENCE
from tests.readers.sources import source_of


def _tar(files: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return stream.getvalue()


def _read(path: Path, content: bytes) -> Document:
    path.write_bytes(content)
    return TarReader().read(source_of(path))


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_files_are_members_however_the_archive_is_compressed(
    pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    content = pack(_tar({"../a.txt": SENTENCE, "b/c.html": "<html><p>Sewage", "a.txt": "other"}))
    document = _read(tmp_path / "papers.tgz", content)
    assert document.text == "papers.tgz\n\na.txt\nb/c.html\na (2).txt\n"
    readers = default_readers()
    texts = [readers[m.media_type].read(m).text.strip() for m in document.members]
    assert texts == [SENTENCE, "Sewage", "other"]


def test_a_compressed_file_holds_that_file(tmp_path: Path) -> None:
    document = _read(tmp_path / "note.txt.gz", gzip.compress(SENTENCE.encode()))
    [member] = document.members
    assert (member.name, member.media_type) == ("note.txt", "text/plain")
    assert default_readers()["text/plain"].read(member).text.strip() == SENTENCE


def test_archives_that_end_too_early_are_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="damaged"):
        _read(tmp_path / "a.tar.gz", gzip.compress(_tar({"a.txt": SENTENCE * 500}))[:120])
    [member] = _read(tmp_path / "a.gz", gzip.compress(SENTENCE.encode() * 500)[:-20]).members
    assert member.sha256 == ""


def test_a_compressed_bomb_is_not_unpacked_to_its_end(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(containers.HARMLESS * 2))
    [member] = _read(tmp_path / "zeros.txt.gz", bomb).members
    with pytest.raises(DocumentError, match="as only a zip bomb does"):
        default_readers()["text/plain"].read(member)
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        entry = tarfile.TarInfo("zeros.txt")
        entry.size = containers.HARMLESS * 2
        archive.addfile(entry, io.BytesIO(bytes(entry.size)))
    with pytest.raises(DocumentError, match="as only a zip bomb does"):
        _read(tmp_path / "zeros.tar.gz", stream.getvalue())
