"""Messages of Outlook (MS-OXMSG): properties and attachments in the streams of an OLE file."""

from __future__ import annotations

import codecs
import datetime
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pipeline.core.document import Document, Source
from pipeline.core.errors import DocumentError
from pipeline.core.text import one_line
from pipeline.readers.cleaning import cleaned
from pipeline.readers.compressed_rtf import decompressed
from pipeline.readers.containers import Part
from pipeline.readers.decoding import USUAL
from pipeline.readers.files import check_readable
from pipeline.readers.html_blocks import decoded_html, html_words
from pipeline.readers.mail import (
    Attachment,
    Message,
    as_eml,
    better_body,
    message_document,
    message_parts,
    without_filling,
)

# Property ids of MS-OXPROPS.
SUBJECT, BODY, HTML, RTF = 0x0037, 0x1000, 0x1013, 0x1009
SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
SENT, DELIVERED = 0x0039, 0x0E06
CODE_PAGE, HTML_CODE_PAGE = 0x3FFD, 0x3FDE
DATA, LONG_NAME, SHORT_NAME, SHOWN_NAME = 0x3701, 0x3707, 0x3704, 0x3001
MEDIA_TYPE, CONTENT_ID = 0x370E, 0x3712
# Types of properties, the last half of a stream's name.
UNICODE, STRING_8, BINARY, OBJECT = 0x001F, 0x001E, 0x0102, 0x000D

_PROPERTIES = "__properties_version1.0"
_TOP, _EMBEDDED, _ATTACHED = 32, 24, 8  # bytes before the first property (MS-OXMSG 2.4.1)
_EPOCH = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)
_CODE_PAGES = {65001: "utf-8", 20127: "ascii", 28591: USUAL} | {
    28590 + part: f"iso8859-{part}" for part in (2, 3, 4, 5, 7, 9, 13, 15)
}


class MsgReader:
    """Reads messages with their attachments."""

    name = "msg"
    version = "1"
    media_types = frozenset({"application/vnd.ms-outlook"})

    def read(self, source: Source) -> Document:
        """Return the message; its body is the plain text, or the HTML where that says more.

        Raises:
            DocumentError: If it is empty, vanished, damaged, no message, or holds too much.
        """
        return message_document(source, _read(source))

    @contextmanager
    def parts(self, source: Source) -> Iterator[Sequence[Part]]:
        """Give the attachments.

        Raises:
            DocumentError: If it is empty, vanished, damaged or no message.
        """
        yield message_parts(_read(source))


def _read(source: Source) -> Message:
    import olefile

    check_readable(source)
    try:
        with olefile.OleFileIO(source.path) as file:
            top = _Properties(file, (), _TOP)
            if not file.exists(_PROPERTIES):
                raise DocumentError(
                    "is no message of Outlook",
                    where=source.name,
                    remedy="give it the name ending of what it is, and ingest it again",
                )
            return _message(top, source)
    except (OSError, ValueError, struct.error, IndexError) as error:
        raise DocumentError(
            f"is a damaged message ({error})",
            where=source.name,
            remedy="save it from Outlook again and ingest it",
        ) from error


@dataclass(frozen=True, slots=True)
class _Properties:
    """The properties of one storage: the message, an attachment, a message inside."""

    file: Any
    place: tuple[str, ...]
    header: int

    def stream(self, name: str) -> bytes:
        path = [*self.place, name]
        if not self.file.exists(path) or self.file.get_type(path) != 2:  # 2: a stream
            return b""
        with self.file.openstream(path) as stream:
            return bytes(stream.read())

    def binary(self, number: int, kind: int = BINARY) -> bytes:
        return self.stream(f"__substg1.0_{number:04X}{kind:04X}")

    def text(self, number: int, encoding: str) -> str:
        if content := self.binary(number, UNICODE):
            return cleaned(content.decode("utf-16-le", "replace").rstrip("\0"))
        return cleaned(self.binary(number, STRING_8).decode(encoding, "replace").rstrip("\0"))

    def number(self, number: int) -> int:
        """Return a property of up to 8 bytes, 0 where there is none."""
        entries = self.stream(_PROPERTIES)[self.header :]
        for _kind, one, value in struct.iter_unpack("<HH4xQ", entries[: len(entries) // 16 * 16]):
            if one == number:
                return int(value)
        return 0

    def inside(self, start: str) -> list[str]:
        """Return the names of the storages in this one that begin so."""
        depth = len(self.place)
        return sorted(
            path[depth]
            for path in self.file.listdir(streams=False, storages=True)
            if len(path) == depth + 1
            and tuple(path[:depth]) == self.place
            and path[depth].startswith(start)
        )


def _message(found: _Properties, source: Source) -> Message:
    encoding = _encoding(found.number(CODE_PAGE) & 0xFFFFFFFF)
    name = found.text(SENDER_NAME, encoding)
    address = found.text(SENDER_SMTP, encoding) or found.text(SENDER_ADDRESS, encoding)
    body = without_filling(better_body(found.text(BODY, encoding), _html(found, source)))
    attachments = [
        _attachment(_Properties(found.file, (*found.place, storage), _ATTACHED), encoding, source)
        for storage in found.inside("__attach_version1.0_#")
    ]
    if not body.strip() and (rtf := found.binary(RTF)):
        # RTF is another reader's: the text becomes a member, and so a document or a failure.
        attachments.insert(0, Attachment("message.rtf", decompressed(rtf), "application/rtf"))
    return Message(
        subject=one_line(found.text(SUBJECT, encoding)),
        sender=one_line(f"{name} <{address}>" if "@" in address and name != address else name),
        date=_date(found.number(SENT) or found.number(DELIVERED)),
        body=body,
        attachments=tuple(attachments),
    )


def _html(found: _Properties, source: Source) -> str:
    if text := found.text(HTML, USUAL):
        return html_words(source, text)
    content = found.binary(HTML)
    if code_page := found.number(HTML_CODE_PAGE) & 0xFFFFFFFF:
        try:
            return html_words(source, content.decode(_encoding(code_page)))
        except UnicodeDecodeError:
            pass  # it names an encoding that it does not have: the bytes tell
    return html_words(source, decoded_html(source, content)[0])


def _attachment(found: _Properties, encoding: str, source: Source) -> Attachment:
    name = next(
        (text for n in (LONG_NAME, SHORT_NAME, SHOWN_NAME) if (text := found.text(n, encoding))), ""
    )
    inner = f"__substg1.0_{DATA:04X}{OBJECT:04X}"
    if inner in found.inside(inner) and found.file.exists([*found.place, inner, _PROPERTIES]):
        message = _message(_Properties(found.file, (*found.place, inner), _EMBEDDED), source)
        return Attachment(
            f"{message.subject or name or 'message'}.eml", as_eml(message), "message/rfc822"
        )
    return Attachment(
        name=one_line(name),
        content=found.binary(DATA),
        media_type=found.text(MEDIA_TYPE, encoding).lower() or "application/octet-stream",
        inline=bool(found.text(CONTENT_ID, encoding)),
    )


def _encoding(code_page: int) -> str:
    name = _CODE_PAGES.get(code_page, f"cp{code_page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return USUAL


def _date(ticks: int) -> datetime.date | None:
    """Return the day of a FILETIME: 100 ns since 1601, UTC."""
    try:
        return (_EPOCH + datetime.timedelta(microseconds=ticks // 10)).date() if ticks else None
    except OverflowError:
        return None
