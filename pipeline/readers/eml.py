"""Messages of mail programs in the internet's format (RFC 5322, MIME)."""

from __future__ import annotations

import codecs
import datetime
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.core.document import Document, Source
from pipeline.core.errors import DocumentError
from pipeline.core.text import one_line
from pipeline.readers.cleaning import cleaned
from pipeline.readers.containers import Part
from pipeline.readers.decoding import USUAL, decoded
from pipeline.readers.files import read_bytes
from pipeline.readers.html_blocks import decoded_html, html_words
from pipeline.readers.mail import (
    Attachment,
    Message,
    better_body,
    message_document,
    message_parts,
    without_filling,
)

if TYPE_CHECKING:
    from email.message import EmailMessage

HEADERS = frozenset({"from", "date", "subject", "to", "received", "message-id", "mime-version"})
# What the standard library's parser of headers lets through on broken ones.
_BROKEN = (ValueError, LookupError, AttributeError, TypeError)
_LATIN = frozenset({"iso-8859-1", "latin-1", "latin1"})  # all write cp1252 and call it so
_SPACE_STUFFING = re.compile(r"^ ", re.MULTILINE)
_SOFT_BREAK = re.compile(r"(?<!^--) \n(?!>)", re.MULTILINE)


class EmlReader:
    """Reads messages with their attachments."""

    name = "eml"
    version = "1"
    media_types = frozenset({"message/rfc822"})

    def read(self, source: Source) -> Document:
        """Return the message; its body is the plain text, or the HTML where that says more.

        Raises:
            DocumentError: If it is empty, vanished, no message, or holds too much.
        """
        return message_document(source, _message(source, read_bytes(source)))

    @contextmanager
    def parts(self, source: Source) -> Iterator[Sequence[Part]]:
        """Give the attachments.

        Raises:
            DocumentError: If it is empty, vanished or no message.
        """
        yield message_parts(_message(source, read_bytes(source)))


def _message(source: Source, content: bytes) -> Message:
    from email import policy
    from email.parser import BytesParser

    start = content.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n")
    mail = BytesParser(policy=policy.default).parsebytes(start)
    if HEADERS.isdisjoint(name.lower() for name in mail.keys()):  # noqa: SIM118, no mapping
        raise DocumentError(
            "is no message: it has no header",
            where=source.name,
            remedy="give it the name ending of what it is, and ingest it again",
        )
    attachments: list[Attachment] = []
    body = _body(mail, source, attachments)
    return Message(
        subject=one_line(_header(mail, "subject")),
        sender=one_line(_header(mail, "from")),
        date=_date(_header(mail, "date")),
        body=without_filling(body),
        attachments=tuple(attachments),
    )


def _body(part: EmailMessage, source: Source, attachments: list[Attachment]) -> str:
    """Return the text of a part, and add to the attachments what is none."""
    kind = part.get_content_type()
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        texts = [(p.get_content_type(), _body(p, source, attachments)) for p in _inner(part)]
        if kind == "multipart/alternative":
            # The calendar's part says once more what the others say.
            texts = [text for text in texts if text[0] != "text/calendar"] or texts
            plain = next((text for kind, text in texts if kind == "text/plain"), "")
            return better_body(plain, max((text for _, text in texts), key=len, default=""))
        return "\n\n".join(text for _, text in texts if text.strip())
    if part.get_content_disposition() != "attachment":
        if kind in ("text/plain", "text/html") and not _file_name(part):
            return _text(part, source)
        if kind == "text/calendar" and not _file_name(part):
            return cleaned(_decoded(part, source))
        if kind == "message/delivery-status":
            return "\n".join(str(p) for p in _inner(part))
    attachments.append(_attachment(part, kind))
    return ""


def _text(part: EmailMessage, source: Source) -> str:
    text = _decoded(part, source)
    if part.get_content_type() == "text/html":
        return html_words(source, text)
    lines = text.replace("\r\n", "\n").replace("\f", "\n")
    return cleaned(_unfolded(lines) if _flowed(part) else lines)


def _decoded(part: EmailMessage, source: Source) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset("").lower()
    try:
        if charset:
            return content.decode(USUAL if charset in _LATIN else charset)
    except (LookupError, UnicodeDecodeError):
        pass  # it names an encoding that it does not have: the bytes tell
    if part.get_content_type() == "text/html":
        return decoded_html(source, content)[0]
    return decoded(source, content.replace(b"\x00", b""))[0]


def _flowed(part: EmailMessage) -> bool:
    return str(part.get_param("format", "")).lower() == "flowed"


def _unfolded(text: str) -> str:
    """Return text in which a line that ends in a space goes on in the next (RFC 3676)."""
    return _SOFT_BREAK.sub(" ", _SPACE_STUFFING.sub("", text))


def _attachment(part: EmailMessage, kind: str) -> Attachment:
    name = _file_name(part)
    if kind == "message/rfc822" and part.is_multipart():
        [inner, *_] = _inner(part)
        subject = one_line(_header(inner, "subject"))
        return Attachment(name or f"{subject or 'message'}.eml", _as_bytes(inner), kind)
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else _as_bytes(part)
    inline = part.get_content_disposition() == "inline" or "content-id" in part
    return Attachment(name, content, kind, inline)


def _inner(part: EmailMessage) -> list[EmailMessage]:
    payload = part.get_payload()
    return payload if isinstance(payload, list) else []  # type: ignore[return-value]


def _as_bytes(mail: EmailMessage) -> bytes:
    from email import policy

    # The older policy writes headers as they are, broken ones too.
    return mail.as_bytes(policy=policy.compat32)


def _file_name(part: EmailMessage) -> str:
    try:
        return one_line(part.get_filename() or "")
    except _BROKEN:
        return ""


def _header(mail: EmailMessage, name: str) -> str:
    raw = next((str(value) for key, value in mail.raw_items() if key.lower() == name), "")
    try:
        value = str(mail[name] or "")
        if "\ufffd" not in value or raw.isascii():
            return cleaned(value)
    except _BROKEN:
        pass  # as it stands is better than nothing
    return cleaned(raw.encode("utf-8", "surrogateescape").decode(USUAL, "replace"))


def _date(value: str) -> datetime.date | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(value).date()
    except (*_BROKEN, OverflowError):
        return None
