"""Retagging: stored documents follow the vocabulary, and no file is read for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.config.workspace import Workspace
from pipeline.core.document import Document
from pipeline.core.failures import Failure
from pipeline.core.ports import Item
from pipeline.core.query import Filters, Query, Word
from pipeline.core.reviews import Decision
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows import assemble, reviewing
from pipeline.workflows.indexing import update_index
from pipeline.workflows.ingest import ingest
from pipeline.workflows.library import document, search
from pipeline.workflows.retag import Retagged, outdated, retag
from tests import libraries


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a library of three papers whose files are gone."""
    made = libraries.library(tmp_path / "library")
    inbox = libraries.folder(tmp_path / "inbox")
    ingest(made, [inbox], executor=SerialExecutor())
    shutil.rmtree(inbox)
    return made


def _found(workspace: Workspace, file: str) -> list[str]:
    hits = search(workspace, Query(None, filters=Filters(files=(file,)))).hits
    return sorted(hit.path.rsplit("/", 1)[-1] for hit in hits)


def _energy_efficiency_is_water(workspace: Workspace) -> None:
    file = workspace.model("vocabulary.yaml")
    changed = file.read_text(encoding="utf-8").replace("urban waste water", "energy efficiency")
    file.write_text(changed, encoding="utf-8")


def test_what_has_the_tags_of_today_is_left_alone(workspace: Workspace) -> None:
    assert outdated(workspace) == ([], 3)
    assert retag(workspace, executor=SerialExecutor()) == Retagged(0, 0, 0, 0, 3)


def test_everything_can_be_tagged_anew_and_comes_out_the_same(workspace: Workspace) -> None:
    done = retag(workspace, everything=True, executor=SerialExecutor())
    assert done == Retagged(3, 3, 0, 0, 0)


def test_a_new_vocabulary_reaches_documents_and_searches_without_their_files(
    workspace: Workspace,
) -> None:
    assert _found(workspace, "water") == ["eau.txt", "water.txt"]
    _energy_efficiency_is_water(workspace)
    assert len(outdated(workspace)[0]) == 3
    done = retag(workspace, executor=SerialExecutor())
    assert (done.found, done.retagged, done.failed) == (3, 3, 0)
    assert done.changed >= 1
    assert "water" in [tag.concept for tag in document(workspace, "energy.txt").tags]
    assert "energy.txt" in _found(workspace, "water")
    assert update_index(workspace) == 0
    assert outdated(workspace) == ([], 3)


def test_the_words_of_a_retagged_document_are_still_found(workspace: Workspace) -> None:
    retag(workspace, everything=True, executor=SerialExecutor())
    [hit] = search(workspace, Query(Word("heating"))).hits
    assert hit.path.endswith("energy.txt")
    assert "heating" in "".join(hit.snippet).lower()


def test_what_a_person_decided_stays(workspace: Workspace) -> None:
    reviewing.decide(
        workspace, document(workspace, "water.txt"), {"water": Decision.REJECTED}, by="Ann"
    )
    retag(workspace, everything=True, executor=SerialExecutor())
    assert "water" not in [tag.concept for tag in document(workspace, "water.txt").tags]
    assert _found(workspace, "water") == ["eau.txt"]


def test_what_the_ledger_says_of_reading_stays(workspace: Workspace) -> None:
    water, energy = (document(workspace, name) for name in ("water.txt", "energy.txt"))
    other = replace(energy.source, sha256="f" * 64)  # the file has other bytes by now
    with assemble.catalogue_of(workspace) as catalogue:
        catalogue.fail(
            [
                Failure(water.source, "read", "is cut short", "fetch it again", partial=water),
                Failure(other, "read", "is encrypted", "remove the password"),
            ]
        )
        before = catalogue.failures()
    assert retag(workspace, everything=True, executor=SerialExecutor()).retagged == 3
    with assemble.catalogue_of(workspace) as catalogue:
        assert catalogue.failures() == before
        catalogue.seen([energy.source])  # its old bytes are back
        assert [failure.reason for failure in catalogue.failures()] == ["is cut short"]


def test_a_document_that_cannot_be_tagged_keeps_its_tags_and_is_in_the_ledger(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    _energy_efficiency_is_water(workspace)
    real = assemble.process_of

    def fails_for_water(workspace: Workspace) -> Callable[[], Callable[[Item], object]]:
        def build() -> Callable[[Item], object]:
            process = real(workspace)()

            def one(item: Item) -> object:
                assert isinstance(item, Document)
                if item.source.path.endswith("water.txt"):
                    return Failure(item.source, "tag", "no memory is left", "try again")
                return process(item)

            return one

        return build

    monkeypatch.setattr(assemble, "process_of", fails_for_water)
    done = retag(workspace, executor=SerialExecutor())
    assert (done.retagged, done.failed) == (2, 1)
    assert "water" in [tag.concept for tag in document(workspace, "water.txt").tags]
    with assemble.catalogue_of(workspace) as catalogue:
        [failure] = catalogue.failures()
    assert failure.reason == "no memory is left"
    assert len(outdated(workspace)[0]) == 1
    monkeypatch.undo()
    assert retag(workspace, executor=SerialExecutor()).retagged == 1
    with assemble.catalogue_of(workspace) as catalogue:
        assert catalogue.failures() == []
