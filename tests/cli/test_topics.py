"""``fourp topics``: groups of untagged documents, and terms for a policy file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.config.workspace import Workspace
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows.ingest import ingest
from tests import libraries
from tests.cli.conftest import Fourp
from tests.tagging.test_topics import WOLVES


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = libraries.library(tmp_path / "library")
    inbox = libraries.folder(tmp_path / "inbox")
    for number, text in enumerate(WOLVES):
        (inbox / f"wolf-{number}.txt").write_text(f"{text} {text} {text}\n", encoding="utf-8")
    for number in range(5):
        text = f"{libraries.WATER}\nThe septic tank of house {number} fails.\n"
        (inbox / f"tank-{number}.txt").write_text(text, encoding="utf-8")
    ingest(made, [inbox], executor=SerialExecutor())
    return made


def test_untagged_documents_are_grouped(fourp: Fourp, workspace: Workspace) -> None:
    done = fourp("--workspace", workspace.root, "topics")
    assert done.code == 0
    assert "3 documents [en], 0 to review (no date: 3)" in done.out
    assert "grey wolf" in done.out
    [row] = [
        json.loads(line)
        for line in fourp("--workspace", workspace.root, "topics", "--json").out.splitlines()
    ]
    assert {Path(one["path"]).name for one in row["documents"]} == {
        "wolf-0.txt",
        "wolf-1.txt",
        "wolf-2.txt",
    }


def test_nothing_to_group_is_told(fourp: Fourp, workspace: Workspace) -> None:
    done = fourp("--workspace", workspace.root, "topics", "--language", "fr")
    assert done.code == 1
    assert "no group" in done.out
    assert fourp("--workspace", workspace.root, "topics", "--since", "2030").code == 1


def test_terms_are_proposed_for_a_policy_file(fourp: Fourp, workspace: Workspace) -> None:
    rows = fourp("--workspace", workspace.root, "topics", "--file", "water", "--json").out
    found = {row["text"]: row for row in map(json.loads, rows.splitlines())}
    assert (found["septic tank"]["inside"], found["septic tank"]["outside"]) == (5, 0)
    assert "urban waste water" not in found
    wrong = fourp("--workspace", workspace.root, "topics", "--file", "watter")
    assert wrong.code == 2
    assert "did you mean water?" in wrong.err
