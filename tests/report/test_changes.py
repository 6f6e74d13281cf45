"""What changed since a group's last report is told once, and as what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from pipeline.core.document import Document
from pipeline.core.reviews import Decision, Review
from pipeline.core.tags import Grade, Origin
from pipeline.report.changes import listing, since_report
from pipeline.report.model import build_report
from pipeline.report.render import TEXT_FORMATS, TextFormat, render
from pipeline.report.values import Change, Report
from tests.report.hostile import hostile_reports
from tests.report.sample import (
    MADE_AT,
    PLANET,
    SINCE,
    UNTIL,
    VOCABULARY,
    Proof,
    extracts,
    paper,
    sample_report,
)

WATER = Proof("water", (("Water runs.", "Water"),))
ENERGY = Proof("energy", (("Heat is warm.", "Heat"),))
OLD = paper(WATER, title="Old", work="old")


def _report(documents: Iterable[Document], *reviews: Review, later: int = 30) -> Report:
    return build_report(
        PLANET, extracts(documents), VOCABULARY, since=SINCE, until=UNTIL, failures=(),
        language="en", made_at=MADE_AT + timedelta(days=later),
        reviews={(r.document, r.concept): r for r in reviews},
    )  # fmt: skip


def _changes(after: Report, before: Report) -> list[tuple[str, str, Change | None]]:
    told = since_report(after, listing(before))
    return [
        (s.subject.file.id, e.title, e.change) for s in told.sections for e in (*s.main, *s.also)
    ]


@given(hostile_reports())
def test_nothing_has_changed_since_the_same_report(report: Report) -> None:
    told = since_report(report, listing(report))
    assert told.past is not None
    assert (told.entries, told.past.gone, told.counts.works) == ((), (), 0)
    assert told.past.unchanged == len(report.entries)


def test_work_that_was_not_there_is_new_under_each_of_its_files() -> None:
    new = paper(WATER, ENERGY, title="New", path="/new.pdf")
    told = _changes(_report([OLD, new]), _report([OLD]))
    assert told == [("water", "New", Change.NEW), ("energy", "New", Change.NEW)]


def test_work_with_another_version_is_updated_whatever_its_id_is_by_now() -> None:
    versions = [
        replace(OLD, work="linked"),
        paper(WATER, title="Vieux", work="linked", language="fr", path="/fr.pdf"),
    ]
    assert _changes(_report(versions), _report([OLD])) == [("water", "Old", Change.UPDATED)]


def test_tag_that_a_person_gave_or_let_stand_is_told_as_decided() -> None:
    person = OLD.with_tags((replace(OLD.tags[0], origin=Origin.PERSON, score=1.0),))
    at = "2021-04-20T09:00:00+00:00"
    review = Review(OLD.id, "water", Decision.MAIN, by="Ann", at=at, number=1)
    told = _report([person], review)
    assert _changes(told, _report([OLD])) == [("water", "Old", Change.DECIDED)]
    assert _changes(told, told) == []


def test_tag_that_a_machine_gave_or_whose_grade_it_changed_is_told_as_tagged_anew() -> None:
    also = OLD.with_tags((replace(OLD.tags[0], grade=Grade.ALSO),))
    assert _changes(_report([also]), _report([OLD])) == [("water", "Old", Change.RETAGGED)]
    both = OLD.with_tags((*OLD.tags, replace(OLD.tags[0], concept="energy")))
    assert _changes(_report([both]), _report([OLD])) == [("energy", "Old", Change.RETAGGED)]


def test_work_that_a_file_has_lost_is_told_as_gone_and_what_stays_is_counted() -> None:
    before = _report([OLD, paper(WATER, ENERGY, title="Both", path="/both.pdf")])
    after = _report([OLD, paper(ENERGY, title="Both", path="/both.pdf")])
    past = since_report(after, listing(before)).past
    assert past is not None
    # The other page makes it another document: it is new under energy, and gone from both.
    assert [(one.title, one.file.id) for one in past.gone] == [
        ("Both", "water"),
        ("Both", "energy"),
    ]
    kept = OLD.with_tags((replace(OLD.tags[0], concept="energy"),))
    past = since_report(_report([kept]), listing(_report([OLD]))).past
    assert past is not None
    assert [(one.title, one.file.id) for one in past.gone] == [("Old", "water")]


@pytest.mark.parametrize("fmt", TEXT_FORMATS)
def test_each_format_tells_what_changed(fmt: TextFormat) -> None:
    before = replace(sample_report("en"), sections=sample_report("en").sections[:1])
    told = since_report(sample_report("en"), listing(before))
    text = render(told, fmt=fmt)
    assert ("retagged" if fmt == "json" else "Tagged anew") in text
    if fmt in ("html", "md"):
        assert "Changes since the report of 1 April 2021" in text
        assert "2 entries are as they were and not listed." in text.replace("\u00a0", " ")
