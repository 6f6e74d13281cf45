"""Catalogue, index and disk at fault: named, told with what to do, and nothing stored is lost."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.catalogue.store import Catalogue
from pipeline.config.workspace import Workspace
from pipeline.core.errors import CatalogueError, WriteError
from pipeline.core.query import Query, Word
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows import library as lookups
from pipeline.workflows.ingest import Progress, ingest
from tests import libraries
from tests.cli.conftest import Fourp
from tests.cli.conftest import fourp as fourp  # a fixture

ROOT = Path(__file__).resolve().parents[2]
PAGE = 4096


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return libraries.library(tmp_path / "library")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return libraries.folder(tmp_path / "inbox")


def _ingest(workspace: Workspace, inbox: Path) -> Progress:
    return ingest(workspace, [inbox], executor=SerialExecutor())


def _found(workspace: Workspace, word: str) -> list[str]:
    hits = lookups.search(workspace, Query(Word(word), limit=1000)).hits
    return sorted(Path(hit.path).name for hit in hits)


def _spoilt(path: Path, *, at: int, size: int) -> bytes:
    """Overwrite a part of a file with noise, and return what the file is then."""
    content = bytearray(path.read_bytes())
    content[at : at + size] = b"\xa5" * len(content[at : at + size])
    path.write_bytes(content)
    return bytes(content)


def _refused(fourp: Fourp, workspace: Workspace, *arguments: str | Path) -> str:
    outcome = fourp("--workspace", workspace.root, *arguments)
    assert outcome.code == 2
    assert "Traceback" not in outcome.err
    return outcome.err


# The catalogue


def test_a_second_ingest_is_told_that_another_one_writes(
    fourp: Fourp, workspace: Workspace, inbox: Path
) -> None:
    with workspace.writing():
        told = _refused(fourp, workspace, "ingest", inbox)
    assert "is being written by another fourp command; wait until it has finished" in told
    assert _ingest(workspace, inbox).ingested == 3


def test_a_damaged_catalogue_is_found_before_anything_is_written_and_left_as_it_is(
    fourp: Fourp, workspace: Workspace, inbox: Path
) -> None:
    _ingest(workspace, inbox)
    pages = workspace.catalogue.stat().st_size // PAGE
    for page in range(1, pages):  # the first one holds the header, asked about below
        whole = workspace.catalogue.read_bytes()
        spoilt = _spoilt(workspace.catalogue, at=page * PAGE, size=PAGE)
        told = _refused(fourp, workspace, "ingest", inbox)
        assert re.search(r"catalogue\.sqlite is damaged .*; restore it from a backup", told), page
        assert workspace.catalogue.read_bytes() == spoilt
        workspace.catalogue.write_bytes(whole)
    assert _ingest(workspace, inbox).skipped == 3


@pytest.mark.parametrize("kept", [0, 100, PAGE + 100])
def test_a_catalogue_that_is_cut_off_is_not_taken_for_a_new_one(
    fourp: Fourp, workspace: Workspace, inbox: Path, kept: int
) -> None:
    _ingest(workspace, inbox)
    cut = workspace.catalogue.read_bytes()[:kept]
    workspace.catalogue.write_bytes(cut)
    for command in (["ingest", inbox], ["failures"], ["show", "water.txt"]):
        told = _refused(fourp, workspace, *command)
        assert re.search(r"catalogue\.sqlite is (damaged|empty).*restore it from a backup", told)
    assert workspace.catalogue.read_bytes() == cut


def test_a_catalogue_that_is_gone_is_not_begun_anew_beside_its_index(
    fourp: Fourp, workspace: Workspace, inbox: Path
) -> None:
    _ingest(workspace, inbox)
    moved = workspace.root / "moved.sqlite"
    workspace.catalogue.rename(moved)
    told = _refused(fourp, workspace, "ingest", inbox)
    assert "holds nothing, although 3 documents were ingested; put the catalogue back" in told
    moved.rename(workspace.catalogue)
    assert _ingest(workspace, inbox).skipped == 3


def test_the_last_changes_of_a_catalogue_that_is_gone_are_not_applied_to_a_new_one(
    workspace: Workspace,
) -> None:
    workspace.catalogue.parent.mkdir(exist_ok=True)
    Path(f"{workspace.catalogue}-wal").write_bytes(b"changes")
    with pytest.raises(CatalogueError, match="is missing, but the last changes to it are there"):
        Catalogue.open(workspace.catalogue)


def test_the_database_of_another_program_is_left_alone(workspace: Workspace) -> None:
    with sqlite3.connect(workspace.catalogue) as other:
        other.execute("CREATE TABLE songs (title)")
    other.close()
    with pytest.raises(CatalogueError, match="is the database of another program"):
        Catalogue.open(workspace.catalogue)


def test_a_catalogue_of_a_newer_fourp_stops_every_command(
    fourp: Fourp, workspace: Workspace, inbox: Path
) -> None:
    _ingest(workspace, inbox)
    with sqlite3.connect(workspace.catalogue) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    for command in (["ingest", inbox], ["failures"], ["show", "water.txt"], ["index", "rebuild"]):
        assert "update fourp, then run this again" in _refused(fourp, workspace, *command)


def test_a_catalogue_that_another_program_writes_can_be_read_and_says_what_to_close(
    workspace: Workspace, inbox: Path
) -> None:
    _ingest(workspace, inbox)
    with Catalogue.open(workspace.catalogue, patience=0.1) as catalogue:
        [water] = catalogue.documents(catalogue.find("water.txt"))
        other = sqlite3.connect(workspace.catalogue)
        other.execute("BEGIN IMMEDIATE")
        assert catalogue.count() == 3
        with pytest.raises(WriteError, match="is locked by another program; close what has it"):
            catalogue.seen([water.source])
        other.rollback()
        other.close()
        catalogue.seen([water.source])


def test_a_catalogue_that_another_program_keeps_for_itself_is_told(
    workspace: Workspace, inbox: Path
) -> None:
    _ingest(workspace, inbox)
    other = sqlite3.connect(workspace.catalogue)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(CatalogueError, match="is locked by another program"):
            Catalogue.open(workspace.catalogue, patience=0.1)
    finally:
        other.close()


# The index


def _segments(workspace: Workspace) -> list[Path]:
    return sorted(workspace.index.glob("gen-*/MAIN_*.seg"))


# Whoosh leaves a file open that it cannot read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_index_that_cannot_be_opened_is_made_anew_and_that_is_told(
    fourp: Fourp, workspace: Workspace, inbox: Path
) -> None:
    _ingest(workspace, inbox)
    [contents] = workspace.index.glob("gen-*/_MAIN_*.toc")
    _spoilt(contents, at=0, size=10_000)
    told = _refused(fourp, workspace, "search", "sewage")
    assert "index is damaged" in told
    assert "fourp index rebuild" in told
    outcome = fourp("--workspace", workspace.root, "ingest", inbox)
    assert outcome.code == 0
    assert "the search index was made anew from the catalogue: it is damaged" in outcome.out
    assert _found(workspace, "sewage") == ["water.txt"]
    assert "made anew" not in fourp("--workspace", workspace.root, "ingest", inbox).out


def test_damage_that_is_met_while_writing_costs_nothing(workspace: Workspace, inbox: Path) -> None:
    _ingest(workspace, inbox)
    for segment in _segments(workspace):
        segment.unlink()
    (inbox / "new.txt").write_text(libraries.WATER + "Another sluice.\n")
    summary = _ingest(workspace, inbox)
    assert summary.index_remade.startswith("it is damaged")
    assert _found(workspace, "sewage") == ["new.txt", "water.txt"]


def test_a_rebuild_mends_a_damaged_index(fourp: Fourp, workspace: Workspace, inbox: Path) -> None:
    _ingest(workspace, inbox)
    for segment in _segments(workspace):
        _spoilt(segment, at=0, size=10_000_000)
    assert "3 documents" in fourp("--workspace", workspace.root, "index", "rebuild").out
    assert _found(workspace, "sewage") == ["water.txt"]


# The disk

MANY = 400
LEFT = 2_000_000  # bytes on a disk that is nearly full


def _many(folder: Path) -> Path:
    folder.mkdir()
    for number in range(MANY):
        (folder / f"{number:03}.txt").write_text(libraries.WATER * 3 + f"Town {number} pays.\n")
    return folder


def _run(workspace: Workspace, *arguments: str | Path, limit: str = "") -> tuple[int, str]:
    """Run a command in a process of its own, which may write no file larger than ``limit``."""
    program = "from pipeline.cli.main import main; main()"
    if limit:
        program = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, {limit}); {program}"
    done = subprocess.run(
        [sys.executable, "-c", program, "--workspace", str(workspace.root), *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr


def _stored(workspace: Workspace) -> int:
    with Catalogue.open(workspace.catalogue) as catalogue:
        return catalogue.count()


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """Make ``folder`` a disk of that size, or skip the test where that may not be done."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="mounts a small disk")
@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk")
def test_a_full_disk_stops_in_order_keeps_what_is_stored_and_the_next_run_goes_on(
    tmp_path: Path,
) -> None:
    inbox = _many(tmp_path / "inbox")
    disk = tmp_path / "disk"
    with small_disk(disk, "64m"):
        workspace = libraries.library(disk / "library")
        filler = disk / "filler"
        filler.write_bytes(b"x" * (shutil.disk_usage(disk).free - LEFT))
        code, told = _run(workspace, "ingest", inbox)
        assert code == 3, told
        assert "make room, then run this again; what was stored is kept" in told
        kept = _stored(workspace)
        assert kept < MANY
        filler.unlink()
        assert _run(workspace, "ingest", inbox)[0] == 0
        assert _stored(workspace) == MANY
        assert len(_found(workspace, "sewage")) == MANY


@pytest.mark.parametrize("limit", ["300_000", "1_000_000"])
def test_a_file_that_may_not_grow_stops_in_order_and_the_next_run_goes_on(
    tmp_path: Path, workspace: Workspace, limit: str
) -> None:
    inbox = _many(tmp_path / "many")
    code, told = _run(workspace, "ingest", inbox, limit=f"({limit}, {limit})")
    assert code == 3, told
    assert "what was stored is kept" in told
    assert _run(workspace, "ingest", inbox)[0] == 0
    assert _stored(workspace) == MANY
    assert len(_found(workspace, "sewage")) == MANY


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="writes to /dev/full")
def test_an_output_that_takes_no_more_is_told(workspace: Workspace, inbox: Path) -> None:
    _ingest(workspace, inbox)
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "pipeline", "--workspace", str(workspace.root)]
        done = subprocess.run(
            [*command, "show", "water.txt"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
    assert done.returncode == 3
    assert "the output cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_workspace_that_may_not_be_written_is_told(
    fourp: Fourp, workspace: Workspace, inbox: Path
) -> None:
    workspace.catalogue.parent.chmod(0o555)
    try:
        assert "cannot be written" in _refused(fourp, workspace, "ingest", inbox)
    finally:
        workspace.catalogue.parent.chmod(0o755)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_an_ingest_that_is_asked_to_end_stores_what_is_done(
    tmp_path: Path, workspace: Workspace, name: str
) -> None:
    inbox = _many(tmp_path / "many")
    command = [sys.executable, "-m", "pipeline", "--workspace", str(workspace.root),
               "ingest", str(inbox)]  # fmt: skip
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, cwd=ROOT, preexec_fn=_hear_interrupts
    ) as running:
        while running.poll() is None and not (workspace.catalogue.exists() and _stored(workspace)):
            pass
        running.send_signal(getattr(signal, name))
        _, told = running.communicate()
    assert running.returncode == 130, told
    assert "run it again to go on" in told
    assert _run(workspace, "ingest", inbox)[0] == 0
    assert _stored(workspace) == MANY == len(_found(workspace, "sewage"))


def _hear_interrupts() -> None:
    """Have a new process hear Ctrl-C, which one that is started in the background does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
