"""``fourp tag``: a person's word, at once in tags and search, and after everything that follows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.config.workspace import Workspace
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows.ingest import ingest
from tests import libraries
from tests.cli.conftest import Fourp


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = libraries.library(tmp_path / "library")
    ingest(made, [libraries.folder(tmp_path / "inbox")], executor=SerialExecutor())
    return made


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def _found(fourp: Fourp, workspace: Workspace, file: str) -> list[str]:
    found = fourp("--workspace", workspace.root, "search", "--file", file, "--json")
    return sorted(Path(row["path"]).name for row in _lines(found.out))


def test_a_decision_changes_tags_pillars_and_search_at_once(
    fourp: Fourp, workspace: Workspace
) -> None:
    done = fourp(
        "--workspace", workspace.root, "tag", "water.txt", "+energy", "-water", "--by", "Ann"
    )
    assert done.code == 0
    assert "energy: main subject, by Ann on " in done.out
    assert "(machine: not suggested)" in done.out
    assert "tags of water.txt: energy (main subject), planet (main subject)" in done.out
    assert _found(fourp, workspace, "energy") == ["energy.txt", "water.txt"]
    assert _found(fourp, workspace, "water") == ["eau.txt"]


def test_a_decision_outlives_a_forced_ingest_and_a_new_index(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    fourp("--workspace", workspace.root, "tag", "water.txt", "-water", "--also", "energy")
    ingest(workspace, [tmp_path / "inbox"], executor=SerialExecutor(), force=True)
    [shown] = _lines(fourp("--workspace", workspace.root, "show", "water.txt", "--json").out)
    assert [(t["concept"], t["grade"], t["origin"]) for t in shown["tags"]] == [
        ("energy", "also", "person"),
        ("planet", "also", "person"),
    ]
    assert fourp("--workspace", workspace.root, "index", "rebuild").code == 0
    assert _found(fourp, workspace, "water") == ["eau.txt"]


def test_undo_takes_back_the_last_decision_and_the_machines_word_returns(
    fourp: Fourp, workspace: Workspace
) -> None:
    show = ("--workspace", workspace.root, "show", "water.txt", "--json")
    before = fourp(*show).out
    fourp("--workspace", workspace.root, "tag", "water.txt", "-water")
    undone = fourp("--workspace", workspace.root, "tag", "water.txt", "--undo")
    assert "taken back: water: not about it" in undone.out
    assert fourp(*show).out == before
    assert _found(fourp, workspace, "water") == ["eau.txt", "water.txt"]
    nothing = fourp("--workspace", workspace.root, "tag", "water.txt", "--undo")
    assert nothing.code == 2
    assert "has no decision that could be taken back; `fourp tag " in nothing.err


def test_the_same_decision_twice_is_kept_once(fourp: Fourp, workspace: Workspace) -> None:
    same = ("--workspace", workspace.root, "tag", "water.txt", "+water", "--json")
    [first] = _lines(fourp(*same).out)
    assert (first["concept"], first["decision"], first["tags"]) == (
        "water", "main", ["water", "planet"],
    )  # fmt: skip
    again = fourp(*same)
    assert (again.code, again.out) == (0, "")
    assert "nothing changed" in again.err


def test_unknown_files_are_all_told_with_what_was_meant(fourp: Fourp, workspace: Workspace) -> None:
    done = fourp("--workspace", workspace.root, "tag", "water.txt", "+watr", "-xyzzy", "+planet")
    assert done.code == 2
    assert "there is no policy file 'watr' (did you mean water?)" in done.err
    assert "there is no policy file 'xyzzy'" in done.err
    assert "planet is a pillar, which follows from its files (water, energy)" in done.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["water"], "write +water or -water"),
        (["+water", "-water"], "water is decided about in two ways"),
        ([], "write +file or -file, or --undo alone"),
        (["+water", "--undo"], "write +file or -file, or --undo alone"),
    ],
)
def test_what_says_neither_yes_nor_no_is_refused(
    fourp: Fourp, workspace: Workspace, arguments: list[str], told: str
) -> None:
    done = fourp("--workspace", workspace.root, "tag", "water.txt", *arguments)
    assert done.code == 2
    assert told in done.err


def test_a_file_whose_name_begins_like_an_option_is_struck_out_and_help_still_helps(
    fourp: Fourp, workspace: Workspace
) -> None:
    done = fourp("--workspace", workspace.root, "tag", "water.txt", "-health", "--note", "-why")
    assert "there is no policy file 'health'" in done.err
    assert "Example: fourp tag" in fourp("tag", "-h").out
    labelled = fourp("--workspace", workspace.root, "tag", "water.txt", "\u2212Énergies", "+Eau")
    assert "there is no policy file 'Énergies' (did you mean energy?)" in labelled.err
    labelled = fourp("--workspace", workspace.root, "tag", "water.txt", "\u2212Énergie", "+Eau")
    assert "energy: not about it" in labelled.out
    assert "water: main subject" in labelled.out


def test_the_name_comes_from_the_option_the_environment_or_the_settings(
    fourp: Fourp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = workspace.root / "fourp.toml"
    text = settings.read_text().replace('reviewer = ""', 'reviewer = "Cem"')
    settings.write_text(text)
    tag = ("--workspace", workspace.root, "tag", "water.txt", "--json")
    monkeypatch.delenv("FOURP_USER", raising=False)
    assert _lines(fourp(*tag, "+water").out)[0]["by"] == "Cem"
    monkeypatch.setenv("FOURP_USER", "Bea")
    assert _lines(fourp(*tag, "+water").out)[0]["by"] == "Bea"
    assert _lines(fourp(*tag, "+water", "--by", "Ann").out)[0]["by"] == "Ann"


def test_while_another_command_writes_the_decision_is_kept_and_search_learns_later(
    fourp: Fourp, workspace: Workspace
) -> None:
    with workspace.writing():
        done = fourp("--workspace", workspace.root, "tag", "water.txt", "-water")
    assert done.code == 0
    assert "search learns of it with the next ingest" in done.err
    assert _found(fourp, workspace, "water") == ["eau.txt", "water.txt"]
    told = fourp("--workspace", workspace.root, "index", "update")
    assert "1 documents brought up to date" in told.out
    assert _found(fourp, workspace, "water") == ["eau.txt"]


def test_show_tells_who_decided_when_and_why(fourp: Fourp, workspace: Workspace) -> None:
    tag = ("--workspace", workspace.root, "tag", "water.txt", "--by", "Ann")
    fourp(*tag, "+water", "--note", "the whole paper")
    fourp(*tag, "-energy")
    shown = fourp("--workspace", workspace.root, "show", "water.txt").out
    assert "Water [water] policy file, main subject, 100%, by Ann on " in shown
    assert ": “the whole paper”\n    p. 1: “" in shown
    assert "not about energy: says Ann on " in shown
    [as_json] = _lines(fourp("--workspace", workspace.root, "show", "water.txt", "--json").out)
    told = {r["concept"]: (r["decision"], r["by"], r["note"]) for r in as_json["reviews"]}
    assert told == {
        "water": ("main", "Ann", "the whole paper"),
        "energy": ("rejected", "Ann", ""),
    }
