"""The commands as a user types them: output, exit codes, and errors that say what to do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.main import cli
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows.ingest import ingest
from tests import libraries
from tests.cli.conftest import Fourp
from tests.readers.drawn import page, scan
from tests.readers.mails import zipped
from tests.report.pdfs import needs_pdf


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_ingest_in_worker_processes_ends_with_a_summary_that_adds_up(
    fourp: Fourp, tmp_path: Path
) -> None:
    libraries.library(tmp_path / "library")
    inbox = libraries.folder(tmp_path / "inbox")
    first = fourp("--workspace", tmp_path / "library", "ingest", inbox, "--jobs", "2", "--json")
    assert first.code == 0
    [summary] = _lines(first.out)
    assert summary["found"] == 3 == summary["ingested"]
    (inbox / "empty.txt").touch()
    second = fourp("--workspace", tmp_path / "library", "ingest", inbox)
    assert second.code == 1
    assert "4 found = 0 ingested (0 pages) + 3 skipped (known) + 1 failed" in second.out


def test_a_dry_run_lists_files_and_makes_no_catalogue_entry(fourp: Fourp, tmp_path: Path) -> None:
    libraries.library(tmp_path / "library")
    inbox = libraries.folder(tmp_path / "inbox")
    dry = fourp("--workspace", tmp_path / "library", "ingest", inbox, "--dry-run", "--json")
    assert dry.code == 0
    assert {row["action"] for row in _lines(dry.out)} == {"read"}
    assert "3 found: 3 read" in dry.err
    found = fourp("--workspace", tmp_path / "library", "show", "water.txt")
    assert found.code == 2


def test_search_finds_without_accents_and_prints_page_and_tags(fourp: Fourp, filled: Path) -> None:
    found = fourp("--workspace", filled, "search", "eaux", "residuaires", "--lang", "fr", "--json")
    assert found.code == 0
    [hit] = _lines(found.out)
    assert {"path", "title", "page", "score", "language", "tags"} <= hit.keys()
    assert (hit["page"], hit["language"]) == (1, "fr")
    assert set(hit["tags"]) == {"water", "planet"}
    assert Path(hit["path"]).name == "eau.txt"
    lit = [hit["snippet"][start:end] for start, end in hit["highlights"]]
    assert "résiduaires" in lit


def test_search_filters_by_file_and_period_and_shows_facets(fourp: Fourp, filled: Path) -> None:
    found = fourp(
        "--workspace", filled, "search", "towns", "--file", "energy", "--since", "2022",
        "--until", "2022-04",
    )  # fmt: skip
    assert found.code == 0
    assert "energy.txt" in found.out
    assert "water.txt" not in found.out
    assert "pillar: planet 1" in found.out.replace("  ", "")
    assert "file: energy 1" in found.out.replace("  ", "")


def test_nothing_found_is_exit_code_1_with_a_suggestion(fourp: Fourp, filled: Path) -> None:
    found = fourp("--workspace", filled, "search", "sewagge")
    assert (found.code, found.out) == (1, "")
    assert "did you mean sewage" in found.err


def test_a_query_that_does_not_parse_shows_where(fourp: Fourp, filled: Path) -> None:
    found = fourp("--workspace", filled, "search", "water AND")
    assert found.code == 2
    assert "^" in found.err
    assert "Traceback" not in found.err


def test_a_date_that_is_none_is_refused(fourp: Fourp, filled: Path) -> None:
    found = fourp("--workspace", filled, "search", "water", "--since", "2021-13")
    assert found.code == 2
    assert "not in the calendar" in found.err


def test_searching_an_empty_workspace_says_what_to_do(fourp: Fourp, tmp_path: Path) -> None:
    libraries.library(tmp_path / "library")
    found = fourp("--workspace", tmp_path / "library", "search", "water")
    assert found.code == 2
    assert "ingest documents" in found.err


def test_show_prints_tags_with_quote_page_and_term(fourp: Fourp, filled: Path) -> None:
    shown = fourp("--workspace", filled, "show", "water.txt")
    assert shown.code == 0
    assert "Water [water] policy file, main subject" in shown.out
    assert "p. 1: “" in shown.out
    assert "(term: urban waste water)" in shown.out


def test_show_as_json_holds_evidence_and_references(fourp: Fourp, filled: Path) -> None:
    [shown] = _lines(fourp("--workspace", filled, "show", "water.txt", "--json").out)
    assert shown["references"] == [
        {"value": "91/271/EEC", "scheme": "act", "own": False, "page": 1}
    ]
    assert all(e["page"] == 1 and e["quote"] for t in shown["tags"] for e in t["evidence"])


def test_show_says_where_each_fact_was_read(fourp: Fourp, filled: Path) -> None:
    shown = fourp("--workspace", filled, "show", "water.txt")
    assert "date: 2021-03-03 (page 1)" in shown.out
    [as_json] = _lines(fourp("--workspace", filled, "show", "water.txt", "--json").out)
    assert as_json["origins"]["date"] == {"from": "text", "page": 1, "quote": "3 March 2021"}


def test_show_lists_own_numbers_cited_ones_versions_and_near_duplicates(
    fourp: Fourp, tmp_path: Path
) -> None:
    workspace = libraries.library(tmp_path / "library")
    root, inbox = workspace.root, tmp_path / "inbox"
    inbox.mkdir()
    english = "REGULATION (EU) 2021/9057 OF THE COUNCIL\nof 24 June 2021\n\n" + libraries.WATER
    french = "RÈGLEMENT (UE) 2021/9057 DU CONSEIL\ndu 24 juin 2021\n\n" + libraries.EAU
    long = "\n".join(f"Town number {n} has {n * n} squares and {n + 7} wells." for n in range(40))
    texts = {"en": english, "fr": french, "one": long, "two": long + "\nPrinted in May."}
    for name, text in texts.items():
        (inbox / f"{name}.txt").write_text(text, encoding="utf-8")
    ingest(workspace, [inbox], executor=SerialExecutor())
    act = fourp("--workspace", root, "show", "en.txt", "--references").out
    assert "own numbers:\n  (EU) 2021/9057, page 1\n" in act
    assert "cited acts:\n  91/271/EEC, page 1\n" in act
    assert f"versions: fr {inbox / 'fr.txt'}" in act
    paper = fourp("--workspace", root, "show", "one.txt").out
    assert f"near-duplicates: en {inbox / 'two.txt'}" in paper
    [as_json] = _lines(fourp("--workspace", root, "show", "en.txt", "--json").out)
    [link] = as_json["links"]
    assert (link["relation"], link["language"], as_json["work"]) == ("version", "fr", "32021R9057")


def test_show_of_an_unknown_document_says_how_to_name_one(fourp: Fourp, filled: Path) -> None:
    shown = fourp("--workspace", filled, "show", "nothing.pdf")
    assert shown.code == 2
    assert "fourp: nothing.pdf is not in the library; give its path" in shown.err


def test_show_tells_which_pages_are_missing_and_what_to_do(
    fourp: Fourp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = libraries.library(tmp_path / "library")
    letter = scan(tmp_path / "letter.pdf", page(), text=["Urban waste water: a cover letter."])
    monkeypatch.setenv("PATH", str(tmp_path))  # where there is no tesseract
    ingest(workspace, [letter], executor=SerialExecutor())
    shown = fourp("--workspace", workspace.root, "show", "letter.pdf")
    assert shown.code == 0
    assert "not complete: has 1 of 2 pages that are images of text" in shown.out
    assert "to do: install it (Debian: apt-get install tesseract-ocr" in shown.out
    [told] = _lines(fourp("--workspace", workspace.root, "show", "letter.pdf", "--json").out)
    assert len(told["problems"]) == 1


def test_failures_lists_reason_and_remedy(fourp: Fourp, filled: Path) -> None:
    [row] = _lines(fourp("--workspace", filled, "failures", "--json").out)
    assert Path(row["path"]).name == "empty.txt"
    assert {"stage", "reason", "remedy", "tries"} <= row.keys()
    assert "to do:" in fourp("--workspace", filled, "failures").out


@pytest.mark.parametrize(
    ("name", "beginning"),
    [("r.html", "<!doctype html>"), ("r.md", "# "), ("r.json", "{"), ("r.csv", "")],
)
def test_report_is_written_in_the_format_of_the_files_ending(
    fourp: Fourp, filled: Path, tmp_path: Path, name: str, beginning: str
) -> None:
    out = tmp_path / name
    done = fourp(
        "--workspace", filled, "report", "--group", "planet", "--since", "2021-01-01",
        "--until", "2022-12-31", "--language", "fr", "--out", out,
    )  # fmt: skip
    assert done.code == 0
    text = out.read_text(encoding="utf-8")
    assert text.lower().lstrip("\ufeff").startswith(beginning)
    assert "eaux urbaines résiduaires" in text


@pytest.mark.parametrize(
    ("name", "beginning"),
    [("r.docx", b"PK"), ("r.XLSX", b"PK"), pytest.param("r.pdf", b"%PDF", marks=needs_pdf)],
)
def test_report_for_office_is_written_in_the_format_of_the_files_ending(
    fourp: Fourp, filled: Path, tmp_path: Path, name: str, beginning: bytes
) -> None:
    out = tmp_path / name
    done = fourp("--workspace", filled, "report", "--group", "planet", "--out", out)
    assert done.code == 0
    assert out.read_bytes().startswith(beginning)
    said = fourp("--workspace", filled, "report", "--group", "planet", "--out", tmp_path / "r.odp")
    assert said.code == 2
    assert "docx" in said.err
    assert not (tmp_path / "r.odp").exists()


def test_templates_are_tried_without_a_group(fourp: Fourp, tmp_path: Path) -> None:
    workspace = libraries.library(tmp_path / "library")
    done = fourp("--workspace", workspace.root, "report", "--check-templates")
    assert (done.code, "no templates" in done.out) == (0, True)
    workspace.templates.mkdir()
    template = workspace.templates / "report.html.j2"
    template.write_text("{{ report.group.name }}", encoding="utf-8")
    done = fourp("--workspace", workspace.root, "report", "--check-templates")
    assert (done.code, done.out) == (0, "good: report.html.j2\n")
    template.write_text("{% if report.past %}{{ report.past.day }}{% endif %}", encoding="utf-8")
    done = fourp("--workspace", workspace.root, "report", "--check-templates")
    assert done.code == 2
    assert "day" in done.err
    assert fourp("--workspace", workspace.root, "report").code == 2


def test_report_of_an_unknown_group_names_those_there_are(fourp: Fourp, filled: Path) -> None:
    done = fourp("--workspace", filled, "report", "--group", "plant")
    assert done.code == 2
    assert "planet" in done.err


def test_read_prints_a_file_without_a_workspace(
    fourp: Fourp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = libraries.folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert "each treatment plant" in fourp("read", inbox / "water.txt").out.lower()
    head, page = _lines(fourp("read", inbox / "eau.txt", "--json").out)
    assert (head["date"], head["languages"]) == ("2021-03-04", ["fr"])
    assert (page["page"], page["language"]) == (1, "fr")
    bad = fourp("read", tmp_path / "none.pdf")
    assert bad.code == 2
    assert "none.pdf is not there" in bad.err


def test_members_of_containers_are_read_shown_and_told_by_their_paths(
    fourp: Fourp, tmp_path: Path
) -> None:
    path = tmp_path / "a.zip"
    files: dict[str, bytes | str] = {"water.txt": libraries.WATER, "b.json": "{}"}
    path.write_bytes(zipped(files))
    read = fourp("read", path)
    assert read.code == 0
    assert f"--- documents inside ---\n{path}!/water.txt\n{path}!/b.json\n" in read.out
    [first, *_] = _lines(fourp("read", path, "--json").out)
    assert [Path(m["path"]).name for m in first["members"]] == ["water.txt", "b.json"]
    member = fourp("read", f"{path}!/water.txt")
    assert member.code == 0
    assert "Sewage from small towns" in member.out
    missing = fourp("read", f"{path}!/other.txt")
    assert missing.code == 2
    assert "is not in a.zip" in missing.err

    root = libraries.library(tmp_path / "library").root
    dry = fourp("--workspace", root, "ingest", path, "--dry-run")
    assert f"read: {path} (and what is inside it)" in dry.out
    assert "what is inside is known when they are read" in dry.err
    done = fourp("--workspace", root, "ingest", path, "--jobs", "1")
    assert "3 found = 2 ingested (2 pages) + 0 skipped (known) + 1 failed" in done.out
    assert "2 of them inside messages and archives" in done.out
    failed = fourp("--workspace", root, "failures")
    assert f"{path}!/b.json" in failed.out
    shown = fourp("--workspace", root, "show", f"{path}!/water.txt")
    assert "from: in archive a.zip" in shown.out
    container = fourp("--workspace", root, "show", "a.zip")
    assert f"holds: {path}!/water.txt" in container.out


def test_evaluate_scores_labels_and_tells_what_was_not_read(
    fourp: Fourp, filled: Path, tmp_path: Path
) -> None:
    inbox = libraries.folder(tmp_path)
    (inbox / "empty.txt").touch()
    rows = [
        {"id": "1", "path": "water.txt", "language": "en", "primary": ["water"], "secondary": []},
        {"id": "2", "path": "eau.txt", "language": "fr", "primary": ["energy"], "secondary": []},
        {"id": "3", "path": "empty.txt", "language": "en", "primary": ["energy"], "secondary": []},
    ]
    gold = inbox / "gold.jsonl"
    gold.write_text("\n".join(map(json.dumps, rows)))
    done = fourp("--workspace", filled, "evaluate", gold, "--json")
    [tables] = _lines(done.out)
    assert tables["documents"] == 3
    assert tables["failed"] == 1
    assert tables["policy_files"]["micro"]["precision"] == 0.5
    assert tables["policy_files"]["micro"]["recall"] == pytest.approx(1 / 3, abs=1e-4)
    assert "empty.txt" in done.err
    assert "3 documents, 1 of them not read" in fourp("--workspace", filled, "evaluate", gold).out


def test_wrong_settings_are_all_told_and_nothing_starts(fourp: Fourp, tmp_path: Path) -> None:
    libraries.library(tmp_path)
    (tmp_path / "fourp.toml").write_text("[ingest]\njobs = -1\nmemory = 1\n")
    done = fourp("--workspace", tmp_path, "ingest", tmp_path)
    assert done.code == 2
    assert done.err.count("  - ") == 2


def test_a_wrong_vocabulary_stops_before_anything_is_read(fourp: Fourp, tmp_path: Path) -> None:
    workspace = libraries.library(tmp_path / "library")
    workspace.model("vocabulary.yaml").write_text("concepts: [{id: water}, {ad: x}]")
    done = fourp("--workspace", workspace.root, "ingest", libraries.folder(tmp_path / "inbox"))
    assert done.code == 2
    assert "vocabulary.yaml" in done.err
    assert done.err.count("  - ") == 3


def test_init_makes_a_workspace_once(fourp: Fourp, tmp_path: Path) -> None:
    assert "fourp.toml" in fourp("init", tmp_path / "new").out
    assert "already" in fourp("init", tmp_path / "new").out


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_explains_itself_with_an_example(fourp: Fourp, name: str) -> None:
    command = cli.commands[name]
    leaves = [[name]]
    if hasattr(command, "commands"):
        leaves = [[name, sub] for sub in command.commands]
    for leaf in leaves:
        told = fourp(*leaf, "-h")
        assert told.code == 0
        assert "Example: fourp " in " ".join(told.out.split())


def test_help_and_search_load_none_of_the_heavy_libraries(filled: Path) -> None:
    program = (
        "import sys\nfrom pipeline.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('HEAVY', sorted({'spacy', 'sklearn', 'sqlalchemy', 'pdfplumber', 'rich', "
        "'langdetect', 'jinja2', 'pebble', 'pypdfium2'} & set(sys.modules)))\n"
    )
    for arguments in (["--help"], ["--workspace", str(filled), "search", "towns"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
        )
        assert "HEAVY []" in done.stdout, done.stderr
