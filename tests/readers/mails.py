"""Messages and archives for tests, as bytes."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

SENTENCE = "The municipalities ask for a fair share of the costs of waste water treatment."


def mail(
    text: str = SENTENCE,
    *,
    subject: str = "Waste water",
    html: str = "",
    attachments: dict[str, bytes] | None = None,
) -> EmailMessage:
    """Return a message with a body and attachments."""
    made = EmailMessage()
    made["From"] = "Anna Bergström <anna@example.eu>"
    made["Subject"] = subject
    made["Date"] = "Wed, 03 Mar 2021 10:00:00 +0100"
    made["Message-ID"] = "<1@example.eu>"
    if text:
        made.set_content(text)
    if html and text:
        made.add_alternative(html, subtype="html")
    elif html:
        made.set_content(html, subtype="html")
    for name, content in (attachments or {}).items():
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made


def zipped(files: dict[str, bytes | str]) -> bytes:
    """Return a ZIP archive with these files, always the same bytes for the same files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def encrypted(archive: bytes, name: str) -> bytes:
    """Return a ZIP archive with the mark of encryption on the file of that name."""
    changed = bytearray(archive)
    for signature, flags, names in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = changed.find(signature)
        while at >= 0:
            if changed.startswith(name.encode(), at + names):
                changed[at + flags] |= 1
            at = changed.find(signature, at + 4)
    return bytes(changed)
