"""Versions and near-duplicates are found after an ingest, once, whatever interrupts it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalogue.store import Catalogue
from pipeline.config.workspace import Workspace
from pipeline.core.query import Query, Word
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows import library
from pipeline.workflows.ingest import ingest
from pipeline.workflows.linking import link_documents
from tests import libraries

# A paper of our own in two languages, with enough numbers to be known by them.
_LINES = [(n, 1000 + 37 * n, 200 + 11 * n) for n in range(3, 25)]
ENGLISH = "Quiet squares for small towns\n\n" + "".join(
    f"In square {n} of the town there were {a} visitors, who left {b} tons of waste behind.\n"
    for n, a, b in _LINES
)
FRENCH = "Des places calmes pour les petites villes\n\n" + "".join(
    f"Sur la place {n} de la ville il y avait {a} visiteurs, qui ont laissé {b} t de déchets.\n"
    for n, a, b in _LINES
)
ACT = "REGULATION (EU) 2021/9057 OF THE COUNCIL\nof 24 June 2021\non quiet squares in towns\n"
ACTE = "RÈGLEMENT (UE) 2021/9057 DU CONSEIL\ndu 24 juin 2021\nsur les places calmes des villes\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return libraries.library(tmp_path / "library")


def _ingest(workspace: Workspace, folder: Path, **texts: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    ingest(workspace, [folder], executor=SerialExecutor())


def _works(workspace: Workspace) -> dict[str, str]:
    with Catalogue.open(workspace.catalogue) as catalogue:
        return {
            Path(d.source.path).stem: d.work_id for d in catalogue.documents(catalogue.every_id())
        }


def _linked(workspace: Workspace, name: str) -> list[tuple[str, str]]:
    document = library.document(workspace, f"{name}.txt")
    return [(Path(o.path).stem, o.relation) for o in library.links(workspace, document.id)]


@pytest.mark.parametrize("at_once", [True, False])
def test_two_languages_of_a_paper_are_one_work_and_one_hit(
    workspace: Workspace, tmp_path: Path, *, at_once: bool
) -> None:
    if not at_once:
        _ingest(workspace, tmp_path / "inbox", english=ENGLISH)
    _ingest(workspace, tmp_path / "inbox", english=ENGLISH, french=FRENCH)
    works = _works(workspace)
    assert works["english"] == works["french"]
    assert _linked(workspace, "english") == [("french", "language version")]
    for word in ("visitors", "visiteurs"):
        [hit] = library.search(workspace, Query(Word(word), limit=10)).hits
        assert hit.work == works["english"]


def test_versions_of_an_act_are_one_work_by_its_number(
    workspace: Workspace, tmp_path: Path
) -> None:
    _ingest(workspace, tmp_path / "inbox", act=ACT + ENGLISH, acte=ACTE + FRENCH)
    assert set(_works(workspace).values()) == {"32021R9057"}
    assert _linked(workspace, "act") == [("acte", "version")]


def test_a_near_duplicate_is_linked_and_kept_as_its_own_work(
    workspace: Workspace, tmp_path: Path
) -> None:
    _ingest(workspace, tmp_path / "inbox", one=ENGLISH, two=ENGLISH + "Printed in the town.\n")
    assert _linked(workspace, "one") == [("two", "near-duplicate")]
    works = _works(workspace)
    assert works["one"] != works["two"]


def test_linking_again_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    _ingest(workspace, tmp_path / "inbox", english=ENGLISH, french=FRENCH, other=ENGLISH[:900])
    works, links = _works(workspace), _linked(workspace, "english")
    with Catalogue.open(workspace.catalogue) as catalogue:
        assert link_documents(catalogue) == 0
        documents = list(catalogue.documents(catalogue.every_id()))
        catalogue.store(documents, reading_version="1", recipe_version="1")
        assert link_documents(catalogue) == 0
    assert (_works(workspace), _linked(workspace, "english")) == (works, links)


def _kill_in_the_middle(catalogue: Catalogue) -> None:
    with catalogue.links.changing() as change:
        batch = change.waiting(10)
        change.forget(batch)
        change.assign(dict.fromkeys(batch, "half done"))
        change.settle(batch)
        raise KeyboardInterrupt


def test_what_a_killed_run_left_out_is_linked_by_the_next(
    workspace: Workspace, tmp_path: Path
) -> None:
    _ingest(workspace, tmp_path / "inbox", english=ENGLISH, french=FRENCH)
    works = _works(workspace)
    with Catalogue.open(workspace.catalogue) as catalogue:
        bare = [replace(d, work="") for d in catalogue.documents(catalogue.every_id())]
        catalogue.store(bare, reading_version="1", recipe_version="1")
        with pytest.raises(KeyboardInterrupt):
            _kill_in_the_middle(catalogue)
        assert set(_works(workspace).values()) == {d.id for d in bare}
        assert link_documents(catalogue) == len(bare)
        assert len(catalogue.held.lacking("any")) == len(bare)
    assert _works(workspace) == works


def test_a_paper_that_changes_leaves_its_work(workspace: Workspace, tmp_path: Path) -> None:
    _ingest(workspace, tmp_path / "inbox", english=ENGLISH, french=FRENCH)
    with Catalogue.open(workspace.catalogue) as catalogue:
        [french] = catalogue.documents(catalogue.find("french.txt"))
        assert french.fingerprint is not None
        other = replace(french, work="", fingerprint=replace(french.fingerprint, numbers=b""))
        catalogue.store([other], reading_version="1", recipe_version="1")
        link_documents(catalogue)
    works = _works(workspace)
    assert works["english"] != works["french"]
    assert _linked(workspace, "english") == []
