"""Saved searches are kept with what they have shown, by works and by documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogue.store import Catalogue
from pipeline.core.query import Filters
from pipeline.core.searches import SavedSearch
from tests.documents import document

WATER = SavedSearch("water", '"waste water" NOT sewage', Filters(pillars=("planet",), since="2021"))

_codes = st.lists(st.text(max_size=5), max_size=2).map(tuple)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(tmp_path / "catalogue.sqlite") as opened:
        yield opened


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.builds(Filters, *[_codes] * 5, st.just("2021-03-01"), st.just("")),
)
def test_a_search_comes_back_as_it_was_saved(
    tmp_path_factory: pytest.TempPathFactory, name: str, line: str, filters: Filters
) -> None:
    with Catalogue.open(tmp_path_factory.mktemp("law") / "catalogue.sqlite") as catalogue:
        assert catalogue.searches.add(SavedSearch(name, line, filters), ["a"])
        [kept] = catalogue.searches.all()
        assert (kept.name, kept.line, kept.filters) == (name, line, filters)
        assert catalogue.searches.seen(name) == {"a"}


def test_a_name_is_taken_until_it_is_deleted_with_what_was_seen(catalogue: Catalogue) -> None:
    assert catalogue.searches.add(WATER, ["a"])
    assert not catalogue.searches.add(WATER, ["b"])
    assert catalogue.searches.seen("water") == {"a"}
    assert catalogue.searches.delete("water")
    assert not catalogue.searches.delete("water")
    assert catalogue.searches.seen("water") == set()
    assert catalogue.searches.add(WATER, [])


def test_marking_twice_is_marking_once_and_a_search_that_is_gone_is_not_marked(
    catalogue: Catalogue,
) -> None:
    catalogue.searches.add(WATER, ["a"])
    catalogue.searches.mark("water", ["a", "b", "b"])
    catalogue.searches.mark("water", [])
    catalogue.searches.mark("air", ["c"])
    assert catalogue.searches.seen("water") == {"a", "b"}
    assert catalogue.searches.seen("air") == set()


def test_the_ids_of_a_work_are_those_of_all_its_documents_old_and_new(
    catalogue: Catalogue,
) -> None:
    papers = [document(f"Text {n}", work=work) for n, work in enumerate(["w", "w", "", "v"])]
    catalogue.store(papers, reading_version="1", recipe_version="1")
    english, french, alone, other = (paper.id for paper in papers)
    found = {english: "former", alone: alone, other: "v", "gone": "gone"}
    assert catalogue.searches.ids_of(found) == {
        english: {english, french, "former", "w"},
        alone: {alone},
        other: {other, "v"},
        "gone": {"gone"},
    }


def test_a_catalogue_of_the_fourth_version_can_keep_searches(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    paper = document()
    with Catalogue.open(path) as catalogue:
        catalogue.store([paper], reading_version="1", recipe_version="1")
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE seen")
        connection.execute("DROP TABLE saved_searches")
        connection.execute("PRAGMA user_version=4")
    connection.close()
    with Catalogue.open(path) as catalogue:
        assert list(catalogue.documents([paper.id])) == [paper]
        assert catalogue.searches.add(WATER, [paper.id])
