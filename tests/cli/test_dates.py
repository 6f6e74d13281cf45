"""``fourp dates`` lists what texts announce, as text, JSON, CSV and calendar."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import icalendar
import pytest

from pipeline.config.workspace import Workspace
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows.ingest import ingest
from tests import libraries
from tests.cli.conftest import Fourp

FUTURE = (
    "\nThe next meeting on urban waste water will be held in Lyon on 12 June 2098.\n\n"
    "Comments on this position may be sent until 26 May 2097.\n"
)
AVENIR = "\nLa consultation sur l'assainissement est ouverte jusqu'au 5 mai 2096.\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("dates")
    made, inbox = libraries.library(root / "library"), libraries.folder(root / "inbox")
    (inbox / "water.txt").write_text(libraries.WATER + FUTURE, encoding="utf-8")
    (inbox / "eau.txt").write_text(libraries.EAU + AVENIR, encoding="utf-8")
    ingest(made, [inbox], executor=SerialExecutor())
    return made


def test_dates_lists_by_day_what_is_announced_with_page_and_sentence(
    fourp: Fourp, workspace: Workspace
) -> None:
    told = fourp("--workspace", workspace.root, "dates", "--language", "en")
    assert (told.code, told.err) == (0, "")
    heads = [line[:10] for line in told.out.splitlines() if line.startswith("20")]
    assert heads == ["2096-05-05", "2097-05-26", "2098-06-12"]
    assert "Last day for comments · Position on urban waste water" in told.out
    assert "“Comments on this position may be sent until 26 May 2097.”" in told.out
    again = fourp("--workspace", workspace.root, "dates", "--language", "en")
    assert again.out == told.out


@pytest.mark.parametrize(
    ("options", "days"),
    [
        (["--from", "TODAY"], ["2096-05-05", "2097-05-26", "2098-06-12"]),
        (["--from", "2097"], ["2097-05-26", "2098-06-12"]),
        (["--from", "2096-06", "--until", "2097"], ["2097-05-26"]),
        (["--kind", "meeting"], ["2098-06-12"]),
        (["--kind", "meeting", "--kind", "consultation", "--until", "2096"], ["2096-05-05"]),
        (["--pillar", "planet"], ["2096-05-05", "2097-05-26", "2098-06-12"]),
        (["--file", "water", "--group", "Planète"], ["2096-05-05", "2097-05-26", "2098-06-12"]),
        (["--file", "energy"], []),
    ],
)
def test_dates_can_be_asked_for_by_day_kind_pillar_file_and_group(
    fourp: Fourp, workspace: Workspace, options: list[str], days: list[str]
) -> None:
    told = fourp("--workspace", workspace.root, "dates", "--json", *options)
    assert [json.loads(line)["date"] for line in told.out.splitlines()] == days
    assert told.code == (0 if days else 1)


def test_json_holds_all_that_is_known_of_a_date(fourp: Fourp, workspace: Workspace) -> None:
    told = fourp("--workspace", workspace.root, "dates", "--json", "--until", "2096")
    item = json.loads(told.out)
    assert item["kind"] == "consultation"
    assert item["files"] == ["water"]
    assert item["said"] == [{"page": item["page"], "sentence": item["sentence"]}]
    assert item["sentence"] == AVENIR.strip()


def test_csv_has_a_row_for_each_date(fourp: Fourp, workspace: Workspace) -> None:
    told = fourp("--workspace", workspace.root, "dates", "--csv", "--language", "fr")
    rows = list(csv.DictReader(told.out.splitlines()))
    assert [row["announces"] for row in rows] == [
        "Dernier jour pour réagir", "Dernier jour pour réagir", "Réunion",
    ]  # fmt: skip
    assert rows[0]["files"] == "Eau"


def test_a_calendar_is_written_and_writing_it_again_changes_nothing(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "dates.ics"
    told = fourp("--workspace", workspace.root, "dates", "--ics", out)
    assert (told.code, told.out) == (0, "")
    assert told.err == f"wrote {out}: 3 events\n"
    content = out.read_bytes()
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) == 3
    fourp("--workspace", workspace.root, "dates", "--ics", out)
    assert out.read_bytes() == content
    none = fourp("--workspace", workspace.root, "dates", "--from", "2099", "--ics", out)
    assert (none.code, none.err) == (1, f"wrote {out}: 0 events\n")
    [empty] = icalendar.Calendar.from_ical(out.read_bytes()).subcomponents
    assert empty.name == "VTIMEZONE"


def test_reading_everything_anew_gives_the_same_calendar(fourp: Fourp, tmp_path: Path) -> None:
    made, inbox = libraries.library(tmp_path / "library"), tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "water.txt").write_text(libraries.WATER + FUTURE, encoding="utf-8")
    first, second = tmp_path / "first.ics", tmp_path / "second.ics"
    ingest(made, [inbox], executor=SerialExecutor())
    fourp("--workspace", made.root, "dates", "--ics", first)
    ingest(made, [inbox], executor=SerialExecutor(), force=True)
    fourp("--workspace", made.root, "dates", "--ics", second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--file", "watr"], "there is no policy file 'watr'"),
        (["--group", "nobody"], "choose one of: planet"),
        (["--pillar", "water"], "there is no pillar 'water'"),
        (["--from", "2099", "--until", "2098"], "begins (2099-01-01) after it ends"),
        (["--json", "--csv"], "choose one of --json, --csv and --ics"),
        (["--from", "soon"], "'soon' is no date"),
    ],
)
def test_what_cannot_be_asked_is_told(
    fourp: Fourp, workspace: Workspace, options: list[str], message: str
) -> None:
    told = fourp("--workspace", workspace.root, "dates", *options)
    assert told.code == 2
    assert message in told.err


def test_a_calendar_that_cannot_be_written_is_told(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    told = fourp("--workspace", workspace.root, "dates", "--ics", tmp_path / "no" / "dates.ics")
    assert told.code == 3
    assert "name another file" in told.err
