"""What an audit counts is what is in the catalogue, all of one state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.catalogue.coverage import Coverage, Year
from pipeline.catalogue.gaps import Gaps, Pair, Some
from pipeline.catalogue.quality import Folder, Quality, folder_of
from pipeline.catalogue.store import Catalogue
from pipeline.core.document import Document, Layout
from pipeline.core.failures import Failure
from pipeline.core.reviews import Decision, Review
from pipeline.core.tags import Grade
from tests.documents import document, source

PILLARS = {"water": "planet", "energy": "planet"}


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    path = tmp_path / "corpus" / "catalogue.sqlite"
    with Catalogue.open(path, pillars=lambda: PILLARS) as opened:
        yield opened


def _store(catalogue: Catalogue, *papers: Document) -> None:
    catalogue.store(papers, reading_version="1", recipe_version="1")


def _made_by(institution: str, paper: Document) -> Document:
    return replace(paper, institution=institution)


def test_coverage_counts_tags_not_suggestions_and_says_what_people_gave(
    catalogue: Catalogue,
) -> None:
    english = document("One.", concepts=("water",), date="2021-03-01", work="w")
    french = document("Un.", concepts=("water",), date="2020", language="fr", work="w")
    unsure = document("Two.", concepts=("water",), date="")
    [tag] = unsure.tags
    unsure = replace(unsure, tags=(), candidates=(replace(tag, grade=Grade.REVIEW),))
    _store(catalogue, english, french, unsure)
    catalogue.reviews.add([Review(french.id, "water", Decision.MAIN, "ann")])
    with catalogue.snapshot() as state:
        found = Coverage(state).by_concept("2021-01-01", "2021-12-31")
        years, untagged = Coverage(state).by_year(), Coverage(state).untagged()
    water = found["water"]
    assert (water.documents, water.works, water.waiting, water.by_person) == (2, 1, 1, 1)
    assert (water.languages, water.years) == ({"en": 1, "fr": 1}, {"2021": 1, "2020": 1})
    assert (water.last, water.recent) == ("2021-03-01", 1)
    assert years == [Year("2021", 1, 1), Year("2020", 1, 1), Year("", 1, 1)]
    assert untagged == 1


def test_a_date_that_lies_ahead_is_not_the_last_one(catalogue: Catalogue) -> None:
    deadline = document("Deadline.", concepts=("water",), date="2035-01-01")
    _store(catalogue, deadline, document("Now.", concepts=("water",), date="2021-05"))
    with catalogue.snapshot() as state:
        water = Coverage(state).by_concept("2021-05-03", "2021-06-30")["water"]
    # A month is compared as far as it goes.
    assert (water.last, water.recent) == ("2021-05", 1)


def test_a_document_without_a_date_counts_by_the_day_it_came_in(catalogue: Catalogue) -> None:
    paper = document("Undated.", concepts=("water",), date="")
    _store(catalogue, paper)
    day = catalogue.cards()[0].added_at[:10]
    with catalogue.snapshot() as state:
        assert Coverage(state).by_concept(day, day)["water"].recent == 1
        assert Coverage(state).by_concept("2000-01-01", "2000-12-31")["water"].recent == 0


def test_a_work_lacks_a_language_if_none_of_its_documents_has_it(catalogue: Catalogue) -> None:
    both = [
        document("One.", language="en", work="both"), document("Un.", language="fr", work="both"),
    ]  # fmt: skip
    mixed = replace(document("Side by side.", work="mixed"), languages=("en", "fr"))
    english = _made_by("CEMR", document("English.", date="2020-01-01"))
    later = document("Later.", date="2021-01-01")
    unknown = replace(document("???"), languages=("und",))
    _store(catalogue, *both, mixed, english, later, unknown)
    with catalogue.snapshot() as state:
        french = Gaps(state).without("fr", most=9)
        own = Gaps(state).without("fr", institution="cemr", most=9)
        none = Gaps(state).without("en", most=9)
        cut = Gaps(state).without("fr", most=1)
        either = Gaps(state).lacking(["fr", "en"])
        any_ = Gaps(state).lacking(["fr", "en", "de"])
    assert [(w.paper.id, w.languages, w.date) for w in french.first] == [
        (later.id, ("en",), "2021-01-01"), (english.id, ("en",), "2020-01-01"),
    ]  # fmt: skip
    assert [w.paper.id for w in own.first] == [english.id]
    assert none == Some(0, ())
    # A work that lacks two languages is one work.
    assert (either, any_) == (2, 4)
    assert (cut.total, [w.paper.id for w in cut.first]) == (2, [later.id])


def test_a_study_is_old_when_every_dated_version_is(catalogue: Catalogue) -> None:
    def study(date: str, *, work: str = "", kind: str = "study") -> Document:
        return replace(document(f"{date} {work} {kind}", date=date, work=work), kind=kind)

    old, older = study("2015-06-01"), study("2014")
    renewed = [study("2010-01-01", work="w"), study("2021-01-01", work="w")]
    others = [study("2010-01-01", kind="letter"), study(""), study("2016")]
    _store(catalogue, old, older, *renewed, *others)
    with catalogue.snapshot() as state:
        aged = Gaps(state).aged(["study", "guide"], before="2016-03-01", most=9)
    # All that is known of the last one is its year, which is that of the day.
    assert [work.paper.id for work in aged.first] == [older.id, old.id]


def test_linked_pairs_come_most_alike_first_and_only_of_the_relation(catalogue: Catalogue) -> None:
    papers = sorted((document(f"Paper {n}.") for n in range(4)), key=lambda paper: paper.id)
    a, b, c, d = (paper.id for paper in papers)
    _store(catalogue, *papers)
    with catalogue.links.changing() as change:
        change.add(
            [(a, b, "near-duplicate", 0.8), (c, d, "near-duplicate", 0.9),
             (b, c, "earlier draft", 1.0), (a, d, "language version", 1.0)]
        )  # fmt: skip
    with catalogue.snapshot() as state:
        found = Gaps(state).linked("near-duplicate", most=9)
        first = Gaps(state).linked("near-duplicate", most=1)
        [draft] = Gaps(state).linked("earlier draft", most=9).first
    assert [(p.one.id, p.other.id, p.similarity) for p in found.first] == [
        (c, d, 0.9), (a, b, 0.8),
    ]  # fmt: skip
    assert (first.total, first.first) == (2, found.first[:1])
    assert isinstance(draft, Pair)
    assert (draft.one.id, draft.other.id) == (b, c)


def test_a_draft_and_a_near_duplicate_lack_nothing_of_their_own(catalogue: Catalogue) -> None:
    papers = sorted((document(f"Paper {n}.") for n in range(3)), key=lambda paper: paper.id)
    kept, twin, draft = papers
    versions = [document("English.", work="w"), document("Deutsch.", language="de", work="w")]
    _store(catalogue, *papers, *versions)
    with catalogue.links.changing() as change:
        change.add([(twin.id, kept.id, "near-duplicate", 0.9)])
        change.add([(draft.id, kept.id, "earlier draft", 0.9)])
        # One of the versions is a draft, the work is not.
        change.add([(versions[0].id, kept.id, "earlier draft", 0.9)])
    with catalogue.snapshot() as state:
        found = Gaps(state).without("fr", most=9)
    first = min(version.id for version in versions)
    assert {work.paper.id for work in found.first} == {kept.id, first}


def test_reading_quality_is_told_by_folder_those_with_failures_first(catalogue: Catalogue) -> None:
    def scan(path: str, confidence: float) -> Document:
        paper = document("One.", "Two.", path=path)
        layout = Layout(ocr=True, ocr_confidence=confidence)
        return replace(paper, pages=(replace(paper.pages[0], layout=layout), paper.pages[1]))

    inside = document("Attached.", path="/in/mail.eml!/a/b.pdf")
    unknown = replace(document("???", path="/odd/x.pdf"), languages=())
    partly = document("Some.", path="/in/partly.pdf")
    _store(catalogue, scan("/scans/a.pdf", 0.5), scan("/scans/b.pdf", 0.9), inside, unknown)
    catalogue.fail(
        [
            Failure(source("/in/bad.pdf"), "read", "is empty", "restore it"),
            Failure(partly.source, "read", "1 page missing", "look", partial=partly),
        ]
    )
    with catalogue.snapshot() as state:
        assert Quality(state).folders() == [
            Folder("/in", documents=2, pages=2, failed=1, partly=1),
            Folder("/odd", documents=1, pages=1, unknown=1),
            Folder("/scans", documents=2, pages=4, recognised=2, unsure=1),
        ]


def test_words_in_a_table_are_not_taken_for_a_recognised_page(catalogue: Catalogue) -> None:
    paper = document("One.")
    layout = Layout(furniture=('"ocr":true',))
    _store(catalogue, replace(paper, pages=(replace(paper.pages[0], layout=layout),)))
    with catalogue.snapshot() as state:
        [folder] = Quality(state).folders()
    assert (folder.recognised, folder.unsure) == (0, 0)


def test_the_folder_of_what_is_inside_a_file_is_that_of_the_file() -> None:
    assert folder_of("/in/papers.zip!/deep/er/note.pdf") == "/in"
    assert folder_of("/note.pdf") == "/"


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "w1", "w2"]), st.sampled_from(["en", "fr", "de", "und"]),
            st.sampled_from(["", "2019", "2021-03", "2021-03-05"]),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_every_document_counts_once_in_each_breakdown(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, str, str]]
) -> None:
    papers = [
        document(f"Paper {n}.", work=work, language=language, date=date, concepts=("water",))
        for n, (work, language, date) in enumerate(drawn)
    ]
    with Catalogue.open(tmp_path_factory.mktemp("law") / "catalogue.sqlite") as catalogue:
        _store(catalogue, *papers)
        with catalogue.snapshot() as state:
            found = Coverage(state).by_concept("2021-01-01", "2021-12-31").get("water")
            years = Coverage(state).by_year()
            lacking = Gaps(state).without("fr", most=99)
    assert sum(year.documents for year in years) == len(papers)
    if found is not None:
        assert found.documents == found.languages.total() == found.years.total() == len(papers)
        assert found.works == len({paper.work or paper.id for paper in papers})
    versions: dict[str, set[str]] = {}
    for paper in papers:
        versions.setdefault(paper.work or paper.id, set()).update(paper.languages)
    expected = [codes for codes in versions.values() if "fr" not in codes and codes != {"und"}]
    assert lacking.total == len(lacking.first) == len(expected)
