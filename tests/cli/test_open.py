"""``fourp open``: the file of a hit at its page, by the number under which it was shown."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli.viewers import viewer_command
from pipeline.config.workspace import Workspace
from pipeline.core.errors import ConfigError
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows.ingest import ingest
from tests import libraries
from tests.cli.conftest import Fourp
from tests.cli.terminals import ROOT
from tests.readers.mails import zipped


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for what is remembered."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "fourp"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return libraries.folder(tmp_path / "in box")


@pytest.fixture
def workspace(tmp_path: Path, inbox: Path) -> Workspace:
    made = libraries.library(tmp_path / "library")
    ingest(made, [inbox], executor=SerialExecutor())
    return made


def pdf(path: Path) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    for text in ("Town squares and their fountains.", "Sewers and sluices of small towns."):
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return path


def test_a_hit_is_opened_by_its_number_at_its_page(
    fourp: Fourp, workspace: Workspace, tmp_path: Path, state: Path
) -> None:
    paper = pdf(tmp_path / "über uns.pdf")
    ingest(workspace, [paper], executor=SerialExecutor())
    here = ("--workspace", workspace.root)
    assert "1. " in fourp(*here, "search", "sluices").out
    opened = fourp(*here, "open", "1", "--print")
    assert opened.out == f"file://{tmp_path}/%C3%BCber%20uns.pdf#page=2\npage 2\n"
    assert fourp(*here, "open", "1", "--page", "1", "--print").out.endswith("#page=1\npage 1\n")


def test_what_show_takes_is_opened_too(
    fourp: Fourp, workspace: Workspace, inbox: Path, state: Path
) -> None:
    opened = fourp("--workspace", workspace.root, "open", "water.txt", "--print")
    assert opened.out == f"file://{inbox}/water.txt\npage 1\n".replace(" box", "%20box")


def test_numbers_go_on_over_the_pages_of_one_search(
    fourp: Fourp, workspace: Workspace, state: Path
) -> None:
    search = ("--workspace", workspace.root, "search", "towns OR communes", "--limit", "1")
    shown = [fourp(*search, "--offset", str(n)).out for n in range(3)]
    for number, out in enumerate(shown, start=1):
        name = next(n for n in ("water.txt", "eau.txt", "energy.txt") if n in out)
        assert name in fourp("--workspace", workspace.root, "open", str(number), "--print").out
    fourp("--workspace", workspace.root, "search", "sewage")
    assert fourp("--workspace", workspace.root, "open", "3", "--print").code == 2


def test_each_workspace_has_a_last_search_of_its_own(
    fourp: Fourp, workspace: Workspace, filled: Path, state: Path
) -> None:
    fourp("--workspace", workspace.root, "search", "sewage")
    fourp("--workspace", filled, "search", "heating")
    opened = fourp("--workspace", workspace.root, "open", "1", "--print")
    assert "water.txt" in opened.out


def test_a_search_that_finds_nothing_leaves_the_numbers_of_the_one_before(
    fourp: Fourp, workspace: Workspace, state: Path
) -> None:
    fourp("--workspace", workspace.root, "search", "sewage")
    fourp("--workspace", workspace.root, "search", "zebra")
    assert "water.txt" in fourp("--workspace", workspace.root, "open", "1", "--print").out


def test_opening_needs_no_index(fourp: Fourp, workspace: Workspace, state: Path) -> None:
    import shutil

    fourp("--workspace", workspace.root, "search", "sewage")
    shutil.rmtree(workspace.index)
    assert fourp("--workspace", workspace.root, "open", "1", "--print").code == 0
    assert fourp("--workspace", workspace.root, "open", "eau.txt", "--print").code == 0


def test_a_number_that_no_hit_has_is_told(fourp: Fourp, workspace: Workspace, state: Path) -> None:
    refused = fourp("--workspace", workspace.root, "open", "7")
    assert refused.code == 2
    assert "7 is no hit of the last search; search again and take a number" in refused.err


def test_a_document_in_a_container_opens_the_container_and_names_the_member(
    fourp: Fourp, workspace: Workspace, tmp_path: Path, state: Path
) -> None:
    outer = tmp_path / "papers.zip"
    files: dict[str, bytes | str] = {"note/sluice.txt": libraries.WATER + "A sluice.\n"}
    outer.write_bytes(zipped({"inner.zip": zipped(files)}))
    ingest(workspace, [outer], executor=SerialExecutor())
    fourp("--workspace", workspace.root, "search", "sluice")
    opened = fourp("--workspace", workspace.root, "open", "1", "--print")
    assert opened.out == f"file://{outer}\npage 1\n"
    assert "look for inner.zip!/note/sluice.txt in it, page 1" in opened.err


def test_a_file_that_is_gone_is_told_with_what_to_do(
    fourp: Fourp, workspace: Workspace, inbox: Path, state: Path
) -> None:
    fourp("--workspace", workspace.root, "search", "sewage")
    (inbox / "water.txt").unlink()
    for hit in ("1", "water.txt"):
        gone = fourp("--workspace", workspace.root, "open", hit, "--print")
        assert gone.code == 2
        assert f"{inbox}/water.txt is not there any more; put it back; or" in gone.err


def test_a_file_that_was_moved_and_ingested_again_is_opened_where_it_is(
    fourp: Fourp, workspace: Workspace, inbox: Path, tmp_path: Path, state: Path
) -> None:
    fourp("--workspace", workspace.root, "search", "sewage")
    moved = (inbox / "water.txt").rename(tmp_path / "moved.txt")
    ingest(workspace, [moved], executor=SerialExecutor(), force=True)
    opened = fourp("--workspace", workspace.root, "open", "1", "--print")
    assert opened.out.startswith(f"file://{moved}\n")


@pytest.mark.parametrize("spoilt", [b"", b"[]", b'{"hits": {"1": 5}}', b'{"hits": 1}', b"\xff"])
def test_a_state_file_that_is_none_is_no_last_search(
    fourp: Fourp, workspace: Workspace, state: Path, spoilt: bytes
) -> None:
    fourp("--workspace", workspace.root, "search", "sewage")
    [kept] = state.iterdir()
    kept.write_bytes(spoilt)
    assert fourp("--workspace", workspace.root, "open", "1", "--print").code == 2
    assert fourp("--workspace", workspace.root, "search", "sewage", "--offset", "0").code == 0
    assert fourp("--workspace", workspace.root, "open", "1", "--print").code == 0


def test_a_search_is_answered_where_nothing_can_be_remembered(
    fourp: Fourp, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    found = fourp("--workspace", workspace.root, "search", "sewage")
    assert (found.code, found.err) == (0, "")


def test_what_is_remembered_is_for_its_owner_only_and_leaves_nothing_beside_it(
    fourp: Fourp, workspace: Workspace, state: Path
) -> None:
    fourp("--workspace", workspace.root, "search", "sewage")
    [kept] = state.iterdir()
    assert kept.stat().st_mode & 0o077 == 0


def test_the_viewer_that_is_set_is_given_path_and_page(
    workspace: Workspace, inbox: Path, tmp_path: Path, state: Path
) -> None:
    pipe, viewer = tmp_path / "pipe", tmp_path / "viewer"
    os.mkfifo(pipe)
    viewer.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "{pipe}"\n')
    viewer.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "--workspace", str(workspace.root), "open",
         "water.txt", "--page", "4"],
        capture_output=True, text=True, check=True, cwd=ROOT,
        env=os.environ | {"FOURP_VIEWER": f"'{viewer}' -p {{page}} {{path}}"},
    )  # fmt: skip
    assert pipe.read_text() == f"-p|4|{inbox}/water.txt|"
    assert (done.stdout, done.stderr) == ("", "")


def test_a_viewer_that_is_not_there_is_told(
    fourp: Fourp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOURP_VIEWER", "no-such-viewer {path}")
    refused = fourp("--workspace", workspace.root, "open", "water.txt")
    assert refused.code == 2
    assert "FOURP_VIEWER\n  - 'no-such-viewer' cannot be started" in refused.err


@pytest.mark.parametrize(
    ("template", "command"),
    [
        ("evince", ["evince", "--page-index=3", "/a {page}.pdf"]),
        ("/opt/okular", ["/opt/okular", "--page", "3", "/a {page}.pdf"]),
        ("my-viewer", ["my-viewer", "/a {page}.pdf"]),
        ("my-viewer -f", ["my-viewer", "-f", "/a {page}.pdf"]),
        ("'my viewer' {path}:{page}", ["my viewer", "/a {page}.pdf:3"]),
    ],
)
def test_a_viewer_may_be_a_command_or_the_name_of_one_that_is_known(
    template: str, command: list[str]
) -> None:
    assert viewer_command(template, "/a {page}.pdf", 3) == command


def test_quotes_that_are_not_closed_are_told() -> None:
    with pytest.raises(ConfigError, match="no closing quotation"):
        viewer_command("'evince {path}", "/a.pdf", 1)
