"""Messages: header and body as text, attachments as members, whatever mail programs write."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from pipeline.core.document import Document
from pipeline.core.errors import DocumentError
from pipeline.readers import mail as mails
from pipeline.readers.eml import EmlReader
from pipeline.readers.registry import default_readers
from tests.readers.mails import SENTENCE, mail, zipped
from tests.readers.sources import source_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


def _read(path: Path, content: bytes | EmailMessage) -> Document:
    path.write_bytes(content if isinstance(content, bytes) else content.as_bytes())
    return EmlReader().read(source_of(path))


def test_the_text_is_subject_sender_date_body_and_the_names_of_attachments(tmp_path: Path) -> None:
    attachments = {"note.pdf": b"%PDF-1.7\n1 0 obj", "lettre/été.txt": SENTENCE.encode()}
    document = _read(tmp_path / "a.eml", mail(attachments=attachments))
    assert document.text == (
        "Waste water\n\nFrom: Anna Bergström <anna@example.eu>\nDate: 2021-03-03\n\n"
        f"{SENTENCE}\n\nAttachments:\nnote.pdf\nlettre-été.txt\n"
    )
    assert document.declared == {
        "title": "Waste water",
        "author": "Anna Bergström <anna@example.eu>",
        "date": "2021-03-03",
    }
    pdf, text = document.members
    assert (pdf.path, pdf.media_type) == (f"{tmp_path}/a.eml!/note.pdf", "application/pdf")
    assert (text.provenance, text.size) == ("attachment of a.eml", len(SENTENCE))


def test_plain_text_is_taken_unless_the_html_says_much_more(tmp_path: Path) -> None:
    html = f"<p>{SENTENCE}</p><p><a href='https://example.eu/x'>Read the position</a></p>"
    both = _read(tmp_path / "a.eml", mail(html=html))
    assert "Read the position" not in both.text
    stub = _read(tmp_path / "b.eml", mail("Please view online.", html=html))
    assert f"{SENTENCE}\n\nRead the position" in stub.text
    alone = _read(tmp_path / "c.eml", mail("", html=html))
    assert f"{SENTENCE}\n\nRead the position" in alone.text


def test_quoted_printable_flowed_lines_and_fillings_are_undone(tmp_path: Path) -> None:
    head = b"From: a@b.eu\nContent-Type: text/plain; charset=utf-8; format=flowed\n"
    body = b"Content-Transfer-Encoding: quoted-printable\n\nL'=C3=A9t=C3=A9 est=\n =20\nlong.\n"
    assert "L'été est long.\n" in _read(tmp_path / "a.eml", head + body).text.replace("  ", " ")
    filled = mail("", html="<p>News" + "&zwnj; &#847; " * 40 + "</p><p>Water</p>")
    assert "News\n\nWater" in _read(tmp_path / "b.eml", filled).text


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        (b"Subject: =?utf-8?Q?=C3=89t=C3=A9?=", "Été"),
        ("Subject: Été".encode(), "Été"),
        ("Subject: Été".encode("cp1252"), "Été"),
        (b"Subject: =?x-unknown?Q?t=E9?=", "t"),
        (b"Subject: two\n lines", "two lines"),
        (b"Subject: =?utf-8?B?broken", "=?utf-8?B?broken"),
        (b"Subject:", ""),
    ],
)
def test_broken_headers_lose_nothing_that_can_be_read(
    header: bytes, subject: str, tmp_path: Path
) -> None:
    content = header + b"\nFrom: <<@>;;\nDate: yesterday\n\nWater.\n"
    document = _read(tmp_path / "a.eml", content)
    assert document.declared.get("title", "").startswith(subject)
    assert "Water." in document.text
    assert "date" not in document.declared


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        ("iso-8859-1", "«l’été»".encode("cp1252")),
        ("utf-8", "«l’été»".encode("cp1252")),
        ("x-martian", "«l’été»".encode()),
        ("", "«l’été»".encode()),
    ],
)
def test_a_body_that_lies_about_its_encoding_is_read(
    charset: str, content: bytes, tmp_path: Path
) -> None:
    head = f"From: a@b.eu\nContent-Type: text/plain; charset={charset}\n\n".encode()
    assert "«l’été»" in _read(tmp_path / "a.eml", head + content).text


def test_small_images_of_the_body_and_signatures_are_named_and_are_no_members(
    tmp_path: Path,
) -> None:
    message = mail("", html="<p>Water <img src='cid:logo'></p>")
    message.add_related(PNG, "image", "png", cid="<logo>", filename="logo.png")
    message.add_attachment(
        b"x" * 50, maintype="application", subtype="pkcs7-signature", filename="smime.p7s"
    )
    message.add_attachment(PNG, maintype="image", subtype="png", filename="map.png")
    large = PNG + bytes(mails.DECORATION)
    message.add_attachment(
        large, maintype="image", subtype="png", filename="scan.png", disposition="inline"
    )
    document = _read(tmp_path / "a.eml", message)
    assert [member.name for member in document.members] == ["map.png", "scan.png"]
    assert "Small images and signatures (2): logo.png, smime.p7s" in document.text


def test_an_attached_message_is_a_member_with_its_own_attachments(tmp_path: Path) -> None:
    inner = mail(subject="Eaux / été", attachments={"a.zip": zipped({"b.txt": SENTENCE})})
    outer = mail("See below.", subject="Fwd")
    outer.add_attachment(inner)
    [member] = _read(tmp_path / "a.eml", outer).members
    assert (member.name, member.media_type) == ("Eaux - été.eml", "message/rfc822")
    document = default_readers()[member.media_type].read(member)
    assert document.declared["title"] == "Eaux / été"
    assert [m.name for m in document.members] == ["a.zip"]


def test_attachments_without_names_get_one_by_their_type(tmp_path: Path) -> None:
    message = mail()
    for _ in range(2):
        message.add_attachment(b"%PDF-1.7\n1 0 obj", maintype="application", subtype="pdf")
    names = [member.name for member in _read(tmp_path / "a.eml", message).members]
    assert names == ["attachment.pdf", "attachment (2).pdf"]


def test_text_between_attachments_is_part_of_the_body(tmp_path: Path) -> None:
    message = mail("First part.", attachments={"a.txt": b"Attached."})
    more = EmailMessage()
    more.set_content("Second part.")
    message.attach(more)
    document = _read(tmp_path / "a.eml", message)
    assert "First part.\n\nSecond part." in document.text
    assert "Attached." not in document.text


def test_an_invitation_is_not_told_twice(tmp_path: Path) -> None:
    message = mail("Committee on water, 3 March")
    message.add_alternative("BEGIN:VCALENDAR\nSUMMARY:Committee\nEND:VCALENDAR", subtype="calendar")
    document = _read(tmp_path / "a.eml", message)
    assert "VCALENDAR" not in document.text
    assert document.members == ()


def test_text_without_any_header_is_no_message(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="is no message"):
        _read(tmp_path / "a.eml", b"Just a sentence about water.\n")
