"""``fourp index``: exit codes, and what is told of differences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.config.workspace import Workspace
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
