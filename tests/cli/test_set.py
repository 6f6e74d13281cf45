"""``fourp set``: who may read a document, said by a person and shown with its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.config.workspace import Workspace
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows.ingest import ingest
from tests import libraries
from tests.cli.conftest import Fourp


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("FOURP_USER", "Ann")
    made = libraries.library(tmp_path / "library")
    ingest(made, [libraries.folder(tmp_path / "inbox")], executor=SerialExecutor())
    return made


def _paths(fourp: Fourp, workspace: Workspace, *options: str) -> list[str]:
    found = fourp("--workspace", workspace.root, "search", "--json", *options)
    return sorted(Path(json.loads(line)["path"]).name for line in found.out.splitlines())


def test_what_is_set_counts_for_searches_at_once(fourp: Fourp, workspace: Workspace) -> None:
    at = ("--workspace", workspace.root)
    done = fourp(*at, "set", "water.txt", "eau.txt", "audience=public", "--note", "it is out")
    assert (done.code, done.err) == (0, "")
    first, second = done.out.splitlines()
    assert first.startswith("water.txt: members -> public (says Ann, ")
    assert first.endswith(": it is out)")
    assert second.startswith("eau.txt: members -> public")
    assert _paths(fourp, workspace, "--audience", "public") == ["eau.txt", "water.txt"]
    assert _paths(fourp, workspace, "audience:public") == ["eau.txt", "water.txt"]
    again = fourp(*at, "set", "water.txt", "audience=public")
    assert again.out.startswith("water.txt: public, as before (says Ann")


def test_a_search_for_an_audience_that_may_read_nothing_says_so(
    fourp: Fourp, workspace: Workspace
) -> None:
    told = fourp("--workspace", workspace.root, "search", "water", "--audience", "public")
    assert told.code == 1
    assert "no document has audience public; there are members" in told.err


def test_a_document_says_who_may_read_it_and_why(fourp: Fourp, workspace: Workspace) -> None:
    at = ("--workspace", workspace.root)
    assert (
        "audience: members (no rule of fourp.toml speaks of it)"
        in fourp(*at, "show", "water.txt").out
    )
    settings = workspace.root / "fourp.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("public = []", 'public = ["inbox"]'), encoding="utf-8")
    shown = json.loads(fourp(*at, "show", "water.txt", "--json").out)
    assert shown["audience"] == "public"
    assert shown["audience_because"] == "by the rule 'inbox' of fourp.toml"
    told = json.loads(fourp(*at, "set", "water.txt", "audience=secretariat", "--json").out)
    assert (told["before"], told["audience"], told["inside"]) == ("public", "secretariat", 0)
    taken_back = fourp(*at, "set", "water.txt", "audience=auto").out
    assert "secretariat -> public (by the rule 'inbox' of fourp.toml)" in taken_back


def test_feeds_and_reports_are_for_whom_the_settings_say(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    at = ("--workspace", workspace.root)
    fourp(*at, "set", "water.txt", "audience=secretariat")
    report = ("report", "--group", "planet", "--since", "2021", "--format", "md")
    assert "Position on urban waste water" not in fourp(*at, *report).out
    assert "Position on urban waste water" in fourp(*at, *report, "--audience", "secretariat").out
    fourp(*at, "feeds", "--out", tmp_path / "feeds")
    feed = tmp_path / "feeds" / "file-water.en.atom"
    assert "Position on urban waste water" not in feed.read_text(encoding="utf-8")
    fourp(*at, "feeds", "--out", tmp_path / "feeds", "--audience", "secretariat")
    assert "Position on urban waste water" in feed.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["water.txt"], "name documents, and one audience="),
        (["audience=public"], "name documents, and one audience="),
        (["water.txt", "audience=public", "audience=members"], "one audience="),
        (["water.txt", "audience=all"], "there is no audience 'all'; choose one of public, "),
    ],
)
def test_what_cannot_be_set_is_told(
    fourp: Fourp, workspace: Workspace, arguments: list[str], message: str
) -> None:
    told = fourp("--workspace", workspace.root, "set", *arguments)
    assert told.code == 2
    assert message in told.err
