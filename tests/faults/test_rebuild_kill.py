"""A rebuild that is killed goes on with what it had made, and takes in what changed meanwhile.

Run as a program this file is that rebuild: it kills itself (SIGKILL) at a given one of its
operations on files of the index.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pipeline.config.workspace import Workspace, open_workspace
from pipeline.core.document import Document
from pipeline.core.errors import IndexUnusableError, WriteError
from pipeline.core.query import Query, Word
from pipeline.core.reviews import Decision, Review
from pipeline.index.whoosh_folder import BUILDING, META, building_generation, live_name
from pipeline.index.whoosh_index import WhooshIndex
from pipeline.workflows import assemble, indexing
from pipeline.workflows.indexing import rebuild_index, update_index
from pipeline.workflows.library import search
from pipeline.workflows.verifying import verify_index
from tests import libraries
from tests.documents import document
from tests.faults.test_index_crash import die_at
from tests.faults.test_storage import small_disk

MANY = 24
EACH = 3  # documents of a commit
MOMENTS = 6
ROOM = 40_000  # bytes on a disk that is nearly full
PAPERS = [
    document(f"Common text of paper p{n:02}.", path=f"/library/p{n}.pdf") for n in range(MANY)
]


@dataclass(frozen=True)
class Ended:
    """How a rebuild ended.

    Attributes:
        began: How many documents were there when it began; nothing if it did not come so far.
        said: What it told of its error.
        operations: On files of the index, if it was asked to count them.
    """

    code: int
    began: int | None
    said: str = ""
    operations: int = 0


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A library whose index lacks the papers that its catalogue holds."""
    monkeypatch.setattr(indexing, "BATCH_CHARACTERS", EACH * len(PAPERS[0].text))
    made = libraries.library(tmp_path / "library")
    rebuild_index(made)
    _store(made, PAPERS)
    return made


def _store(workspace: Workspace, papers: Sequence[Document]) -> None:
    with assemble.catalogue_of(workspace) as catalogue:
        catalogue.store(papers, reading_version="1", recipe_version="1")


def _run(workspace: Workspace, *, kill_at: int = 0) -> Ended:
    """Rebuild in a process of its own.

    Args:
        kill_at: Operation on files at which it dies; 0 for never, below to count them.
    """
    done = subprocess.run(
        [sys.executable, __file__, str(workspace.root), str(kill_at)],
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.returncode in (0, 3, -signal.SIGKILL), done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    facts = {name: value for row in told for name, value in row.items()}
    return Ended(
        done.returncode, facts.get("began"), facts.get("error", ""), facts.get("operations", 0)
    )


def _found(workspace: Workspace, word: str = "common") -> int:
    return search(workspace, Query(Word(word), limit=1)).total


def _is_whole(workspace: Workspace) -> bool:
    """Return whether the index is in step, and nothing is left beside it."""
    generations = [path.name for path in workspace.index.glob("gen-*")]
    alone = generations == [live_name(workspace.index)]
    return (
        alone
        and not (workspace.index / BUILDING).exists()
        and not verify_index(workspace).differences
    )


def _half_built(workspace: Workspace) -> Ended:
    """Kill a rebuild in its middle."""
    total = _operations(workspace)
    ended = _run(workspace, kill_at=total // 2)
    assert ended.code == -signal.SIGKILL
    return ended


def _operations(workspace: Workspace) -> int:
    """Return how many operations on files a rebuild takes, without making one here."""
    copy = workspace.root.with_name("counted")
    shutil.copytree(workspace.root, copy)
    counted = _run(open_workspace(copy), kill_at=-1).operations
    shutil.rmtree(copy)
    return counted


def test_a_rebuild_killed_at_any_moment_goes_on_and_never_begins_anew(
    workspace: Workspace,
) -> None:
    total = _operations(workspace)
    reader = WhooshIndex.open(workspace.index, writable=False)
    resumed = []
    for n in range(MOMENTS):
        _store(workspace, PAPERS)  # as if they were read anew: none is built any more
        ended = _run(workspace, kill_at=1 + (total - 1) * n // (MOMENTS - 1))
        assert ended.code == -signal.SIGKILL
        # The old index answers, or the new one if it had taken its place.
        assert reader.search(Query(Word("common"), limit=1)).total in (0, MANY)
        again = _run(workspace)
        assert again.code == 0
        resumed.append(again.began)
        assert reader.search(Query(Word("common"), limit=1)).total == MANY
        assert _is_whole(workspace)
    reader.close()
    assert any(began for began in resumed if began and 0 < began < MANY)


def test_kill_after_kill_a_rebuild_comes_to_its_end(workspace: Workspace) -> None:
    step = _operations(workspace) // 4
    began: list[int] = []
    for _ in range(20):
        ended = _run(workspace, kill_at=step)
        began += [] if ended.began is None else [ended.began]
        if ended.code == 0:
            break
    assert ended.code == 0
    assert began == sorted(began)
    assert began[-1] > 0
    assert _is_whole(workspace)


def test_what_changed_while_a_rebuild_was_dead_is_put_anew(workspace: Workspace) -> None:
    _half_built(workspace)
    changed = [replace(paper, title="Renamed meanwhile") for paper in PAPERS[:2]]
    new = document("Common text that is new.", path="/library/new.pdf")
    _store(workspace, [*changed, new])
    with assemble.catalogue_of(workspace) as catalogue:
        review = Review(PAPERS[2].id, "water", Decision.MAIN, "Ann")
        catalogue.reviews.add([review])
        with catalogue.links.changing() as change:
            change.assign({PAPERS[3].id: "another work"})
    again = _run(workspace)
    assert again.began
    assert _found(workspace) == MANY + 1
    assert _found(workspace, "renamed") == 2
    assert _is_whole(workspace)


def test_what_the_catalogue_lacks_by_then_is_taken_out(workspace: Workspace) -> None:
    import sqlite3

    _half_built(workspace)
    with sqlite3.connect(workspace.catalogue) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        gone = [paper.id for paper in sorted(PAPERS, key=lambda paper: paper.id)[:2]]
        connection.execute("DELETE FROM documents WHERE digest IN (?, ?)", gone)
    connection.close()
    again = _run(workspace)
    assert again.began
    assert _found(workspace) == MANY - 2
    assert _is_whole(workspace)


def test_writers_leave_what_is_being_built_and_readers_do_not_see_it(workspace: Workspace) -> None:
    _half_built(workspace)
    building = building_generation(workspace.index)
    assert building is not None
    assert _found(workspace) == 0
    assert update_index(workspace) == MANY  # of the old index, as an ingest does it
    assert building_generation(workspace.index) == building
    assert _found(workspace) == MANY
    assert _run(workspace).began
    assert _is_whole(workspace)


@pytest.mark.parametrize("field", ["format", "analysis"])
def test_what_another_version_began_to_build_is_thrown_away(
    workspace: Workspace, field: str
) -> None:
    _half_built(workspace)
    building = building_generation(workspace.index)
    assert building is not None
    meta = json.loads((building / META).read_text())
    (building / META).write_text(json.dumps(meta | {field: "0"}))
    assert _run(workspace).began == 0
    assert not building.exists()
    assert _is_whole(workspace)


# Whoosh leaves a file open that it cannot read.
@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
@pytest.mark.parametrize("pattern", ["*.toc", "*.seg", "*"])
def test_what_was_built_and_is_damaged_is_thrown_away(workspace: Workspace, pattern: str) -> None:
    _half_built(workspace)
    building = building_generation(workspace.index)
    assert building is not None
    for path in filter(Path.is_file, building.glob(pattern)):
        path.write_bytes(b"noise")
    assert rebuild_index(workspace) == MANY
    assert _found(workspace) == MANY
    assert _is_whole(workspace)


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk")
@pytest.mark.skipif(shutil.which("mount") is None, reason="mounts a small disk")
def test_a_full_disk_keeps_what_was_built(workspace: Workspace, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "4m"):
        shutil.move(workspace.index, tmp_path / "disk" / "index")
        workspace.index.symlink_to(tmp_path / "disk" / "index")
        filler = tmp_path / "disk" / "filler"
        filler.write_bytes(b"x" * (shutil.disk_usage(filler.parent).free - ROOM))
        full = _run(workspace)
        assert full.code == 3
        assert "the disk is full; make room, then run this again; what was" in full.said
        assert _found(workspace) == 0
        filler.unlink()
        again = _run(workspace)
        assert again.began
        assert _found(workspace) == MANY
        assert _is_whole(workspace)


def test_a_second_rebuild_is_refused_while_one_is_at_work(workspace: Workspace) -> None:
    with assemble.build_of(workspace), pytest.raises(IndexUnusableError, match="another process"):
        assemble.build_of(workspace)
    assert rebuild_index(workspace) == MANY


def main(root: Path, kill_at: int) -> None:
    """Rebuild; die at the ``kill_at``-th operation on files, or count them if negative."""
    workspace = open_workspace(root)
    told: list[int] = []

    def begun(at: int, _total: int) -> None:
        if not told:
            print(json.dumps({"began": at}), flush=True)
        told.append(at)

    indexing.BATCH_CHARACTERS = EACH * len(PAPERS[0].text)
    counted = die_at(workspace.index, kill_at)
    try:
        rebuild_index(workspace, on_progress=begun)
    except WriteError as error:
        print(json.dumps({"error": str(error)}))
        sys.exit(3)
    print(json.dumps({"operations": counted()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
