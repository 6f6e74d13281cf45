"""Files are written whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.core.errors import WriteError
from pipeline.core.files import write_whole

ROOT = Path(__file__).resolve().parents[2]


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    for content in (b"first", b"second"):
        write_whole(path, content)
        assert path.read_bytes() == content
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


def test_a_fault_in_the_middle_of_what_is_to_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(b"old")

    def parts() -> Iterator[bytes]:
        yield b"new"
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        write_whole(path, parts())
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "kept.html", tmp_path / "link.html"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_new_file_can_be_read_by_whom_the_system_lets(tmp_path: Path) -> None:
    usual, made = tmp_path / "usual", tmp_path / "made"
    usual.write_bytes(b"")
    write_whole(made, b"")
    assert made.stat().st_mode == usual.stat().st_mode


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    write_whole(Path(f"/dev/fd/{writing}"), b"content")
    os.close(writing)
    assert os.read(reading, 99) == b"content"
    os.close(reading)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.html"
    write_whole(path, b"old")
    usual = Path.open
    monkeypatch.setattr(Path, "open", lambda _, mode: usual(Path("/dev/full"), mode))
    with pytest.raises(WriteError, match=r"cannot be written \(No space left on device\).*room"):
        write_whole(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


def test_a_kill_at_any_step_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    for step in ("fsync", "replace"):
        path.write_bytes(b"old")
        code = (
            f"import os, signal; from pathlib import Path\n"
            f"os.{step} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
            f"from pipeline.core.files import write_whole\n"
            f"write_whole(Path({str(path)!r}), b'new')\n"
        )
        killed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
        assert killed.returncode == -signal.SIGKILL
        assert path.read_bytes() == b"old"
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_file_for_its_owner_alone_was_never_open_to_others(tmp_path: Path) -> None:
    path = tmp_path / "message.eml"

    def parts() -> Iterator[bytes]:
        [new] = tmp_path.iterdir()
        assert new.stat().st_mode & 0o077 == 0
        yield b"content"

    write_whole(path, parts(), mode=0o600)
    assert path.stat().st_mode & 0o777 == 0o600
