"""Messages as documents: subject, sender, date and body are the text, attachments are members."""

from __future__ import annotations

import datetime
import hashlib
import io
import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.core.document import Document, Source, tiled
from pipeline.core.text import one_line
from pipeline.readers.cleaning import cleaned
from pipeline.readers.containers import Labels, Part, members_of
from pipeline.readers.sections import sections

ATTACHMENT_OF = "attachment of"
# Bytes; logos and signs of networks in signatures have 1 to 60 kB, pasted photos and scans more.
DECORATION = 100_000
SIGNATURES = frozenset(
    {
        "application/pkcs7-signature", "application/x-pkcs7-signature",
        "application/pgp-signature",
    }
)  # fmt: skip
# Signs without width with which newsletters fill the preview line of mail programs.
_FILLING = re.compile(r"(?:[\u200c\u200d\u034f\u061c][ \t]*){2,}")
_EMPTY_LINES = re.compile(r"\n{3,}")
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message.

    Attributes:
        name: As the message gives it; "" where it gives none.
        media_type: As the message says.
        inline: Whether it is shown inside the body.
    """

    name: str
    content: bytes
    media_type: str
    inline: bool = False

    @property
    def is_decoration(self) -> bool:
        """Whether it is a small image of the body or a signature: nothing to read in it."""
        image = self.media_type.startswith("image/")
        return self.media_type in SIGNATURES or (
            self.inline and image and len(self.content) <= DECORATION
        )


@dataclass(frozen=True, slots=True)
class Message:
    """What fourp takes of a message, whichever format it came in."""

    subject: str
    sender: str
    date: datetime.date | None
    body: str
    attachments: tuple[Attachment, ...]


def message_document(source: Source, message: Message) -> Document:
    """Return the message as a document in sections of about 3,000 characters.

    Small images of the body and signatures are named in the text and are no members.

    Raises:
        DocumentError: If its attachments are too much.
    """
    parts = message_parts(message)
    day = message.date.isoformat() if message.date else ""
    head = [cleaned(message.subject), ""]
    head += [
        f"{name}: {value}" for name, value in (("From", message.sender), ("Date", day)) if value
    ]
    lines = [*head, "", message.body.strip(), "", *_enclosed(message, parts)]
    text = _EMPTY_LINES.sub("\n\n", cleaned("\n".join(lines)).strip()) + "\n"
    whole, pages = tiled(sections(text))
    declared = {"title": one_line(cleaned(message.subject)), "author": message.sender, "date": day}
    return Document(
        source=source,
        text=whole,
        pages=pages,
        declared={name: value for name, value in declared.items() if value},
        members=tuple(members_of(source, parts, provenance=ATTACHMENT_OF)),
    )


def message_parts(message: Message) -> list[Part]:
    """Return the attachments that are documents of their own."""
    labels = Labels()
    return [
        Part(labels.of(_name(a)), len(a.content), 0, partial(io.BytesIO, a.content))
        for a in message.attachments
        if not a.is_decoration
    ]


def better_body(plain: str, html: str) -> str:
    """Return the plain text, unless it is only a stub of what the HTML says.

    Newsletters put "your program cannot show this" where the plain text should be.
    """
    return html if _letters(plain) * 2 < _letters(html) else plain


def without_filling(text: str) -> str:
    """Return a body without the invisible signs that fill preview lines."""
    return _FILLING.sub("", text)


def as_eml(message: Message) -> bytes:
    """Return the message in the format of RFC 5322; the same message always gives the same bytes.

    For messages inside files of Outlook, which cannot be taken out in their own format.
    """
    from email.message import EmailMessage

    mail = EmailMessage()
    for name, value in (("Subject", message.subject), ("From", message.sender)):
        mail[name] = one_line(cleaned(value))
    if message.date:
        mail["Date"] = datetime.datetime.combine(message.date, datetime.time(), datetime.UTC)
    mail.set_content(cleaned(message.body))
    for attachment in message.attachments:
        image = attachment.media_type.startswith("image/")
        mail.add_attachment(
            attachment.content,
            maintype="image" if image else "application",
            subtype=attachment.media_type.removeprefix("image/") if image else "octet-stream",
            filename=one_line(cleaned(_name(attachment))),
            disposition="inline" if attachment.inline else "attachment",
        )
    if mail.is_multipart():
        mail.set_boundary(hashlib.sha256(repr(message).encode()).hexdigest()[:40])
    return mail.as_bytes()


def _enclosed(message: Message, parts: Sequence[Part]) -> list[str]:
    lines = ["Attachments:", *(part.label for part in parts)] if parts else []
    left = [one_line(a.name) or a.media_type for a in message.attachments if a.is_decoration]
    if left:
        lines += ["", f"Small images and signatures ({len(left)}): {', '.join(left)}"]
    return lines


def _name(attachment: Attachment) -> str:
    """Return the name, whose slashes are no folders, or one made from the media type."""
    if name := attachment.name.strip():
        return name.replace("/", "-").replace("\\", "-")
    ending = mimetypes.MimeTypes().guess_extension(attachment.media_type)  # not the system's list
    return f"attachment{ending or ''}"


def _letters(text: str) -> int:
    return len(_LETTERS.findall(text))
