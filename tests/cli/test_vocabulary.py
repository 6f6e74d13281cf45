"""``fourp vocabulary``: check, export and import, as an editor uses them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from pipeline.config.workspace import Workspace
from pipeline.core.concepts import Term
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows import assemble
from pipeline.workflows.ingest import ingest
from tests import libraries
from tests.cli.conftest import Fourp


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return libraries.library(tmp_path / "library")


def test_a_check_counts_terms_by_language_and_lists_what_to_look_at(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    ingest(workspace, [libraries.folder(tmp_path / "inbox")], executor=SerialExecutor())
    check = ("--workspace", workspace.root, "vocabulary", "check")
    done = fourp(*check)
    assert "energy [fr]" in done.out  # it has no French terms
    assert done.code == 1
    assert "terms were counted in 3 stored documents" in done.out
    rows = [json.loads(line) for line in fourp(*check, "--no-usage", "--json").out.splitlines()]
    assert [row["concept"] for row in rows if row["language"] == "fr"] == ["energy"]
    assert not [row for row in rows if row["language"] == "en"]


def test_an_edited_export_comes_back_by_import_and_a_dry_run_changes_nothing(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    of = ("--workspace", workspace.root, "vocabulary")
    file = tmp_path / "vocabulary.ttl"
    assert "3 concepts" in fourp(*of, "export", file).out
    assert "0 concepts changed, 3 the same" in fourp(*of, "import", file).out
    edited = file.read_text(encoding="utf-8").replace("sewage", "sewerage")
    file.write_text(edited, encoding="utf-8")
    assert "water: +1 -1 terms" in fourp(*of, "import", file, "--dry-run").out
    assert "sewage" in {t.text for t in _terms(workspace)}
    [change] = [json.loads(row) for row in fourp(*of, "import", file, "--json").out.splitlines()]
    assert (change["gained"], change["lost"]) == (["en: sewerage"], ["en: sewage"])
    assert "sewerage" in {t.text for t in _terms(workspace)}


def _terms(workspace: Workspace) -> tuple[Term, ...]:
    water = assemble.vocabulary_of(workspace).get("water")
    assert water is not None
    return water.terms["en"]


SKOS = (
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <urn:fourp:concept:x> a skos:Concept ; "
)
NAMED = SKOS + 'skos:prefLabel "X"@en, "X"@fr ; '


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("v.csv", "", "must end in .ttl"),
        ("v.ttl", "no turtle at all", "is no turtle"),
        ("v.ttl", "", "has no concept of the vocabulary"),
        ("v.ttl", NAMED + "skos:broader <urn:fourp:concept:nowhere> .", "'nowhere' is no pillar"),
        ("v.ttl", SKOS + 'skos:prefLabel "X"@en .', "no label in 'fr'"),
        (
            "v.ttl",
            NAMED + '<http://purl.org/dc/terms/references> "some act" .',
            "no reference is read in 'some act'",
        ),
        (
            "v.ttl",
            NAMED + "<http://www.w3.org/2008/05/skos-xl#altLabel> "
            '[ <http://www.w3.org/2008/05/skos-xl#literalForm> "x y"@en ; '
            '<urn:fourp:weight> "many" ] .',
            "could not convert string to float: 'many'",
        ),
    ],
)
def test_a_file_that_is_no_vocabulary_is_refused_and_changes_nothing(
    fourp: Fourp, workspace: Workspace, tmp_path: Path, name: str, text: str, told: str
) -> None:
    before = workspace.model("vocabulary.yaml").read_bytes()
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = fourp("--workspace", workspace.root, "vocabulary", "import", tmp_path / name)
    assert done.code == 2
    assert told in done.err
    assert workspace.model("vocabulary.yaml").read_bytes() == before


def test_an_export_to_a_folder_that_is_not_there_is_told(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "nowhere" / "v.ttl"
    done = fourp("--workspace", workspace.root, "vocabulary", "export", file)
    assert done.code != 0
    assert str(file) in done.err


def test_without_rdflib_the_command_that_installs_it_is_named(
    fourp: Fourp, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rdflib", None)
    done = fourp("--workspace", workspace.root, "vocabulary", "export", tmp_path / "v.ttl")
    assert done.code == 2
    assert "pip install 'fourp[skos]'" in done.err
