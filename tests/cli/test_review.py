"""``fourp review``: keys and lines, each answer kept at once."""

from __future__ import annotations

import io
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from pipeline.config.workspace import Workspace
from pipeline.core.query import Filters, Query
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows import assemble
from pipeline.workflows.indexing import update_index
from pipeline.workflows.ingest import ingest
from pipeline.workflows.library import search
from tests import libraries
from tests.cli.conftest import Fourp

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = libraries.library(tmp_path / "library")
    ingest(made, [libraries.folder(tmp_path / "inbox")], executor=SerialExecutor())
    return made


def _decisions(workspace: Workspace) -> dict[tuple[str, str], str]:
    with assemble.catalogue_of(workspace) as catalogue:
        standing = catalogue.reviews.standing()
        names = {d.id: d.source.name for d in catalogue.documents([one for one, _ in standing])}
    return {(names[d], concept): r.decision.value for (d, concept), r in standing.items()}


def _found(workspace: Workspace, file: str) -> int:
    return search(workspace, Query(None, filters=Filters(files=(file,)))).total


@pytest.fixture
def answer(fourp: Fourp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Fourp:
    """Return a function that answers the questions with lines from a pipe."""

    def run(*lines: str | Path) -> object:
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(map(str, lines)) + "\n"))
        return fourp("--workspace", workspace.root, "review", "--file", "water", "--by", "Ann")

    return run  # type: ignore[return-value]


def test_a_question_shows_what_is_needed_to_decide(answer: Fourp) -> None:
    told = answer("q").out
    assert "1/2  " in told
    assert "Water [water]: main subject, " in told
    assert "p. 1: “" in told
    assert "fr · 2021-03-04 · " in told
    assert "a main subject  o also treated  r not about it" in told
    assert "0 decided" in told


def test_answers_are_kept_and_the_end_says_what_comes_next(
    answer: Fourp, workspace: Workspace
) -> None:
    done = answer("r", "o")
    assert done.code == 0
    assert "2 decided: 1 not about it, 1 also treated" in done.out
    assert "next: `fourp train`" in done.out
    assert sorted(_decisions(workspace).values()) == ["also", "rejected"]
    assert _found(workspace, "water") == 0  # the index holds main subjects
    assert "0 decided" in answer("q").out  # nothing is left to ask


def test_undo_goes_back_to_the_question(answer: Fourp, workspace: Workspace) -> None:
    done = answer("r", "u", "a", "s", "u", "u", "q")
    assert "taken back: water, not about it" in done.out
    assert "taken back: water, main subject" in done.out
    assert "nothing of this session is left to take back" in done.err
    assert _decisions(workspace) == {}


def test_another_file_can_be_added_and_a_wrong_name_is_told(
    answer: Fourp, workspace: Workspace
) -> None:
    done = answer("+ enrgy", "+ energy", "+", "water", "right", "s")
    assert "there is no policy file 'enrgy' (did you mean energy?)" in done.err
    assert "u undo" in done.err  # what is no key is answered with the keys
    assert sorted(_decisions(workspace).values()) == ["main", "main"]
    assert _found(workspace, "energy") == 2


def test_options_that_do_not_go_together_are_refused(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    sheet = tmp_path / "a.csv"
    sheet.touch()
    review = ("--workspace", workspace.root, "review")
    assert "choose one" in fourp(*review, "--export", sheet, "--import", sheet).err
    assert "goes with --import" in fourp(*review, "--dry-run").err
    assert "there is no group 'moon' (there are: planet)" in fourp(*review, "--group", "moon").err


def test_a_sheet_goes_out_and_comes_back(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    sheet, review = tmp_path / "review.csv", ("--workspace", workspace.root, "review")
    out = fourp(*review, "--export", sheet)
    assert (out.code, "3 questions in" in out.out) == (0, True)
    text = sheet.read_text(encoding="utf-8-sig")
    sheet.write_text(text.replace(",,,,0", ",yes,Ann,,0"), encoding="utf-8-sig")
    dry = fourp(*review, "--import", sheet, "--dry-run")
    assert "3 would be decided, 0 as decided before, 0 left empty, 0 overtaken" in dry.out
    back = fourp(*review, "--import", sheet)
    assert "3 decided, 0 as decided before" in back.out
    assert "0 decided, 3 as decided before" in fourp(*review, "--import", sheet).out


def _start(workspace: Workspace, stdin: int) -> subprocess.Popen[str]:
    command = [
        sys.executable, "-m", "pipeline", "--workspace", str(workspace.root),
        "review", "--by", "Ann",
    ]  # fmt: skip
    return subprocess.Popen(
        command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )


def _read_until(running: subprocess.Popen[str], word: str) -> None:
    assert running.stdout is not None
    while word not in running.stdout.readline():
        assert running.poll() is None


def test_kill_9_between_an_answer_and_the_index_loses_nothing(workspace: Workspace) -> None:
    running = _start(workspace, subprocess.PIPE)
    assert running.stdin is not None
    running.stdin.write("r\n")
    running.stdin.flush()
    _read_until(running, "2/3")  # the next question: the first answer is kept
    running.send_signal(signal.SIGKILL)
    running.communicate()
    [(name, file)] = _decisions(workspace)
    assert _decisions(workspace)[name, file] == "rejected"
    before = _found(workspace, file)
    assert update_index(workspace) == 1
    assert _found(workspace, file) == before - 1


def _press(running: subprocess.Popen[str], terminal: int, key: bytes) -> None:
    """Press a key as soon as the terminal hands on single keys."""
    while termios.tcgetattr(terminal)[3] & termios.ICANON:
        assert running.poll() is None
        time.sleep(0.01)
    os.write(terminal, key)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal to play")
def test_single_keys_answer_on_a_terminal_and_ctrl_c_keeps_what_was_answered(
    workspace: Workspace,
) -> None:
    ours, theirs = pty.openpty()
    running = _start(workspace, theirs)
    os.close(theirs)
    try:
        _read_until(running, "1/3")
        _press(running, ours, b"r")
        _read_until(running, "2/3")
        _press(running, ours, b"\x03")
        out, _ = running.communicate()
    finally:
        os.close(ours)
    assert running.returncode == 130
    assert "1 decided: 1 not about it" in out
    assert list(_decisions(workspace).values()) == ["rejected"]
    assert update_index(workspace) == 0  # the end of the session saw to the index
