"""Discovery finds every file once, in a stable order, and never stops at a bad one."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from pipeline.config.settings import DEFAULT_EXCLUDE
from pipeline.core.document import Source
from pipeline.core.errors import ConfigError
from pipeline.core.failures import Failure
from pipeline.workflows.discover import find_files, sources


def _write(path: Path, content: str = "text") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def test_folders_are_searched_to_the_bottom_in_a_stable_order(tmp_path: Path) -> None:
    files = [_write(tmp_path / name) for name in ("b.txt", "a/z.txt", "a/b/c.txt", "é.txt")]
    assert find_files([tmp_path], exclude=()).files == tuple(sorted(files))


def test_a_file_named_twice_is_found_once(tmp_path: Path) -> None:
    file = _write(tmp_path / "a.txt")
    assert find_files([tmp_path, file, tmp_path / "." / "a.txt"], exclude=()).files == (file,)


def test_excluded_names_are_left_out_and_counted_unless_named_outright(tmp_path: Path) -> None:
    _write(tmp_path / "kept.txt")
    hidden = _write(tmp_path / ".git" / "config").parent
    lock = _write(tmp_path / "~$report.docx")
    found = find_files([tmp_path], exclude=DEFAULT_EXCLUDE)
    assert [path.name for path in found.files] == ["kept.txt"]
    assert found.excluded == 2
    assert find_files([lock], exclude=DEFAULT_EXCLUDE).files == (lock,)
    assert hidden.exists()


def test_paths_that_do_not_exist_are_listed_together(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        find_files([tmp_path / "no", tmp_path, tmp_path / "neither"], exclude=())
    assert len(raised.value.problems) == 2


def test_a_link_that_leads_in_a_circle_is_followed_no_further(tmp_path: Path) -> None:
    file = _write(tmp_path / "a" / "b.txt")
    (tmp_path / "a" / "circle").symlink_to(tmp_path, target_is_directory=True)
    assert find_files([tmp_path], exclude=()).files == (file,)


def test_a_source_is_known_by_the_digest_of_its_bytes(tmp_path: Path) -> None:
    [source] = sources([_write(tmp_path / "note.txt", "Local energy.")])
    assert isinstance(source, Source)
    assert source.sha256 == hashlib.sha256(b"Local energy.").hexdigest()
    assert (source.size, source.media_type, source.name) == (13, "text/plain", "note.txt")


def test_what_cannot_be_opened_is_a_failure_and_the_rest_goes_on(tmp_path: Path) -> None:
    gone = tmp_path / "gone.txt"
    dead_link = tmp_path / "dead"
    dead_link.symlink_to(tmp_path / "nowhere")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    good = _write(tmp_path / "good.txt")
    found = list(sources([gone, dead_link, pipe, good]))
    assert [type(item) for item in found] == [Failure, Failure, Failure, Source]
    assert all(f.stage == "discover" and f.remedy for f in found if isinstance(f, Failure))


def test_a_name_that_is_not_utf_8_is_a_failure_that_can_be_written_down(tmp_path: Path) -> None:
    bad = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    bad.write_text("text")
    [failure] = sources(find_files([tmp_path], exclude=()).files)
    assert isinstance(failure, Failure)
    assert "rename" in failure.remedy
    failure.source.path.encode()
