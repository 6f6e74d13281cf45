"""``fourp explain``: why, and why not."""

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
    return made


def test_a_tag_is_explained_with_its_terms_bars_and_sentences(
    fourp: Fourp, workspace: Workspace
) -> None:
    told = fourp("--workspace", workspace.root, "explain", "water.txt", "Eau").out
    assert "[water]" in told
    assert "machine: main subject" in told
    assert "rank 1 of 1 files" in told
    assert "urban waste water (name 3), p. 1" in told
    assert "91/271/EEC (reference 2), p. 1" in told
    assert "    p. 1: “" in told


def test_a_file_that_did_not_match_is_explained_by_what_was_looked_for(
    fourp: Fourp, workspace: Workspace
) -> None:
    told = fourp("--workspace", workspace.root, "explain", "water.txt", "energy").out
    assert "machine: no tag: nothing in the document speaks for it" in told
    assert "looked for, among others: energy efficiency, district heating" in told


def test_a_mention_in_passing_is_explained_as_one(fourp: Fourp, tmp_path: Path) -> None:
    made = libraries.library(tmp_path / "library")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    # The vocabulary's formula weighs what opens a text; the title speaks of something else.
    text = (
        "The football clubs and their pitches.\n\nThe clubs have cleaned their sewage pipes.\n\n"
        + "They met in the town and talked about the football season. " * 20
    )
    (inbox / "clubs.txt").write_text(text, encoding="utf-8")
    vocabulary = made.root / "models" / "vocabulary.yaml"
    heavy = vocabulary.read_text(encoding="utf-8").replace("sewage", "{text: sewage, weight: 9}")
    vocabulary.write_text(heavy, encoding="utf-8")
    ingest(made, [inbox], executor=SerialExecutor())
    told = fourp("--workspace", made.root, "explain", "clubs.txt", "water").out
    assert "to review; not a tag, because one term speaks of it, in passing" in told
    shown = fourp("--workspace", made.root, "show", "clubs.txt")
    assert "for a person to decide (fourp review, fourp explain): water (" in shown.out
    [as_json] = fourp("--workspace", made.root, "show", "clubs.txt", "--json").out.splitlines()
    [candidate] = json.loads(as_json)["candidates"]
    assert candidate["evidence"][0]["quote"] == "The clubs have cleaned their sewage pipes."


def test_what_people_decided_is_told_beside_what_the_machine_says(
    fourp: Fourp, workspace: Workspace
) -> None:
    tag = ("--workspace", workspace.root, "tag", "water.txt")
    fourp(*tag, "-water", "--by", "Ann", "--note", "a typo")
    fourp(*tag, "--undo", "--by", "Bea")
    fourp(*tag, "-water", "--by", "Cem")
    explain = ("--workspace", workspace.root, "explain", "water.txt", "water")
    told = fourp(*explain).out
    assert "stored: no tag" in told
    assert "people: not about it, said Ann on " in told
    assert ": “a typo”; taken back by Bea on " in told
    assert "people: not about it, said Cem on " in told
    assert "machine: main subject" in told
    [as_json] = [json.loads(line) for line in fourp(*explain, "--json").out.splitlines()]
    assert (as_json["grade"], as_json["stored"]) == ("main", None)
    assert [(r["by"], r["decision"]) for r in as_json["reviews"]] == [
        ("Ann", "rejected"), ("Bea", "withdrawn"), ("Cem", "rejected"),
    ]  # fmt: skip


def test_an_unknown_file_or_document_says_what_to_do(fourp: Fourp, workspace: Workspace) -> None:
    wrong = fourp("--workspace", workspace.root, "explain", "water.txt", "watr")
    assert (wrong.code, "did you mean water?" in wrong.err) == (2, True)
    missing = fourp("--workspace", workspace.root, "explain", "fire.txt", "water")
    assert (missing.code, "is not in the library" in missing.err) == (2, True)
