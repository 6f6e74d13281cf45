"""What people decided outlives every re-tagging, and is in force as soon as it is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogue.store import Catalogue
from pipeline.core.audience import Audience
from pipeline.core.document import Document
from pipeline.core.failures import Failure
from pipeline.core.reviews import Decision, Review
from pipeline.core.tags import Grade, Origin
from tests.documents import document, documents

BROADER = {"water": "planet", "energy": "planet"}
DECISIONS = (Decision.MAIN, Decision.ALSO, Decision.REJECTED)


def _pillars() -> dict[str, str]:
    return BROADER


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(tmp_path / "catalogue.sqlite", pillars=_pillars) as opened:
        yield opened


def _store(catalogue: Catalogue, *stored: Document, version: str = "v1") -> list[Document]:
    return catalogue.store(list(stored), reading_version=f"r-{version}", recipe_version=version)


def _decide(catalogue: Catalogue, paper: Document, concept: str, decision: Decision) -> Review:
    [kept] = catalogue.reviews.add([Review(paper.id, concept, decision, "Ann")])
    return kept


def _tags(catalogue: Catalogue, paper: Document) -> dict[str, Origin]:
    [found] = catalogue.documents([paper.id])
    return {tag.concept: tag.origin for tag in found.tags}


def test_a_decision_is_in_force_at_once_and_the_index_lacks_it(catalogue: Catalogue) -> None:
    paper = document(concepts=("water", "planet"))
    _store(catalogue, paper)
    catalogue.held.mark({paper.id: Audience.MEMBERS}, generation="g")
    _decide(catalogue, paper, "water", Decision.REJECTED)
    _decide(catalogue, paper, "energy", Decision.ALSO)
    assert _tags(catalogue, paper) == {"energy": Origin.PERSON, "planet": Origin.PERSON}
    assert catalogue.held.lacking("g") == [paper.id]
    assert catalogue.reports.documents(["water"], since="2000-01-01", until="2099-01-01") == []


def test_a_decision_outlives_every_tagging_and_a_failure(catalogue: Catalogue) -> None:
    paper = document(concepts=("water", "planet"))
    _store(catalogue, paper)
    _decide(catalogue, paper, "water", Decision.REJECTED)
    [stored] = _store(catalogue, replace(paper, title="Renamed"), version="v2")
    assert stored.tags == ()
    assert _tags(catalogue, paper) == {}
    [kept] = catalogue.fail([Failure(paper.source, "tag", "no", "mend it", partial=paper)])
    assert kept.tags == ()
    assert _tags(catalogue, paper) == {}


def test_a_decision_outlives_the_documents_deletion_and_return(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    paper = document(concepts=("water", "planet"))
    with Catalogue.open(path, pillars=_pillars) as catalogue:
        _store(catalogue, paper)
        _decide(catalogue, paper, "water", Decision.REJECTED)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("DELETE FROM documents")
    connection.close()
    with Catalogue.open(path, pillars=_pillars) as catalogue:
        assert catalogue.count() == 0
        assert list(catalogue.reviews.standing()) == [(paper.id, "water")]
        _store(catalogue, paper)
        assert _tags(catalogue, paper) == {}


def test_a_decision_about_a_document_that_has_yet_to_come_waits_for_it(
    catalogue: Catalogue,
) -> None:
    paper = document()
    _decide(catalogue, paper, "water", Decision.MAIN)
    _store(catalogue, paper)
    assert _tags(catalogue, paper) == {"water": Origin.PERSON, "planet": Origin.PERSON}


def test_taking_back_a_decision_brings_the_machines_word_back(catalogue: Catalogue) -> None:
    paper = document(concepts=("water", "planet"))
    _store(catalogue, paper)
    kept = _decide(catalogue, paper, "water", Decision.REJECTED)
    taken = catalogue.reviews.withdraw(kept.number, by="Bea")
    assert taken == kept
    [found] = catalogue.documents([paper.id])
    assert found == paper
    assert catalogue.reviews.withdraw(kept.number, by="Bea") is None
    history = catalogue.reviews.of([paper.id])[paper.id]
    assert [(r.decision, r.by) for r in history] == [
        (Decision.REJECTED, "Ann"),
        (Decision.WITHDRAWN, "Bea"),
    ]
    assert _store(catalogue, paper, version="v2") == [paper]


def test_a_decision_keeps_what_the_person_saw(catalogue: Catalogue) -> None:
    paper = replace(document(concepts=("water",)), work="a-work")
    _store(catalogue, paper)
    water = _decide(catalogue, paper, "water", Decision.REJECTED)
    assert (water.work, water.recipe, water.score, water.grade) == ("a-work", "v1", 0.9, Grade.MAIN)
    assert water.at.endswith("+00:00")
    energy = _decide(catalogue, paper, "energy", Decision.MAIN)
    assert (energy.score, energy.grade, energy.number) == (None, None, water.number + 1)
    again = _decide(catalogue, paper, "water", Decision.MAIN)
    assert (again.score, again.grade) == (0.9, Grade.MAIN)  # though it was rejected meanwhile
    assert catalogue.reviews.last() == again.number


def _with_candidate() -> Document:
    paper = document(concepts=("water", "energy"))
    water, energy = paper.tags
    candidate = replace(energy, score=0.2, grade=Grade.REVIEW)
    return replace(paper, tags=(water,), candidates=(candidate,))


def test_a_candidate_is_stored_for_reports_to_ask_about_but_is_no_tag(catalogue: Catalogue) -> None:
    paper = _with_candidate()
    _store(catalogue, paper)
    assert list(catalogue.documents([paper.id])) == [paper]
    found = catalogue.reports.documents(["energy"], since="2000-01-01", until="2099-01-01")
    assert found == [paper.id]
    assert "energy" not in {tag.concept for tag in paper.tags}


def test_an_accepted_candidate_is_a_tag_with_its_evidence_and_a_rejected_one_is_gone(
    catalogue: Catalogue,
) -> None:
    paper = _with_candidate()
    _store(catalogue, paper)
    [candidate] = paper.candidates
    kept = _decide(catalogue, paper, "energy", Decision.ALSO)
    assert (kept.score, kept.grade) == (0.2, Grade.REVIEW)
    [found] = catalogue.documents([paper.id])
    [energy] = [tag for tag in found.tags if tag.concept == "energy"]
    assert (energy.evidence, energy.score) == (candidate.evidence, 1.0)
    assert found.candidates == ()
    _decide(catalogue, paper, "energy", Decision.REJECTED)
    [found] = catalogue.documents([paper.id])
    assert ([tag.concept for tag in found.tags], found.candidates) == (["water"], ())


def test_all_decisions_are_kept_or_none(catalogue: Catalogue) -> None:
    paper = document()
    _store(catalogue, paper)
    good = Review(paper.id, "water", Decision.MAIN, "Ann")
    with pytest.raises(AttributeError):
        catalogue.reviews.add([good, None])  # type: ignore[list-item]
    assert catalogue.reviews.last() == 0
    assert _tags(catalogue, paper) == {}


def test_decisions_that_come_while_the_index_is_written_are_not_taken_for_indexed(
    catalogue: Catalogue,
) -> None:
    papers = [document("One", concepts=("water",)), document("Two", concepts=("water",))]
    _store(catalogue, *papers)
    before = catalogue.reviews.last()
    _decide(catalogue, papers[0], "water", Decision.REJECTED)
    ids = [paper.id for paper in papers]
    catalogue.held.mark(dict.fromkeys(ids, Audience.MEMBERS), generation="g", reviews=before)
    assert catalogue.held.lacking("g") == [papers[0].id]
    catalogue.held.mark(
        dict.fromkeys(ids, Audience.MEMBERS), generation="g", reviews=catalogue.reviews.last()
    )
    assert catalogue.held.lacking("g") == []


@given(documents(), st.dictionaries(st.sampled_from(list(BROADER)), st.sampled_from(DECISIONS)))
def test_storing_what_was_loaded_changes_nothing_and_taking_all_back_restores_the_machines_word(
    tmp_path_factory: pytest.TempPathFactory, paper: Document, chosen: dict[str, Decision]
) -> None:
    paper = replace(
        paper,
        tags=tuple(t for t in paper.tags if t.origin is not Origin.PERSON),
        candidates=tuple(t for t in paper.candidates if t.origin is not Origin.PERSON),
    )
    path = tmp_path_factory.mktemp("law") / "catalogue.sqlite"
    with Catalogue.open(path, pillars=_pillars) as catalogue:
        _store(catalogue, paper)
        kept = [_decide(catalogue, paper, concept, one) for concept, one in chosen.items()]
        [decided] = catalogue.documents([paper.id])
        assert _store(catalogue, decided) == [decided]
        assert _store(catalogue, paper) == [decided]
        for review in kept:
            catalogue.reviews.withdraw(review.number, by="Ann")
        assert list(catalogue.documents([paper.id])) == [paper]


def test_a_catalogue_of_the_third_version_can_be_decided_about(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    paper = document(concepts=("water",))
    with Catalogue.open(path) as catalogue:
        _store(catalogue, paper)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE reviews")
        connection.execute("DROP TABLE suggestions")
        connection.execute("PRAGMA user_version=3")
    connection.close()
    with Catalogue.open(path, pillars=_pillars) as catalogue:
        _decide(catalogue, paper, "water", Decision.REJECTED)
        assert _tags(catalogue, paper) == {}
