"""An agenda as iCalendar (RFC 5545): the one module that knows the library ``icalendar``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from pipeline.report.agenda import Item
from pipeline.report.text import NO_BREAK, harmless
from pipeline.report.wording import Labels

SUMMARY_WIDTH = 160  # characters; calendars show fewer, and titles of acts have hundreds
SENTENCES = 5  # of one event


def to_ics(items: Sequence[Item], words: Labels) -> bytes:
    """Return an agenda as a calendar of events that last a whole day.

    The same items give the same bytes: an event's UID comes from its work, kind and day, and its
    time stamp is when the work came in. A calendar that takes it in again changes nothing.
    Without items it holds a time zone, because it must hold something (section 3.4).
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//fourp//key dates//{words.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", words.agenda)
    for item in items:
        calendar.add_component(_event(item, words))
    if not items:
        calendar.add_component(_utc())
    content: bytes = calendar.to_ical()
    return content


def _event(item: Item, words: Labels) -> Event:
    day = date.fromisoformat(item.day)
    title = f"{words.announcement(item.kind)}{words.colon}{item.title}"
    before, after = words.quotes
    lines = [
        f"{words.page_short}{NO_BREAK}{said.page}{words.colon}{before}{said.text}{after}"
        for said in item.said[:SENTENCES]
    ]
    event = Event()
    event.add("uid", f"{item.uid}@fourp")
    event.add("dtstamp", datetime.fromisoformat(item.added_at).astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))  # the first day after it (3.6.1)
    event.add("summary", _shortened(title))
    event.add("description", "\n".join([item.title, *lines, harmless(item.path)]))
    if item.files:
        event.add("categories", [file.name for file in item.files])
    event.add("transp", "TRANSPARENT")  # takes nobody's time
    return event


def _utc() -> Timezone:
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Etc/UTC")
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone.add_component(standard)
    return zone


def _shortened(title: str) -> str:
    if len(title) <= SUMMARY_WIDTH:
        return title
    return title[:SUMMARY_WIDTH].rsplit(" ", 1)[0] + " …"
