"""``fourp audit``: what it writes, the commands it names, and how bad input is told."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from lxml import html

from pipeline.cli.main import cli
from pipeline.config.workspace import Workspace
from pipeline.core.failures import Failure
from pipeline.core.tags import Grade
from pipeline.workflows import assemble
from pipeline.workflows.audit import quarter_of, years_before
from pipeline.workflows.indexing import rebuild_index
from tests import libraries
from tests.cli.conftest import Fourp
from tests.documents import document, source
from tests.report.pdfs import needs_pdf

HOSTILE = "<script>alert(1)</script>\x1b[31m\u202egnp| `id` & 'x'"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A library of which every section of an audit has something to say."""
    made = libraries.library(tmp_path / "library")
    inbox = tmp_path / "in box"
    inbox.mkdir()
    water = document("Water.", concepts=("water",), path=f"{inbox}/a.pdf", title=HOSTILE)
    water = replace(water, institution="cemr", kind="study", date="2001-03-01")
    energy = document("Energy.", concepts=("energy",), path=f"{inbox}/b.pdf", language="de")
    [tag] = energy.tags
    energy = replace(energy, tags=(), candidates=(replace(tag, grade=Grade.REVIEW),))
    unknown = document("???", path=f"{inbox}/c.pdf", language="und")
    draft = document("Draft.", path=f"{inbox}/e.pdf")
    with assemble.catalogue_of(made) as catalogue:
        catalogue.store([water, energy, unknown, draft], reading_version="1", recipe_version="1")
        catalogue.fail([Failure(source(f"{inbox}/d.pdf"), "read", "is empty", "restore it")])
        with catalogue.links.changing() as change:
            change.add([(draft.id, unknown.id, "near-duplicate", 0.9)])
            change.add([(draft.id, water.id, "earlier draft", 0.9)])
    rebuild_index(made)
    return made


def _audit(fourp: Fourp, workspace: Workspace, *given: str) -> dict[str, Any]:
    made = fourp("--workspace", workspace.root, "audit", "--format", "json", *given)
    assert made.code == 0
    shape: dict[str, Any] = json.loads(made.out)
    return shape


def test_an_audit_finds_what_wants_care(fourp: Fourp, workspace: Workspace) -> None:
    found = _audit(fourp, workspace, "--until", "2026-05-31", "--language", "fr")
    assert (found["since"], found["until"], found["language"]) == (
        "2026-04-01", "2026-05-31", "fr",
    )  # fmt: skip
    assert (found["documents"], found["works"], found["untagged"]) == (4, 4, 3)
    water, energy = found["coverage"]
    assert (water["documents"], water["recent"], water["last"]) == (1, 0, "2001-03-01")
    assert (energy["documents"], energy["waiting"]) == (0, 1)
    assert water["subject"]["file"] == {"id": "water", "name": "Eau"}
    french, english = found["missing"]
    assert (french["language"], french["own"]["total"], french["every"]["total"]) == ("fr", 1, 2)
    assert found["lacking"] == 2
    assert (english["own"]["total"], english["every"]["total"]) == (0, 1)
    assert (found["duplicates"]["total"], found["drafts"]["total"]) == (1, 1)
    assert found["aged"]["total"] == 1
    [folder] = found["folders"]["lines"]
    assert (folder["documents"], folder["failed"], folder["unknown"]) == (4, 1, 1)
    assert found["terms"] is None
    assert _audit(fourp, workspace, "--until", "2003-01-01")["aged"]["total"] == 0
    assert _audit(fourp, workspace, "--until", "2003", "--older-than", "1")["aged"]["total"] == 1


def _commands(shape: object) -> Iterator[str]:
    if isinstance(shape, dict):
        for value in shape.values():
            yield from _commands(value)
    elif isinstance(shape, list):
        for value in shape:
            yield from _commands(value)
    elif isinstance(shape, str) and shape.startswith("fourp "):
        yield shape


def test_every_command_that_an_audit_names_can_be_given(fourp: Fourp, workspace: Workspace) -> None:
    named = set(_commands(_audit(fourp, workspace)))
    assert {line.split()[1] for line in named} == {
        "search", "show", "similar", "review", "topics", "ingest",
    }  # fmt: skip
    for line in sorted(named):
        _, name, *given = shlex.split(line)
        parent = click.Context(cli, **cli.context_settings)  # a command keeps its first one's -h
        cli.commands[name].make_context(name, list(given), parent)  # raises if it does not parse
        if name in ("search", "show", "similar"):
            assert fourp("--workspace", workspace.root, name, *given).code in (0, 1)


@needs_pdf
def test_an_audit_is_a_pdf_where_the_ending_says_so(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "audit.pdf"
    assert fourp("--workspace", workspace.root, "audit", "--out", out).code == 0
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("ending", ["html", "md", "json"])
def test_the_ending_of_the_file_names_the_format(
    fourp: Fourp, workspace: Workspace, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"audit.{ending}"
    made = fourp("--workspace", workspace.root, "audit", "--language", "fr", "--out", out)
    assert (made.code, made.out, made.err) == (0, "", f"wrote {out}\n")
    text = out.read_text(encoding="utf-8")
    begins = {"html": "<!DOCTYPE html>", "md": "# État", "json": '{\n "format"'}
    assert text.lstrip().startswith(begins[ending])
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_hostile_title_is_text_in_the_page(fourp: Fourp, workspace: Workspace) -> None:
    page = fourp("--workspace", workspace.root, "audit").out
    root = html.document_fromstring(page)
    assert not root.xpath("//script")
    assert root.xpath("//td[contains(., '<script>alert(1)</script>')]") or root.xpath(
        "//th[contains(., '<script>alert(1)</script>')]"
    )


def test_terms_are_counted_only_when_asked_for(fourp: Fourp, workspace: Workspace) -> None:
    papers = [document(f"Energy efficiency of town {n}.", path=f"/e{n}.pdf") for n in range(25)]
    with assemble.catalogue_of(workspace) as catalogue:
        catalogue.store(papers, reading_version="1", recipe_version="1")
    terms = _audit(fourp, workspace, "--vocabulary")["terms"]
    assert [(t["concept"]["id"], t["total"], t["examples"][0]) for t in terms["lines"]] == [
        ("water", 3, "sewage"), ("energy", 1, "district heating"),
    ]  # fmt: skip
    assert {t["mends"] for t in terms["lines"]} == {"fourp vocabulary check --all"}


def test_a_list_is_cut_and_what_is_left_out_is_counted(fourp: Fourp, workspace: Workspace) -> None:
    found = _audit(fourp, workspace, "--limit", "1")
    french = found["missing"][0]["every"]
    assert (french["total"], len(french["lines"])) == (2, 1)


def test_an_empty_library_can_be_audited(fourp: Fourp, tmp_path: Path) -> None:
    libraries.library(tmp_path / "library")
    for fmt in ("html", "md", "json"):
        made = fourp("--workspace", tmp_path / "library", "audit", "--format", fmt)
        assert made.code == 0


def test_bad_input_is_told_with_what_to_do_and_nothing_is_written(
    fourp: Fourp, workspace: Workspace, tmp_path: Path
) -> None:
    audit = ("--workspace", workspace.root, "audit")
    backwards = fourp(*audit, "--since", "2026-05", "--until", "2026-04")
    assert backwards.code == 2
    assert "begins (2026-05-01) after it ends (2026-04-30); give an earlier --since" in (
        " ".join(backwards.err.split())
    )
    too_old = fourp(*audit, "--until", "0003", "--older-than", "9")
    assert too_old.code == 2
    assert "give a later day" in too_old.err
    nowhere = fourp(*audit, "--out", tmp_path / "no" / "audit.html")
    assert nowhere.code == 3
    assert "name another file" in nowhere.err
    assert fourp(*audit, "--limit", "0").code == 2
    unknown = fourp(*audit, "--out", tmp_path / "audit.docx")
    assert unknown.code == 2
    assert "html, pdf, md, json" in " ".join(unknown.err.split())
    assert not (tmp_path / "audit.docx").exists()
    (workspace.root / "models" / "vocabulary.yaml").write_text("concepts: 3")
    assert fourp(*audit).code == 2


def test_a_quarter_begins_with_its_first_month_and_a_leap_day_has_no_twin() -> None:
    assert quarter_of(date(2026, 11, 30)) == date(2026, 10, 1)
    assert quarter_of(date(2026, 3, 31)) == date(2026, 1, 1)
    assert years_before(date(2024, 2, 29), 5) == date(2019, 2, 28)
    assert years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)
