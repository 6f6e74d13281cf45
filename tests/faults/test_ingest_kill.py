"""An ingest that is killed loses nothing and doubles nothing, and its workers end with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.catalogue.store import Catalogue
from pipeline.config.workspace import Workspace
from pipeline.core.query import Query, Word
from pipeline.workflows import library as lookups
from tests import libraries

DOCUMENTS = 120


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(DOCUMENTS):
        text = libraries.WATER + f"Town number {number} pays.\n"
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    (folder / "empty.txt").touch()
    return folder


def _start(workspace: Workspace, inbox: Path) -> subprocess.Popen[str]:
    command = [
        sys.executable, "-m", "pipeline", "--workspace", str(workspace.root),
        "ingest", str(inbox), "--jobs", "2", "--json",
    ]  # fmt: skip
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
        start_new_session=True,
    )


def _stored(workspace: Workspace) -> int:
    with Catalogue.open(workspace.catalogue) as catalogue:
        return catalogue.count()


def _is_complete(workspace: Workspace) -> bool:
    with Catalogue.open(workspace.catalogue) as catalogue:
        paths = {d.source.path for d in catalogue.documents(catalogue.every_id())}
    found = lookups.search(workspace, Query(Word("sewage"), limit=1000))
    indexed = [hit.document for hit in found.hits]
    return len(paths) == DOCUMENTS == found.total == len(indexed) == len(set(indexed))


def _workers_of(session: int) -> list[int]:
    """Return the living processes of a session; a zombie is not alive."""
    alive = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except (OSError, NotADirectoryError):
            continue
        if entry.name.isdigit() and int(fields[3]) == session and fields[0] != "Z":
            alive.append(int(entry.name))
    return alive


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_kill_9_at_several_moments_and_a_rerun_lose_nothing_and_double_nothing(
    tmp_path: Path, inbox: Path
) -> None:
    workspace = libraries.library(tmp_path / "library")
    for wanted in (0, 50, 100):  # kill as soon as so many documents are stored
        running = _start(workspace, inbox)
        while running.poll() is None and _stored(workspace) < max(wanted, 1):
            time.sleep(0.02)
        running.kill()
        running.communicate()
        until = time.monotonic() + 20
        while _workers_of(running.pid) and time.monotonic() < until:
            time.sleep(0.05)
        assert _workers_of(running.pid) == []
    last = _start(workspace, inbox)
    out, err = last.communicate()
    assert last.returncode == 1, err  # the empty file
    assert f'"found": {DOCUMENTS + 1}' in out
    assert _is_complete(workspace)
    [failure] = lookups.failures(workspace)
    assert failure.source.name == "empty.txt"


def test_an_interrupt_ends_in_order_and_says_how_to_go_on(tmp_path: Path, inbox: Path) -> None:
    workspace = libraries.library(tmp_path / "library")
    running = _start(workspace, inbox)
    while running.poll() is None and not _stored(workspace):
        time.sleep(0.02)
    os.kill(running.pid, signal.SIGTERM)
    _, err = running.communicate()
    assert running.returncode == 130
    assert "run it again to go on" in err
    assert "Traceback" not in err
    _start(workspace, inbox).communicate()
    assert _is_complete(workspace)
