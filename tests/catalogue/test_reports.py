"""What reports listed is kept, by group, and older catalogues can keep it too."""

from __future__ import annotations

import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogue.store import Catalogue
from pipeline.core.document import Document
from pipeline.core.extracts import Extract
from pipeline.core.reported import Listed, PastReport
from pipeline.core.tags import Grade
from tests import documents as papers

LISTED = (
    Listed("Éau \u202f!", "water", Grade.MAIN, "Ann, 2021-04-02", frozenset({"a" * 64, "b" * 64})),
    Listed("Heat", "energy", Grade.ALSO, "", frozenset({"c" * 64})),
)
SPRING = PastReport("planet", "2021-04-01T08:30:00+00:00", "2021-01-01", "2021-03-31", LISTED)
AUTUMN = replace(SPRING, made_at="2021-10-01T08:30:00+00:00", listed=LISTED[:1])


def test_last_report_of_a_group_before_a_day_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    with Catalogue.open(tmp_path / "catalogue.sqlite") as catalogue:
        for report in (AUTUMN, SPRING, replace(SPRING, group="people", listed=())):
            catalogue.reports.add(report)
        last = catalogue.reports.last
        assert last("planet", before="2021-04-01") is None
        assert last("planet", before="2021-10-01") == SPRING
        assert last("planet", before="2022-01-01") == AUTUMN
        assert last("people", before="2022-01-01") == replace(SPRING, group="people", listed=())
        assert last("places", before="2022-01-01") is None


def test_a_catalogue_of_the_sixth_version_can_keep_reports(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    Catalogue.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE reported")
        connection.execute("DROP TABLE reports")
        connection.execute("PRAGMA user_version=6")
    connection.close()
    with Catalogue.open(path) as catalogue:
        catalogue.reports.add(SPRING)
        assert catalogue.reports.last("planet", before="2022") == SPRING


@given(
    st.lists(papers.documents(), unique_by=lambda one: one.id, max_size=4),
    st.sets(st.sampled_from(["water", "energy", "planet"])),
)
def test_extracts_say_what_the_whole_documents_say(
    documents: list[Document], concepts: set[str]
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Catalogue.open(Path(folder, "catalogue.sqlite")) as catalogue,
    ):
        catalogue.store(documents, reading_version="r", recipe_version="v")
        ids = sorted(document.id for document in documents)
        days = {card.document: card.added_at for card in catalogue.cards()}
        assert list(catalogue.reports.extracts(["unknown", *ids], concepts)) == [
            Extract.of(document, concepts, added_at=days[document.id])
            for document in catalogue.documents(ids)
        ]
