"""The figures of a catalogue are right, and are counted without reading a text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from pipeline.catalogue.figures import Figures, LastRun, Reason, Sizes
from pipeline.catalogue.store import Catalogue, Run
from pipeline.core.audience import Audience
from pipeline.core.failures import Failure
from pipeline.core.tags import Grade
from tests.documents import document, source


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corpus" / "catalogue.sqlite"


@pytest.fixture
def catalogue(path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(path) as opened:
        yield opened


@contextmanager
def _figures(catalogue: Catalogue) -> Iterator[Figures]:
    with catalogue.snapshot() as state:
        yield Figures(state)


def test_an_empty_catalogue_has_nothing_of_everything(catalogue: Catalogue) -> None:
    with _figures(catalogue) as figures:
        assert figures.sizes() == Sizes(0, 0, 0, 0, 0, 0, 0, 0)
        assert (figures.languages(), figures.runs(3), figures.reasons(3)) == ([], [], [])
        assert figures.lacking("g1") == 0


def test_versions_of_a_work_count_as_one_and_suggestions_below_the_bar_wait(
    catalogue: Catalogue,
) -> None:
    english = document("One.", "Two.", concepts=("water", "energy"), work="w")
    [water, energy] = english.tags
    english = replace(english, tags=(water,), candidates=(replace(energy, grade=Grade.REVIEW),))
    french, alone = document("Un.", language="fr", work="w"), document("Alone.")
    nothing_said = replace(document("?"), languages=())
    catalogue.store([english, french, alone], reading_version="1", recipe_version="1")
    catalogue.store([nothing_said], reading_version="1", recipe_version="2")
    with _figures(catalogue) as figures:
        sizes, languages = figures.sizes(), figures.languages()
    assert (sizes.documents, sizes.works, sizes.pages) == (4, 3, 5)
    assert (sizes.waiting, sizes.waiting_documents, sizes.unlike) == (1, 1, 1)
    assert languages == [("en", 2, 2), ("fr", 1, 1), ("und", 1, 1)]


def test_failures_of_one_reason_are_one_line_and_the_most_frequent_is_first(
    catalogue: Catalogue,
) -> None:
    catalogue.fail(
        [
            Failure(source("/b.pdf", "b"), "read", "is empty", "restore it"),
            Failure(source("/a.pdf", "a"), "read", "is empty", "restore it"),
            Failure(source("/c.pdf", "c"), "read", "is encrypted", "decrypt it"),
        ]
    )
    with _figures(catalogue) as figures:
        [empty, encrypted], first = figures.reasons(5), figures.reasons(1)
    assert empty == Reason("read", "is empty", "restore it", 2, "/a.pdf")
    assert encrypted == Reason("read", "is encrypted", "decrypt it", 1, "/c.pdf")
    assert first == [empty]


def test_the_last_runs_come_latest_first(catalogue: Catalogue) -> None:
    for n in range(3):
        catalogue.add_run(Run(f"2021-03-0{n + 1}", f"2021-03-0{n + 2}", "r", n, n, 0, 0, n))
    with _figures(catalogue) as figures:
        latest, before = figures.runs(2)
    assert latest == LastRun("2021-03-03", "2021-03-04", 2, 2, 0, 0, 2)
    assert before.found == 1


def test_what_the_index_lacks_is_counted_as_it_is_listed(catalogue: Catalogue) -> None:
    papers = [document(f"Paper {n}.") for n in range(3)]
    catalogue.store(papers, reading_version="1", recipe_version="1")
    catalogue.held.mark({papers[0].id: Audience.MEMBERS}, generation="g1")
    for generation in ("g1", "g2"):
        listed = catalogue.held.lacking(generation)
        with _figures(catalogue) as figures:
            assert figures.lacking(generation) == len(listed)


def test_no_figure_reads_the_table_that_holds_the_texts(catalogue: Catalogue, path: Path) -> None:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with _figures(catalogue) as figures:
            figures.sizes()
            figures.languages()
            figures.lacking("g1")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(asked) == 10
    with sqlite3.connect(path) as connection:
        for statement in asked:
            nothing = [""] * statement.count("?")
            for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", nothing):
                if step.startswith(("SCAN documents", "SEARCH documents")):
                    assert "COVERING INDEX" in step
    connection.close()


def test_an_older_catalogue_is_given_what_its_figures_are_counted_from(path: Path) -> None:
    Catalogue.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP INDEX documents_facts")
        connection.execute("PRAGMA user_version=6")
    connection.close()
    with Catalogue.open(path) as catalogue, catalogue._engine.connect() as opened:
        found = opened.execute(text("SELECT name FROM sqlite_master WHERE type = 'index'"))
        assert "documents_facts" in set(found.scalars())
