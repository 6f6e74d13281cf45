"""The catalogue keeps what it is given, once, and says what it has."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from pipeline.catalogue.store import Catalogue
from pipeline.core.audience import Audience
from pipeline.core.document import Document
from pipeline.core.errors import CatalogueError
from pipeline.core.failures import Failure
from tests.documents import document, documents, source


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(tmp_path / "corpus" / "catalogue.sqlite") as opened:
        yield opened


def _store(catalogue: Catalogue, *stored: Document, version: str = "v1") -> None:
    catalogue.store(list(stored), reading_version=f"r-{version}", recipe_version=version)


def _only(catalogue: Catalogue, one: str) -> Document:
    [found] = catalogue.documents([one])
    return found


@given(documents())
def test_a_stored_document_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, paper: Document
) -> None:
    with Catalogue.open(tmp_path_factory.mktemp("law") / "catalogue.sqlite") as catalogue:
        _store(catalogue, paper)
        assert _only(catalogue, paper.id) == paper


def test_storing_twice_is_storing_once(catalogue: Catalogue) -> None:
    paper = document("One page.", "Another page.", concepts=("water",))
    _store(catalogue, paper)
    _store(catalogue, paper)
    assert catalogue.count() == 1
    assert _only(catalogue, paper.id) == paper


def test_a_new_version_replaces_all_parts_of_the_old(catalogue: Catalogue) -> None:
    paper = document("One page.", "Another page.", concepts=("water", "energy"))
    _store(catalogue, paper)
    retagged = replace(paper, tags=paper.tags[:1])
    _store(catalogue, retagged, version="v2")
    assert _only(catalogue, paper.id) == retagged
    assert catalogue.known()[paper.id].recipe_version == "v2"


def test_the_day_of_adding_survives_an_update(catalogue: Catalogue) -> None:
    paper = document()
    _store(catalogue, paper)
    [first] = catalogue.cards()
    _store(catalogue, replace(paper, title="Renamed"), version="v2")
    [second] = catalogue.cards()
    assert (second.title, second.added_at) == ("Renamed", first.added_at)


def test_documents_come_in_the_order_asked_for_and_unknown_ones_are_passed_over(
    catalogue: Catalogue,
) -> None:
    papers = [document(f"Page {n}") for n in range(5)]
    _store(catalogue, *papers)
    asked = [papers[3].id, "unknown", papers[0].id]
    assert [d.id for d in catalogue.documents(asked)] == [papers[3].id, papers[0].id]


def test_a_failure_counts_its_tries_and_keeps_the_text_extracted(catalogue: Catalogue) -> None:
    paper = document("Kept.")
    failure = Failure(paper.source, "tag", "stopped", "report it", recipe="v1", partial=paper)
    catalogue.fail([failure])
    catalogue.fail([failure])
    [row] = catalogue.failures()
    assert (row.tries, row.stage, row.reason, row.remedy) == (2, "tag", "stopped", "report it")
    assert _only(catalogue, paper.id) == paper
    assert catalogue.known()[paper.id].recipe_version == ""


def test_tries_begin_anew_when_the_bytes_change(catalogue: Catalogue) -> None:
    for content in ("old", "old", "new"):
        broken = source("/library/broken.pdf", content)
        catalogue.fail([Failure(broken, "read", "no", "mend it")])
    assert [f.tries for f in catalogue.failures()] == [1]


def test_a_document_that_comes_through_leaves_the_ledger(catalogue: Catalogue) -> None:
    paper = document()
    catalogue.fail([Failure(paper.source, "read", "no", "mend it")])
    _store(catalogue, paper)
    assert catalogue.failures() == []


def test_what_the_index_lacks_is_told_until_it_is_marked(catalogue: Catalogue) -> None:
    first, second = document("One"), document("Two")
    _store(catalogue, first, second)
    catalogue.held.mark({first.id: Audience.MEMBERS}, generation="g1")
    assert catalogue.held.lacking("g1") == [second.id]
    catalogue.held.mark({second.id: Audience.PUBLIC}, generation="g1")  # not its audience any more
    assert catalogue.held.lacking("g1") == [second.id]
    assert catalogue.held.lacking("g2") == sorted([first.id, second.id])
    _store(catalogue, replace(first, title="Changed"), version="v2")
    assert catalogue.held.lacking("g1") == sorted([first.id, second.id])


def test_tagged_documents_are_found_by_concept_and_period(catalogue: Catalogue) -> None:
    march = document("March", date="2021-03-31", concepts=("water", "planet"))
    april = document("April", date="2021-04-01", concepts=("water",))
    other = document("Other", date="2021-03-31", concepts=("energy",))
    _store(catalogue, march, april, other)
    found = catalogue.reports.documents(["water"], since="2021-03-01", until="2021-03-31")
    assert found == [march.id]
    both = catalogue.reports.documents(["water", "planet"], since="2021-03-31", until="2021-04-01")
    assert both == sorted([march.id, april.id])


def test_versions_of_what_is_reported_come_with_it_whatever_their_tags_and_dates(
    catalogue: Catalogue,
) -> None:
    tagged = document("March", date="2021-03-31", concepts=("water",), work="w")
    french = document("Mars", date="2019-01-01", concepts=(), work="w")
    _store(catalogue, tagged, french, document("Other", date="2021-03-31", concepts=()))
    found = catalogue.reports.documents(["water"], since="2021-03-01", until="2021-03-31")
    assert found == sorted([tagged.id, french.id])


def test_a_date_that_is_only_a_month_or_a_year_is_found_in_its_period(catalogue: Catalogue) -> None:
    month = document("Month", date="2021-03", concepts=("water",))
    year = document("Year", date="2021", concepts=("water",))
    _store(catalogue, month, year)
    found = catalogue.reports.documents(["water"], since="2021-03-01", until="2021-12-31")
    assert found == sorted([month.id, year.id])
    assert catalogue.reports.documents(["water"], since="2021-04-01", until="2021-06-30") == [
        year.id
    ]


def test_a_document_without_a_date_counts_by_the_day_it_came(catalogue: Catalogue) -> None:
    undated = document("Undated", date="", concepts=("water",))
    _store(catalogue, undated)
    today = catalogue.cards()[0].added_at[:10]
    assert catalogue.reports.documents(["water"], since=today, until=today) == [undated.id]
    assert catalogue.reports.documents(["water"], since="1990-01-01", until="1990-12-31") == []


@pytest.mark.parametrize("name", ["/library/a_b.pdf", "a_b.pdf", "Ma note"])
def test_a_document_is_found_by_path_name_title_or_beginning_of_its_id(
    catalogue: Catalogue, name: str
) -> None:
    wanted = document("Text", path="/library/a_b.pdf", title="Ma note")
    _store(catalogue, wanted, document("Text", path="/library/axb.pdf", title="Other"))
    assert catalogue.find(name) == [wanted.id]
    assert catalogue.find(wanted.id[:8]) == [wanted.id]


@pytest.mark.parametrize("name", ["/inbox/twin.pdf", "twin.pdf"])
def test_a_document_is_found_by_the_name_of_any_file_with_its_bytes(
    catalogue: Catalogue, name: str
) -> None:
    wanted = document("Text", path="/library/first.pdf")
    _store(catalogue, wanted)
    catalogue.seen([replace(wanted.source, path="/inbox/twin.pdf")])
    assert catalogue.find(name) == catalogue.find("first.pdf") == [wanted.id]
    assert catalogue.find("win.pdf") == []


def test_a_file_that_is_no_catalogue_is_named_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(CatalogueError, match=r"catalogue\.sqlite is damaged .*backup"):
        Catalogue.open(path)


def test_a_catalogue_of_a_newer_fourp_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    Catalogue.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(CatalogueError, match="newer fourp"):
        Catalogue.open(path)


def test_a_catalogue_of_the_first_version_gets_the_columns_that_came_later(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    paper = document("One page.")
    with Catalogue.open(path) as catalogue:
        _store(catalogue, paper)
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE documents DROP COLUMN headings")
        connection.execute("ALTER TABLE documents DROP COLUMN members")
        connection.execute("ALTER TABLE documents DROP COLUMN origins")
        for table in ("links", "fingerprint_hashes", "fingerprints"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version=1")
    connection.close()
    with Catalogue.open(path) as catalogue:
        assert _only(catalogue, paper.id) == paper
