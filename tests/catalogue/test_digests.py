"""What came in and who was told of it is kept, by works and by documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from pipeline.catalogue.store import Catalogue
from pipeline.core.audience import Audience, AudienceRules
from pipeline.core.digests import Outgoing, State
from pipeline.core.document import Document
from pipeline.core.fingerprint import Fingerprint
from pipeline.core.tags import Grade
from tests.documents import document

LONG_AGO = "2000-01-01"
MESSAGE = Outgoing(
    "north", "2026-W49", "<1@example.org>", Audience.MEMBERS, ("a@example.org", "b@example.org"),
    "Subject", 2, ("d1", "d2"), "2026-12-02T09:00:00+00:00",
)  # fmt: skip


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    rules = AudienceRules(secretariat=("secret",))
    with Catalogue.open(tmp_path / "catalogue.sqlite", rules=rules) as opened:
        yield opened


def _store(catalogue: Catalogue, *papers: object) -> None:
    catalogue.store(papers, reading_version="1", recipe_version="1")  # type: ignore[arg-type]


def test_versions_are_one_arrival_with_the_best_grades_and_all_ids(catalogue: Catalogue) -> None:
    english = document("One", concepts=("water",), work="w")
    other = document("Deux", concepts=("water", "energy"), work="w", language="fr")
    also = tuple(replace(tag, grade=Grade.ALSO) for tag in other.tags)
    hidden = document("Three", path="/secret/three.pdf", concepts=("planet",), work="w")
    alone = document("Four")
    _store(catalogue, english, replace(other, tags=also), hidden, alone)
    arrivals = catalogue.arrivals.since(LONG_AGO, Audience.MEMBERS)
    by_work = {one.work: one for one in arrivals}
    assert by_work.keys() == {"w", alone.id}
    assert by_work["w"].ids == {"w", english.id, other.id, hidden.id}
    assert by_work["w"].documents == tuple(sorted([english.id, other.id]))
    assert by_work["w"].grades == {"water": Grade.MAIN, "energy": Grade.ALSO}
    all_of_it = catalogue.arrivals.since(LONG_AGO, Audience.SECRETARIAT)
    assert {one.work: len(one.documents) for one in all_of_it} == {"w": 3, alone.id: 1}
    assert catalogue.arrivals.since("2100-01-01", Audience.MEMBERS) == []


def test_a_new_version_of_a_work_that_was_there_is_no_arrival(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    old, new = document("Old", work="w"), document("New", work="w")
    _store(catalogue, old, new)
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as connection:
        connection.execute("UPDATE documents SET added_at='1999' WHERE digest = ?", (old.id,))
    connection.close()
    assert catalogue.arrivals.since(LONG_AGO, Audience.MEMBERS) == []
    assert len(catalogue.arrivals.since("1999", Audience.MEMBERS)) == 1


def _near_duplicates(path: Path, *pairs: tuple[Document, Document]) -> None:
    with sqlite3.connect(path / "catalogue.sqlite") as connection:
        for one, other in pairs:
            row = (one.id, other.id, "near-duplicate", 0.99)
            connection.execute("INSERT INTO links VALUES (?, ?, ?, ?)", row)
    connection.close()


def test_one_publication_in_several_files_is_one_arrival(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    a, b, c = (document(f"Text {n}", concepts=(f"c{n}",)) for n in range(3))
    hidden = document("Text", path="/secret/d.pdf")
    dated = document("Text 4", date="2021-03-02")
    called = document("Text 5", title="Another edition")
    _store(catalogue, a, b, c, hidden, dated, called)
    _near_duplicates(tmp_path, (a, b), (c, b), (hidden, a), (a, dated), (called, a))
    found = {one.documents: one for one in catalogue.arrivals.since(LONG_AGO, Audience.MEMBERS)}
    assert found.keys() == {tuple(sorted([a.id, b.id, c.id])), (dated.id,), (called.id,)}
    same = found[tuple(sorted([a.id, b.id, c.id]))]
    assert same.ids == {a.id, b.id, c.id}
    assert same.grades.keys() == {"c0", "c1", "c2"}
    some = catalogue.arrivals.of([a.id, dated.id], Audience.MEMBERS)
    assert sorted(one.documents for one in some) == sorted([(a.id,), (dated.id,)])


def test_a_file_of_a_publication_that_was_there_before_is_no_arrival(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    old, new = document("Old"), document("New")
    _store(catalogue, old, new)
    _near_duplicates(tmp_path, (new, old))
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as connection:
        connection.execute("UPDATE documents SET added_at='1999' WHERE digest = ?", (old.id,))
    connection.close()
    assert catalogue.arrivals.since(LONG_AGO, Audience.MEMBERS) == []


def test_what_was_not_compared_yet_waits(catalogue: Catalogue) -> None:
    print_ = Fingerprint(named="", figures=(), length=1, numbers=b"", words=b"")
    _store(catalogue, replace(document("New"), fingerprint=print_))
    assert catalogue.arrivals.since(LONG_AGO, Audience.MEMBERS) == []


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_proofs_are_the_slices_that_they_name(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    paper = document(*texts, concepts=("water", "energy"))
    with Catalogue.open(tmp_path_factory.mktemp("law") / "catalogue.sqlite") as catalogue:
        _store(catalogue, paper)
        proofs = catalogue.arrivals.proofs([paper.id], ["water"])
    [evidence] = [tag.evidence[0] for tag in paper.tags if tag.concept == "water"]
    assert [(one.text, one.page) for one in proofs] == [(evidence.quote, evidence.page)]


def test_a_message_and_what_it_announces_are_kept_and_forgotten_together(
    catalogue: Catalogue,
) -> None:
    digests = catalogue.digests
    _store(catalogue, paper := document("One", work="w"))
    arrivals = catalogue.arrivals.since(LONG_AGO, Audience.MEMBERS)
    assert digests.announced("north", arrivals) == set()
    number = digests.prepare(MESSAGE, b"bytes", [paper.id, "other"])
    assert digests.outgoing(State.PREPARED) == [replace(MESSAGE, number=number)]
    assert digests.of_period("north", "2026-W49") == replace(MESSAGE, number=number)
    assert digests.of_period("south", "2026-W49") is None
    assert digests.message(number) == b"bytes"
    assert digests.announced("north", arrivals) == {"w"}  # by its document, whatever its work
    assert digests.announced("south", arrivals) == set()
    digests.withdraw(number)
    assert digests.outgoing(*State) == []
    assert digests.announced("north", arrivals) == set()


def test_a_second_message_of_a_period_is_refused_and_leaves_no_trace(catalogue: Catalogue) -> None:
    _store(catalogue, document("One", work="w"))
    catalogue.digests.prepare(MESSAGE, b"1", ["other"])
    with pytest.raises(IntegrityError):
        catalogue.digests.prepare(MESSAGE, b"2", ["w"])
    arrivals = catalogue.arrivals.since(LONG_AGO, Audience.MEMBERS)
    assert catalogue.digests.announced("north", arrivals) == set()


def test_how_far_a_message_has_come_is_noted(catalogue: Catalogue) -> None:
    number = catalogue.digests.prepare(MESSAGE, b"1", ["w"])
    catalogue.digests.note(number, State.SENDING, "no answer")
    [one] = catalogue.digests.outgoing(State.SENDING)
    assert (one.state, one.problem) == (State.SENDING, "no answer")
    assert catalogue.digests.outgoing(State.PREPARED, State.SENT) == []


def test_the_bytes_of_the_last_message_alone_are_kept_once_it_was_given_out(
    catalogue: Catalogue,
) -> None:
    digests = catalogue.digests
    first = digests.prepare(MESSAGE, b"1", ["w"])
    second = digests.prepare(replace(MESSAGE, period="2026-W50"), b"2", ["v"])
    assert digests.message(first) == b"1"  # nobody got it yet
    digests.note(first, State.SENT)
    digests.note(second, State.WRITTEN)
    assert digests.message(first) == b"1"
    digests.prepare(replace(MESSAGE, subscriber="south"), b"3", ["w"])
    assert digests.message(first) == b"1"
    digests.prepare(replace(MESSAGE, period="2026-W51"), b"4", ["u"])
    assert [digests.message(number) for number in (first, second)] == [b"", b""]


def test_an_interest_keeps_its_day_until_it_is_gone(catalogue: Catalogue) -> None:
    digests = catalogue.digests
    digests.follow("north", {"file/water": "2026-01-01"})
    digests.follow("north", {"file/water": "2026-02-02", "file/energy": "2026-02-02"})
    assert digests.followed("north") == {"file/water": "2026-01-01", "file/energy": "2026-02-02"}
    digests.follow("north", {"file/energy": "2026-03-03"})
    assert digests.followed("north") == {"file/energy": "2026-02-02"}
    assert digests.followed("south") == {}


def test_a_catalogue_of_the_tenth_version_can_keep_digests(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    Catalogue.open(path).close()
    with sqlite3.connect(path) as connection:
        for table in ("announced", "digests", "followed"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version=10")
    connection.close()
    with Catalogue.open(path) as catalogue:
        assert catalogue.digests.prepare(MESSAGE, b"1", ["w"])
