"""What a report lists, under which policy file, in which order, and with which proof."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.document import Document
from pipeline.core.extracts import Extract
from pipeline.core.spans import Span
from pipeline.core.tags import Grade, Origin, Reason
from pipeline.report.groups import ExpertGroup
from pipeline.report.model import build_report
from pipeline.report.questions import MOST
from pipeline.report.values import Decided, Entry, Language, Report
from tests.report.sample import (
    MADE_AT,
    PLANET,
    SINCE,
    UNTIL,
    VOCABULARY,
    Proof,
    added,
    extracts,
    failures,
    library,
    paper,
    reviews,
    sample_report,
)

WATER = Proof("water", (("Water runs.", "Water"),))


def _report(
    documents: Iterable[Document],
    *,
    language: Language = "en",
    added: Mapping[str, str] | None = None,
    since: date = SINCE,
    until: date = UNTIL,
) -> Report:
    return build_report(
        PLANET,
        extracts(documents, added),
        VOCABULARY,
        since=since,
        until=until,
        failures=(),
        language=language,
        made_at=MADE_AT,
    )


def _main(report: Report, file: str) -> tuple[Entry, ...]:
    return next(s.main for s in report.sections if s.subject.file.id == file)


def _also(report: Report, file: str) -> tuple[Entry, ...]:
    return next(s.also for s in report.sections if s.subject.file.id == file)


def test_sections_are_the_files_of_the_group_in_the_order_of_the_vocabulary() -> None:
    report = _report([])
    assert [s.subject.file.id for s in report.sections] == ["water", "energy", "cop26", "mobility"]
    assert {s.subject.pillar.id for s in report.sections} == {"planet"}
    assert not any(s.main or s.also for s in report.sections)


def test_main_subjects_and_what_is_also_treated_are_listed_apart() -> None:
    in_part = Proof("water", (("Some water.", "water"),), grade=Grade.ALSO)
    report = _report([paper(WATER, title="Main"), paper(in_part, title="Part")])
    assert [entry.title for entry in _main(report, "water")] == ["Main"]
    assert [entry.title for entry in _also(report, "water")] == ["Part"]


def test_language_versions_of_a_work_are_one_entry_with_both_languages() -> None:
    for documents in (library()[:2], library()[1::-1]):
        report = _report(documents, language="fr")
        (entry,) = _main(report, "water")
        assert entry.languages == ("fr", "en")
        assert entry.title.startswith("De l'eau propre")
        assert entry.cited.path == "/library/2021/eau – prise de position.pdf"
        assert entry.quotes[0].text.startswith("La directive demande")
        assert report.counts.works == 1
        assert report.counts.documents == 2


def test_version_that_is_not_tagged_leaves_the_quote_to_the_one_that_is() -> None:
    report = _report(
        [
            paper(WATER, title="Water", work="w", path="/en.pdf"),
            paper(title="Eau", work="w", language="fr", path="/fr.pdf"),
        ],
        language="fr",
    )
    (entry,) = _main(report, "water")
    assert (entry.title, entry.cited.path) == ("Eau", "/en.pdf")


def test_word_of_a_person_on_one_version_beats_the_machine_on_another() -> None:
    person = replace(WATER, origin=Origin.PERSON, grade=Grade.ALSO)
    report = _report(
        [paper(WATER, work="w"), paper(person, work="w", language="pl", path="/pl.pdf")]
    )
    assert not _main(report, "water")
    assert _also(report, "water")[0].origin is Origin.PERSON


@pytest.mark.parametrize(
    ("day", "is_listed"),
    [
        ("2021-02-28", False),
        ("2021-03-01", True),
        ("2021-03-31", True),
        ("2021-04-01", False),
        ("2021-03", True),  # a month and a year stand for their first day: listed once, ever
        ("2021", False),
        ("20 March 2021", False),
        ("", False),
    ],
)
def test_both_ends_of_the_period_are_included(day: str, is_listed: bool) -> None:
    assert bool(_main(_report([paper(WATER, date=day)]), "water")) is is_listed


def test_document_without_a_date_counts_by_the_day_it_came_in() -> None:
    undated = paper(WATER, date="")
    for arrival in ("2021-03-04", "2021-03-04T23:59:00+00:00"):
        (entry,) = _main(_report([undated], added={undated.id: arrival}), "water")
        assert (entry.date, entry.added) == ("", "2021-03-04")
    assert not _main(_report([undated], added={undated.id: "2021-02-04"}), "water")


def test_work_in_no_period_is_counted_not_forgotten() -> None:
    report = _report([paper(WATER, date="")])
    assert report.counts.works == 0
    assert report.undated == 1
    assert _report([paper(date="", title="Not for the group")]).undated == 0


def test_day_of_arrival_of_a_dated_document_does_not_make_it_new() -> None:
    old = paper(WATER, date="2015-01-01")
    assert not _main(_report([old], added={old.id: "2021-03-04"}), "water")


def test_undated_version_goes_with_the_dated_one() -> None:
    undated = paper(WATER, date="", work="w", language="fr", path="/fr.pdf")
    arrived = {undated.id: "2021-03-04"}
    old = paper(WATER, date="2015-01-01", work="w")
    assert not _main(_report([old, undated], added=arrived), "water")
    new = paper(WATER, date="2021-03-09", work="w")
    (entry,) = _main(_report([new, undated]), "water")
    assert (entry.date, entry.added, entry.languages) == ("2021-03-09", "", ("en", "fr"))


def test_older_version_is_named_but_not_counted_as_new() -> None:
    old = paper(WATER, date="2021-02-01", work="w")
    new = paper(WATER, date="2021-03-09", work="w", language="fr", path="/fr.pdf")
    report = _report([old, new])
    (entry,) = _main(report, "water")
    assert entry.languages == ("en", "fr")
    assert (entry.cited.path, entry.date) == ("/fr.pdf", "2021-03-09")
    assert report.counts.documents == 1


def test_newest_comes_first_then_title_then_id() -> None:
    documents = [
        paper(WATER, title="b", date="2021-03-02", path="/1"),
        paper(WATER, title="É", date="2021-03-02", path="/2"),
        paper(WATER, title="F", date="2021-03-02", path="/3"),
        paper(WATER, title="z", date="2021-03-20", path="/4"),
    ]
    twins = [paper(WATER, title="same", date="2021-03-01", path=f"/{n}") for n in "567"]
    entries = _main(_report([*twins, *documents]), "water")
    assert [entry.title for entry in entries] == ["z", "b", "É", "F", "same", "same", "same"]
    assert [entry.work for entry in entries[4:]] == sorted(twin.id for twin in twins)


@given(st.permutations(library()), st.sampled_from(["en", "fr"]))
def test_order_and_repetition_of_documents_make_no_difference(
    documents: list[Document], language: Language
) -> None:
    report = build_report(
        PLANET,
        extracts([*documents, documents[0]], added()),
        VOCABULARY,
        since=SINCE,
        until=UNTIL,
        failures=failures()[::-1],
        language=language,
        made_at=MADE_AT,
        reviews=reviews(),
    )
    assert report == sample_report(language)


def test_work_that_other_pillars_share_is_marked() -> None:
    digital = Proof("digital", (("Data.", "Data"),))
    in_part = Proof("cohesion-policy", (("Funds.", "Funds"),), grade=Grade.ALSO)
    (entry,) = _main(_report([paper(WATER, digital, in_part)]), "water")
    assert [subject.file.id for subject in entry.shared] == ["digital"]
    assert [pillar.id for pillar in entry.pillars] == ["places"]
    (entry,) = _main(_report([paper(WATER, Proof("energy", (("Heat.", "Heat"),)))]), "water")
    assert [subject.file.id for subject in entry.shared] == ["energy"]
    assert entry.pillars == ()


def test_pillar_given_as_a_tag_of_its_own_marks_the_work_too() -> None:
    places = Proof("places", (("A place.", "place"),))
    planet = Proof("planet", (("A planet.", "planet"),))
    (entry,) = _main(_report([paper(WATER, places, planet)]), "water")
    assert [pillar.id for pillar in entry.pillars] == ["places"]


def test_matches_in_one_sentence_make_one_quote_on_one_line() -> None:
    sentence = "Waste\nwater is  water,\tsays 91/271/EEC."
    proof = Proof(
        "water",
        ((sentence, "Waste\nwater"), ("Else.", "")),
    )
    document = paper(proof)
    (tag,) = document.tags
    first = tag.evidence[0]
    second = replace(first, match="91/271/EEC", reason=Reason.REFERENCE)
    document = document.with_tags((replace(tag, evidence=(first, second, tag.evidence[1])),))
    (entry,) = _main(_report([document]), "water")
    assert [quote.text for quote in entry.quotes] == [
        "Waste water is water, says 91/271/EEC.",
        "Else.",
    ]
    assert entry.quotes[0].matches == ("Waste water", "91/271/EEC")
    assert entry.quotes[0].highlights == (Span(0, 11), Span(27, 37))
    assert (entry.quotes[0].page, entry.quotes[1].page) == (1, 2)


def test_main_subject_has_three_quotes_at_most_and_the_others_one() -> None:
    five = tuple((f"Sentence {n}.", str(n)) for n in range(5))
    in_part = replace(WATER, sentences=five, grade=Grade.ALSO)
    report = _report(
        [paper(replace(WATER, sentences=five)), paper(in_part, path="/2", title="In part")]
    )
    assert [q.text for q in _main(report, "water")[0].quotes] == [s for s, _ in five[:3]]
    assert [q.text for q in _also(report, "water")[0].quotes] == ["Sentence 0."]


def test_document_without_a_title_goes_by_its_file_name() -> None:
    (entry,) = _main(_report([paper(WATER, title=" \u202e\n", path="/a/b.pdf")]), "water")
    assert entry.title == "b.pdf"


def test_counts_are_of_what_is_listed_each_document_once() -> None:
    report = sample_report("en")
    assert report.counts.works == 4
    assert report.counts.documents == 5
    assert report.counts.pages == 10
    assert report.counts.languages == (("en", 3), ("fr", 1), ("und", 1))


def test_failures_are_told_by_name_with_reason_and_remedy() -> None:
    told = [(t.name, t.reason, t.remedy, t.tries) for t in sample_report("en").failures]
    assert told == [
        ("broken_table.docx", "ends in the middle of a file", "ask for the file again", 2),
        (
            "z-locked.pdf",
            "is encrypted",
            "remove the password (qpdf --decrypt) and ingest it again",
            1,
        ),
    ]


def test_tag_that_a_person_looked_at_says_who_and_when() -> None:
    report = sample_report("en")
    told = {entry.title: entry.decided for entry in report.entries}
    assert told["scan_0042.pdf"] == Decided("Anna Ek", "2021-03-22")
    assert told["Clean water for every town"] is None


def test_suggestion_that_nobody_decided_waits_and_one_that_was_rejected_does_not() -> None:
    waiting = sample_report("en").waiting
    [question] = waiting.questions
    assert (question.subject.file.id, question.title) == ("mobility", "Heat from rivers")
    assert (question.score, waiting.more, waiting.seen) == (0.22, 0, 7)


def test_suggestion_does_not_wait_where_another_version_has_the_file() -> None:
    doubt = replace(WATER, grade=Grade.REVIEW, score=0.2)
    versions = [paper(WATER, work="w"), paper(doubt, work="w", language="fr", path="/fr.pdf")]
    assert len(_report(versions).waiting) == 0
    assert len(_report(versions[1:]).waiting) == 1
    old = replace(versions[1], date="2019-01-01")
    assert len(_report([old]).waiting) == 0


def test_questions_beyond_what_a_group_goes_through_are_counted() -> None:
    doubts = [
        paper(replace(WATER, grade=Grade.REVIEW, score=n / 100), title=f"Doubt {n}")
        for n in range(1, MOST + 4)
    ]
    waiting = _report(doubts).waiting
    assert (len(waiting.questions), waiting.more, len(waiting)) == (MOST, 3, MOST + 3)
    assert waiting.questions[0].title == f"Doubt {MOST + 3}"


def test_report_knows_files_without_news_and_works_that_pillars_share_once() -> None:
    report = sample_report("en")
    assert [file.id for file in report.quiet] == ["cop26"]
    twice = paper(WATER, replace(WATER, file="energy"), replace(WATER, file="digital"))
    assert [entry.title for entry in _report([twice]).shared] == ["A paper"]


class _Watched(Extract):
    """An extract that can be watched; the slotted one cannot be referred to weakly."""


def test_nothing_but_what_is_told_is_kept_while_the_others_pass_by() -> None:
    watched: list[weakref.ref[Extract]] = []
    most_alive = 0

    def stream() -> Iterator[Extract]:
        nonlocal most_alive
        for made in extracts(paper(WATER, title=f"Paper {n}") for n in range(20)):
            extract = _Watched(**{f.name: getattr(made, f.name) for f in fields(made)})
            watched.append(weakref.ref(extract))
            yield extract
            del extract
            most_alive = max(most_alive, sum(ref() is not None for ref in watched))

    report = build_report(
        PLANET, stream(), VOCABULARY, since=SINCE, until=UNTIL, failures=(), language="en",
        made_at=MADE_AT,
    )  # fmt: skip
    assert len(_main(report, "water")) == 20
    # The one that the report's own loop still holds while it asks for the next.
    assert most_alive <= 1


def test_time_is_told_in_utc() -> None:
    paris = datetime(2021, 4, 1, 10, 30, tzinfo=timezone(timedelta(hours=2)))
    report = build_report(
        PLANET,
        [],
        VOCABULARY,
        since=SINCE,
        until=UNTIL,
        failures=(),
        language="en",
        made_at=paris,
    )
    assert report.made_at == MADE_AT
    assert report.made_at.utcoffset() == timedelta(0)


def test_bad_periods_times_and_groups_are_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        _report([], since=UNTIL, until=SINCE)
    stranger = ExpertGroup("x", {"en": "X", "fr": "X"}, ("watr",))
    for group, made_at, told in (
        (PLANET, MADE_AT.replace(tzinfo=None), "no time zone"),
        (stranger, MADE_AT, "watr"),
    ):
        with pytest.raises(ValueError, match=told):
            build_report(
                group,
                [],
                VOCABULARY,
                since=SINCE,
                until=UNTIL,
                failures=(),
                language="en",
                made_at=made_at,
            )
