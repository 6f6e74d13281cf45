"""Messages of Outlook: as those of other mail programs, from the properties of an OLE file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pipeline.core.document import Document
from pipeline.core.errors import DocumentError
from pipeline.readers.msg import MsgReader
from pipeline.readers.registry import default_readers
from tests.readers.mails import SENTENCE
from tests.readers.outlook import Storage, attached, message, ole
from tests.readers.sources import source_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


def _read(path: Path, streams: Storage) -> Document:
    path.write_bytes(ole(streams))
    return MsgReader().read(source_of(path))


def test_subject_sender_date_body_and_attachments_are_read(tmp_path: Path) -> None:
    files = [attached("note.pdf", b"%PDF-1.7\n1 0 obj" + bytes(5000)), attached("b.txt", b"Hi.")]
    document = _read(tmp_path / "a.msg", message(SENTENCE, attachments=files))
    assert document.text == (
        "Waste water\n\nFrom: Anna Bergström <anna@example.eu>\nDate: 2021-03-03\n\n"
        f"{SENTENCE}\n\nAttachments:\nnote.pdf\nb.txt\n"
    )
    pdf, text = document.members
    assert (pdf.media_type, pdf.size) == ("application/pdf", 5016)
    assert pdf.path == f"{tmp_path}/a.msg!/note.pdf"
    assert default_readers()["text/plain"].read(text).text == "Hi.\n"


def test_text_in_a_code_page_and_a_body_in_html_are_understood(tmp_path: Path) -> None:
    old = _read(tmp_path / "a.msg", message("Štátna pomoc", code_page=1250))
    assert "Štátna pomoc" in old.text
    assert "Anna Bergström" in old.text
    html = _read(tmp_path / "b.msg", message(html=f"<p>Été</p><p>{SENTENCE}</p>".encode()))
    assert f"Été\n\n{SENTENCE}" in html.text


def test_small_images_of_the_body_are_named_and_are_no_members(tmp_path: Path) -> None:
    files = [attached("logo.png", PNG, inline=True), attached("map.png", PNG)]
    document = _read(tmp_path / "a.msg", message(SENTENCE, attachments=files))
    assert [member.name for member in document.members] == ["map.png"]
    assert "Small images and signatures (1): logo.png" in document.text


def test_a_message_inside_is_a_member_with_its_own_attachments(tmp_path: Path) -> None:
    inner = message(
        "Été", subject="Inside", attachments=[attached("c.txt", b"Sewage.")], place="embedded"
    )
    outer = message("See below.", attachments=[attached("", inner)])
    document = _read(tmp_path / "a.msg", outer)
    [member] = document.members
    assert (member.name, member.media_type) == ("Inside.eml", "message/rfc822")
    readers = default_readers()
    read = readers[member.media_type].read(member)
    assert "Été" in read.text
    assert "Date: 2021-03-03" in read.text
    [file] = read.members
    assert readers["text/plain"].read(file).text == "Sewage.\n"
    assert _read(tmp_path / "a.msg", outer).members == document.members


# MS-OXRTFCP 3.1.1 and 3.1.2
@pytest.mark.parametrize(
    ("packed", "rtf"),
    [
        (
            "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
            "0af32068656c090020627705b06c647d0a800fa0",
            b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
        ),
        (
            "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0",
            b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}",
        ),
        ("15000000050000004d454c41000000007b5c727d0a", b"{\\r}\n"),
    ],
)
def test_a_text_kept_as_rtf_alone_is_a_member(packed: str, rtf: bytes, tmp_path: Path) -> None:
    streams = message()
    streams["__substg1.0_10090102"] = bytes.fromhex(packed)
    document = _read(tmp_path / "a.msg", streams)
    [member] = document.members
    assert member.name == "message.rtf"
    assert member.sha256 == hashlib.sha256(rtf).hexdigest()
    streams |= message(SENTENCE)
    assert _read(tmp_path / "b.msg", streams).members == ()


def test_a_damaged_file_and_another_ole_file_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.msg"
    path.write_bytes(ole(message(SENTENCE))[:700])
    with pytest.raises(DocumentError, match="is a damaged message"):
        MsgReader().read(source_of(path))
    with pytest.raises(DocumentError, match="is no message of Outlook"):
        _read(path, {"WordDocument": b"text"})
