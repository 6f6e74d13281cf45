"""A real mail server with TLS and a certificate of its own, for tests to send to."""

from __future__ import annotations

import asyncio
import email
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from pipeline.mail.smtp import MailServer

PASSWORD = "open sesame"
OK = "250 OK"


class Mailbox:
    """What a mail server took, and how it is told to behave.

    Attributes:
        answer: What it says to a whole message.
        to_recipient: What it says to an address.
        delay: Seconds before it answers to a whole message; it has taken it before that.
    """

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.for_whom: list[list[str]] = []
        self.sizes: list[int] = []
        self.answer: Callable[[EmailMessage], str] = lambda message: OK
        self.to_recipient: Callable[[str], str] = lambda address: OK
        self.delay = 0.0
        self._lock = threading.Lock()

    @property
    def ids(self) -> Counter[str]:
        """How often it has taken each message."""
        with self._lock:
            return Counter(str(message["Message-ID"]) for message in self.taken)

    async def handle_RCPT(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        answer = self.to_recipient(address)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        answer = self.answer(message)
        if answer == OK:
            with self._lock:
                self.taken.append(message)
                self.for_whom.append(list(envelope.rcpt_tos))
        if self.delay:
            await asyncio.sleep(self.delay)
        return answer


class _Controller(Controller):
    def __init__(self, mailbox: Mailbox, trusted: ssl.SSLContext, *, starttls: bool) -> None:
        def check(
            server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
        ) -> AuthResult:
            good = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
            return AuthResult(success=good, handled=good)

        if starttls:
            super().__init__(
                mailbox, hostname="localhost", port=0, authenticator=check,
                tls_context=trusted, require_starttls=True, auth_required=True,
            )  # fmt: skip
        else:
            super().__init__(mailbox, hostname="localhost", port=0, ssl_context=trusted)

    def _trigger_server(self) -> None:
        """Take the port that the system chose; aiosmtpd would try the one it was asked for."""
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mail_server(
    folder: Path, *, starttls: bool = True, name: str = "localhost"
) -> Iterator[tuple[Mailbox, MailServer]]:
    """Give a server that runs as long as the block, and how to reach it.

    Args:
        folder: For the certificate of its authority.
        name: Which its certificate bears.
    """
    authority = trustme.CA()
    trusted = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(trusted)
    ca_file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    mailbox = Mailbox()
    controller = _Controller(mailbox, trusted, starttls=starttls)
    controller.start()
    try:
        yield (
            mailbox,
            MailServer(
                host="localhost",
                port=controller.port or 0,
                security="starttls" if starttls else "tls",
                user="fourp"
                if starttls
                else "",  # aiosmtpd lets nobody log in over this kind of TLS
                password=PASSWORD,
                ca_file=ca_file,
                patience=5,
            ),
        )
    finally:
        time.sleep(0.01)  # so that what was closed is closed on its side, too
        controller.stop()
