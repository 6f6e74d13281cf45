"""``fourp feeds`` writes a feed for each subject, and writes nothing that has not changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from pipeline.config.workspace import Workspace
from pipeline.execution.serial import SerialExecutor
from pipeline.report.atom import NAMESPACE
from pipeline.workflows.ingest import ingest
from tests import libraries
from tests.cli.conftest import Fourp


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = libraries.library(tmp_path / "library")
    ingest(made, [libraries.folder(tmp_path / "inbox")], executor=SerialExecutor())
    return made


def _titles(path: Path) -> list[str | None]:
    root = etree.fromstring(path.read_bytes())
    return [title.text for title in root.iter(f"{{{NAMESPACE}}}title")]


def test_each_pillar_file_and_saved_search_has_a_feed_in_both_languages(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "public" / "feeds"
    fourp("--workspace", workspace.root, "save", "Égouts ../x", "sewage")
    told = fourp("--workspace", workspace.root, "feeds", "--out", out)
    assert (told.code, told.err) == (0, f"8 feeds in {out}, 8 of them changed\n")
    names = sorted(path.name for path in out.iterdir())
    assert names[:6] == [
        "file-energy.en.atom", "file-energy.fr.atom", "file-water.en.atom",
        "file-water.fr.atom", "pillar-planet.en.atom", "pillar-planet.fr.atom",
    ]  # fmt: skip
    assert all(name.startswith("search-egouts-x-") for name in names[6:])
    assert len(_titles(out / "pillar-planet.en.atom")) == 4
    assert sorted(map(str, _titles(out / "file-water.fr.atom"))) == [
        "Nouveautés\u00a0: Eau",
        "Position on urban waste water",
        "Position sur les eaux urbaines résiduaires",
    ]
    assert _titles(out / names[6])[1:] == ["Position on urban waste water"]


def test_a_second_run_and_reading_everything_anew_change_nothing(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "feeds"
    fourp("--workspace", workspace.root, "feeds", "--out", out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    again = fourp("--workspace", workspace.root, "feeds", "--out", out)
    assert again.err.endswith(", 0 of them changed\n")
    ingest(workspace, [tmp_path / "inbox"], executor=SerialExecutor(), force=True)
    anew = fourp("--workspace", workspace.root, "feeds", "--out", out)
    assert anew.err.endswith(", 0 of them changed\n")
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_feeds_of_searches_that_are_forgotten_go_and_those_of_others_stay(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "feeds"
    fourp("--workspace", workspace.root, "save", "sewers", "sewage")
    fourp("--workspace", workspace.root, "feeds", "--out", out)
    (out / "other.atom").write_text("<feed><generator>another</generator></feed>")
    fourp("--workspace", workspace.root, "save", "--delete", "sewers")
    fourp("--workspace", workspace.root, "feeds", "--out", out)
    assert not list(out.glob("search-*"))
    assert (out / "other.atom").exists()
    assert len(list(out.iterdir())) == 7


def test_a_folder_that_cannot_be_made_is_told(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    told = fourp("--workspace", workspace.root, "feeds", "--out", tmp_path / "file" / "feeds")
    assert told.code == 3
    assert "cannot be written" in told.err
