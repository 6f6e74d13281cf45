"""What a search prints: as wide as the terminal, styled where wanted, a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import click
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.terminal import NARROWEST, columns, wrapped
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows.ingest import ingest
from tests import libraries
from tests.cli.conftest import Fourp
from tests.cli.terminals import printed

BOLD = "\x1b[1m"


def test_a_terminal_gets_lines_that_are_cut_between_words(filled: Path) -> None:
    narrow = printed("--workspace", filled, "search", "towns", columns=50)
    lines = click.unstyle(narrow).splitlines()
    paths = [line for line in lines if str(filled.parent) in line]
    assert paths
    assert all(len(line) <= 50 for line in lines if line not in paths)
    wide = click.unstyle(printed("--workspace", filled, "search", "towns", columns=300))
    assert wide.split() == click.unstyle(narrow).split()
    assert len(wide.splitlines()) < len(lines)


def test_a_pipe_gets_lines_as_they_are_and_no_styles(fourp: Fourp, filled: Path) -> None:
    found = fourp("--workspace", filled, "search", "sewage")
    assert "\x1b" not in found.out
    assert max(map(len, found.out.splitlines())) > 100


def test_no_color_switches_styles_off_on_a_terminal_unless_it_is_empty(filled: Path) -> None:
    search = ("--workspace", filled, "search", "towns")
    assert BOLD in printed(*search)
    assert BOLD in printed(*search, NO_COLOR="")
    assert "\x1b" not in printed(*search, NO_COLOR="1")


words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=50)


@given(st.lists(words, min_size=1), st.integers(1, 90))
def test_wrapped_text_has_the_same_words_in_lines_that_fit(text: list[str], width: int) -> None:
    lines = wrapped(" ".join(text), width, "   ").split("\n")
    assert " ".join(lines).split() == text
    for line in lines:
        assert columns(line) <= max(width, NARROWEST) or " " not in line.strip()


def test_styles_take_no_room_in_a_line() -> None:
    text = " ".join(click.style("water", bold=True) for _ in range(6))
    assert [len(click.unstyle(line)) for line in wrapped(text, 35).split("\n")] == [35]


def test_csv_has_a_head_line_and_a_row_for_each_hit(fourp: Fourp, filled: Path) -> None:
    found = fourp("--workspace", filled, "search", "eaux", "--csv", "--lang", "fr")
    assert found.code == 0
    [row] = csv.DictReader(io.StringIO(found.out, newline=""))
    assert ",".join(row) == (
        "path,title,page,language,date,kind,institution,tags,via,score,snippet,document,work,"
        "audience"
    )
    assert Path(row["path"]).name == "eau.txt"
    assert (row["page"], row["date"]) == ("1", "2021-03-04")
    assert set(row["tags"].split(", ")) == {"water", "planet"}


def test_csv_cells_that_a_spreadsheet_would_run_begin_with_an_apostrophe(
    fourp: Fourp, tmp_path: Path
) -> None:
    workspace = libraries.library(tmp_path / "library")
    paper = tmp_path / "formula.txt"
    paper.write_text('=HYPERLINK("https://a.example") of sewage\n\n' + libraries.WATER)
    ingest(workspace, [paper], executor=SerialExecutor())
    found = fourp("--workspace", workspace.root, "search", "hyperlink", "--csv")
    [row] = csv.DictReader(io.StringIO(found.out, newline=""))
    assert row["snippet"].startswith("'=HYPERLINK")


def test_a_csv_without_hits_is_its_head_line(fourp: Fourp, filled: Path) -> None:
    found = fourp("--workspace", filled, "search", "zebra", "--csv")
    assert (found.code, found.out.count("\n")) == (1, 1)


def test_csv_and_json_at_once_are_refused(fourp: Fourp, filled: Path) -> None:
    refused = fourp("--workspace", filled, "search", "towns", "--csv", "--json")
    assert refused.code == 2
    assert "choose one" in refused.err
