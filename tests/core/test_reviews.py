"""A person's word beats every machine: the laws of the merge, and of what counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.reviews import Decision, Review, in_force, merged, standing
from pipeline.core.spans import Span
from pipeline.core.tags import Evidence, Grade, Origin, Reason, Tag

BROADER = {"water": "planet", "energy": "planet", "housing": "people"}
PROOF = (Evidence(Span(0, 5), 1, "words", Reason.TERM, "words", 1.0),)


def review(
    concept: str, decision: Decision = Decision.MAIN, *, number: int = 1, undoes: int = 0
) -> Review:
    return Review("d", concept, decision, "Ann", number=number, undoes=undoes)


def tag(concept: str, score: float = 0.5, grade: Grade = Grade.MAIN) -> Tag:
    return Tag(concept, score, Origin.RULE, grade, PROOF)


def _concepts(tags: Sequence[Tag]) -> list[str]:
    return [one.concept for one in tags]


_files = st.sampled_from(sorted(BROADER))
_scores = st.floats(0, 1, allow_nan=False)
_grades = st.sampled_from([Grade.MAIN, Grade.ALSO])
_tags = st.lists(
    st.builds(tag, st.sampled_from([*sorted(BROADER), "planet", "people"]), _scores, _grades),
    unique_by=lambda t: t.concept,
    max_size=5,
)
_reviews = st.dictionaries(
    _files, st.sampled_from([Decision.MAIN, Decision.ALSO, Decision.REJECTED])
).map(lambda chosen: {concept: review(concept, one) for concept, one in chosen.items()})


@st.composite
def _suggestions(draw: st.DrawFn) -> tuple[list[Tag], list[Tag]]:
    tags = draw(_tags)
    given_already = set(_concepts(tags))
    candidates = [t for t in draw(_tags) if t.concept not in given_already | {"planet", "people"}]
    return tags, candidates


@given(_suggestions(), _reviews)
def test_a_persons_yes_and_no_beat_every_machine(
    suggested: tuple[list[Tag], list[Tag]], reviews: Mapping[str, Review]
) -> None:
    tags, candidates = merged(*suggested, reviews, BROADER)
    now = {t.concept: t for t in tags}
    for concept, one in reviews.items():
        assert concept not in _concepts(candidates)
        if one.decision is Decision.REJECTED:
            assert concept not in now
        else:
            assert now[concept].grade.value == one.decision.value
            assert (now[concept].origin, now[concept].score) == (Origin.PERSON, 1.0)


@given(_suggestions(), _reviews)
def test_what_nobody_decided_stays_as_the_machine_gave_it(
    suggested: tuple[list[Tag], list[Tag]], reviews: Mapping[str, Review]
) -> None:
    tags, candidates = merged(*suggested, reviews, BROADER)
    for before, after in ((suggested[0], tags), (suggested[1], candidates)):
        files = [t for t in before if t.concept in BROADER and t.concept not in reviews]
        assert all(t in after for t in files)
        assert {t.concept for t in after} & set(BROADER) <= set(reviews) | set(_concepts(files))


@given(_suggestions(), _reviews)
def test_merging_what_is_merged_changes_nothing(
    suggested: tuple[list[Tag], list[Tag]], reviews: Mapping[str, Review]
) -> None:
    once = merged(*suggested, reviews, BROADER)
    assert merged(*once, reviews, BROADER) == once


@given(_suggestions(), _reviews)
def test_no_concept_is_there_twice_and_files_come_before_pillars(
    suggested: tuple[list[Tag], list[Tag]], reviews: Mapping[str, Review]
) -> None:
    tags, candidates = merged(*suggested, reviews, BROADER)
    names = _concepts([*tags, *candidates])
    assert len(names) == len(set(names))
    if reviews:
        of_pillars = [t.concept in BROADER.values() for t in tags]
        assert of_pillars == sorted(of_pillars)


@given(_suggestions(), _reviews)
def test_a_pillar_whose_files_change_follows_from_them(
    suggested: tuple[list[Tag], list[Tag]], reviews: Mapping[str, Review]
) -> None:
    tags, _ = merged(*suggested, reviews, BROADER)
    for pillar in ("planet", "people"):
        before, now = (
            {t.concept: t for t in some if BROADER.get(t.concept) == pillar}
            for some in (suggested[0], tags)
        )
        if before != now:
            found = [t for t in tags if t.concept == pillar]
            assert bool(found) == bool(now)
            if found:
                assert found[0].score == max(t.score for t in now.values())
                main = any(t.grade is Grade.MAIN for t in now.values())
                assert (found[0].grade is Grade.MAIN) == main


def test_without_decisions_nothing_changes() -> None:
    tags = (tag("energy", 0.1), tag("planet", 0.9), tag("water", 0.8))
    assert merged(tags, (), {}, BROADER) == (tags, ())


def test_what_is_accepted_keeps_the_evidence_of_tag_or_candidate() -> None:
    reviews = {"water": review("water"), "housing": review("housing", Decision.ALSO)}
    tags, candidates = merged([tag("water")], [tag("energy", 0.1)], reviews, BROADER)
    assert candidates == (tag("energy", 0.1),)
    found = {t.concept: t.evidence for t in tags}
    assert found == {"water": PROOF, "planet": PROOF, "housing": (), "people": ()}


def test_a_rejected_files_pillar_goes_with_it_but_one_of_its_own_words_stays() -> None:
    reviews = {"water": review("water", Decision.REJECTED)}
    tags, _ = merged([tag("water"), tag("planet")], [], reviews, BROADER)
    assert tags == ()
    alone, _ = merged([tag("planet", 0.3)], [tag("water", 0.1)], reviews, BROADER)
    assert alone == (tag("planet", 0.3),)


def test_the_last_decision_counts() -> None:
    history = [
        review("water", number=1),
        review("water", Decision.REJECTED, number=3),
        review("energy", number=2),
    ]
    counting = standing(history)
    assert counting["d", "water"].decision is Decision.REJECTED
    assert counting["d", "energy"].decision is Decision.MAIN


def test_taking_back_a_decision_brings_back_the_one_before_it() -> None:
    history = [
        review("water", Decision.ALSO, number=1),
        review("water", Decision.REJECTED, number=2),
        review("water", Decision.WITHDRAWN, number=3, undoes=2),
    ]
    assert standing(history)["d", "water"].decision is Decision.ALSO
    history.append(review("water", Decision.WITHDRAWN, number=4, undoes=1))
    assert in_force(history) == []


def test_a_decision_has_somebody_who_made_it_and_an_undo_says_what_it_takes_back() -> None:
    with pytest.raises(ValueError, match="nobody decided"):
        Review("d", "water", Decision.MAIN, " ")
    with pytest.raises(ValueError, match="takes back number 0"):
        Review("d", "water", Decision.WITHDRAWN, "Ann")
    with pytest.raises(ValueError, match="takes back number 4"):
        Review("d", "water", Decision.MAIN, "Ann", undoes=4)
