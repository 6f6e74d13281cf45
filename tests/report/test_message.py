"""Messages are lawful, and whatever titles and names say, they add no header and no markup."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from lxml import html

from pipeline.report.digest_html import to_html
from pipeline.report.digest_labels import digest_labels
from pipeline.report.digest_text import to_text
from pipeline.report.digest_values import Digest
from pipeline.report.message import Letterhead, message_id, to_message
from pipeline.report.text import harmless, typeset
from tests.report.digests import MADE_AT, hostile_digests, sample
from tests.report.hostile import UNSEEN, hostile_texts

HEADERS = [
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe",
    "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Language",
]  # fmt: skip
HEAD = Letterhead("CEMR <eu@example.org>", "Ann Ek <ann@example.org>", "What is new")
TAGS = set("html head meta title style body div h1 h2 h3 p blockquote a bdi".split())


def _bytes(digest: Digest, **facts: Any) -> bytes:
    words = digest_labels(digest.language)
    told: dict[str, Any] = {
        "subject": words.subject_of(digest),
        "head": HEAD,
        "recipients": ["eu@north.example.org", "second@north.example.org"],
        "name": digest.association,
        "message_id": message_id("digest", "north", "2026-W49", sender=HEAD.sender),
    } | facts
    return to_message(
        text=to_text(digest),
        html=to_html(digest),
        language=digest.language,
        made_at=MADE_AT,
        **told,
    )


def _read(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_a_message_has_the_headers_that_programs_ask_for() -> None:
    message = _read(_bytes(sample("fr")))
    assert list(message) == HEADERS
    assert message["From"] == "CEMR <eu@example.org>"
    assert message["To"].addresses[1].addr_spec == "second@north.example.org"
    assert message["Subject"].startswith("3 nouvelles publications, semaine du 30 novembre 2026")
    assert message["Date"].datetime == MADE_AT
    assert message["List-Id"] == "What is new <digest.example.org>"
    assert message["List-Unsubscribe"] == "<mailto:ann@example.org?subject=unsubscribe>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "fr"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_the_same_digest_makes_the_same_bytes_and_a_message_id_of_its_own() -> None:
    assert _bytes(sample()) == _bytes(sample())
    ids = {
        message_id(*names, sender="eu@example.org")
        for names in [("digest", "a", "b"), ("digest", "a", "c"), ("digest", "a\nb", "c"), ("x",)]
    }
    assert len(ids) == 4
    assert all(re.fullmatch(r"<[0-9a-f-]{36}@example\.org>", one) for one in ids)


def test_a_message_without_a_sender_says_so_by_a_domain_that_can_never_be() -> None:
    message = _read(_bytes(sample(), head=Letterhead("", "", "News")))
    assert message["From"] == "fourp <fourp@fourp.invalid>"
    assert "Reply-To" not in message
    assert "List-Unsubscribe" not in message


@pytest.mark.parametrize(
    "name", ["Vereniging; Städtetag, Nord <x@example.org> ", '"', "=?utf-8?q?a?=", "Nord b 0¡¡¡ "]
)
def test_a_long_name_with_signs_of_addresses_is_one_name(name: str) -> None:
    to = _read(_bytes(sample(), name=name * 9))["To"].addresses
    assert [one.domain for one in to] == ["north.example.org"] * 2
    assert to[0].display_name == to[1].display_name
    assert "Nord x example.org" in to[0].display_name or len(name) < 20
    assert (
        _read(_bytes(sample(), name=""))["To"] == "eu@north.example.org, second@north.example.org"
    )


def test_lines_are_short_ascii_and_end_as_rfc_5322_wants_them() -> None:
    content = _bytes(sample("fr"))
    assert content.isascii()
    assert not re.search(rb"[^\r]\n|\r[^\n]", content)
    assert max(map(len, content.split(b"\r\n"))) <= 998


@given(hostile_digests())
def test_hostile_texts_add_no_header_no_markup_and_nothing_unseen(
    drawn: tuple[Digest, str],
) -> None:
    digest, association = drawn
    content = _bytes(digest, name=association)
    message = _read(content)
    assert list(message) == HEADERS
    assert [one.addr_spec for one in message["To"].addresses] == [
        "eu@north.example.org", "second@north.example.org",
    ]  # fmt: skip
    assert len({one.display_name for one in message["To"].addresses}) == 1
    subject = digest_labels(digest.language).subject_of(digest).replace("=?", "= ?")
    assert message["Subject"] == subject.strip()
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    text, page = _part(message, "plain"), _part(message, "html")
    assert not UNSEEN.search(text.replace("\r", "") + page.replace("\r", ""))
    root = html.document_fromstring(page)
    assert {element.tag for element in root.iter() if isinstance(element.tag, str)} <= TAGS
    attributes = {name for element in root.iter() for name in element.attrib}
    assert attributes <= {
        "lang", "dir", "class", "href", "aria-label", "charset", "name", "content", "http-equiv",
    }  # fmt: skip
    addresses = [str(one) for one in root.xpath("//@href")]
    assert all(one.startswith(("file:///", "https://eur-lex.europa.eu/")) for one in addresses)
    for item in digest.items:
        assert item.title in " ".join(text.split())
        shown = typeset(item.title, item.title_language)
        assert shown in [str(one) for one in root.xpath("//h3//text()")]


@given(hostile_texts, hostile_texts, hostile_texts)
def test_hostile_settings_and_subjects_stay_in_their_headers(
    sender: str, subject: str, name: str
) -> None:
    head = Letterhead(f"{sender} <eu@example.org>", "", name)
    message = _read(_bytes(sample(), head=head, subject=subject, name=sender))
    assert [header for header in HEADERS if header != "Reply-To"] == list(message)
    assert message["From"].addresses[0].addr_spec == "eu@example.org"
    assert message["Subject"] == harmless(subject).replace("=?", "= ?")
