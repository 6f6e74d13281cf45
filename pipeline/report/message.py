"""A message as RFC 5322 wants it: plain text and HTML of the same, in bytes of ASCII alone."""

from __future__ import annotations

import textwrap
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP

from pipeline.core.subscribers import mailbox_of
from pipeline.report.text import harmless
from pipeline.report.values import Language

LONGEST_NAME = 200  # characters; more than any program shows
LONGEST_SUBJECT = 400
NOWHERE = "fourp.invalid"  # RFC 2606: a domain that can never be; until a sender is set
_FOLD = "\r\n "
# RFC 5322, 3.2.3, but for the dot, which stands in quotation marks.
_SPECIAL = str.maketrans(dict.fromkeys('()<>[]:;@\\,"', " "))
_POLICY = SMTP.clone(cte_type="7bit", max_line_length=76)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who a message is from.

    Attributes:
        sender: "CEMR <eu@example.org>", or "" while nobody has been set.
        reply_to: The same; "" for the sender.
        list_name: What its readers know it as.
    """

    sender: str
    reply_to: str
    list_name: str

    @property
    def mailbox(self) -> tuple[str, str]:
        """The sender's name and address."""
        name, address = mailbox_of(self.sender)
        return name or "fourp", address or f"fourp@{NOWHERE}"


def message_id(*names: str, sender: str) -> str:
    """Return the Message-ID that goes with some names: the same for the same, whenever it is made.

    Args:
        names: Of what the message is: "digest", a subscriber, a period.
        sender: As in `Letterhead`; the domain is its.
    """
    domain = _domain(mailbox_of(sender)[1]) or NOWHERE
    name = "\n".join(names).encode("utf-8", "replace").hex()
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, f'fourp-mail-{name}')}@{domain}>"


def to_message(
    *,
    subject: str,
    text: str,
    html: str,
    language: Language,
    head: Letterhead,
    recipients: Sequence[str],
    name: str,
    message_id: str,
    made_at: datetime,
) -> bytes:
    """Return a message, its lines ended by CRLF.

    No header can be put in by a subject or a name: what is not seen, line ends among it, is taken
    out of them, and the rest is encoded as RFC 2047 wants it.

    Args:
        recipients: Addresses; at least one for a message that is sent.
        name: Of the recipients.
    """
    headers = [_header("From", [head.mailbox])]
    if recipients:
        headers.append(_header("To", [(name, one) for one in recipients]))
    if head.reply_to:
        headers.append(_header("Reply-To", [mailbox_of(head.reply_to)]))
    headers.append(_subject(subject))
    message = EmailMessage(policy=_POLICY)
    message["Date"] = made_at.astimezone(UTC)
    message["Message-ID"] = message_id
    message["List-Id"] = f"{_name(head.list_name)} <digest.{_domain(head.mailbox[1])}>".strip()
    if mailbox_of(head.sender)[1]:
        asked = mailbox_of(head.reply_to or head.sender)[1]
        message["List-Unsubscribe"] = f"<mailto:{asked}?subject=unsubscribe>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = language  # at the end: a new content takes it away
    message.set_boundary(f"=_{uuid.uuid5(uuid.NAMESPACE_URL, message_id).hex}")
    return b"".join(headers) + message.as_bytes()


def _header(what: str, mailboxes: Sequence[tuple[str, str]]) -> bytes:
    """Return a header of names and addresses, each on lines of its own.

    Python 3.11 writes long ones wrongly: it takes the comma between two addresses for part of a
    name that it encodes, and forgets quotation marks.
    """
    written = []
    for name, address in mailboxes:
        plain = _name(name)
        if not plain:
            written.append(address)
        elif plain.isascii():
            written.append(f'"{plain}" <{address}>')
        else:
            written.append(f"{_encoded(plain)}{_FOLD}<{address}>")
    return f"{what}: {f',{_FOLD}'.join(written)}\r\n".encode("ascii")


def _subject(text: str) -> bytes:
    plain = _as_written(text)[:LONGEST_SUBJECT].strip()
    written = (
        _FOLD.join(textwrap.wrap(plain, 66, break_long_words=False, break_on_hyphens=False))
        if plain.isascii()
        else _encoded(plain)
    )
    return f"Subject: {written}\r\n".encode("ascii")


def _encoded(text: str) -> str:
    """Return a text as RFC 2047 wants it, in lines of at most 76 octets."""
    return Header(text, "utf-8", maxlinelen=66).encode(linesep="\r\n")


def _name(name: str) -> str:
    """Return a name of ordinary words: what has a meaning among addresses is taken out."""
    return harmless(_as_written(name).translate(_SPECIAL))[:LONGEST_NAME].strip()


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _as_written(text: str) -> str:
    """Return a text for a header that nobody takes for an encoded one (RFC 2047)."""
    return harmless(text).replace("=?", "= ?")
