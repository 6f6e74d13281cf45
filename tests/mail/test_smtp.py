"""Messages over SMTP: encrypted or not at all, to a server that is who it says, once each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from pipeline.core.errors import MailError, MailServerError, UncertainMailError
from pipeline.mail.smtp import MailServer, Post
from tests.mail.servers import Mailbox, mail_server

TO = ("a@example.org", "b@example.org")


def _message(subject: str = "News", text: str = "Hello\n") -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["Message-ID"] = f"<{subject}@example.org>"
    message.set_content(text)
    return message.as_bytes()


class Noted:
    """Whether a message was handed over, and what the server had taken by then."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.before: list[int] = []
        self.after: list[int] = []
        self._mailbox = mailbox

    @contextmanager
    def __call__(self) -> Iterator[None]:
        self.before.append(len(self._mailbox.taken))
        yield
        self.after.append(len(self._mailbox.taken))


def _send(post: Post, noted: Noted, message: bytes | None = None) -> dict[str, str]:
    return post.send(
        message or _message(), sender="eu@example.org", recipients=TO, handing_over=noted()
    )


@pytest.mark.parametrize("starttls", [True, False])
def test_a_message_arrives_whole_over_either_kind_of_tls(tmp_path: Path, starttls: bool) -> None:
    text = ".\n..\n.hidden\nFrom here\n" + "é" * 2000 + "\n"
    with mail_server(tmp_path, starttls=starttls) as (mailbox, server):
        noted = Noted(mailbox)
        with Post(server) as post:
            assert _send(post, noted, _message(text=text)) == {}
            _send(post, noted, _message("Second"))
    first, second = mailbox.taken
    assert first.get_content().replace("\r\n", "\n") == text
    assert second["Subject"] == "Second"
    assert mailbox.for_whom == [list(TO), list(TO)]
    assert (noted.before, noted.after) == ([0, 1], [1, 2])


@pytest.mark.parametrize("starttls", [True, False])
def test_a_server_with_another_name_or_of_an_unknown_authority_gets_nothing(
    tmp_path: Path, starttls: bool
) -> None:
    with mail_server(tmp_path, starttls=starttls, name="mail.example.org") as (mailbox, server):
        for wrong in (server, replace(server, ca_file=None)):
            with Post(wrong) as post, pytest.raises(MailServerError, match="is not trusted"):
                _send(post, Noted(mailbox))
    assert not mailbox.taken


def test_what_cannot_be_encrypted_is_not_sent_and_the_password_least(tmp_path: Path) -> None:
    from aiosmtpd.controller import Controller

    mailbox = Mailbox()
    plain = Controller(mailbox, hostname="localhost", port=0)
    plain.port = _free_port()
    plain.start()
    try:
        server = MailServer("localhost", plain.port, "starttls", "me", "secret", patience=5)
        with Post(server) as post, pytest.raises(MailServerError, match="nothing is sent unenc"):
            _send(post, Noted(mailbox))
        with (
            Post(replace(server, security="tls")) as post,
            pytest.raises(MailServerError, match="cannot be spoken to in TLS"),
        ):
            _send(post, Noted(mailbox))
    finally:
        plain.stop()
    assert not mailbox.taken
    assert "secret" not in repr(server)


def _free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("localhost", 0))
        return int(one.getsockname()[1])


def test_a_wrong_password_and_a_server_that_is_not_there_are_told(tmp_path: Path) -> None:
    with mail_server(tmp_path) as (mailbox, server):
        with (
            Post(replace(server, password="wrong")) as post,
            pytest.raises(MailServerError, match="does not take the name or the password"),
        ):
            _send(post, Noted(mailbox))
        lost = replace(server, ca_file=tmp_path / "none.pem")
        with Post(lost) as post, pytest.raises(MailServerError, match="no file of certificates"):
            _send(post, Noted(mailbox))
    with Post(server) as post, pytest.raises(MailServerError, match="cannot be reached"):
        _send(post, Noted(mailbox))


def test_one_address_that_is_refused_leaves_the_message_to_the_others(tmp_path: Path) -> None:
    with mail_server(tmp_path) as (mailbox, server), Post(server) as post:
        mailbox.to_recipient = lambda one: "250 OK" if one == TO[0] else "550 who?\x1b[31m"
        assert _send(post, Noted(mailbox)) == {TO[1]: "550 who?\\x1b[31m"}
        assert mailbox.for_whom == [[TO[0]]]
        mailbox.to_recipient = lambda one: "550 nobody"
        noted = Noted(mailbox)
        with pytest.raises(MailError, match="was refused"):
            _send(post, noted)
        assert noted.before == []
        mailbox.to_recipient = lambda one: "250 OK"
        _send(post, noted)  # the connection is still good
        assert len(mailbox.taken) == 2


def test_a_message_that_is_refused_is_not_handed_over_and_the_next_one_is(tmp_path: Path) -> None:
    with mail_server(tmp_path) as (mailbox, server), Post(server) as post:
        noted = Noted(mailbox)
        mailbox.answer = lambda message: "554 spam" if message["Subject"] == "News" else "250 OK"
        with pytest.raises(MailError, match="554 spam") as raised:
            _send(post, noted)
        assert not isinstance(raised.value, UncertainMailError)
        assert (noted.before, noted.after) == ([0], [])
        _send(post, noted, _message("Second"))
        assert [message["Subject"] for message in mailbox.taken] == ["Second"]


def test_a_server_that_takes_a_message_and_says_nothing_leaves_it_uncertain(
    tmp_path: Path,
) -> None:
    with mail_server(tmp_path) as (mailbox, server), Post(replace(server, patience=0.1)) as post:
        mailbox.delay = 2.0
        noted = Noted(mailbox)
        with pytest.raises(UncertainMailError, match="may have been sent or not"):
            _send(post, noted)
        assert noted.after == []
        assert len(mailbox.taken) == 1
        mailbox.delay = 0.0
        _send(post, noted, _message("Second"))  # over a new connection
        assert len(mailbox.taken) == 2


def test_a_server_that_has_enough_gets_the_message_over_a_new_connection(tmp_path: Path) -> None:
    answers = ["250 OK", "250 OK", "421 enough", "250 OK", "250 OK", "421 enough", "421 enough"]
    with mail_server(tmp_path) as (mailbox, server), Post(server) as post:
        mailbox.to_recipient = lambda one: answers.pop(0)
        noted = Noted(mailbox)
        _send(post, noted)
        _send(post, noted, _message("Second"))
        with pytest.raises(MailError, match="broke off"):
            _send(post, noted, _message("Third"))
        mailbox.to_recipient = lambda one: "250 OK"
        _send(post, noted, _message("Fourth"))
    assert [message["Subject"] for message in mailbox.taken] == ["News", "Second", "Fourth"]
