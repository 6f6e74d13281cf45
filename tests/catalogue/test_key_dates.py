"""Key dates are found once for each text, kept, and found anew when the text may have changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pipeline.catalogue.store import Catalogue
from pipeline.core.document import Document
from pipeline.core.key_dates import Announcement, KeyDate, KeyKind
from pipeline.core.spans import Span
from tests.documents import document

TEXT = "It shall apply from 1 July 2028. Then it ends."
DATE = Span(20, 31)
KEY = KeyDate("2028-07-01", KeyKind.APPLICATION, Span(0, 32), DATE, 1)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(tmp_path / "catalogue.sqlite") as opened:
        yield opened


def _finder(document: Document) -> Sequence[KeyDate]:
    """Find the one date of every document that has it."""
    return [KEY] if document.text.startswith(TEXT) else []


def _store(catalogue: Catalogue, *papers: Document) -> None:
    catalogue.store(papers, reading_version="1", recipe_version="1")


def _find(catalogue: Catalogue, version: str = "1") -> list[int]:
    waiting = catalogue.key_dates.waiting(version)
    return list(catalogue.key_dates.find(waiting, _finder, version=version))


def _all(catalogue: Catalogue, **asked: object) -> list[Announcement]:
    return list(catalogue.key_dates.between("2020-01-01", "", **asked))  # type: ignore[arg-type]


def test_what_is_found_comes_back_with_its_sentence_and_document(catalogue: Catalogue) -> None:
    paper = document(TEXT, concepts=("water", "planet"), work="a-work", title="On towns")
    _store(catalogue, paper)
    assert _find(catalogue) == [1]
    [told] = _all(catalogue)
    assert (told.key, told.text) == (KEY, "It shall apply from 1 July 2028.")
    assert (told.document, told.work, told.title) == (paper.id, "a-work", "On towns")
    assert (told.language, told.concepts) == ("en", ("water", "planet"))


def test_a_document_is_looked_through_once_even_if_it_announces_nothing(
    catalogue: Catalogue,
) -> None:
    _store(catalogue, document(TEXT), document("Nothing to tell."))
    assert _find(catalogue) == [2]
    assert _find(catalogue) == []


def test_another_version_of_what_finds_looks_through_all_and_replaces(catalogue: Catalogue) -> None:
    _store(catalogue, document(TEXT))
    _find(catalogue)
    assert _find(catalogue, version="2") == [1]
    assert len(_all(catalogue)) == 1


def test_a_document_that_is_stored_anew_is_looked_through_anew_and_a_retagged_one_is_not(
    catalogue: Catalogue,
) -> None:
    paper = document(TEXT)
    _store(catalogue, paper)
    _find(catalogue)
    catalogue.retag([paper], recipe_version="2")
    assert catalogue.key_dates.waiting("1") == []
    _store(catalogue, paper)
    assert catalogue.key_dates.waiting("1") == [paper.id]


def test_dates_are_filtered_by_day_kind_and_the_concepts_of_their_work(
    catalogue: Catalogue,
) -> None:
    english = document(TEXT, concepts=("water",), work="one")
    french = document(TEXT, "Page deux.", concepts=("energy",), work="one")
    other = document(TEXT, "Another.", concepts=("digital",), work="two")
    _store(catalogue, english, french, other)
    _find(catalogue)
    key_dates = catalogue.key_dates
    assert list(key_dates.between("2028-07-02", "")) == []
    assert list(key_dates.between("2020-01-01", "2028-06-30")) == []
    assert len(list(key_dates.between("2028-07-01", "2028-07-01"))) == 3
    assert _all(catalogue, kinds=[KeyKind.MEETING]) == []
    about = {told.document for told in _all(catalogue, about=[{"water"}])}
    assert about == {english.id, french.id}  # a work is about what any version is tagged with
    assert len(_all(catalogue, about=[{"water"}, {"energy", "digital"}])) == 2
    assert _all(catalogue, about=[{"water"}, {"digital"}]) == []


def test_finding_that_is_cut_off_goes_on_where_it_was(catalogue: Catalogue) -> None:
    _store(catalogue, *(document(TEXT, f"Page of {n}.") for n in range(45)))
    waiting = catalogue.key_dates.waiting("1")
    found = catalogue.key_dates.find(waiting, _finder, version="1")
    assert next(found) == 20
    found.close()  # type: ignore[attr-defined]
    assert len(catalogue.key_dates.waiting("1")) == 25


def test_a_catalogue_of_the_sixth_version_can_keep_key_dates(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    with Catalogue.open(path) as catalogue:
        _store(catalogue, document(TEXT))
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE key_dates")
        connection.execute("DROP TABLE key_dates_found")
        connection.execute("PRAGMA user_version=6")
    connection.close()
    with Catalogue.open(path) as catalogue:
        assert _find(catalogue) == [1]
        assert len(_all(catalogue)) == 1
