"""A command line in this process: what it printed, and the code it left with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli.main import main
from tests import libraries


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    code: int
    out: str
    err: str


Fourp = Callable[..., Outcome]


@pytest.fixture
def fourp(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Fourp:
    """Return a function that runs ``fourp`` with arguments."""

    def run(*arguments: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["fourp", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsys.readouterr()
        code = left.value.code
        return Outcome(code if isinstance(code, int) else 0, out, err)

    return run


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a workspace that holds the three small documents; do not change it."""
    from pipeline.execution.serial import SerialExecutor
    from pipeline.workflows.ingest import ingest

    root = tmp_path_factory.mktemp("filled")
    workspace = libraries.library(root / "library")
    inbox = libraries.folder(root / "inbox")
    (inbox / "empty.txt").touch()
    ingest(workspace, [inbox], executor=SerialExecutor())
    return workspace.root
