"""Messages over SMTP (RFC 5321), encrypted always, each handed over once or not at all."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pipeline.core.errors import MailError, MailServerError, UncertainMailError
from pipeline.core.text import one_line, visible

# A server may store and scan a message before it answers; giving up early leaves uncertainty.
PATIENCE_AT_THE_END = 4  # times the usual one; RFC 5321, 4.5.3.2.6 would wait ten minutes

_TAKEN = 250
_GO_ON = 354
_CLOSING = 421
_ACCEPTED = (250, 251, 252)  # RFC 5321, 4.2.3: of a recipient
_SETTINGS = "see [mail] of fourp.toml"
_NEXT_TIME = "nothing was sent, so the next fourp digest --send tries again"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where messages are handed over.

    Attributes:
        security: Encrypted from the first octet ("tls"), or before anything is said ("starttls").
        user: "" where the server asks for none.
        ca_file: Of the authority that is trusted; those of the system where absent.
        patience: Seconds to wait for an answer.
    """

    host: str
    port: int
    security: Literal["starttls", "tls"]
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    patience: float = 30

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class Post:
    """A connection to a mail server, made at the first message. Use it in a ``with`` statement."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Post:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._smtp is not None and kind is None:  # else it may stand amid a message
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self._close()

    def send(
        self,
        message: bytes,
        *,
        sender: str,
        recipients: Sequence[str],
        handing_over: AbstractContextManager[None],
    ) -> dict[str, str]:
        """Send a message, and return whom the server refused of several recipients, and why.

        Args:
            message: Complete, its lines ended by CRLF, of ASCII alone.
            handing_over: Entered when all of the message but its end is there, so that a server
                forgets it if the connection breaks; left when the server has answered.

        Raises:
            MailError: If the server refused it; nobody gets it.
            UncertainMailError: If the server never answered.
            MailServerError: If there is no server to speak to.
        """
        where = ", ".join(recipients)
        try:
            refused = self._addressed(sender, recipients)
        except smtplib.SMTPServerDisconnected as error:
            raise self._broken(error, where) from error
        except smtplib.SMTPResponseException as error:
            raise self._refused(error, where) from error
        if len(refused) == len(recipients):
            self._reset()
            raise MailError(
                f"was refused ({'; '.join(refused.values())})",
                where=where,
                remedy="correct the address in models/subscribers.yaml; " + _NEXT_TIME,
            )
        self._hand_over(message, where, handing_over)
        return refused

    def _addressed(self, sender: str, recipients: Sequence[str]) -> dict[str, str]:
        """Begin a message, over a new connection if need be, and return whom the server refused."""
        try:
            return self._address(sender, recipients)
        except smtplib.SMTPServerDisconnected:  # it was idle for too long, or the server had enough
            self._close()
            return self._address(sender, recipients)

    def _address(self, sender: str, recipients: Sequence[str]) -> dict[str, str]:
        smtp = self._connected()
        code, told = smtp.mail(sender)
        if code != _TAKEN:
            raise smtplib.SMTPResponseException(code, told)
        refused: dict[str, str] = {}
        for recipient in recipients:
            code, told = smtp.rcpt(recipient)
            if code == _CLOSING:
                raise smtplib.SMTPServerDisconnected(_line(told))
            if code not in _ACCEPTED:
                refused[recipient] = f"{code} {_line(told)}"
        return refused

    def _hand_over(
        self, message: bytes, where: str, handing_over: AbstractContextManager[None]
    ) -> None:
        smtp = self._connected()
        try:
            code, told = smtp.docmd("DATA")
            if code != _GO_ON:
                raise smtplib.SMTPResponseException(code, told)
            smtp.send(_stuffed(message))
        except smtplib.SMTPServerDisconnected as error:
            raise self._broken(error, where) from error
        except smtplib.SMTPResponseException as error:
            raise self._refused(error, where) from error
        with handing_over:
            try:
                _wait(smtp, self._server.patience * PATIENCE_AT_THE_END)
                smtp.send(b".\r\n")
                code, told = smtp.getreply()
                _wait(smtp, self._server.patience)
            except smtplib.SMTPException as error:
                self._close()
                raise UncertainMailError(
                    f"may have been sent or not: {self._server} had all of it and did not answer "
                    f"({_line(str(error))})",
                    where=where,
                    remedy="ask whether it came",
                ) from error
            if code != _TAKEN:
                raise self._refused(smtplib.SMTPResponseException(code, told), where)

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = self._connect()
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        """Return a connection that is encrypted and logged in.

        Raises:
            MailServerError: If there is none to be had.
        """
        server, trusted = self._server, self._trusted()
        smtp: smtplib.SMTP | None = None
        try:
            if server.security == "tls":
                smtp = smtplib.SMTP_SSL(
                    server.host, server.port, timeout=server.patience, context=trusted
                )
            else:
                smtp = smtplib.SMTP(server.host, server.port, timeout=server.patience)
                smtp.starttls(context=trusted)
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, server.password)
            return smtp
        except (smtplib.SMTPException, OSError) as error:
            if smtp is not None:
                smtp.close()
            raise self._unusable(error) from error

    def _trusted(self) -> ssl.SSLContext:
        """Return what says whose certificates count; names are compared too."""
        try:
            return ssl.create_default_context(cafile=self._server.ca_file)
        except OSError as error:  # an SSLError is one
            raise MailServerError(
                f"is no file of certificates ({error.strerror or error})",
                where=str(self._server.ca_file),
                remedy=f"name one in PEM format: ca_file; {_SETTINGS}",
            ) from error

    def _unusable(self, error: Exception) -> MailServerError:
        match error:
            case ssl.SSLCertVerificationError():
                what = f"is not trusted ({error.verify_message})"
                remedy = "name the host as its certificate does, or the authority that signed it: "
                remedy += "host, ca_file"
            case ssl.SSLError():
                what = f"cannot be spoken to in TLS ({error.reason})"
                remedy = "security must be starttls for port 587, and tls for port 465"
            case smtplib.SMTPNotSupportedError():
                what = f"does not offer what is needed ({error})"
                remedy = "nothing is sent unencrypted; name another server or port"
            case smtplib.SMTPAuthenticationError():
                what = f"does not take the name or the password ({_told(error)})"
                remedy = "check user, and the environment variable that password_variable names"
            case smtplib.SMTPResponseException():
                what, remedy = f"does not want to talk ({_told(error)})", "try again later"
            case _:
                what = f"cannot be reached ({_line(str(error))})"
                remedy = "check host, port and security, and the network"
        return MailServerError(what, where=str(self._server), remedy=f"{remedy}; {_SETTINGS}")

    def _refused(self, error: smtplib.SMTPResponseException, where: str) -> MailError:
        self._reset()
        return MailError(
            f"was refused by {self._server} ({_told(error)})", where=where, remedy=_NEXT_TIME
        )

    def _broken(self, error: Exception, where: str) -> MailError:
        self._close()
        return MailError(
            f"was not sent: {self._server} broke off ({_line(str(error))})",
            where=where,
            remedy=_NEXT_TIME,
        )

    def _reset(self) -> None:
        """Make the server forget the message that was begun."""
        if self._smtp is not None:
            try:
                self._smtp.rset()
            except (smtplib.SMTPException, OSError):
                self._close()

    def _close(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _stuffed(message: bytes) -> bytes:
    """Return a message in which no line is a dot, which would end it (RFC 5321, 4.5.2)."""
    whole = message if message.endswith(b"\r\n") else message + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", whole)


def _wait(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)


def _told(error: smtplib.SMTPResponseException) -> str:
    return f"{error.smtp_code} {_line(error.smtp_error)}"


def _line(told: bytes | str) -> str:
    """Return what a server said on one line that does nothing to a terminal."""
    text = told.decode("utf-8", "replace") if isinstance(told, bytes) else told
    return visible(one_line(text))[:200]
