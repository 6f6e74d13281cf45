"""Workspaces: found in a known order, made without harm, written by one process at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.config.workspace import ENVIRONMENT_VARIABLE, make_workspace, open_workspace
from pipeline.core.errors import CatalogueError, ConfigError


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)


def test_a_made_workspace_opens_with_its_own_models(tmp_path: Path) -> None:
    make_workspace(tmp_path / "library")
    workspace = open_workspace(tmp_path / "library")
    vocabulary = tmp_path / "library" / "models" / "vocabulary.yaml"
    assert workspace.model("vocabulary.yaml") == vocabulary
    assert vocabulary.read_text(encoding="utf-8").strip()


def test_making_a_workspace_again_changes_nothing(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    (tmp_path / "fourp.toml").write_text("[ingest]\njobs = 2\n")
    assert make_workspace(tmp_path) == ()
    assert open_workspace(tmp_path).settings.jobs == 2


def test_a_named_workspace_beats_the_environment_and_that_beats_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roots = [tmp_path / name for name in ("named", "environment", "here")]
    for root in roots:
        make_workspace(root)
    inside = roots[2] / "corpus"
    monkeypatch.chdir(inside)
    assert open_workspace().root == roots[2]
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(roots[1]))
    assert open_workspace().root == roots[1]
    assert open_workspace(roots[0]).root == roots[0]


def test_outside_any_workspace_the_checkout_is_the_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert open_workspace().root == Path(__file__).resolve().parents[2]


def test_a_folder_that_is_no_workspace_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="fourp init"):
        open_workspace(tmp_path)


_HOLD = """
import sys
from pathlib import Path
from pipeline.config.workspace import open_workspace
with open_workspace(Path(sys.argv[1])).writing():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_refused_until_the_first_one_is_gone(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    workspace = open_workspace(tmp_path)
    command = [sys.executable, "-c", _HOLD, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(CatalogueError, match="another fourp command"), workspace.writing():
            pass
        first.kill()  # as hard as can be: the lock must not outlive it
        first.wait()
    with workspace.writing():
        pass
