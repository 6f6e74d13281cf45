"""Members of containers are read under their own paths, and leave nothing behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from pipeline.core.document import Document, Source
from pipeline.core.errors import DocumentError
from pipeline.readers import containers
from pipeline.readers.members import OpenContainers, is_inside, member_source
from pipeline.readers.registry import default_containers, default_readers
from tests.readers.mails import SENTENCE, mail, zipped
from tests.readers.sources import source_of


def _read(source: Source) -> Document:
    return default_readers()[source.media_type].read(source)


def _nested(depth: int) -> bytes:
    content = zipped({"note.txt": SENTENCE})
    for number in range(depth - 1):
        content = zipped({f"{number}.zip": content})
    return content


def test_a_member_of_a_member_is_reached_by_its_path(tmp_path: Path) -> None:
    archive = zipped({"water/note.txt": SENTENCE})
    path = tmp_path / "mail.eml"
    path.write_bytes(mail(attachments={"papers.zip": archive}).as_bytes())
    [attached] = _read(source_of(path)).members
    assert attached.path == f"{path}!/papers.zip"
    [inner] = _read(attached).members
    assert inner.path == f"{path}!/papers.zip!/water/note.txt"
    assert inner.provenance == "in archive papers.zip"
    document = _read(inner)
    assert document.text.strip() == SENTENCE
    assert document.source == inner


def test_a_member_can_be_named_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"b.txt": SENTENCE}))
    [member] = _read(source_of(path)).members
    found = member_source(f"{path}!/b.txt", OpenContainers(default_containers()))
    assert (found.sha256, found.media_type) == (member.sha256, member.media_type)


def test_copies_are_private_and_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    scratch.mkdir()
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"b.txt": SENTENCE, "empty.txt": ""}))
    good, empty = _read(source_of(path)).members
    _read(good)
    with pytest.raises(DocumentError, match="is empty"):
        _read(empty)
    assert list(scratch.iterdir()) == []


def test_names_longer_than_a_file_system_takes_are_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"é" * 280 + ".txt": SENTENCE, "x/" * 500 + ".txt": SENTENCE}))
    for member in _read(source_of(path)).members:
        assert len(member.path) < 800
        assert SENTENCE in _read(member).text


def test_a_container_that_vanished_or_changed_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"b.txt": SENTENCE}))
    [member] = _read(source_of(path)).members
    path.write_bytes(zipped({"b.txt": "Something else."}))
    with pytest.raises(DocumentError, match="has changed inside its container"):
        _read(member)
    path.write_bytes(zipped({"c.txt": SENTENCE}))
    with pytest.raises(DocumentError, match=r"is not in a\.zip"):
        _read(member)
    path.write_text("no archive any more")
    with pytest.raises(DocumentError, match="holds no documents"):
        _read(member)
    path.unlink()
    with pytest.raises(DocumentError, match="has vanished with its container"):
        _read(member)


def test_what_lies_too_deep_is_told_and_what_lies_less_deep_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(_nested(containers.MOST_DEEP + 1))
    source = source_of(path)
    for _ in range(containers.MOST_DEEP):
        [source] = _read(source).members
    [too_deep] = _read(source).members
    with pytest.raises(DocumentError, match="one in the other"):
        _read(too_deep)


def test_a_folder_whose_name_ends_in_an_exclamation_mark_is_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "Important!"
    folder.mkdir()
    (folder / "a.txt").write_text(SENTENCE)
    assert not is_inside(str(folder / "a.txt"))
    assert SENTENCE in _read(source_of(folder / "a.txt")).text
    (folder / "b.zip").write_bytes(zipped({"c.txt": SENTENCE}))
    [member] = _read(source_of(folder / "b.zip")).members
    assert SENTENCE in _read(member).text
