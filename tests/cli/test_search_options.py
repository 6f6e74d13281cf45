"""Options and inline filters of ``fourp search``, ``save`` and ``new`` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.execution.serial import SerialExecutor
from pipeline.index.names import FILE as NAMES
from pipeline.workflows.ingest import ingest
from tests import libraries
from tests.cli.conftest import Fourp, Outcome


@pytest.fixture
def search(fourp: Fourp, filled: Path) -> Fourp:
    """Return a function that searches the three small documents, and gives JSON."""

    def run(*arguments: str | Path) -> Outcome:
        return fourp("--workspace", filled, "search", "--json", *arguments)

    return run


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return libraries.folder(tmp_path / "inbox")


def hits(found: Outcome) -> list[dict[str, Any]]:
    return [json.loads(line) for line in found.out.splitlines()]


def files(found: Outcome) -> list[str]:
    """Return the names of the files that were found, best first; the exit code says so too."""
    names = [Path(hit["path"]).stem for hit in hits(found)]
    assert found.code == (0 if names else 1), found.err
    return names


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["towns", "--group", "planet"], {"water", "energy"}),
        (["towns", "group:planet"], {"water", "energy"}),
        (["towns", "groupe:Planète", "lang:en"], {"water", "energy"}),
        (["--file", "Water"], {"water", "eau"}),
        (["--file", "Législation sur l'eau", "--lang", "fr"], {"eau"}),
        (["file:energy"], {"energy"}),
        (["fiche:eau", "langue:fr"], {"eau"}),
        (["pillar:planet", "year:2022"], {"energy"}),
        (["--pillar", "Planète", "--since", "2022"], {"energy"}),
        (["since:2021-03-04", "until:2021"], {"eau"}),
        (["until:2021", "--until", "2021-03-03"], {"water"}),
        (["année:2021..2021-03"], {"water", "eau"}),
        (["towns", "NOT", "lang:xx"], None),
        (["kind:nothing"], set()),
        (["--institution", "nobody"], set()),
        (["institution:nobody", "towns"], set()),
        (["title:water"], {"water"}),
        (["titre:résiduaires"], {"eau"}),
        (['title:"energy efficiency"', "towns"], {"energy"}),
        (["title:towns"], set()),
        (["sewgae~"], {"water"}),
        (["sewgaee~1"], set()),
        (["ref:91/271"], {"water"}),
        (["towns", "AND", "file:energy"], {"energy"}),
        (["assainissement", "--exact-language"], {"eau"}),
    ],
)
def test_options_and_inline_filters_find_the_same_way(
    search: Fourp, arguments: list[str], found: set[str] | None
) -> None:
    outcome = search(*arguments)
    if found is None:
        assert outcome.code == 2
    else:
        assert set(files(outcome)) == found


def test_hits_are_sorted_as_is_asked(search: Fourp) -> None:
    assert files(search("--sort", "newest")) == ["energy", "eau", "water"]
    assert files(search("--sort", "oldest")) == ["water", "eau", "energy"]
    assert set(files(search("towns", "--sort", "pillar"))) == {"water", "energy"}
    assert files(search("towns", "--sort", "newest")) == ["energy", "water"]
    assert search("towns", "--sort", "colour").code == 2


def test_names_of_policy_files_find_other_languages_and_say_so(
    fourp: Fourp, search: Fourp, filled: Path
) -> None:
    found = hits(search("eaux urbaines résiduaires"))
    via = {Path(hit["path"]).stem: hit["via"] for hit in found}
    assert via == {"eau": [], "water": ["water"]}
    assert all(hit["institution"] == "" for hit in found)
    assert files(search("eaux urbaines résiduaires", "--exact-language")) == ["eau"]
    shown = fourp("--workspace", filled, "search", "eaux urbaines résiduaires").out
    assert shown.count("about water") == 1


def test_pages_lists_every_page(fourp: Fourp, tmp_path: Path) -> None:
    workspace = libraries.library(tmp_path / "library")
    paper = tmp_path / "paper.txt"
    paper.write_text("\f".join([libraries.WATER, "Nothing of it.", libraries.WATER]))
    ingest(workspace, [paper], executor=SerialExecutor())
    here = ("--workspace", workspace.root, "search", "sewage")
    found = hits(fourp(*here, "--pages", "--json"))
    assert sorted(hit["page"] for hit in found) == [1, 3]
    assert len(hits(fourp(*here, "--json"))) == 1
    assert "1-2 of 2 pages" in fourp(*here, "--pages").out
    assert "2-2 of 2 pages" in fourp(*here, "--pages", "--offset", "1").out
    assert "1-1 of 1 works" in fourp(*here).out


@pytest.mark.parametrize(
    ("arguments", "line", "caret", "told"),
    [
        (["water AND"], "water AND", 9, "nothing to look for after AND"),
        (["towns", "OR", "lang:fr"], "towns OR lang:fr", 9, "put it beside all else"),
        (["towns", "pilar:planet"], "towns pilar:planet", 6, "did you mean pillar:?"),
        (["towns", "pillar:plante"], "towns pillar:plante", 13, "did you mean planet"),
        (["file:water,enrgy"], "file:water,enrgy", 11, "did you mean energy"),
        (["group:people"], "group:people", 6, "no expert group people"),
        (["title:wa*er"], "title:wa*er", 8, "does not end a word"),
        (["year:2021-13"], "year:2021-13", 5, "no date 2021-13"),
        (["towns", "--pillar", "plante"], "--pillar plante", 9, "did you mean planet"),
        (["towns", "--file", "watr"], "--file watr", 7, "did you mean water"),
        (["towns", "--group", "plnet"], "--group plnet", 8, "did you mean planet, planete?"),
    ],
)
def test_an_error_is_printed_with_a_caret_under_the_place(
    search: Fourp, arguments: list[str], line: str, caret: int, told: str
) -> None:
    outcome = search(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    printed = outcome.err.splitlines()
    at = printed.index(line)
    assert printed[at + 1] == " " * caret + "^"
    assert told in printed[at + 2]


def test_a_search_without_hits_says_that_fewer_filters_may_find_more(search: Fourp) -> None:
    outcome = search("towns", "lang:mt")
    assert (outcome.code, outcome.out) == (1, "")
    assert "fewer filters may find more" in outcome.err


def test_an_index_that_has_lost_its_names_still_knows_what_filters_name(
    fourp: Fourp, tmp_path: Path, inbox: Path
) -> None:
    workspace = libraries.library(tmp_path / "library")
    (inbox / "other.txt").write_text("Position on squares\n\nTowns build squares.\n")
    ingest(workspace, [inbox], executor=SerialExecutor())
    (workspace.index / NAMES).unlink()
    here = ("--workspace", workspace.root, "search", "towns", "--json")
    assert set(files(fourp(*here))) == {"water", "energy", "other"}
    for arguments in (["--group", "planet"], ["group:planet"], ["--pillar", "planète"]):
        assert set(files(fourp(*here, *arguments))) == {"water", "energy"}
    assert fourp(*here, "--file", "watr").code == 2


# Saved searches


def test_a_saved_search_wants_all_words_and_keeps_its_inline_filters(
    fourp: Fourp, tmp_path: Path, inbox: Path
) -> None:
    workspace = libraries.library(tmp_path / "library")
    ingest(workspace, [inbox], executor=SerialExecutor())
    here = ("--workspace", workspace.root)
    line = "sewage bills pillar:planet year:2021.."
    assert fourp(*here, "search", line, "--json").code == 0  # those with one of the words
    told = fourp(*here, "save", "bills", line)
    assert (told.code, told.out[:33]) == (0, "saved bills: 0 works match it now")
    for name, text in (
        ("one", libraries.WATER + "Another one."),
        ("both", libraries.WATER + "Sewage bills."),
        ("old", libraries.WATER.replace("2021", "1999") + "Sewage bills."),
    ):
        (inbox / f"{name}.txt").write_text(text, encoding="utf-8")
    ingest(workspace, [inbox], executor=SerialExecutor())
    assert files(fourp(*here, "new", "--json")) == ["both"]
    assert files(fourp(*here, "new", "--json")) == []
    assert line in fourp(*here, "saved").out


def test_a_saved_search_with_a_filter_that_names_nothing_is_refused(
    fourp: Fourp, filled: Path
) -> None:
    refused = fourp("--workspace", filled, "save", "wrong", "sewage pillar:plante")
    assert refused.code == 2
    assert "did you mean planet" in refused.err
    assert "wrong" not in fourp("--workspace", filled, "saved").out
