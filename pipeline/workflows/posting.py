"""Posting: messages that are kept go to files or to a mail server, each once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config.workspace import Workspace
from pipeline.core.digests import Outgoing, State
from pipeline.core.errors import (
    FourpError,
    MailError,
    MailServerError,
    UncertainMailError,
    WriteError,
)
from pipeline.core.files import write_whole
from pipeline.core.subscribers import mailbox_of
from pipeline.core.text import fold
from pipeline.workflows import assemble
from pipeline.workflows.digest import Asked, Plans, planned, prepare, readable, withdraw_outdated

if TYPE_CHECKING:
    from pipeline.catalogue.store import Catalogue
    from pipeline.execution.interrupts import Interrupts
    from pipeline.mail.smtp import MailServer, Post

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one message.

    Attributes:
        outgoing: With the state that it has now.
        error: Why it was not sent, or why nobody knows whether it was.
        refused: Which of several recipients the server did not take, and why.
        file: Where it was written.
    """

    outgoing: Outgoing
    error: FourpError | None = None
    refused: tuple[tuple[str, str], ...] = ()
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did.

    Attributes:
        plans: As they were before it.
        withdrawn: Messages of earlier runs that should not be sent as they were.
        server_error: Why no message could be sent any more.
    """

    plans: Plans
    posted: tuple[Posted, ...]
    withdrawn: tuple[Outgoing, ...]
    server_error: MailServerError | None = None

    @property
    def failed(self) -> bool:
        """Whether anything was not sent, or may not have been."""
        wrong = any(one.error or one.refused for one in self.posted)
        return wrong or self.server_error is not None or bool(self.plans.uncertain)


def post_digests(
    workspace: Workspace,
    asked: Asked,
    *,
    out: Path | None,
    send: bool,
    progress: Told = lambda done, of: None,
) -> Outcome:
    """Make the messages that are due, keep them, and give them out; what was kept before, too.

    Whenever it is cut off, running it again goes on: a message is kept with all that it announces
    in one step, is given out from there, and what became of it is noted right then.

    Args:
        out: Folder for files; none is written where absent.
        send: Whether messages go to the mail server.
        progress: Told how many messages of how many are done.

    Raises:
        ConfigError: If settings, vocabulary, groups, subscribers or templates are wrong.
        CatalogueError: If the catalogue cannot be used, or messages are being sent already.
        IndexUnusableError: If somebody follows a search and there is no usable index.
        WriteError: If a file or the catalogue cannot be written; what is kept is given out later.
    """
    from pipeline.execution.interrupts import Interrupts

    server = assemble.mail_server_of(workspace) if send else None
    with workspace.posting(), assemble.catalogue_of(workspace) as catalogue:
        withdrawn = withdraw_outdated(workspace, catalogue)
        plans = planned(workspace, catalogue, asked)
        prepare(workspace, catalogue, plans, asked.now)
        chosen = {plan.subscriber.id for plan in plans.plans}
        due = [o for o in catalogue.digests.outgoing(State.PREPARED) if o.subscriber in chosen]
        posted: list[Posted] = []
        error: MailServerError | None = None
        with Interrupts() as interrupts:
            try:
                for one in _given_out(workspace, catalogue, due, out, server, interrupts):
                    posted.append(one)
                    progress(len(posted), len(due))
            except MailServerError as told:
                error = told
        return Outcome(plans, tuple(posted), tuple(withdrawn), error)


def _given_out(
    workspace: Workspace,
    catalogue: Catalogue,
    due: Sequence[Outgoing],
    out: Path | None,
    server: MailServer | None,
    interrupts: Interrupts,
) -> Iterator[Posted]:
    """Give messages out, and yield what became of each.

    Raises:
        MailServerError: If no message can be sent any more.
    """
    if server is not None:
        from pipeline.mail.smtp import Post

        sender = mailbox_of(workspace.settings.sender)[1]
        with Post(server) as post:
            yield from _sent(catalogue, due, out, post, sender, interrupts)
    elif out is not None:
        yield from _written(catalogue, due, out, interrupts)


def _written(
    catalogue: Catalogue, due: Sequence[Outgoing], out: Path, interrupts: Interrupts
) -> Iterator[Posted]:
    for one in due:
        if not readable(catalogue, one):  # since a moment ago
            continue
        with interrupts.held_back():
            file = _write(catalogue, one, out)
            catalogue.digests.note(one.number, State.WRITTEN)
        yield Posted(replace(one, state=State.WRITTEN), file=file)


def _sent(
    catalogue: Catalogue,
    due: Sequence[Outgoing],
    out: Path | None,
    post: Post,
    sender: str,
    interrupts: Interrupts,
) -> Iterator[Posted]:
    for one in due:
        interrupts.check()
        if not readable(catalogue, one):
            continue
        file = _write(catalogue, one, out) if out else None
        try:
            refused = post.send(
                catalogue.digests.message(one.number),
                sender=sender,
                recipients=one.recipients,
                handing_over=_noting(catalogue, one.number, interrupts),
            )
        except UncertainMailError as error:
            told = _with_commands(error, one.number)
            catalogue.digests.note(one.number, State.SENDING, str(error))
            yield Posted(replace(one, state=State.SENDING), told, file=file)
        except MailError as error:
            catalogue.digests.note(one.number, State.PREPARED, str(error))
            yield Posted(one, error, file=file)
        else:
            sent = replace(one, state=State.SENT)
            yield Posted(sent, refused=tuple(refused.items()), file=file)


@contextmanager
def _noting(catalogue: Catalogue, number: int, interrupts: Interrupts) -> Iterator[None]:
    """Note that a message is being handed over, and then that it was.

    A run that is killed in between leaves it uncertain. The note is made as late as can be: what is
    known not to have been handed over whole is sent by the next run.
    """
    with interrupts.held_back():
        catalogue.digests.note(number, State.SENDING)
        yield
        catalogue.digests.note(number, State.SENT)


def uncertain_error(outgoing: Outgoing) -> UncertainMailError:
    """Return what is told of a message of which nobody knows whether it was sent."""
    error = UncertainMailError(
        f"may have got message {outgoing.number} or not ({outgoing.subject}): nobody heard what "
        "the server answered",
        where=", ".join(outgoing.recipients),
        remedy="ask whether it came",
    )
    return _with_commands(error, outgoing.number)


def _with_commands(error: UncertainMailError, number: int) -> UncertainMailError:
    return UncertainMailError(
        error.what,
        where=error.where,
        remedy=f"{error.remedy}, then say so: fourp digest --mark-sent {number}, or "
        f"fourp digest --resend {number} to have it sent again",
    )


def _write(catalogue: Catalogue, outgoing: Outgoing, out: Path) -> Path:
    """Write a message to its file, in one step; a file of that name is the same message.

    Raises:
        WriteError: If it cannot be written.
    """
    path = out / file_name(outgoing.subscriber, outgoing.period)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(
            f"cannot be written ({error.strerror})",
            where=str(out),
            remedy="check the permissions of its folder, or name another one",
        ) from error
    write_whole(path, catalogue.digests.message(outgoing.number), mode=0o600)  # its owner's alone
    return path


def file_name(subscriber: str, period: str) -> str:
    """Return the name of a message's file: two subscribers never have the same."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(subscriber)).strip("-")[:40]
    if plain != subscriber:
        digest = hashlib.sha256(subscriber.encode("utf-8", "replace")).hexdigest()[:8]
        plain = f"{plain}-{digest}" if plain else digest
    return f"{plain}-{period}.eml"
