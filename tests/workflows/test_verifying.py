"""Whatever differs between index and catalogue is named, and mended."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.config.workspace import Workspace, open_workspace
from pipeline.core.document import Document
from pipeline.core.errors import CatalogueError, IndexUnusableError
from pipeline.core.query import Query, Word
from pipeline.index.entries import entry_of
from pipeline.index.whoosh_folder import live_generation, opened
from pipeline.index.whoosh_index import WhooshIndex
from pipeline.index.whoosh_writer import committing
from pipeline.workflows import assemble
from pipeline.workflows.indexing import rebuild_index, update_index
from pipeline.workflows.library import search
from pipeline.workflows.verifying import MEND, UPDATE, Difference, Kind, verify_index
from tests import libraries
from tests.documents import document

PAPERS = [
    document(f"Text of paper p{n}.", path=f"/library/p{n}.pdf", concepts=("water",))
    for n in range(7)
]
FOREIGN = document("A foreign text.", path="/elsewhere/foreign.pdf")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A library of seven papers whose index is in step, compared two at a time."""
    monkeypatch.setattr("pipeline.workflows.verifying.AT_ONCE", 2)
    made = libraries.library(tmp_path / "library")
    _store(made, *PAPERS)
    rebuild_index(made)
    return made


def _store(workspace: Workspace, *papers: Document) -> None:
    with assemble.catalogue_of(workspace) as catalogue:
        catalogue.store(papers, reading_version="1", recipe_version="1")


@contextmanager
def _index(workspace: Workspace) -> Iterator[WhooshIndex]:
    index = WhooshIndex.open(workspace.index, writable=True)
    try:
        yield index
    finally:
        index.close()


def _put_twice(workspace: Workspace, paper: Document) -> None:
    with committing(opened(live_generation(workspace.index))) as writer:
        writer.put_entry(entry_of(paper))


def _found(workspace: Workspace, word: str) -> int:
    return search(workspace, Query(Word(word))).total


def test_an_index_in_step_has_no_differences_and_every_document_is_counted(
    workspace: Workspace,
) -> None:
    told: list[tuple[int, int]] = []
    done = verify_index(workspace, on_progress=lambda *at: told.append(at))
    assert (done.documents, done.differences, done.mends) == (7, (), "")
    assert told == [(2, 7), (4, 7), (6, 7), (7, 7)]


def test_each_difference_is_named_and_mended(workspace: Workspace) -> None:
    renamed = replace(PAPERS[1], title="Renamed", date="1999", tags=())
    with _index(workspace) as index:
        index.delete([PAPERS[0].id])
        index.add([renamed, FOREIGN])
    _put_twice(workspace, PAPERS[2])
    done = verify_index(workspace)
    expected = {
        Difference(PAPERS[0].id, "/library/p0.pdf", Kind.MISSING),
        Difference(PAPERS[1].id, "/library/p1.pdf", Kind.OUTDATED, ("title", "date", "tags")),
        Difference(PAPERS[2].id, "/library/p2.pdf", Kind.TWICE),
        Difference(FOREIGN.id, "/elsewhere/foreign.pdf", Kind.UNKNOWN),
    }
    assert set(done.differences) == expected
    assert len(done.differences) == 4
    assert (done.mends, done.mended) == (MEND, False)
    # To look is to change nothing.
    assert verify_index(workspace).differences == done.differences
    mended = verify_index(workspace, mend=True)
    assert (mended.differences, mended.mended) == (done.differences, True)
    assert verify_index(workspace).differences == ()
    assert (_found(workspace, "foreign"), _found(workspace, "renamed")) == (0, 0)
    assert _found(workspace, "paper") == 7


_some = st.sets(st.integers(0, len(PAPERS) - 1))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deleted=_some, changed=_some, doubled=_some, stored=_some, foreign=st.booleans())
def test_an_index_that_was_mended_is_in_step_whatever_had_happened_to_it(
    workspace: Workspace,
    tmp_path_factory: pytest.TempPathFactory,
    deleted: set[int],
    changed: set[int],
    doubled: set[int],
    stored: set[int],
    foreign: bool,
) -> None:
    # A copy each time: hypothesis seeds the dice by which Whoosh names the files of an index.
    root = tmp_path_factory.mktemp("copy") / "library"
    workspace = open_workspace(Path(shutil.copytree(workspace.root, root)))
    with _index(workspace) as index:
        index.delete([PAPERS[n].id for n in deleted])
        index.add([replace(PAPERS[n], title="Other") for n in changed])
        index.add([FOREIGN] if foreign else [])
    for n in doubled:
        _put_twice(workspace, PAPERS[n])
    _store(workspace, *(PAPERS[n] for n in stored))
    whole = (deleted & doubled) - changed - stored  # taken out once and put once
    wrong = (deleted | changed | doubled | stored) - whole
    differ = {one.document for one in verify_index(workspace).differences}
    assert differ == {PAPERS[n].id for n in wrong} | ({FOREIGN.id} if foreign else set())
    verify_index(workspace, mend=True)
    assert verify_index(workspace).differences == ()
    assert _found(workspace, "paper") == 7


def test_what_the_catalogue_knows_to_be_lacking_is_mended_by_an_update(
    workspace: Workspace,
) -> None:
    new = document("A new text.", path="/library/new.pdf")
    _store(workspace, new, replace(PAPERS[0], title="Renamed"), PAPERS[1])
    done = verify_index(workspace)
    assert {(one.path, one.kind) for one in done.differences} == {
        ("/library/new.pdf", Kind.MISSING),
        ("/library/p0.pdf", Kind.OUTDATED),
        ("/library/p1.pdf", Kind.CHANGED),
    }
    assert done.mends == UPDATE
    assert update_index(workspace) == 3
    assert verify_index(workspace).differences == ()


def test_an_index_that_cannot_be_read_or_is_written_is_not_compared(workspace: Workspace) -> None:
    with workspace.writing(), pytest.raises(CatalogueError, match="being written by another"):
        verify_index(workspace)
    (workspace.index / "current").unlink()
    with pytest.raises(IndexUnusableError, match="fourp index rebuild"):
        verify_index(workspace)
