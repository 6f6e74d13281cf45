"""``fourp status``: what it tells, and with which exit code it leaves."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.config.workspace import Workspace
from pipeline.core.failures import Failure
from pipeline.index.whoosh_folder import META
from pipeline.index.whoosh_index import WhooshIndex
from pipeline.workflows import assemble
from pipeline.workflows.indexing import rebuild_index
from tests import libraries
from tests.cli.conftest import Fourp
from tests.documents import document, source

PAPERS = [document(f"Text {n}.", path=f"/library/p{n}.pdf") for n in range(3)]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = libraries.library(tmp_path / "library")
    (made.root / "models" / "tagger").mkdir()  # the small vocabulary, and no model
    with assemble.catalogue_of(made) as catalogue:
        catalogue.store(PAPERS, reading_version="1", recipe_version="1")
    rebuild_index(made)
    return made


def test_a_library_in_order_is_told_with_its_sizes_and_exit_code_0(
    fourp: Fourp, workspace: Workspace
) -> None:
    told = fourp("--workspace", workspace.root, "status")
    assert told.code == 0
    assert told.out.splitlines()[:2] == [
        "library: 3 documents, 3 works, 3 pages", "  by language: en 3",
    ]  # fmt: skip
    assert "last ingest: none yet (fourp ingest FOLDER)\nfailures: none\n" in told.out
    assert "suggestions to review: none\nsaved searches: none\n" in told.out
    assert "index: in step, 3 documents\n" in told.out
    assert "tagger: vocabulary alone: there is no trained model\n" in told.out


def test_failures_are_told_by_reason_with_what_to_do_and_exit_code_1(
    fourp: Fourp, workspace: Workspace
) -> None:
    broken = [source(f"/library/b{n}.pdf", str(n)) for n in range(12)]
    with assemble.catalogue_of(workspace) as catalogue:
        catalogue.fail([Failure(b, "read", "is empty", "restore it") for b in broken[:2]])
        catalogue.fail([Failure(b, "read", f"odd {b.name}", "look") for b in broken[2:]])
    told = fourp("--workspace", workspace.root, "status")
    assert told.code == 1
    assert "failures: 12 (to see them: fourp failures; to try again: fourp ingest" in told.out
    assert "  2 × is empty; to do: restore it\n" in told.out
    assert "  and 1 for other reasons\n" in told.out


def test_an_index_that_lags_is_other_or_is_gone_is_told_with_the_command_that_mends(
    fourp: Fourp, workspace: Workspace
) -> None:
    status = ("--workspace", workspace.root, "status")
    with assemble.catalogue_of(workspace) as catalogue:
        changed = replace(PAPERS[0], title="Renamed")
        catalogue.store([changed], reading_version="1", recipe_version="2")
    behind = fourp(*status)
    assert behind.code == 1
    assert "behind the catalogue, 3 documents; 1 to index (to mend: fourp index up" in behind.out
    assert "  1 documents have tags of another vocabulary or model (fourp retag)" in behind.out
    assert fourp("--workspace", workspace.root, "index", "update").code == 0
    assert fourp(*status).code == 0
    index = WhooshIndex.open(workspace.index, writable=True)
    index.delete([PAPERS[1].id])
    index.close()
    assert "2 documents (to mend: fourp index verify --mend)" in fourp(*status).out
    [meta] = workspace.index.glob(f"gen-*/{META}")
    meta.write_text(json.dumps(json.loads(meta.read_text()) | {"analysis": "0"}))
    outdated = fourp(*status)
    assert outdated.code == 1
    assert "made by another version of fourp, 0 documents; 3 to index" in outdated.out
    assert "(to mend: fourp index rebuild)" in outdated.out


def test_status_as_json_is_one_object_that_names_every_figure(fourp: Fourp, filled: Path) -> None:
    told = fourp("--workspace", filled, "status", "--json")
    assert told.code == 1
    [shown] = [json.loads(line) for line in told.out.splitlines()]
    assert shown["well"] is False
    assert shown["languages"][0] == {"code": "en", "documents": 2, "works": 2}
    assert (shown["sizes"]["documents"], shown["sizes"]["failures"]) == (3, 1)
    [run] = shown["runs"]
    assert (run["found"], run["ingested"], run["failed"]) == (4, 3, 1)
    assert shown["catalogue_bytes"] > 0
    assert shown["index"] == {
        "told": "in step", "documents": 3, "lacking": 0, "mends": "", "searchable": True,
    }  # fmt: skip


def test_a_new_workspace_lacks_nothing(fourp: Fourp, tmp_path: Path) -> None:
    libraries.library(tmp_path / "library")
    told = fourp("--workspace", tmp_path / "library", "status", "--json")
    shown = json.loads(told.out)
    assert (shown["index"]["mends"], shown["index"]["searchable"]) == ("", False)
    assert shown["sizes"]["documents"] == 0


def test_a_damaged_model_is_told_and_mended_by_training(fourp: Fourp, workspace: Workspace) -> None:
    (workspace.root / "models" / "tagger" / "card.json").write_text("{")
    told = fourp("--workspace", workspace.root, "status")
    assert told.code == 1
    assert "tagger: the trained model cannot be used" in told.out
    assert "(to mend: fourp train)" in told.out


def test_what_a_failure_says_moves_no_terminal(fourp: Fourp, workspace: Workspace) -> None:
    with assemble.catalogue_of(workspace) as catalogue:
        hostile = "no\x1b[2J\u202eway\n\nout"
        catalogue.fail([Failure(source("/x\x1b.pdf", "x"), "read", hostile, hostile)])
    for given in ((), ("--json",)):
        told = fourp("--workspace", workspace.root, "status", *given).out
        assert "\x1b" not in told
        assert "\u202e" not in told


def test_without_a_workspace_nothing_is_looked_at(fourp: Fourp, tmp_path: Path) -> None:
    assert fourp("--workspace", tmp_path / "nowhere", "status").code == 2
