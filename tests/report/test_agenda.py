"""An agenda has each thing that a work announces once, and its calendar is valid and harmless."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.concepts import Concept, Vocabulary
from pipeline.core.key_dates import Announcement, KeyDate, KeyKind
from pipeline.core.spans import Span
from pipeline.report.agenda import Item, build_agenda
from pipeline.report.ics import to_ics
from pipeline.report.labels import labels
from pipeline.report.text import harmless

VOCABULARY = Vocabulary(
    (
        Concept("planet", {"en": "Planet", "fr": "Planète"}),
        Concept("water", {"en": "Water, clean", "fr": "Eau"}, broader="planet"),
        Concept("energy", {"en": "Energy", "fr": "Énergie"}, broader="planet"),
    ),
    digest="0" * 64,
)
ENGLISH = Announcement(
    key=KeyDate("2028-07-01", KeyKind.APPLICATION, Span(0, 40), Span(20, 31), 4),
    text="It shall apply\nfrom 1 July 2028.",
    document="a" * 64,
    work="(EU) 2027/1",
    path="/library/act.en.pdf",
    title="Act on towns",
    language="en",
    institution="parliament and council",
    concepts=("energy", "planet"),
    added_at="2027-02-03T10:00:00+00:00",
)
FRENCH = replace(
    ENGLISH,
    text="Il s’applique à partir du 1er juillet 2028.",
    document="b" * 64,
    path="/library/act.fr.pdf",
    title="Acte sur les villes",
    language="fr",
    concepts=("water", "planet"),
    added_at="2027-02-02T10:00:00+00:00",
)
HOSTILE = 'A\r\nATTENDEE:mailto:x@example.org\n;,\\"\x00\x1b[31m \u202egpj.exe \u2028END:VEVENT'

_texts = st.text(st.characters(exclude_categories=["Cs"])) | st.just(HOSTILE)
_announcements = st.builds(
    lambda title, text, path, day, kind: replace(
        ENGLISH,
        title=title,
        text=text,
        path="/" + path,
        key=replace(ENGLISH.key, day=day.isoformat(), kind=kind),
    ),
    _texts, _texts, _texts, st.dates(date(1970, 1, 1), date(2099, 12, 31)),
    st.sampled_from(KeyKind),
)  # fmt: skip


def _agenda(*announcements: Announcement) -> tuple[Item, ...]:
    return build_agenda(announcements, VOCABULARY, "en")


def _events(content: bytes) -> list[icalendar.Event]:
    [calendar] = icalendar.Calendar.from_ical(content, multiple=True)
    return list(calendar.events)


def test_language_versions_are_one_item_in_the_language_asked_for_with_the_files_of_all() -> None:
    [item] = _agenda(FRENCH, ENGLISH)
    assert (item.title, item.said[0].text) == ("Act on towns", "It shall apply from 1 July 2028.")
    assert [file.name for file in item.files] == ["Water, clean", "Energy"]
    assert item.added_at == FRENCH.added_at
    [french] = build_agenda([ENGLISH, FRENCH], VOCABULARY, "fr")
    assert (french.title, french.uid) == ("Acte sur les villes", item.uid)
    assert [file.name for file in french.files] == ["Eau", "Énergie"]


def test_another_day_kind_or_work_is_another_item_and_has_another_uid() -> None:
    items = _agenda(
        ENGLISH,
        replace(ENGLISH, work="another"),
        replace(ENGLISH, key=replace(ENGLISH.key, day="2028-07-02")),
        replace(ENGLISH, key=replace(ENGLISH.key, kind=KeyKind.REPORT)),
    )
    assert len({item.uid for item in items}) == 4
    assert [item.day for item in items] == ["2028-07-01"] * 3 + ["2028-07-02"]


def test_what_two_sentences_of_a_document_announce_is_one_item_with_both() -> None:
    later = replace(ENGLISH.key, sentence=Span(50, 90), date=Span(60, 71), page=5)
    [item] = _agenda(replace(ENGLISH, key=later, text="Article 2, too."), ENGLISH, FRENCH)
    assert [(said.text, said.page) for said in item.said] == [
        ("It shall apply from 1 July 2028.", 4),
        ("Article 2, too.", 5),
    ]


def test_every_kind_has_a_name_in_both_languages() -> None:
    assert set(labels("fr").announced) == set(KeyKind)
    names = {labels(language).announcement(kind) for kind in KeyKind for language in ("en", "fr")}
    assert len(names) == 2 * len(KeyKind)


def test_the_calendar_has_events_of_a_whole_day_in_the_language_asked_for() -> None:
    items = build_agenda([ENGLISH, FRENCH], VOCABULARY, "fr")
    [event] = _events(to_ics(items, labels("fr")))
    assert event.decoded("dtstart") == date(2028, 7, 1)
    assert event.decoded("dtend") == date(2028, 7, 2)
    assert str(event["summary"]) == "Début de l’application\u00a0: Acte sur les villes"
    assert event.categories == ["Eau", "Énergie"]
    description = str(event["description"])
    assert "p.\u00a04\u00a0: «\u00a0Il s’applique à partir" in description
    assert description.endswith("/library/act.fr.pdf")


def test_the_same_items_give_the_same_bytes_and_uids_do_not_depend_on_the_title() -> None:
    once, again = _agenda(ENGLISH, FRENCH), _agenda(FRENCH, ENGLISH)
    assert to_ics(once, labels("en")) == to_ics(again, labels("en"))
    [renamed] = _agenda(replace(ENGLISH, title="Another title", path="/elsewhere.pdf"))
    assert renamed.uid == once[0].uid


def test_no_items_are_a_calendar_that_holds_a_time_zone_and_no_event() -> None:
    [only] = icalendar.Calendar.from_ical(to_ics([], labels("en"))).subcomponents
    assert only.name == "VTIMEZONE"
    assert [part.name for part in only.subcomponents] == ["STANDARD"]


@given(st.lists(_announcements, min_size=1, max_size=5))
def test_hostile_text_is_folded_escaped_and_comes_back_as_it_was_written(
    announcements: list[Announcement],
) -> None:
    items = build_agenda(announcements, VOCABULARY, "en")
    content = to_ics(items, labels("en"))
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)  # RFC 5545, 3.1
    assert all(line.decode() for line in lines[:-1])  # no character is cut in two
    whole = content.decode().replace("\r\n", "")
    assert harmless(whole).replace(" ", "") == "".join(whole.split())
    events = _events(content)
    assert len(events) == len(items)
    for event, item in zip(events, items, strict=True):
        assert str(event["uid"]) == f"{item.uid}@fourp"
        assert event.decoded("dtstart").isoformat() == item.day
        assert str(event["description"]).startswith(item.title)
        assert "attendee" not in event
