"""Reports of a workspace: what was written is noted, and the next one tells what changed since."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.config.workspace import Workspace
from pipeline.core.errors import ConfigError, WriteError
from pipeline.core.reviews import Decision
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows import assemble, reviewing
from pipeline.workflows.ingest import ingest
from pipeline.workflows.library import document
from pipeline.workflows.report import Asked, group_report, write_group_report
from tests import documents as papers
from tests import libraries

FIRST, LATER = (datetime(2023, month, 1, 9, tzinfo=UTC) for month in (1, 6))
PERIOD = Asked("planet", date(2021, 1, 1), date(2022, 12, 31), "en", "json", FIRST)
SINCE_LAST = Asked("planet", "last", date(2023, 5, 31), "en", "json", LATER)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = libraries.library(tmp_path / "library")
    inbox = libraries.folder(tmp_path / "inbox")
    (inbox / "energy.txt").unlink()
    ingest(made, [inbox], executor=SerialExecutor())
    return made


def _told(workspace: Workspace, asked: Asked = SINCE_LAST) -> list[tuple[str, str]]:
    shape: dict[str, Any] = json.loads(group_report(workspace, asked))
    assert shape["past"]["made_at"] == FIRST.isoformat()
    return [
        (Path(entry["versions"][0]["path"]).name, entry["change"])
        for section in shape["sections"]
        for entry in (*section["main"], *section["also"])
    ]


def test_what_came_in_or_was_decided_since_the_last_report_is_told(
    workspace: Workspace, tmp_path: Path
) -> None:
    write_group_report(workspace, PERIOD, tmp_path / "first.json")
    assert _told(workspace) == []
    ingest(workspace, [libraries.folder(tmp_path / "inbox")], executor=SerialExecutor())
    water = document(workspace, "water.txt")
    reviewing.decide(workspace, water, {"water": Decision.MAIN}, by="Ann")
    assert sorted(_told(workspace)) == [("energy.txt", "new"), ("water.txt", "decided")]


def test_second_report_of_a_day_tells_the_same_as_the_first(
    workspace: Workspace, tmp_path: Path
) -> None:
    write_group_report(workspace, PERIOD, tmp_path / "first.json")
    ingest(workspace, [libraries.folder(tmp_path / "inbox")], executor=SerialExecutor())
    written = []
    for name in ("once.json", "twice.json"):
        write_group_report(workspace, SINCE_LAST, tmp_path / name)
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    assert _told(workspace) == [("energy.txt", "new")]


def test_draft_and_a_report_that_could_not_be_written_are_not_noted(
    workspace: Workspace, tmp_path: Path
) -> None:
    write_group_report(workspace, PERIOD, tmp_path / "draft.json", draft=True)
    with pytest.raises(WriteError, match="cannot be written"):
        write_group_report(workspace, PERIOD, tmp_path / "none" / "r.json")
    with pytest.raises(ConfigError, match=r"no report of planet .*--since 2021-01-01"):
        group_report(workspace, SINCE_LAST)


def test_every_language_of_a_work_is_named_although_one_version_has_no_tags(
    workspace: Workspace,
) -> None:
    tagged = papers.document("Towns.", date="2021-05-01", concepts=("water",), work="w")
    polish = papers.document("Miasta.", path="/pl.txt", date="", language="pl", work="w")
    with assemble.catalogue_of(workspace) as catalogue:
        catalogue.store([tagged, polish], reading_version="r", recipe_version="v")
    shape = json.loads(group_report(workspace, PERIOD))
    [entry] = [e for s in shape["sections"] for e in s["main"] if e["work"] == "w"]
    assert [version["languages"] for version in entry["versions"]] == [["en"], ["pl"]]


def test_a_group_has_its_language_and_its_secretary(workspace: Workspace) -> None:
    path = workspace.root / "models" / "expert-groups.yaml"
    more = "    languages: [fr]\n    secretary: {name: Ann Ek, email: ann@example.org}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    unsaid = replace(PERIOD, language="", fmt="md")
    french = str(group_report(workspace, unsaid))
    assert "# Planète" in french
    assert "Contact\u00a0: Ann Ek, ann" in french
    assert "# Planet\n" in str(group_report(workspace, replace(unsaid, language="en")))
    for fmt in ("html", "json"):
        assert "ann@example.org" in str(group_report(workspace, replace(unsaid, fmt=fmt)))
