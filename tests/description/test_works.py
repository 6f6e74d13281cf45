"""Which documents are versions of one work, and which are drafts or near-duplicates."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.fingerprint import Fingerprint, Fingerprinted
from pipeline.description.sketches import sketch_of_numbers, sketch_of_words
from pipeline.description.works import Link, Relation, link, works_of

VERSION = Relation.LANGUAGE_VERSION


def _paper(
    id_: str,
    language: str,
    *,
    seed: str = "a",
    words: str = "",
    named: str = "",
    date: str = "",
    figures: tuple[str, ...] = (),
    made: str = "2021-03-01",
    title: str = "Quiet squares",
) -> Fingerprinted:
    """Return a paper whose numbers depend on ``seed`` alone and whose wording on ``words``."""
    numbers = " ".join(str(random.Random(f"{seed}{n}").randint(100, 9999)) for n in range(60))
    wording = " ".join(str(random.Random(f"{words or id_}{n}").random()) for n in range(200))
    print_ = Fingerprint(
        named=named,
        date=date,
        figures=figures,
        length=5_000,
        numbers=sketch_of_numbers(numbers),
        words=sketch_of_words(wording),
    )
    return Fingerprinted(id_, language, print_, made, title)


def _works(*papers: Fingerprinted) -> dict[str, str]:
    links = [found for a, b in combinations(papers, 2) if (found := link(a, b))]
    return works_of({paper.id: paper for paper in papers}, links)


def test_language_versions_without_a_number_are_one_work_named_by_the_smallest_id() -> None:
    papers = [_paper("c", "en"), _paper("a", "fr"), _paper("b", "de")]
    assert _works(*papers) == {"a": "a", "b": "a", "c": "a"}


def test_a_paper_alone_is_its_own_work() -> None:
    assert _works(_paper("a", "en"), _paper("b", "fr", seed="other")) == {"a": "", "b": ""}


def test_two_acts_are_two_works_however_alike_they_are() -> None:
    papers = [_paper("a", "en", named="32021R9001"), _paper("b", "fr", named="32022R9001")]
    assert link(*papers) is None
    assert _works(*papers) == {"a": "32021R9001", "b": "32022R9001"}


def test_a_version_without_its_number_joins_the_act() -> None:
    papers = [_paper("a", "en", named="32021R9001"), _paper("b", "fr"), _paper("c", "de")]
    assert set(_works(*papers).values()) == {"32021R9001"}


def test_what_is_like_two_acts_joins_neither() -> None:
    papers = [
        _paper("a", "en", named="32021R9001"),
        _paper("b", "de", named="32022R9001"),
        _paper("c", "fr"),
    ]
    assert _works(*papers)["c"] == ""


def test_editions_of_two_days_or_years_are_two_works() -> None:
    english = _paper("a", "en", date="2021-03-01", figures=("2021",))
    assert link(english, _paper("b", "fr", date="2021-03-01", figures=("2021",))) is not None
    assert link(english, _paper("b", "fr", date="2022-03-01", figures=("2021",))) is None
    assert link(english, _paper("b", "fr", date="2021-03-01", figures=("2022",))) is None


def test_of_two_drafts_only_the_one_that_is_each_others_best_is_a_version() -> None:
    papers = {id_: _paper(id_, id_[:2]) for id_ in ("en1", "en2", "fr2")}
    links = [Link("en1", "fr2", VERSION, 0.85), Link("en2", "fr2", VERSION, 0.99)]
    works = works_of(papers, links)
    assert works["en2"] == works["fr2"] == "en2"
    assert works["en1"] == ""


def test_texts_of_one_language_are_near_duplicates_not_one_work() -> None:
    papers = [_paper("a", "en", words="same"), _paper("b", "en", words="same")]
    assert link(*papers) == Link("a", "b", Relation.NEAR_DUPLICATE, 1.0)
    assert _works(*papers) == {"a": "", "b": ""}


def test_the_older_of_two_near_duplicates_of_one_title_is_a_draft_of_the_newer() -> None:
    new = _paper("a", "en", words="same", made="2021-04-01", title="Quiet squares - final")
    old = _paper("b", "en", words="same", made="2021-03-01", title="Draft 2: Quiet squares")
    assert link(new, old) == Link("b", "a", Relation.EARLIER_DRAFT, 1.0)
    other = replace(old, title="Waste water")
    assert link(new, other) == Link("a", "b", Relation.NEAR_DUPLICATE, 1.0)


def test_yearly_acts_of_one_wording_are_no_drafts_of_each_other() -> None:
    one = _paper("a", "en", words="same", named="32021R9001", made="2021-01-01")
    other = _paper("b", "en", words="same", named="32022R9001", made="2022-01-01")
    found = link(one, other)
    assert found is not None
    assert found.relation is Relation.NEAR_DUPLICATE


def test_empty_and_short_texts_are_linked_to_nothing() -> None:
    empty = [
        Fingerprinted(id_, language, Fingerprint())
        for id_, language in zip("abc", ("en", "en", "fr"), strict=True)
    ]
    assert [link(a, b) for a, b in combinations(empty, 2)] == [None, None, None]


def test_a_text_of_unknown_language_is_linked_to_nothing() -> None:
    assert link(_paper("a", "und", words="same"), _paper("b", "und", words="same")) is None


@given(st.permutations(range(6)))
def test_works_do_not_depend_on_the_order_of_documents(order: list[int]) -> None:
    papers = [
        _paper("a", "en"), _paper("b", "fr"), _paper("c", "de", named="32021R9001"),
        _paper("d", "en", seed="x"), _paper("e", "fr", seed="x"), _paper("f", "en", seed="y"),
    ]  # fmt: skip
    assert _works(*[papers[at] for at in order]) == {
        "a": "32021R9001", "b": "32021R9001", "c": "32021R9001", "d": "d", "e": "d", "f": "",
    }  # fmt: skip
