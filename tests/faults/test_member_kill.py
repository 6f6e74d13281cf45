"""An ingest that is killed between a container and its members goes on with them afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.catalogue.store import Catalogue
from pipeline.config.workspace import Workspace
from pipeline.core.query import Query, Word
from pipeline.workflows import library as lookups
from tests import libraries
from tests.readers.mails import mail, zipped

DOCUMENTS = 120


def _start(
    workspace: Workspace, inbox: Path, temporary: str = tempfile.gettempdir()
) -> subprocess.Popen[str]:
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
        env=os.environ | {"TMPDIR": temporary},
    )


def _stored(workspace: Workspace) -> int:
    with Catalogue.open(workspace.catalogue) as catalogue:
        return catalogue.count()


def test_kill_9_and_a_rerun_lose_no_member_and_double_none(tmp_path: Path) -> None:
    workspace = libraries.library(tmp_path / "library")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    files: dict[str, bytes | str] = {
        f"{number:03}.txt": libraries.WATER + f"Town number {number} pays.\n"
        for number in range(DOCUMENTS)
    }
    message = mail("See the papers.", attachments={"papers.zip": zipped(files)})
    (inbox / "mail.eml").write_bytes(message.as_bytes())
    for wanted in (1, 60):  # kill as soon as so many documents are stored
        running = _start(workspace, inbox)
        while running.poll() is None and _stored(workspace) < wanted:
            time.sleep(0.02)
        running.kill()
        running.communicate()
    last = _start(workspace, inbox)
    out, err = last.communicate()
    assert last.returncode == 0, err
    assert f'"found": {DOCUMENTS + 2}' in out
    assert _stored(workspace) == DOCUMENTS + 2
    found = lookups.search(workspace, Query(Word("sewage"), limit=1000))
    assert found.total == DOCUMENTS == len({hit.document for hit in found.hits})


def test_a_run_to_its_end_leaves_no_copies_behind(tmp_path: Path) -> None:
    workspace = libraries.library(tmp_path / "library")
    (tmp_path / "a.zip").write_bytes(zipped({"water.txt": libraries.WATER, "empty.txt": ""}))
    # Not below tmp_path: the workers' sockets lie there, whose paths must be short.
    with tempfile.TemporaryDirectory() as temporary:
        _start(workspace, tmp_path / "a.zip", temporary).communicate()
        assert not list(Path(temporary).glob("fourp-*"))
    assert _stored(workspace) == 2
