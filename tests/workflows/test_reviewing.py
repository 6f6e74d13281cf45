"""Decisions that meet an ingest: none is lost, whichever comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from pipeline.config.workspace import Workspace
from pipeline.core.errors import ConfigError, DocumentError
from pipeline.core.failures import WorkerLoss
from pipeline.core.ports import Answer, Item
from pipeline.core.query import Filters, Query
from pipeline.core.reviews import Decision, Review
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows import assemble, reviewing
from pipeline.workflows.indexing import rebuild_index, update_index
from pipeline.workflows.ingest import ingest
from pipeline.workflows.library import document, search
from tests import libraries


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return libraries.library(tmp_path / "library")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return libraries.folder(tmp_path / "inbox")


def _found(workspace: Workspace, file: str) -> list[str]:
    hits = search(workspace, Query(None, filters=Filters(files=(file,)))).hits
    return sorted(hit.path.rsplit("/", 1)[-1] for hit in hits)


def _reject_water(workspace: Workspace, name: str = "water.txt") -> reviewing.Decided:
    paper = document(workspace, name)
    return reviewing.decide(workspace, paper, {"water": Decision.REJECTED}, by="Ann")


class _DecidedMeanwhile(SerialExecutor):
    """Somebody decides while documents are being read: after each answer, about known ones."""

    def __init__(self, decide: Callable[[], None]) -> None:
        self._decide = decide

    def map(
        self, build: Callable[[], Callable[[Item], Answer]], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Answer | WorkerLoss]]:
        for answer in super().map(build, items):
            self._decide()
            yield answer


def test_a_decision_during_an_ingest_is_in_catalogue_and_index_at_its_end(
    workspace: Workspace, inbox: Path
) -> None:
    ingest(workspace, [inbox], executor=SerialExecutor())
    told: list[reviewing.Decided] = []

    def decide() -> None:
        if not told:
            told.append(_reject_water(workspace))

    ingest(workspace, [inbox], executor=_DecidedMeanwhile(decide), force=True)
    assert not told[0].indexed  # the ingest had the index
    assert document(workspace, "water.txt").tags == ()
    assert _found(workspace, "water") == ["eau.txt"]
    assert update_index(workspace) == 0


def test_a_decision_that_an_ingest_stores_but_has_indexed_already_is_caught_up(
    workspace: Workspace, inbox: Path
) -> None:
    from pipeline.workflows.indexing import IndexUpdate

    ingest(workspace, [inbox], executor=SerialExecutor())
    index = assemble.index_of(workspace, writable=False)
    generation = index.generation
    index.close()
    with assemble.catalogue_of(workspace) as catalogue:
        papers = list(catalogue.documents(catalogue.every_id()))
        with IndexUpdate(workspace, catalogue) as update:
            update.add(papers)
            _reject_water(workspace)
            update.commit()  # of what was true before the decision
        assert len(catalogue.held.lacking(generation)) == 1  # the decided one
    assert update_index(workspace) == 1
    assert _found(workspace, "water") == ["eau.txt"]


def test_a_decision_without_an_index_is_kept_and_a_new_index_knows_it(
    workspace: Workspace, inbox: Path
) -> None:
    import shutil

    ingest(workspace, [inbox], executor=SerialExecutor())
    shutil.rmtree(workspace.index)
    assert not _reject_water(workspace).indexed
    assert rebuild_index(workspace) == 3
    assert _found(workspace, "water") == ["eau.txt"]


def test_a_new_vocabulary_changes_what_the_machine_says_and_not_what_a_person_said(
    workspace: Workspace, inbox: Path
) -> None:
    ingest(workspace, [inbox], executor=SerialExecutor())
    done = _reject_water(workspace)
    assert [review.recipe for review in done.kept] != [""]
    file = workspace.model("vocabulary.yaml")
    changed = file.read_text(encoding="utf-8").replace("district heating", "treatment plant")
    file.write_text(changed, encoding="utf-8")
    assert ingest(workspace, [inbox], executor=SerialExecutor()).retagged == 3
    assert "water" not in [tag.concept for tag in document(workspace, "water.txt").tags]
    undone = reviewing.undo(workspace, document(workspace, "water.txt"), by="Ann")
    assert "water" in [tag.concept for tag in undone.document.tags]


def test_versions_about_which_nothing_was_decided_are_told(
    workspace: Workspace, inbox: Path
) -> None:
    ingest(workspace, [inbox], executor=SerialExecutor())
    water, eau = document(workspace, "water.txt"), document(workspace, "eau.txt")
    with assemble.catalogue_of(workspace) as catalogue, catalogue.links.changing() as change:
        change.add([(eau.id, water.id, "earlier draft", 0.8)])
    done = _reject_water(workspace)
    assert [one.id for one in done.versions] == [eau.id]
    assert "water" in [tag.concept for tag in document(workspace, "eau.txt").tags]


def test_taking_back_where_nothing_was_decided_says_so(workspace: Workspace, inbox: Path) -> None:
    ingest(workspace, [inbox], executor=SerialExecutor())
    with pytest.raises(DocumentError, match="no decision that could be taken back"):
        reviewing.undo(workspace, document(workspace, "water.txt"), by="Ann")


def test_the_same_words_of_another_person_are_kept_too(workspace: Workspace, inbox: Path) -> None:
    ingest(workspace, [inbox], executor=SerialExecutor())
    assert len(_reject_water(workspace).kept) == 1
    assert len(_reject_water(workspace).kept) == 0
    paper = document(workspace, "water.txt")
    other = reviewing.decide(workspace, paper, {"water": Decision.REJECTED}, by="Bea")
    assert len(other.kept) == 1


def test_somebody_without_a_name_cannot_decide(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FOURP_USER", raising=False)
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, " ")
    with pytest.raises(ConfigError, match="--by NAME"):
        reviewing.reviewer(workspace)
    assert reviewing.reviewer(workspace, " Ann ") == "Ann"


def test_decisions_of_documents_that_went_away_are_no_labels_until_they_return(
    workspace: Workspace, inbox: Path
) -> None:
    ingest(workspace, [inbox], executor=SerialExecutor())
    with assemble.catalogue_of(workspace) as catalogue:
        catalogue.reviews.add([Review("0" * 64, "water", Decision.MAIN, "Ann")])
    assert list(reviewing.reviewed_labels(workspace)) == []
