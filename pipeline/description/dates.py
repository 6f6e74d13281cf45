"""Dates as EU documents write them in their own languages, found and told in ISO 8601."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.core.spans import Span
from pipeline.core.text import fold

# Month names, folded, as dates use them: in Slavic and Baltic languages, Finnish and Greek in the
# case that a day takes, and in the nominative where a date stands with it too.
_MONTHS = (
    "january janvier januar enero gennaio januari stycznia janeiro tammikuuta tammikuu ledna "
    "januara januarja ianuarie sijecnja ιανουαριου януари jaanuar januar janvaris janvari sausio "
    "sausis "
    "jannar eanair januaris",
    "february fevrier februar febrero febbraio februari lutego fevereiro helmikuuta helmikuu unora "
    "februara februarja februarie veljace φεβρουαριου февруари veebruar februaris februari vasario "
    "vasaris frar feabhra",
    "march mars marz marzo maart marca marts marco maaliskuuta maaliskuu brezna martie ozujka "
    "μαρτιου март marts marta martii marcius kovo kovas marzu marta maerz martius",
    "april avril abril aprile kwietnia huhtikuuta huhtikuu dubna aprila aprilie travnja απριλιου "
    "април aprill aprilis aprili balandzio balandis aibrean",
    "may mai mayo maggio mei maja maj maio toukokuuta toukokuu kvetna maja svibnja μαιου маи maijs "
    "maija majus geguzes geguze mejju bealtaine",
    "june juin juni junio giugno czerwca junho kesakuuta kesakuu cervna juna junija iunie lipnja "
    "ιουνιου юни juuni junijs junius birzelio birzelis gunju meitheamh",
    "july juillet juli julio luglio lipca julho heinakuuta heinakuu cervence jula julija iulie "
    "srpnja ιουλιου юли juuli julijs julius liepos liepa lulju iuil",
    "august aout agosto augustus sierpnia augusti elokuuta elokuu srpna augusta avgusta kolovoza "
    "αυγουστου август augusts augusztus rugpjucio rugpjutis awwissu lunasa",
    "september septembre septiembre settembre wrzesnia setembro syyskuuta syyskuu zari septembra "
    "septembrie rujna σεπτεμβριου септември septembris septembri szeptember rugsejo rugsejis "
    "settembru mean fomhair",
    "october octobre oktober octubre ottobre pazdziernika outubro lokakuuta lokakuu rijna oktobra "
    "octombrie listopada οκτωβριου октомври oktoober oktobris oktobri spalio spalis ottubru "
    "deireadh fomhair",
    "november novembre noviembre novembro listopada listopadu marraskuuta marraskuu novembra "
    "noiembrie studenoga studenog νοεμβριου ноември novembris novembri lapkricio lapkritis "
    "novembru samhain",
    "december decembre dezember diciembre dicembre grudnia dezembro joulukuuta joulukuu prosince "
    "decembra decembrie prosinca δεκεμβριου декември detsember decembris decembri gruodzio gruodis "
    "dicembru nollaig",
)
_TWO_WORDS = ("mean fomhair", "deireadh fomhair")
_MONTH = {
    name: i
    for i, names in enumerate(_MONTHS, start=1)
    for name in [*_TWO_WORDS, *names.split()]
    if name in names
}
# "listopada" is November in Polish and October in Croatian, which says "studenoga" and writes a
# full stop after the day ("3. listopada 2021.").
_CROATIAN_OCTOBER = re.compile(r"\d\.\s+listopada", re.IGNORECASE)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_NAME = r"(?P<name>(?:[Mm]eán|MEÁN|[Dd]eireadh|DEIREADH)\s[^\W\d_]{7}|[^\W\d_]{3,14})"
_FORMS = (
    re.compile(rf"(?<![\d./-]){_YEAR}-(?P<month>[01]\d)-{_DAY}(?![\d-])"),
    re.compile(rf"(?<![\d./-]){_DAY}\s?[./]\s?(?P<month>[01]?\d)\s?[./]\s?{_YEAR}(?![\d/])"),
    # Hungarian and Lithuanian figures: "2021.3.4.", "2021 03 04".
    re.compile(rf"(?<![\d./-]){_YEAR}([. ])\s?(?P<month>[01]?\d)\2\s?{_DAY}(?![\d/-])"),
    # "3 March 2021", "1er mars", "3. März", "3 de marzo de 2021", "3 päivänä maaliskuuta 2021",
    # "3 ta' Marzu 2021", "3 март 2021 г.", "den 3. marts"
    re.compile(
        rf"(?<![\d./])(?<!\d-){_DAY}(?:er|st|nd|rd|th|\.|º|°|-?a|η|ης)?\s+"
        rf"(?:de\s+|of\s+|ta['’]\s?|päivänä\s+)?"
        rf"{_NAME}\.?,?\s+(?:de\s+|del\s+|an\s+)?{_YEAR}(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<name>[^\W\d_]{{3,9}})\s+{_DAY}(?:st|nd|rd|th)?,\s+{_YEAR}(?!\d)"),
    # Hungarian "2021. március 3.", Latvian "2021. gada 3. martā", Lithuanian "2021 m. kovo 3 d."
    re.compile(
        rf"(?<![\d./-]){_YEAR}(?:\.\s?gada|\s?m\.|\.)\s+"
        rf"(?:{_NAME}\s+{_DAY}(?![\d/])|(?P<day2>[0-3]?\d)\.\s+(?P<name2>[^\W\d_]{{3,14}}))",
        re.IGNORECASE,
    ),
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
            name = parts.get("name") or parts.get("name2")
            month = _month(name, match[0]) if name else int(parts["month"])
            iso = _iso(int(parts["year"]), month, int(parts["day"] or parts["day2"]))
            if iso:
                yield FoundDate(iso, Span(*match.span()))


def _month(name: str, whole: str) -> int:
    """Return the month of that name in the date ``whole``, 1 to 12, or 0."""
    folded = " ".join(fold(name).split())
    if folded == "listopada":
        return 10 if _CROATIAN_OCTOBER.search(whole) else 11
    return _MONTH.get(folded) or _MONTH.get(folded.removesuffix("a"), 0)


def _iso(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:  # 31 November: digits that look like a date
        return ""
