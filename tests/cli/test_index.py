"""``fourp index``: exit codes, and what is told of differences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.config.workspace import Workspace
from pipeline.index.whoosh_folder import META
from pipeline.index.whoosh_index import WhooshIndex
from pipeline.workflows import assemble
from pipeline.workflows.indexing import rebuild_index
from tests import libraries
from tests.cli.conftest import Fourp
from tests.documents import document

PAPER = document("A text.", path="/library/paper.pdf")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = libraries.library(tmp_path / "library")
    with assemble.catalogue_of(made) as catalogue:
        catalogue.store([PAPER], reading_version="1", recipe_version="1")
    rebuild_index(made)
    return made


def test_verify_leaves_with_0_in_step_1_with_differences_and_0_when_they_are_mended(
    fourp: Fourp, workspace: Workspace
) -> None:
    verify = ("--workspace", workspace.root, "index", "verify")
    whole = fourp(*verify)
    assert (whole.code, whole.out) == (
        0, "the index is in step with the catalogue: 1 documents\n",
    )  # fmt: skip
    assert (fourp(*verify, "--json").code, fourp(*verify, "--json").out) == (0, "")
    index = WhooshIndex.open(workspace.index, writable=True)
    index.delete([PAPER.id])
    index.close()
    differ = fourp(*verify)
    assert differ.code == 1
    assert differ.out == (
        "missing: 1 (in the catalogue, not in the index)\n"
        f"  missing {PAPER.id[:12]} /library/paper.pdf\n"
    )
    assert differ.err.endswith("to mend: fourp index verify --mend\n")
    assert json.loads(fourp(*verify, "--json").out) == {
        "document": PAPER.id, "path": "/library/paper.pdf", "kind": "missing", "fields": [],
    }  # fmt: skip
    mended = fourp(*verify, "--mend")
    assert mended.code == 0
    assert mended.out.endswith("mended: they are in step now\n")
    assert fourp(*verify).code == 0


def _age(workspace: Workspace) -> None:
    """Make the index one of another version."""
    [meta] = workspace.index.glob(f"gen-*/{META}")
    meta.write_text(json.dumps(json.loads(meta.read_text()) | {"analysis": "0"}))


def test_a_search_makes_an_index_of_another_version_anew_and_answers(
    fourp: Fourp, workspace: Workspace
) -> None:
    _age(workspace)
    found = fourp("--workspace", workspace.root, "search", "text", "--json")
    assert found.code == 0
    assert json.loads(found.out)["document"] == PAPER.id
    assert "made by another version of fourp; it is made anew" in found.err
    assert fourp("--workspace", workspace.root, "search", "text").err == ""


def test_an_index_of_another_version_is_left_to_who_writes(
    fourp: Fourp, workspace: Workspace
) -> None:
    _age(workspace)
    with workspace.writing():
        refused = fourp("--workspace", workspace.root, "search", "text")
    assert refused.code == 2
    assert "was made by another version of fourp; make it anew with" in refused.err
    assert fourp("--workspace", workspace.root, "search", "text").code == 0


def test_saved_searches_meet_an_index_of_another_version_alike(
    fourp: Fourp, workspace: Workspace
) -> None:
    _age(workspace)
    assert fourp("--workspace", workspace.root, "save", "all", "text").code == 0
    _age(workspace)
    assert fourp("--workspace", workspace.root, "new").code == 1
