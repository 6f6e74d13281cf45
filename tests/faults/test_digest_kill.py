"""A digest that is killed at any moment and run again sends each message once."""

from __future__ import annotations

import email
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.catalogue.store import Catalogue
from pipeline.config.workspace import Workspace
from pipeline.core.digests import State
from pipeline.execution.serial import SerialExecutor
from pipeline.mail.smtp import MailServer
from pipeline.workflows.digest import Asked, decide
from pipeline.workflows.ingest import ingest
from pipeline.workflows.posting import Outcome, post_digests
from tests import libraries
from tests.mail.servers import OK, PASSWORD, Mailbox, mail_server
from tests.subscriptions import VARIABLE, subscribe, subscriber, with_server

SUBSCRIBERS = 12
# Moments at random besides the chosen ones; docs/digests.md has what more of them showed.
KILLS = int(os.environ.get("DIGEST_KILLS", "2"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("digest-kill")
    workspace = libraries.library(root / "library")
    shutil.rmtree(workspace.root / "models" / "vocabulary")  # a second of each run
    subscribe(workspace, [subscriber(f"s{number}") for number in range(SUBSCRIBERS)])
    ingest(workspace, [libraries.folder(root / "inbox")], executor=SerialExecutor())
    return workspace


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Mailbox, MailServer]]:
    with mail_server(tmp_path_factory.mktemp("mail")) as both:
        yield both


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, PASSWORD)


@pytest.fixture
def mailbox(served: tuple[Mailbox, MailServer]) -> Mailbox:
    mailbox = served[0]
    mailbox.__init__()  # type: ignore[misc]  # as new
    return mailbox


@pytest.fixture
def workspace(filled: Workspace, served: tuple[Mailbox, MailServer], tmp_path: Path) -> Workspace:
    shutil.copytree(filled.root, tmp_path / "library")
    copy = Workspace(tmp_path / "library", filled.settings)
    return with_server(copy, served[1])


def _start(workspace: Workspace, *arguments: str) -> subprocess.Popen[str]:
    command = [
        sys.executable, "-m", "pipeline", "--workspace", str(workspace.root), "digest", *arguments,
    ]  # fmt: skip
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )


def _again(workspace: Workspace, out: Path | None = None) -> Outcome:
    """Do what a run does."""
    return post_digests(workspace, Asked(), out=out, send=out is None)


def _uncertain(workspace: Workspace) -> dict[str, int]:
    with Catalogue.open(workspace.catalogue) as catalogue:
        return {o.message_id: o.number for o in catalogue.digests.outgoing(State.SENDING)}


def _finish(workspace: Workspace, mailbox: Mailbox) -> int:
    """Run again, and check that each message was taken once; return how many needed `--resend`.

    That is one at most: the one that was at its end when the run was killed, and it is told.
    """
    outcome = _again(workspace)
    uncertain = _uncertain(workspace)
    assert len(uncertain) <= 1
    assert {one.message_id for one in outcome.plans.uncertain} == uncertain.keys()
    assert outcome.failed == bool(uncertain)
    assert set(mailbox.ids.values()) == {1}
    lost = 0
    for id_, number in uncertain.items():
        came = id_ in mailbox.ids
        lost += not came
        decide(workspace, number, sent=came)
    assert not _again(workspace).failed
    assert len(mailbox.ids) == SUBSCRIBERS
    assert set(mailbox.ids.values()) == {1}
    assert _again(workspace).posted == ()
    return lost


def _killing(
    running: list[subprocess.Popen[str]], at: int, number: signal.Signals
) -> Callable[[object], str]:
    """Return an answer of the server that kills the run at the n-th time."""
    times = 0

    def answer(_: object) -> str:
        nonlocal times
        times += 1
        if times == at and running:
            running[0].send_signal(number)
            if number == signal.SIGKILL:
                running[0].wait()
        return OK

    return answer


@pytest.mark.parametrize("at", [1, SUBSCRIBERS])
def test_kill_9_when_the_server_has_a_message_and_has_not_answered(
    workspace: Workspace, mailbox: Mailbox, at: int
) -> None:
    running: list[subprocess.Popen[str]] = []
    mailbox.answer = _killing(running, at, signal.SIGKILL)
    running.append(_start(workspace, "--send"))
    running[0].communicate()
    assert len(_uncertain(workspace)) == 1
    assert _finish(workspace, mailbox) == 0  # it came, and did not come again


def test_kill_9_before_a_message_is_whole_leaves_nothing_to_ask(
    workspace: Workspace, mailbox: Mailbox
) -> None:
    running: list[subprocess.Popen[str]] = []
    mailbox.to_recipient = _killing(running, 5, signal.SIGKILL)
    running.append(_start(workspace, "--send"))
    running[0].communicate()
    assert not _uncertain(workspace)
    assert _finish(workspace, mailbox) == 0


def test_an_interrupt_waits_for_the_answer_so_that_nothing_is_uncertain(
    workspace: Workspace, mailbox: Mailbox
) -> None:
    running: list[subprocess.Popen[str]] = []
    mailbox.delay = 0.1
    mailbox.answer = _killing(running, 3, signal.SIGTERM)
    running.append(_start(workspace, "--send"))
    _, err = running[0].communicate()
    assert running[0].returncode == 130
    assert "run it again to go on" in err
    assert (len(mailbox.ids), len(_uncertain(workspace))) == (3, 0)
    assert _finish(workspace, mailbox) == 0


def test_kill_9_at_moments_at_random_sends_each_message_once(
    workspace: Workspace, mailbox: Mailbox, tmp_path: Path
) -> None:
    chance = random.Random(6)
    mailbox.delay = 0.03
    started = time.monotonic()
    whole = _start(workspace, "--dry-run")
    whole.communicate()
    preparing = time.monotonic() - started
    amid = asked = lost = 0
    for number in range(KILLS):
        copy = Workspace(tmp_path / f"copy{number}", workspace.settings)
        shutil.copytree(workspace.root, copy.root)
        mailbox.taken.clear()
        running = _start(copy, "--send")
        time.sleep(preparing * chance.uniform(0.5, 1.2) + chance.uniform(0, 0.6))
        running.kill()
        running.communicate()
        amid += 0 < len(mailbox.taken) < SUBSCRIBERS
        asked += bool(_uncertain(copy))
        lost += _finish(copy, mailbox)
    print(f"{KILLS} kills, {amid} amid the messages: {asked} asked about, {lost} of them not sent")
    assert lost <= KILLS // 10  # between the note and the last octets: a tenth of a millisecond


def test_kill_9_while_files_are_written_leaves_each_message_in_one_file(
    workspace: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "outbox"
    running = _start(workspace, "--out", str(out))
    while running.poll() is None and len(list(out.glob("[!.]*.eml"))) < 3:
        time.sleep(0.005)
    running.kill()
    running.communicate()
    assert not _again(workspace, out).failed
    # A kill between the first and last step of a write may leave the hidden file that it began.
    files = sorted(out.glob("[!.]*"))
    ids = {email.message_from_bytes(path.read_bytes())["Message-ID"] for path in files}
    assert len(files) == SUBSCRIBERS == len(ids)
    before = {path.name: path.stat().st_mtime_ns for path in files}
    assert _again(workspace, out).posted == ()
    assert {path.name: path.stat().st_mtime_ns for path in out.glob("[!.]*")} == before
