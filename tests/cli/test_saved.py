"""Saved searches tell each work once: when it is new, and never again."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.config.workspace import Workspace
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows.ingest import ingest
from pipeline.workflows.retag import retag
from tests import libraries
from tests.cli.conftest import Fourp
from tests.cli.terminals import ROOT
from tests.workflows.test_linking import ACT, ACTE, ENGLISH, FRENCH

MORE = "Another paper on urban waste water, of which sewage is a part.\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return libraries.folder(tmp_path / "inbox")


@pytest.fixture
def workspace(tmp_path: Path, inbox: Path) -> Workspace:
    made = libraries.library(tmp_path / "library")
    ingest(made, [inbox], executor=SerialExecutor())
    return made


def _add(workspace: Workspace, inbox: Path, **texts: str) -> None:
    for name, text in texts.items():
        (inbox / f"{name}.txt").write_text(text, encoding="utf-8")
    ingest(workspace, [inbox], executor=SerialExecutor())


def _new(fourp: Fourp, workspace: Workspace, *arguments: str) -> list[str]:
    """Return the names of what is new."""
    looked = fourp("--workspace", workspace.root, "new", "--json", *arguments)
    names = [Path(json.loads(line)["path"]).stem for line in looked.out.splitlines()]
    assert looked.code == (0 if names else 1)
    return names


def test_new_shows_what_came_in_since_the_search_was_saved_and_shows_it_once(
    fourp: Fourp, workspace: Workspace, inbox: Path
) -> None:
    here = ("--workspace", workspace.root)
    told = fourp(*here, "save", "sewers", "sewage", "--pillar", "planet")
    assert (told.code, told.out) == (
        0, "saved sewers: 1 work matches it now; `fourp new` tells of others\n",
    )  # fmt: skip
    assert _new(fourp, workspace) == []
    _add(workspace, inbox, more=MORE, other="A paper on squares.\n")
    looked = fourp(*here, "new", "sewers")
    assert looked.code == 0
    assert looked.out.startswith("1 new for sewers: sewage --pillar planet\n1. ")
    assert "more.txt" in looked.out
    assert "more.txt" in fourp(*here, "open", "1", "--print").out
    again = fourp(*here, "new", "sewers")
    assert (again.code, again.out, again.err) == (1, "", "nothing new\n")


def test_keep_looks_without_marking(fourp: Fourp, workspace: Workspace, inbox: Path) -> None:
    fourp("--workspace", workspace.root, "save", "sewers", "sewage")
    _add(workspace, inbox, more=MORE)
    assert _new(fourp, workspace, "--keep") == ["more"]
    assert _new(fourp, workspace) == ["more"]
    assert _new(fourp, workspace) == []


def test_a_work_that_is_read_or_tagged_again_is_no_news(
    fourp: Fourp, workspace: Workspace, inbox: Path
) -> None:
    fourp("--workspace", workspace.root, "save", "sewers", "sewage")
    _add(workspace, inbox, more=MORE)
    assert _new(fourp, workspace) == ["more"]
    ingest(workspace, [inbox], executor=SerialExecutor(), force=True)
    assert _new(fourp, workspace) == []
    with workspace.model("vocabulary.yaml").open("a", encoding="utf-8") as vocabulary:
        vocabulary.write("      nl: {name: [rioolwater]}\n")
    retag(workspace, executor=SerialExecutor())
    assert _new(fourp, workspace) == []
    moved = (inbox / "more.txt").rename(inbox / "moved.txt")
    ingest(workspace, [moved], executor=SerialExecutor())
    assert _new(fourp, workspace) == []


@pytest.mark.parametrize("number", ["", "an own number"])
def test_a_translation_that_comes_in_later_is_no_news(
    fourp: Fourp, workspace: Workspace, inbox: Path, number: str
) -> None:
    english, french = (ACT + ENGLISH, ACTE + FRENCH) if number else (ENGLISH, FRENCH)
    fourp("--workspace", workspace.root, "save", "both", "visitors OR visiteurs")
    _add(workspace, inbox, english=english)
    assert _new(fourp, workspace) == ["english"]
    _add(workspace, inbox, french=french)
    assert _new(fourp, workspace) == []
    # Nor is it to a search that finds the translation only.
    fourp("--workspace", workspace.root, "save", "frenchonly", "visiteurs")
    assert _new(fourp, workspace, "frenchonly") == []


def test_all_matches_are_read_not_only_the_first_ten(
    fourp: Fourp, workspace: Workspace, inbox: Path
) -> None:
    names = [f"paper{n}" for n in range(25)]
    _add(workspace, inbox, **{name: MORE + f"This is {name}." for name in names})
    told = fourp("--workspace", workspace.root, "save", "sewers", "sewage")
    assert told.out.startswith("saved sewers: 26 works match it now")
    _add(workspace, inbox, **{f"later{n}": MORE + f"Later {n}." for n in range(13)})
    assert len(_new(fourp, workspace)) == 13
    assert _new(fourp, workspace) == []


def test_each_search_has_seen_things_of_its_own(
    fourp: Fourp, workspace: Workspace, inbox: Path
) -> None:
    here = ("--workspace", workspace.root)
    fourp(*here, "save", "sewers", "sewage")
    fourp(*here, "save", "everything")
    _add(workspace, inbox, more=MORE)
    assert _new(fourp, workspace, "sewers") == ["more"]
    looked = fourp(*here, "new")
    assert looked.out.startswith("1 new for everything:\n")
    assert "sewers" not in looked.out


def test_searches_are_listed_and_forgotten(fourp: Fourp, workspace: Workspace) -> None:
    here = ("--workspace", workspace.root)
    none = fourp(*here, "new")
    assert (none.code, none.out) == (1, "")
    assert "save one: fourp save" in none.err
    assert "save one: fourp save" in fourp(*here, "saved").out
    fourp(*here, "save", "sewers", '"urban waste water"', "--lang", "en", "--lang", "fr",
          "--since", "2021")  # fmt: skip
    shown = fourp(*here, "saved").out
    assert shown.startswith(
        'sewers: "urban waste water" --lang en --lang fr --since 2021-01-01 (last look: '
    )
    [row] = map(json.loads, fourp(*here, "saved", "--json").out.splitlines())
    assert (row["name"], row["line"]) == ("sewers", '"urban waste water"')
    assert row["filters"] == {"languages": ["en", "fr"], "since": "2021-01-01"}
    assert fourp(*here, "save", "--delete", "sewers").out == "forgot sewers\n"
    assert fourp(*here, "saved", "--json").out == ""


def test_wrong_names_and_words_are_told_and_save_nothing(
    fourp: Fourp, workspace: Workspace
) -> None:
    here = ("--workspace", workspace.root)
    assert fourp(*here, "save", "sewers", "sewage AND").code == 2
    assert fourp(*here, "saved", "--json").out == ""
    fourp(*here, "save", "sewers", "sewage")
    taken = fourp(*here, "save", "sewers", "towns")
    assert taken.code == 2
    assert "fourp save --delete sewers" in taken.err
    for unknown in (["new", "towns"], ["save", "--delete", "towns"]):
        refused = fourp(*here, *unknown)
        assert refused.code == 2
        assert "there are: sewers" in refused.err
    assert fourp(*here, "save", "--delete", "sewers", "sewage").code == 2


def test_a_look_that_is_killed_before_it_is_noted_is_told_again(
    fourp: Fourp, workspace: Workspace, inbox: Path
) -> None:
    fourp("--workspace", workspace.root, "save", "sewers", "sewage")
    _add(workspace, inbox, more=MORE)
    other = sqlite3.connect(workspace.catalogue)
    other.execute("BEGIN IMMEDIATE")  # so that the note has to wait
    command = [sys.executable, "-m", "pipeline", "--workspace", str(workspace.root), "new"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as looking:
        assert looking.stdout is not None
        while "more.txt" not in looking.stdout.readline():
            pass
        looking.kill()
    assert looking.returncode == -signal.SIGKILL
    other.rollback()
    other.close()
    assert _new(fourp, workspace) == ["more"]
    assert _new(fourp, workspace) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="writes to /dev/full")
def test_what_could_not_be_printed_is_told_again(
    fourp: Fourp, workspace: Workspace, inbox: Path
) -> None:
    fourp("--workspace", workspace.root, "save", "sewers", "sewage")
    _add(workspace, inbox, more=MORE)
    command = [sys.executable, "-m", "pipeline", "--workspace", str(workspace.root), "new"]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=ROOT)
    assert done.returncode == 3
    reader, writer = os.pipe()
    os.close(reader)
    subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, cwd=ROOT)
    os.close(writer)
    assert _new(fourp, workspace) == ["more"]


def test_a_search_for_a_file_that_is_gone_is_told_and_the_others_go_on(
    fourp: Fourp, workspace: Workspace, inbox: Path
) -> None:
    here = ("--workspace", workspace.root)
    fourp(*here, "save", "gone", "sewage file:energy")
    fourp(*here, "save", "sewers", "sewage")
    head, _, _ = libraries.VOCABULARY.partition("  - id: energy")
    (workspace.root / "models" / "vocabulary.yaml").write_text(head, encoding="utf-8")
    _add(workspace, inbox, more=MORE)
    looked = fourp(*here, "new", "--json")
    assert [Path(json.loads(line)["path"]).stem for line in looked.out.splitlines()] == ["more"]
    assert looked.err.startswith("gone cannot be asked any more\n")
    assert "no policy file energy" in looked.err
