"""What is asked first: unsure suggestions, recent papers, versions of what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogue.store import Catalogue
from pipeline.config.workspace import Workspace
from pipeline.core.document import Document
from pipeline.core.errors import ConfigError
from pipeline.core.reviews import Decision, Review
from pipeline.workflows import assemble
from pipeline.workflows.review_queue import VERSION, Question, age, questions, usefulness
from pipeline.workflows.reviewing import reviewed_labels
from tests import libraries
from tests.documents import document

BARS = (0.3, 0.4)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return libraries.library(tmp_path / "library")


@pytest.fixture
def catalogue(workspace: Workspace) -> Iterator[Catalogue]:
    with assemble.catalogue_of(workspace) as opened:
        yield opened


def _worth(
    score: float | None = 0.35, labels: int = 0, years: float = 1.0, version: bool = False
) -> float:
    return usefulness(score, bars=BARS, labels=labels, years=years, version=version)


def _paper(text: str, *, score: float, day: str = "2021-03-01", work: str = "") -> Document:
    paper = document(text, date=day, work=work, concepts=("water",))
    return replace(paper, tags=(replace(paper.tags[0], score=score),))


def _store(catalogue: Catalogue, *papers: Document) -> None:
    catalogue.store(list(papers), reading_version="r", recipe_version="v")


def _asked(workspace: Workspace, catalogue: Catalogue, **options: str) -> list[Question]:
    return questions(
        workspace,
        catalogue,
        file=options.get("file"),
        group=options.get("group"),
        limit=int(options.get("limit", "9")),
    )


def test_what_is_nearest_to_a_bar_is_most_useful() -> None:
    assert _worth(0.3) == _worth(0.4) > _worth(0.35) > _worth(0.2) > _worth(0.9)


def test_files_with_few_labels_recent_papers_and_versions_weigh_more() -> None:
    assert _worth(labels=0) > _worth(labels=3) > _worth(labels=50)
    assert _worth(years=0) > _worth(years=3) > _worth(years=30) > _worth(years=0) / 2
    assert _worth(version=True) == 2 * _worth()
    assert _worth(None, version=True) > _worth(0.2, version=True)


@given(st.none() | st.floats(0, 1), st.integers(0, 10**6), st.floats(-1, 500), st.booleans())
def test_usefulness_is_above_0_and_bounded(
    score: float | None, labels: int, years: float, version: bool
) -> None:
    assert 0 < _worth(score, labels, years, version) <= VERSION


def test_an_age_is_told_from_a_year_a_month_or_a_day() -> None:
    today = date(2022, 3, 1)
    assert age("2021-03-01", today) == pytest.approx(1, abs=0.01)
    assert age("2021-03", today) == age("2021-03-01", today)
    assert age("2021", today) == age("2021-01-01", today)
    assert age("2030-01-01", today) == 0


def test_questions_come_by_usefulness_and_only_about_what_nobody_decided(
    workspace: Workspace, catalogue: Catalogue
) -> None:
    sure, unsure, old, decided = (
        _paper("Sure", score=0.9),
        _paper("Unsure", score=0.41),
        _paper("Old", score=0.41, day="1999"),
        _paper("Decided", score=0.4),
    )
    _store(catalogue, sure, unsure, old, decided)
    catalogue.reviews.add([Review(decided.id, "water", Decision.MAIN, "Ann")])
    asked = _asked(workspace, catalogue)
    assert [one.document for one in asked] == [unsure.id, old.id, sure.id]
    assert [one.document for one in _asked(workspace, catalogue, limit="1")] == [unsure.id]


def test_a_decision_about_one_version_is_offered_for_the_others_and_not_applied(
    workspace: Workspace, catalogue: Catalogue
) -> None:
    english, french = _paper("Waste", score=0.9, work="w"), document("Eaux", work="w")
    _store(catalogue, english, french)
    [review] = catalogue.reviews.add([Review(english.id, "water", Decision.MAIN, "Ann")])
    [asked] = _asked(workspace, catalogue)
    assert (asked.document, asked.concept, asked.score) == (french.id, "water", None)
    assert asked.elsewhere == (review,)
    [stored] = catalogue.documents([french.id])
    assert stored.tags == ()
    catalogue.reviews.add([Review(french.id, "water", Decision.REJECTED, "Ann")])
    assert _asked(workspace, catalogue) == []


def test_a_decision_about_a_draft_is_offered_for_the_later_version(
    workspace: Workspace, catalogue: Catalogue
) -> None:
    draft, final = document("Draft"), document("Final")
    _store(catalogue, draft, final)
    with catalogue.links.changing() as change:
        change.add([(draft.id, final.id, "earlier draft", 0.7)])
    catalogue.reviews.add([Review(draft.id, "water", Decision.REJECTED, "Ann")])
    [asked] = _asked(workspace, catalogue)
    assert (asked.document, asked.elsewhere[0].decision) == (final.id, Decision.REJECTED)


def test_questions_are_narrowed_to_a_file_or_a_group_and_unknown_ones_are_told(
    workspace: Workspace, catalogue: Catalogue
) -> None:
    _store(catalogue, document("Both", concepts=("water", "energy", "planet")))
    assert [one.concept for one in _asked(workspace, catalogue, file="Energy legislation")] == [
        "energy"
    ]
    assert [one.concept for one in _asked(workspace, catalogue, file="energy")] == ["energy"]
    everything = {one.concept for one in _asked(workspace, catalogue, group="planet")}
    assert everything == {"water", "energy"}
    with pytest.raises(ConfigError) as raised:
        _asked(workspace, catalogue, file="watr", group="moon")
    assert len(raised.value.problems) == 2


def test_labels_for_training_are_those_of_people_only(
    workspace: Workspace, catalogue: Catalogue
) -> None:
    papers = [document(f"Paper {n}", concepts=("water", "planet")) for n in range(3)]
    _store(catalogue, *papers)
    kept = catalogue.reviews.add(
        [
            Review(papers[0].id, "energy", Decision.MAIN, "Ann"),
            Review(papers[0].id, "water", Decision.REJECTED, "Ann"),
            Review(papers[1].id, "water", Decision.ALSO, "Ann"),
            Review(papers[2].id, "water", Decision.MAIN, "Ann"),
        ]
    )
    catalogue.reviews.withdraw(kept[-1].number, by="Ann")
    told = {
        one.document.id: (one.main, one.also, one.rejected) for one in reviewed_labels(workspace)
    }
    assert told == {
        papers[0].id: (("energy",), (), ("water",)),
        papers[1].id: ((), ("water",), ()),
    }
