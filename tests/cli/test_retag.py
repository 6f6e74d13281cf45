"""``fourp retag``: what it says, and that a dry run changes nothing."""

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
def workspace(tmp_path: Path) -> Workspace:
    made = libraries.library(tmp_path / "library")
    ingest(made, [libraries.folder(tmp_path / "inbox")], executor=SerialExecutor())
    file = made.model("vocabulary.yaml")
    text = file.read_text(encoding="utf-8").replace("district heating", "urban waste water")
    file.write_text(text, encoding="utf-8")
    return made


def test_a_dry_run_counts_and_changes_nothing(fourp: Fourp, workspace: Workspace) -> None:
    retag = ("--workspace", workspace.root, "retag")
    for _ in range(2):
        done = fourp(*retag, "--dry-run")
        assert done.code == 0
        assert "3 to be tagged anew, 0 have today's tags" in done.out
    assert json.loads(fourp(*retag, "--dry-run", "--json").out) == {"found": 3, "current": 0}


def test_its_figures_add_up_and_a_second_run_finds_nothing_to_do(
    fourp: Fourp, workspace: Workspace
) -> None:
    retag = ("--workspace", workspace.root, "retag", "--jobs", "1")
    first = json.loads(fourp(*retag, "--json").out)
    assert (first["found"], first["retagged"], first["failed"]) == (3, 3, 0)
    second = fourp(*retag)
    assert second.code == 0
    assert "0 found = 0 tagged anew" in second.out
    assert "3 had today's tags" in second.out
