"""``fourp digest`` shows what it would say, writes it, sends it, and tells what went wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.config.workspace import Workspace, open_workspace
from pipeline.mail.smtp import MailServer
from tests.cli.conftest import Fourp
from tests.mail.servers import OK, PASSWORD, Mailbox, mail_server
from tests.subscriptions import VARIABLE, subscribe, subscriber, with_server


@pytest.fixture
def workspace(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    shutil.copytree(filled, tmp_path / "library")
    made = open_workspace(tmp_path / "library")
    subscribe(
        made, [subscriber(), subscriber("sud", languages=["fr"], interests={"files": "water"})]
    )
    monkeypatch.setenv(VARIABLE, PASSWORD)
    return made


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Mailbox, MailServer]]:
    with mail_server(tmp_path) as both:
        yield both


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_alone_it_shows_who_would_hear_what_and_why(fourp: Fourp, workspace: Workspace) -> None:
    shown = fourp("--workspace", workspace.root, "digest")
    assert shown.code == 0
    assert "north: Towns of north <north@example.org>" in shown.out
    assert "3 new publications, week of" in shown.out
    assert "You follow Water; page 1" in shown.out
    assert "Vous suivez Eau\u202f; page 1" in shown.out
    assert "dry run: 2 messages would go out" in shown.err
    again = fourp("--workspace", workspace.root, "digest", "--dry-run", "--send")
    assert again.out == shown.out


def test_files_are_written_once_and_json_says_what_is_in_them(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    made = fourp("--workspace", workspace.root, "digest", "--out", out, "--json")
    north, south = _lines(made.out)
    assert made.code == 0
    assert (north["state"], north["count"], len(north["works"])) == ("written", 3, 3)
    assert north["works"][0].keys() >= {"title", "why", "quote", "page", "languages", "link"}
    assert (south["language"], south["to"]) == ("fr", ["sud@example.org"])
    assert {Path(one["file"]) for one in (north, south)} == set(out.iterdir())
    again = fourp("--workspace", workspace.root, "digest", "--out", out)
    assert (again.code, again.out) == (0, "")
    assert again.err == "north: nothing new\nsud: nothing new\n"


def test_the_last_message_of_a_subscriber_can_be_written_again(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    run = ("--workspace", workspace.root, "digest", "--out")
    fourp(*run, tmp_path / "lost")
    assert fourp("--workspace", workspace.root, "digest", "--resend", "2").code == 0
    again = fourp(*run, tmp_path / "new")
    assert [path.name[:3] for path in (tmp_path / "new").iterdir()] == ["sud"]
    assert again.out.startswith("written: ")
    assert fourp("--workspace", workspace.root, "digest", "--mark-sent", "2").code == 2


def test_one_subscriber_can_be_chosen_by_id_or_name(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    shown = fourp("--workspace", workspace.root, "digest", "--subscriber", "Towns of sud", "--json")
    assert [one["subscriber"] for one in _lines(shown.out)] == ["sud"]
    wrong = fourp("--workspace", workspace.root, "digest", "--subscriber", "west")
    assert wrong.code == 2
    assert "choose one of: north, sud" in wrong.err


def test_nothing_came_in_since_a_day_that_is_to_come(fourp: Fourp, workspace: Workspace) -> None:
    shown = fourp("--workspace", workspace.root, "digest", "--since", "2100-01")
    assert (shown.code, shown.out) == (0, "")
    assert "north: nothing new" in shown.err


def test_a_workspace_without_subscribers_says_where_to_add_some(
    fourp: Fourp, workspace: Workspace
) -> None:
    workspace.subscribers.unlink()
    shown = fourp("--workspace", workspace.root, "digest")
    assert (shown.code, shown.out) == (0, "")
    assert "add one to models/subscribers.yaml" in shown.err


def test_wrong_subscribers_are_all_told_and_nothing_starts(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    subscribe(workspace, [subscriber(frequency="wekly", audience="all")])
    shown = fourp("--workspace", workspace.root, "digest", "--out", tmp_path / "out")
    assert shown.code == 2
    assert "did you mean 'weekly'?" in shown.err
    assert "unknown audience" in shown.err
    assert not (tmp_path / "out").exists()


def test_sending_needs_a_server_a_sender_and_the_password(
    fourp: Fourp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = fourp("--workspace", workspace.root, "digest", "--send")
    assert told.code == 2
    assert "host is empty" in told.err
    assert "sender is empty" in told.err
    settings = '[mail]\nhost = "localhost"\nsender = "a@example.org"\nuser = "me"\n'
    (workspace.root / "fourp.toml").write_text(settings, encoding="utf-8")
    monkeypatch.delenv(VARIABLE)
    told = fourp("--workspace", workspace.root, "digest", "--send")
    assert told.code == 2
    assert f"environment variable {VARIABLE}" in told.err


def test_messages_are_sent_once_with_a_copy_in_a_folder(
    fourp: Fourp, workspace: Workspace, served: tuple[Mailbox, MailServer], tmp_path: Path
) -> None:
    mailbox, server = served
    with_server(workspace, server)
    out = tmp_path / "copies"
    sent = fourp("--workspace", workspace.root, "digest", "--send", "--out", out)
    assert (sent.code, sent.out.count("sent: ")) == (0, 2)
    assert len(mailbox.ids) == 2 == len(list(out.iterdir()))
    assert {message["From"] for message in mailbox.taken} == {"CEMR <eu@example.org>"}
    assert mailbox.for_whom == [["north@example.org"], ["sud@example.org"]]
    again = fourp("--workspace", workspace.root, "digest", "--send")
    assert (again.code, again.out) == (0, "")
    assert len(mailbox.taken) == 2


def test_a_message_that_is_refused_is_told_and_sent_by_the_next_run_and_the_rest_goes_on(
    fourp: Fourp, workspace: Workspace, served: tuple[Mailbox, MailServer]
) -> None:
    mailbox, server = served
    with_server(workspace, server)
    mailbox.to_recipient = lambda one: "550 who is that?" if one.startswith("north") else OK
    sent = fourp("--workspace", workspace.root, "digest", "--send", "--json")
    assert sent.code == 1
    north, south = _lines(sent.out)
    assert (north["state"], south["state"]) == ("not sent", "sent")
    assert north["error"]["where"] == "north@example.org"
    assert "550 who is that?" in sent.err
    mailbox.to_recipient = lambda one: OK
    waiting = fourp("--workspace", workspace.root, "digest")
    assert "waiting: message 1 to north@example.org: 3 new publications" in waiting.out
    assert fourp("--workspace", workspace.root, "digest", "--send").code == 0
    assert set(mailbox.ids.values()) == {1}
    assert len(mailbox.ids) == 2


def test_a_server_that_cannot_be_reached_loses_nothing(
    fourp: Fourp, workspace: Workspace, served: tuple[Mailbox, MailServer]
) -> None:
    mailbox, server = served
    other = with_server(workspace, server)
    settings = (other.root / "fourp.toml").read_text(encoding="utf-8")
    closed = settings.replace(f"port = {server.port}", "port = 1")
    (other.root / "fourp.toml").write_text(closed, encoding="utf-8")
    told = fourp("--workspace", workspace.root, "digest", "--send")
    assert told.code == 1
    assert "cannot be reached" in told.err
    (other.root / "fourp.toml").write_text(settings, encoding="utf-8")
    assert fourp("--workspace", workspace.root, "digest", "--send").code == 0
    assert len(mailbox.taken) == 2


def test_an_uncertain_message_waits_for_a_persons_word(
    fourp: Fourp, workspace: Workspace, served: tuple[Mailbox, MailServer]
) -> None:
    mailbox, server = served
    subscribe(workspace, [subscriber()])
    other = with_server(workspace, server)
    settings = (other.root / "fourp.toml").read_text(encoding="utf-8")
    hasty = settings.replace("patience = 5", "patience = 1")
    (other.root / "fourp.toml").write_text(hasty, encoding="utf-8")
    mailbox.delay = 4.5
    told = fourp("--workspace", workspace.root, "digest", "--send")
    assert told.code == 1
    assert "--mark-sent 1, or fourp digest --resend 1" in told.err
    state = fourp("--workspace", workspace.root, "status")
    assert state.code == 1
    assert "digests: 1 that may have come or not (to decide: fourp digest)" in state.out
    mailbox.delay = 0
    again = fourp("--workspace", workspace.root, "digest", "--send")
    assert again.code == 1
    assert "may have got message 1 or not" in again.err
    assert len(mailbox.taken) == 1
    wrong = fourp("--workspace", workspace.root, "digest", "--resend", "7")
    assert (wrong.code, "there are: 1" in wrong.err) == (2, True)
    said = fourp("--workspace", workspace.root, "digest", "--resend", "1")
    assert said.out == "message 1 to north@example.org goes out with the next run\n"
    waiting = "digests: 1 written down and not given out yet (fourp digest --send)"
    assert waiting in fourp("--workspace", workspace.root, "status").out
    assert fourp("--workspace", workspace.root, "digest", "--send").code == 0
    assert list(mailbox.ids.values()) == [2]  # the same id: programs show it once
    assert fourp("--workspace", workspace.root, "digest", "--mark-sent", "1").code == 2


def test_a_folder_that_cannot_be_written_loses_nothing(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    told = fourp("--workspace", workspace.root, "digest", "--out", tmp_path / "file" / "out")
    assert told.code == 3
    assert "cannot be written" in told.err
    out = tmp_path / "out"
    assert fourp("--workspace", workspace.root, "digest", "--out", out).code == 0
    assert len(list(out.iterdir())) == 2
