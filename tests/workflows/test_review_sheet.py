"""Sheets that colleagues fill in: nothing in them acts, and each decision is kept once."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.config.workspace import Workspace
from pipeline.core.errors import ConfigError
from pipeline.core.reviews import Decision, Review
from pipeline.core.tags import Grade
from pipeline.execution.serial import SerialExecutor
from pipeline.report.labels import labels
from pipeline.report.sheet import read_sheet, write_sheet
from pipeline.report.values import Language
from pipeline.workflows import assemble, reviewing
from pipeline.workflows.ingest import ingest
from pipeline.workflows.library import document
from pipeline.workflows.report import Asked, write_group_report
from pipeline.workflows.review_sheet import HEAD, Imported, export_questions, import_decisions
from tests import documents as papers
from tests import libraries
from tests.report.another_language import made_up

Fill = Callable[[dict[str, str]], dict[str, str]]
FORMULA = '=HYPERLINK("http://elsewhere.example")'


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = libraries.library(tmp_path / "library")
    ingest(made, [libraries.folder(tmp_path / "inbox")], executor=SerialExecutor())
    return made


def _export(workspace: Workspace, path: Path) -> int:
    return export_questions(workspace, path, file=None, group=None, limit=100)


def _fill(path: Path, fill: Fill) -> None:
    """Fill a sheet in as a colleague does: change cells and save."""
    if path.suffix == ".csv":
        rows = [fill(row) for row in read_sheet(path)]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEAD, delimiter=";")  # as Excel in French saves it
            writer.writeheader()
            writer.writerows(rows)
        return
    book = load_workbook(path)
    sheet = book.active
    for row, filled in zip(
        sheet.iter_rows(min_row=2), [fill(row) for row in read_sheet(path)], strict=True
    ):
        for cell, name in zip(row, HEAD, strict=True):
            cell.value = filled[name] or None
    book.save(path)


def _decisions(workspace: Workspace) -> dict[tuple[str, str], tuple[str, str]]:
    with assemble.catalogue_of(workspace) as catalogue:
        standing = catalogue.reviews.standing()
        names = {d.id: d.source.name for d in catalogue.documents([one for one, _ in standing])}
    return {(names[d], c): (r.decision.value, r.by) for (d, c), r in standing.items()}


def _figures(done: Imported) -> tuple[int, int, int, int]:
    return len(done.decided), done.unchanged, done.empty, len(done.overtaken)


def _say(row: dict[str, str]) -> dict[str, str]:
    said = {"water.txt": "Oui", "energy.txt": "no", "eau.txt": ""}
    return row | {"decision": said[Path(row["path"]).name], "by": "Ann", "note": "@home"}


@pytest.mark.parametrize("name", ["review.xlsx", "review.csv"])
def test_a_filled_in_sheet_is_imported_once_however_often(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    assert _export(workspace, path) == 3
    _fill(path, _say)
    dry = import_decisions(workspace, path, dry_run=True)
    assert (_figures(dry), _decisions(workspace)) == ((2, 0, 1, 0), {})
    assert _figures(import_decisions(workspace, path)) == (2, 0, 1, 0)
    told = _decisions(workspace)
    assert told == {
        ("water.txt", "water"): ("main", "Ann"),
        ("energy.txt", "energy"): ("rejected", "Ann"),
    }
    assert _figures(import_decisions(workspace, path)) == (0, 2, 1, 0)
    assert _decisions(workspace) == told
    with assemble.catalogue_of(workspace) as catalogue:
        assert catalogue.reviews.last() == 2
        assert {r.note for r in catalogue.reviews.standing().values()} == {"@home"}
    assert document(workspace, "energy.txt").tags == ()


@pytest.mark.parametrize("language", ["en", "fr", "pl"])
def test_the_form_of_a_report_comes_back_as_decisions(
    workspace: Workspace, tmp_path: Path, language: Language
) -> None:
    doubt = papers.document("A doubt about water.", path="/in/doubt.pdf", concepts=("water",))
    doubtful = [replace(tag, grade=Grade.REVIEW, score=0.2) for tag in doubt.tags]
    with assemble.catalogue_of(workspace) as catalogue:
        catalogue.store([doubt.with_tags(tuple(doubtful))], reading_version="r", recipe_version="v")
    path = tmp_path / "planet.xlsx"
    made_up(workspace.locale, "pl")
    asked = Asked("planet", date(2021, 1, 1), date(2021, 12, 31), language, "xlsx")
    write_group_report(workspace, asked, path)
    book = load_workbook(path)
    form = book.worksheets[2]
    column = {cell.value: cell.column for cell in form[1]}
    words = labels(language, workspace.locale)
    form.cell(2, column[words.decision]).value = words.choices["yes"]
    form.cell(2, column[words.by]).value = "Ann"
    book.save(path)
    assert _figures(import_decisions(workspace, path)) == (1, 0, 0, 0)
    assert _decisions(workspace) == {("doubt.pdf", "water"): ("main", "Ann")}


def test_a_later_decision_of_somebody_else_is_not_overrun_by_an_old_sheet(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "review.csv"
    _export(workspace, path)
    _fill(path, _say)
    import_decisions(workspace, path)
    water = document(workspace, "water.txt")
    reviewing.decide(workspace, water, {"water": Decision.REJECTED}, by="Bea")
    done = import_decisions(workspace, path)
    assert _figures(done) == (0, 1, 1, 1)
    assert "water: Bea said rejected on" in done.overtaken[0]
    assert _decisions(workspace)["water.txt", "water"] == ("rejected", "Bea")
    reviewing.undo(workspace, water, by="Bea")
    reviewing.undo(workspace, water, by="Bea")
    assert "Bea took it back" in import_decisions(workspace, path).overtaken[0]


def test_who_filled_in_a_sheet_can_correct_it_and_import_it_again(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "review.xlsx"
    _export(workspace, path)
    _fill(path, _say)
    import_decisions(workspace, path)
    _fill(path, lambda row: _say(row) | {"decision": "aussi"})
    assert _figures(import_decisions(workspace, path)) == (3, 0, 0, 0)
    assert _decisions(workspace)["water.txt", "water"] == ("also", "Ann")


def test_all_that_is_wrong_with_a_sheet_is_told_and_nothing_is_kept(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "review.csv"
    _export(workspace, path)
    good, *_ = read_sheet(path)
    bad = [
        good | {"decision": "yes"},
        good | {"decision": "no"},
        good | {"decision": "perhaps"},
        good | {"decision": "yes", "document": "0" * 64},
        good | {"decision": "yes", "file": "watr", "seen": "later"},
    ]
    write_sheet(path, HEAD, [[row[name] for name in HEAD] for row in bad], choices={})
    with pytest.raises(ConfigError) as raised:
        import_decisions(workspace, path)
    told = raised.value.problems
    assert [problem.split(":")[0] for problem in told] == [
        "row 3", "row 4", "row 5", "row 6", "row 6",
    ]  # fmt: skip
    assert "did you mean water" in told[3]
    assert _decisions(workspace) == {}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xlsx", b"no workbook", "is no table"),
        ("a.csv", "decision\r\nd\xe9cid\xe9".encode("latin-1"), "is no table"),
        ("a.csv", b"document,decision\r\nx,yes", "no column 'file'"),
        ("a.csv", b"", "no rows"),
        ("a.ods", b"", "ends in .ods"),
    ],
)
def test_what_is_no_such_sheet_is_refused_with_a_remedy(
    workspace: Workspace, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=told):
        import_decisions(workspace, path)


def test_a_damaged_workbook_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    from zipfile import ZipFile

    path, damaged = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    _export(workspace, path)
    with ZipFile(path) as old, ZipFile(damaged, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:-20] if "sheet1" in name else old.read(name))
    with pytest.raises(ConfigError, match="is no table"):
        import_decisions(workspace, damaged)


@pytest.mark.parametrize("text", [FORMULA, "+1", "-1", "@SUM(A1)", "Title\x00\x1b[31m"])
def test_a_title_that_begins_like_a_formula_comes_out_as_text(tmp_path: Path, text: str) -> None:
    rows = [[text]]
    write_sheet(tmp_path / "a.xlsx", ["title"], rows, choices={})
    cell = load_workbook(tmp_path / "a.xlsx").active["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value == text.replace("\x00", " ").replace("\x1b", " ")
    write_sheet(tmp_path / "a.csv", ["title"], rows, choices={})
    [line] = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert line.strip('"')[0] in "'T"
    assert read_sheet(tmp_path / "a.csv") == [{"title": text}]


def test_a_workbook_has_a_fixed_head_a_filter_and_a_list_of_decisions(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "review.xlsx"
    _export(workspace, path)
    sheet = load_workbook(path).active
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions == "A1:R4"
    [listed] = sheet.data_validations.dataValidation
    assert listed.formula1 == '"yes,also,no"'
    column = chr(ord("A") + HEAD.index("decision"))
    assert str(listed.sqref) == f"{column}2:{column}1048576"
    [row, *_] = read_sheet(path)
    assert (row["label (en)"], row["page"]) != ("", "")
    assert row["evidence"]


def test_an_accepted_file_reaches_the_search_index(workspace: Workspace, tmp_path: Path) -> None:
    from pipeline.core.query import Filters, Query
    from pipeline.workflows.library import search

    path = tmp_path / "review.csv"
    _export(workspace, path)
    _fill(path, lambda row: _say(row) | {"file": "energy", "decision": "yes"})
    assert import_decisions(workspace, path).indexed
    found = search(workspace, Query(None, filters=Filters(files=("energy",))))
    assert found.total == 3


def test_a_decision_made_between_two_imports_of_the_same_sheet_keeps_both_names(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "review.csv"
    _export(workspace, path)
    _fill(path, _say)
    with assemble.catalogue_of(workspace) as catalogue:
        [water] = catalogue.find("water.txt")
        catalogue.reviews.add([Review(water, "water", Decision.MAIN, "Bea")])
    assert _figures(import_decisions(workspace, path)) == (1, 1, 1, 0)
    assert _decisions(workspace)["water.txt", "water"] == ("main", "Bea")
