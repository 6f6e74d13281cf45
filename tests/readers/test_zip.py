"""ZIP archives: a list of files that is found, and members that are documents of their own."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pipeline.core.document import Document
from pipeline.core.errors import DocumentError
from pipeline.readers import containers
from pipeline.readers.registry import default_readers
from pipeline.readers.zip import ZipReader
from tests.readers.mails import SENTENCE, encrypted, zipped
from tests.readers.sources import source_of


def _read(path: Path, content: bytes) -> Document:
    path.write_bytes(content)
    return ZipReader().read(source_of(path))


def test_the_text_is_the_list_of_files_and_each_file_is_a_member(tmp_path: Path) -> None:
    content = zipped({"a.txt": SENTENCE, "sub/été.html": "<html><p>water"})
    document = _read(tmp_path / "papers.zip", content)
    assert document.text == "papers.zip\n\na.txt\nsub/été.html\n"
    first, second = document.members
    assert first.path == f"{tmp_path}/papers.zip!/a.txt"
    assert (first.media_type, second.media_type) == ("text/plain", "text/html")
    assert first.size == len(SENTENCE)
    assert second.name == "été.html"
    assert first.provenance == "in archive papers.zip"


def test_a_member_has_the_digest_that_the_same_bytes_have_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    [member] = _read(tmp_path / "a.zip", zipped({"b.txt": SENTENCE})).members
    assert member.sha256 == source_of(tmp_path / "a.txt").sha256


def test_hostile_names_are_labels_that_lead_nowhere(tmp_path: Path) -> None:
    names = [
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\boot.ini",
        "a\u202e\x07.txt",
        "wow!/a.txt",
        "..",
    ]
    document = _read(tmp_path / "a.zip", zipped(dict.fromkeys(names, SENTENCE)))
    labels = [member.path.split("!/", 1)[1] for member in document.members]
    assert labels == [
        "etc/passwd",
        "etc/passwd (2)",
        "C:/boot.ini",
        "a\ufffd\ufffd.txt",
        "wow/a.txt",
        "unnamed",
    ]
    readers = default_readers()
    for member in document.members:
        assert SENTENCE in readers[member.media_type].read(member).text
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_utf_8_names_without_the_mark_of_utf_8_are_understood(tmp_path: Path) -> None:
    content = zipped({"xxxx.txt": SENTENCE}).replace(b"xxxx", "éé".encode())
    [member] = _read(tmp_path / "a.zip", content).members
    assert member.name == "éé.txt"


def test_names_that_claim_to_be_utf_8_and_are_not_are_told(tmp_path: Path) -> None:
    content = zipped({"éé.txt": SENTENCE}).replace("éé".encode(), b"\xff\xfe\xff\xfe")
    with pytest.raises(DocumentError, match="say they are UTF-8 and are not"):
        _read(tmp_path / "a.zip", content)


def test_an_encrypted_or_damaged_file_is_a_member_that_fails_alone(tmp_path: Path) -> None:
    content = zipped({"open.txt": SENTENCE, "secret.txt": SENTENCE * 2, "torn.txt": SENTENCE * 3})
    content = encrypted(content, "secret.txt")
    at = content.index(b"torn.txt") + len("torn.txt")
    torn = content[:at] + b"\xff" * 8 + content[at + 8 :]
    document = _read(tmp_path / "a.zip", torn)
    assert [bool(member.sha256) for member in document.members] == [True, False, False]
    readers = default_readers()
    _, secret, broken = document.members
    with pytest.raises(DocumentError, match="is encrypted") as told:
        readers[secret.media_type].read(secret)
    assert (told.value.where, "a.zip" in told.value.remedy) == ("secret.txt", True)
    with pytest.raises(DocumentError, match="is damaged inside its container"):
        readers[broken.media_type].read(broken)


def test_an_archive_of_nothing_or_cut_short_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="without files"):
        _read(tmp_path / "a.zip", zipped({}))
    with pytest.raises(DocumentError, match="damaged archive"):
        _read(tmp_path / "b.zip", zipped({"a.txt": SENTENCE})[:-30])


def test_a_bomb_is_told_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = zipped({"zeros.txt": bytes(containers.HARMLESS * 2)})
    with pytest.raises(DocumentError, match="as only a zip bomb does"):
        _read(tmp_path / "bomb.zip", bomb)


def test_a_bomb_beside_much_else_is_a_member_that_fails_alone(tmp_path: Path) -> None:
    import random

    noise = random.Random(1).randbytes(1_000_000)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"noise.bin": noise, "zeros.txt": bytes(containers.HARMLESS * 2)}))
    noise_member, zeros = ZipReader().read(source_of(path)).members
    assert noise_member.sha256
    assert not zeros.sha256
    with pytest.raises(DocumentError, match="as only a zip bomb does"):
        default_readers()["text/plain"].read(zeros)


def test_a_size_that_is_a_lie_unpacks_no_further(tmp_path: Path) -> None:
    honest = zipped({"zeros.txt": bytes(1_000_000)})
    lying = honest.replace((1_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    [member] = _read(tmp_path / "a.zip", lying).members
    assert (member.sha256, member.size) == ("", 1_000)


@pytest.mark.parametrize(
    ("bound", "value", "told"),
    [
        ("MOST_MEMBERS", 2, "holds more than 2 files"),
        ("MOST_BYTES", 100, "unpacks to more than 0 GiB"),
    ],
)
def test_an_archive_beyond_a_bound_is_an_error_and_not_cut(
    bound: str, value: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, bound, value)
    with pytest.raises(DocumentError, match=told):
        _read(tmp_path / "a.zip", zipped({f"{n}.txt": SENTENCE for n in range(3)}))


def test_a_member_too_large_for_a_reader_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "MOST_BYTES_OF_ONE", 100)
    small, large = _read(
        tmp_path / "a.zip", zipped({"small.txt": "Water", "large.txt": SENTENCE * 2})
    ).members
    assert small.sha256
    with pytest.raises(DocumentError, match="unpacks to more than"):
        default_readers()["text/plain"].read(large)


def test_links_and_folders_are_no_members(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.mkdir("folder")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", SENTENCE)
    assert [m.name for m in ZipReader().read(source_of(path)).members] == ["a.txt"]
