"""Ingest: every file ends in the catalogue or in the ledger, once, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalogue.store import Catalogue
from pipeline.config.workspace import Workspace
from pipeline.core.document import Document
from pipeline.core.errors import ConfigError
from pipeline.core.failures import WorkerLoss
from pipeline.core.ports import Answer, Item
from pipeline.core.query import Query, Word
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows import library as lookups
from pipeline.workflows.indexing import rebuild_index
from pipeline.workflows.ingest import Progress, ingest, plan
from pipeline.workflows.plan import Action
from tests import libraries


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return libraries.library(tmp_path / "library")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return libraries.folder(tmp_path / "inbox")


def _ingest(
    workspace: Workspace, *paths: Path, force: bool = False, retry_failed: bool = False
) -> Progress:
    return ingest(
        workspace, paths, executor=SerialExecutor(), force=force, retry_failed=retry_failed
    )


def _documents(workspace: Workspace) -> dict[str, Document]:
    with Catalogue.open(workspace.catalogue) as catalogue:
        return {d.source.name: d for d in catalogue.documents(catalogue.every_id())}


def _found(workspace: Workspace, word: str) -> list[str]:
    results = lookups.search(workspace, Query(Word(word)))
    return sorted(hit.path.rsplit("/", 1)[-1] for hit in results.hits)


def _figures(progress: Progress) -> tuple[int, int, int, int]:
    return progress.found, progress.ingested, progress.skipped, progress.failed


def test_documents_are_read_tagged_stored_and_found(workspace: Workspace, inbox: Path) -> None:
    assert _figures(_ingest(workspace, inbox)) == (3, 3, 0, 0)
    documents = _documents(workspace)
    assert {name: [t.concept for t in d.tags] for name, d in documents.items()} == {
        "water.txt": ["water", "planet"],
        "eau.txt": ["water", "planet"],
        "energy.txt": ["energy", "planet"],
    }
    assert {name: d.language for name, d in documents.items()} == {
        "water.txt": "en",
        "eau.txt": "fr",
        "energy.txt": "en",
    }
    for document in documents.values():
        for tag in document.tags:
            assert all(document.quote(e.span) == e.quote for e in tag.evidence)
    assert _found(workspace, "sewage") == ["water.txt"]
    assert _found(workspace, "residuaire") == ["eau.txt"]


def test_a_second_run_skips_everything(workspace: Workspace, inbox: Path) -> None:
    _ingest(workspace, inbox)
    before = _documents(workspace)
    assert _figures(_ingest(workspace, inbox)) == (3, 0, 3, 0)
    assert _documents(workspace) == before


def test_changed_bytes_are_read_again(workspace: Workspace, inbox: Path) -> None:
    _ingest(workspace, inbox)
    (inbox / "energy.txt").write_text(libraries.ENERGY + "Towns welcome the new rules.\n")
    assert _figures(_ingest(workspace, inbox)) == (3, 1, 2, 0)
    assert "energy.txt" in _found(workspace, "welcome")


def test_a_new_vocabulary_tags_stored_text_without_reading_files(
    workspace: Workspace, inbox: Path
) -> None:
    _ingest(workspace, inbox)
    file = workspace.model("vocabulary.yaml")
    changed = file.read_text(encoding="utf-8").replace("energy efficiency", "town halls")
    file.write_text(changed.replace("district heating", "bills"), encoding="utf-8")
    summary = _ingest(workspace, inbox)
    assert (summary.ingested, summary.retagged) == (3, 3)
    [evidence, *_] = _documents(workspace)["energy.txt"].tags[0].evidence
    assert evidence.match in ("town halls", "bills")


def test_force_reads_what_is_known(workspace: Workspace, inbox: Path) -> None:
    _ingest(workspace, inbox)
    assert _figures(_ingest(workspace, inbox, force=True)) == (3, 3, 0, 0)


def test_the_same_bytes_twice_are_one_document(workspace: Workspace, inbox: Path) -> None:
    (inbox / "copy.txt").write_text(libraries.WATER, encoding="utf-8")
    assert _figures(_ingest(workspace, inbox)) == (4, 3, 1, 0)
    assert _figures(_ingest(workspace, inbox)) == (4, 0, 4, 0)
    assert len(_documents(workspace)) == 3


def test_a_bad_file_is_in_the_ledger_and_the_rest_goes_on(
    workspace: Workspace, inbox: Path
) -> None:
    (inbox / "empty.txt").touch()
    (inbox / "labels.json").write_text("{}")
    assert _figures(_ingest(workspace, inbox)) == (5, 3, 0, 2)
    ledger = {f.source.name: f for f in lookups.failures(workspace)}
    assert set(ledger) == {"empty.txt", "labels.json"}
    assert all(f.stage == "read" and f.reason and f.remedy for f in ledger.values())


def test_known_failures_are_tried_again_only_when_asked(workspace: Workspace, inbox: Path) -> None:
    (inbox / "empty.txt").touch()
    _ingest(workspace, inbox)
    again = _ingest(workspace, inbox)
    assert (again.failed, again.known_failures) == (1, 1)
    assert [f.tries for f in lookups.failures(workspace)] == [1]
    retried = _ingest(workspace, inbox, retry_failed=True)
    assert (retried.failed, retried.known_failures) == (1, 0)
    assert [f.tries for f in lookups.failures(workspace)] == [2]


def test_a_mended_file_leaves_the_ledger(workspace: Workspace, inbox: Path) -> None:
    broken = inbox / "broken.txt"
    broken.touch()
    _ingest(workspace, inbox)
    broken.write_text(libraries.WATER.replace("3 March", "9 March"), encoding="utf-8")
    assert _figures(_ingest(workspace, inbox)) == (4, 1, 3, 0)
    assert lookups.failures(workspace) == []


def test_a_dry_run_says_what_would_happen_and_changes_nothing(
    workspace: Workspace, inbox: Path
) -> None:
    planned = {Path(p.path).name: p.action for p in plan(workspace, [inbox])}
    assert planned == dict.fromkeys(("water.txt", "eau.txt", "energy.txt"), Action.READ)
    assert _documents(workspace) == {}
    _ingest(workspace, inbox)
    assert {p.action for p in plan(workspace, [inbox])} == {Action.SKIP}


def test_progress_always_adds_up(workspace: Workspace, inbox: Path) -> None:
    (inbox / "empty.txt").touch()
    told: list[Progress] = []
    ingest(workspace, [inbox], executor=SerialExecutor(), on_progress=told.append)
    assert [progress.done for progress in told] == [1, 2, 3, 4]
    assert told[-1].found == told[-1].done


class _Interrupted(SerialExecutor):
    """Stops after some answers, as Ctrl-C does."""

    def __init__(self, after: int) -> None:
        self._after = after

    def map(
        self,
        build: Callable[[], Callable[[Item], Answer]],
        items: Iterable[Item],
    ) -> Iterator[tuple[Item, Answer | WorkerLoss]]:
        for number, answer in enumerate(super().map(build, items)):
            if number == self._after:
                raise KeyboardInterrupt
            yield answer


def test_an_interrupted_run_keeps_what_was_done_and_the_next_one_goes_on(
    workspace: Workspace, inbox: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        ingest(workspace, [inbox], executor=_Interrupted(after=2))
    assert len(_documents(workspace)) == 2
    assert _figures(_ingest(workspace, inbox)) == (3, 1, 2, 0)
    assert _found(workspace, "towns") == ["energy.txt", "water.txt"]
    assert _found(workspace, "communes") == ["eau.txt"]


class _Losing(SerialExecutor):
    """Loses the worker of every file with a given name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def map(
        self,
        build: Callable[[], Callable[[Item], Answer]],
        items: Iterable[Item],
    ) -> Iterator[tuple[Item, Answer | WorkerLoss]]:
        for item, answer in super().map(build, items):
            lost = getattr(item, "name", "") == self._name
            yield item, WorkerLoss("was killed", "look at it") if lost else answer


def test_a_lost_worker_is_one_row_in_the_ledger(workspace: Workspace, inbox: Path) -> None:
    summary = ingest(workspace, [inbox], executor=_Losing("eau.txt"))
    assert _figures(summary) == (3, 2, 0, 1)
    [failure] = lookups.failures(workspace)
    assert (failure.source.name, failure.reason) == ("eau.txt", "was killed")


def test_documents_that_missed_the_index_are_added_by_the_next_run(
    workspace: Workspace, inbox: Path
) -> None:
    _ingest(workspace, inbox)
    with Catalogue.open(workspace.catalogue) as catalogue:  # as a kill between the two leaves it
        [water] = catalogue.documents(catalogue.find("water.txt"))
        changed = replace(water, title="Sluices")
        known = catalogue.known()[water.id]
        catalogue.store(
            [changed],
            reading_version=known.reading_version,
            recipe_version=known.recipe_version,
        )
    _ingest(workspace, inbox)
    assert _found(workspace, "sluices") == ["water.txt"]


def test_a_deleted_index_is_made_again_by_the_next_run(workspace: Workspace, inbox: Path) -> None:
    import shutil

    _ingest(workspace, inbox)
    shutil.rmtree(workspace.index)
    _ingest(workspace, inbox)
    assert _found(workspace, "sewage") == ["water.txt"]


def test_an_index_that_is_no_index_is_replaced(workspace: Workspace, inbox: Path) -> None:
    _ingest(workspace, inbox)
    for path in workspace.index.rglob("*"):
        if path.is_file():
            path.write_bytes(b"noise")
    _ingest(workspace, inbox)
    assert _found(workspace, "sewage") == ["water.txt"]


def test_a_rebuilt_index_answers_as_before(workspace: Workspace, inbox: Path) -> None:
    _ingest(workspace, inbox)
    before = lookups.search(workspace, Query(Word("towns")))
    assert rebuild_index(workspace) == 3
    assert lookups.search(workspace, Query(Word("towns"))) == before
    assert _figures(_ingest(workspace, inbox)) == (3, 0, 3, 0)


def test_a_path_that_does_not_exist_starts_nothing(workspace: Workspace, inbox: Path) -> None:
    with pytest.raises(ConfigError, match="does not exist"):
        _ingest(workspace, inbox, inbox / "nothing")
    assert _documents(workspace) == {}
