"""The prompt of ``fourp search``, typed at on a terminal of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.cli.prompt import PROMPT
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows.ingest import ingest
from tests import libraries
from tests.cli.conftest import Fourp
from tests.cli.terminals import ROOT, Terminal


class Prompt(Terminal):
    """A prompt that waits for a line."""

    def say(self, line: str) -> str:
        """Type a line, and return what was printed until the next prompt."""
        self.type(f"{line}\n")
        # The first prompt is the one that the line was typed at, seen before.
        return self.wait_for(PROMPT).partition("\n")[2]


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def prompt(filled: Path, state: Path) -> Iterator[Prompt]:
    started = _started(filled, state)
    yield started
    if not started.seen.endswith("ended"):
        started.type("\x04")
        started.end()


def _started(workspace: Path, state: Path) -> Prompt:
    started = Prompt("--workspace", workspace, "search", environment={"XDG_STATE_HOME": str(state)})
    started.wait_for(PROMPT)
    return started


def test_each_line_is_a_search_with_the_filters_of_the_command(prompt: Prompt) -> None:
    found = prompt.say("towns OR communes")
    assert "1-3 of 3 works" in found
    assert "1-1 of 1 works" in prompt.say("towns --file energy --since 2022")
    assert "eau.txt" in prompt.say("--lang fr")
    assert "water.txt" in prompt.say('"urban waste water" NOT "district heating"')


def test_more_shows_the_next_works_and_open_takes_their_numbers(prompt: Prompt) -> None:
    assert "search first" in prompt.say("more")
    assert "1-1 of 3 works" in prompt.say("towns OR communes --limit 1")
    assert "2-2 of 3 works" in prompt.say("more")
    third = prompt.say("more")
    assert "3-3 of 3 works" in third
    assert "no more works for: towns OR communes" in prompt.say("more")
    name = next(n for n in ("water.txt", "eau.txt", "energy.txt") if n in third)
    assert f"{name}\npage 1\n" in prompt.say("open 3 --print")


def test_a_word_is_a_search_unless_the_line_is_a_command(prompt: Prompt) -> None:
    assert "nothing found for: open zebras" in prompt.say("open zebras")
    assert "open 2" in prompt.say("help")
    assert "nothing found" in prompt.say('"more"')


def test_errors_end_a_line_and_not_the_prompt(prompt: Prompt) -> None:
    assert "^" in prompt.say("water AND")
    assert "No such option" in prompt.say("water --nonsense")
    assert "no closing quotation" in prompt.say("water --kind 'open")
    assert "not in the calendar" in prompt.say("water --since 2021-13")
    assert "9 is no hit of the last search" in prompt.say("open 9")
    assert "did you mean sewage" in prompt.say("sewagge")
    assert "Find pages by WORDS" in prompt.say("-h --help")
    assert "water.txt" in prompt.say("sewage")
    assert "Traceback" not in prompt.seen


def test_ctrl_c_leaves_a_line_and_ctrl_d_the_prompt(prompt: Prompt) -> None:
    prompt.type("half a line")
    prompt.wait_for("half a line")
    prompt.press("\x03", until=PROMPT)
    prompt.type("sewage\n")
    assert "water.txt" in prompt.wait_for("1-1 of 1 works")
    prompt.wait_for(PROMPT)
    prompt.type("\x04")
    assert prompt.end() == 0
    assert "Traceback" not in prompt.seen
    prompt.seen += "ended"


def test_quit_leaves_and_the_next_prompt_knows_the_lines(filled: Path, state: Path) -> None:
    first = _started(filled, state)
    first.say("district heating")
    first.type("quit\n")
    assert first.end() == 0
    kept = state / "fourp" / "search-history"
    assert "district heating\n" in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0
    second = _started(filled, state)
    second.type("\x1b[A\x1b[A\n")  # up twice: quit, and the line before
    assert "energy.txt" in second.wait_for("1 works")
    second.wait_for(PROMPT)  # before it a terminal would take the key for itself
    second.type("\x04")
    assert second.end() == 0


def test_a_prompt_that_is_asked_to_end_does(filled: Path, state: Path) -> None:
    started = _started(filled, state)
    started.send(signal.SIGTERM)
    assert started.end() == -signal.SIGTERM


def test_what_is_ingested_meanwhile_is_found_at_the_same_prompt(
    tmp_path: Path, state: Path
) -> None:
    workspace = libraries.library(tmp_path / "library")
    inbox = libraries.folder(tmp_path / "inbox")
    ingest(workspace, [inbox], executor=SerialExecutor())
    started = _started(workspace.root, state)
    assert "1-1 of 1 works" in started.say("sewage")
    (inbox / "more.txt").write_text(libraries.WATER + "Another sluice.\n")
    ingest(workspace, [inbox], executor=SerialExecutor())
    assert "1-2 of 2 works" in started.say("sewage")
    started.type("quit\n")
    assert started.end() == 0


def test_a_state_that_cannot_be_kept_does_not_hinder(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    started = _started(filled, tmp_path / "file")
    assert "water.txt" in started.say("sewage")
    started.type("quit\n")
    assert started.end() == 0


def test_without_a_terminal_a_bare_search_lists_everything(fourp: Fourp, filled: Path) -> None:
    listed = fourp("--workspace", filled, "search")
    assert listed.code == 0
    assert "1-3 of 3 works" in listed.out
    piped = subprocess.run(
        [sys.executable, "-m", "pipeline", "--workspace", str(filled), "search"],
        input="sewage\n", capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert "1-3 of 3 works" in piped.stdout
