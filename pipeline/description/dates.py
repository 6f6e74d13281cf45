"""Dates as EU documents write them in their own languages, found and told in ISO 8601."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.core.spans import Span
from pipeline.core.text import fold

# Month names, folded; in Slavic languages and Greek in the genitive that a date takes.
_MONTHS = (
    "january janvier januar enero gennaio januari stycznia janeiro tammikuuta ledna januara "
    "ianuarie sijecnja ιανουαριου jannar",
    "february fevrier februar febrero febbraio februari lutego fevereiro helmikuuta unora februara "
    "februarie veljace φεβρουαριου",
    "march mars marz marzo maart marca marts marco maaliskuuta brezna martie ozujka μαρτιου",
    "april avril abril aprile kwietnia huhtikuuta dubna aprila aprilie travnja απριλιου",
    "may mai mayo maggio mei maja maj maio toukokuuta kvetna maja svibnja μαιου",
    "june juin juni junio giugno czerwca junho kesakuuta cervna juna iunie lipnja ιουνιου",
    "july juillet juli julio luglio lipca julho heinakuuta cervence jula iulie srpnja ιουλιου",
    "august aout agosto augustus sierpnia augusti elokuuta srpna augusta kolovoza αυγουστου",
    "september septembre septiembre settembre wrzesnia setembro syyskuuta zari septembra "
    "septembrie rujna σεπτεμβριου",
    "october octobre oktober octubre ottobre pazdziernika outubro lokakuuta rijna oktobra "
    "octombrie listopada οκτωβριου",
    "november novembre noviembre novembro listopadu marraskuuta novembra noiembrie studenoga "
    "νοεμβριου",
    "december decembre dezember diciembre dicembre grudnia dezembro joulukuuta prosince decembra "
    "decembrie prosinca δεκεμβριου",
)
# "listopada" is November in Polish and October in Croatian; Polish documents are the likelier.
_MONTH = {name: i for i, names in enumerate(_MONTHS, start=1) for name in names.split()} | {
    "listopada": 11
}
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_FORMS = (
    re.compile(rf"(?<![\d./-]){_YEAR}-(?P<month>[01]\d)-{_DAY}(?![\d-])"),
    re.compile(rf"(?<![\d./-]){_DAY}\s?[./]\s?(?P<month>[01]?\d)\s?[./]\s?{_YEAR}(?![\d/])"),
    re.compile(
        rf"(?<![\d./-]){_DAY}(?:er|st|nd|rd|th|\.|º|°|-?a)?\s+(?:de\s+|of\s+)?"
        rf"(?P<name>[^\W\d_]{{3,14}})\.?,?\s+(?:de\s+|del\s+)?{_YEAR}(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<name>[^\W\d_]{{3,9}})\s+{_DAY}(?:st|nd|rd|th)?,\s+{_YEAR}(?!\d)"),
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A full date of the calendar: its ISO 8601 form, and where it stands in the text."""

    iso: str
    span: Span


def find_dates(text: str) -> list[FoundDate]:
    """Return the full dates of ``text`` in the order in which they stand.

    Days come before months, as everywhere in the EU; years are 1900 to 2099.
    """
    found: dict[int, FoundDate] = {}
    for date in _all(text):
        found.setdefault(date.span.start, date)
    return [found[start] for start in sorted(found)]


def _all(text: str) -> Iterator[FoundDate]:
    for form in _FORMS:
        for match in form.finditer(text):
            parts = match.groupdict()
            month = _MONTH.get(fold(parts["name"])) if parts.get("name") else int(parts["month"])
            iso = _iso(int(parts["year"]), month or 0, int(parts["day"]))
            if iso:
                yield FoundDate(iso, Span(*match.span()))


def _iso(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:  # 31 November: digits that look like a date
        return ""
