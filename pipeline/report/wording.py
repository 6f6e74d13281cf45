"""Labels: the words of a report in one language, and how they are put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.core.tags import Origin, Reason
from pipeline.report.names import Name, institution_name, kind_name, language_name
from pipeline.report.text import NO_BREAK
from pipeline.report.values import Change, Language


@dataclass(frozen=True, slots=True)
class Plural:
    """A noun and its plural."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Labels:
    """A report's words in one language; the methods inflect and compose them.

    Attributes:
        months: January first.
        colon: What stands between a label and its value.
        quotes: Opening and closing quotation mark, with their spaces.
        thousands: What stands between groups of three digits.
        percent: What follows a number of hundredths.
        then: What stands between two parts of a sentence.
        choices: What a person says of a suggestion: main subject, also treated, not about it.
    """

    language: Language
    months: tuple[str, ...]
    colon: str
    quotes: tuple[str, str]
    thousands: str
    percent: str
    report: str
    made: str
    contents: str
    skip: str
    works: Plural
    documents: Plural
    pages: Plural
    main_count: Plural
    also_count: Plural
    main: str
    also: str
    nothing: str
    nothing_main: str
    none: str
    quiet: str
    change: str
    changes: Mapping[Change, str]
    since_last: str
    unchanged: Plural
    gone: str
    no_gone: str
    waiting_count: Plural
    unread_count: Plural
    by_language: str
    languages_told: str
    charts: str
    timeline: str
    timeline_told: str
    heat_by_month: str
    heat_by_year: str
    heat_told: str
    by_month: str
    by_year: str
    total: str
    shared: str
    pillars: str
    shared_works: str
    no_shared: str
    why: str
    dated_in: str
    arrived_in: str
    said: str
    then: str
    reviewed: str
    unreviewed: str
    reviewed_by: str
    reviewed_on: str
    dated: str
    date_unknown: str
    came_in: str
    added: str
    title: str
    institution: str
    kind: str
    languages: str
    page: str
    page_short: str
    file: str
    pillar: str
    grade: str
    confidence: str
    origin: str
    reason: str
    quote: str
    matches: str
    path: str
    link: str
    work: str
    waiting: str
    waiting_intro: Plural
    waiting_more: Plural
    waiting_form: str
    no_waiting: str
    decision: str
    by: str
    note: str
    seen: str
    document_id: str
    file_id: str
    period: str
    choices: tuple[str, str, str]
    overview: str
    unread: str
    failures: str
    failures_intro: Plural
    no_failures: str
    document: str
    remedy: str
    notes: str
    note_period: str
    note_machine: str
    note_confidence: str
    note_undated: Plural
    origins: Mapping[Origin, str]
    reasons: Mapping[Reason, str]
    join: str
    between: str
    within_month: str
    within_year: str
    on: str
    first: str

    def number(self, value: int) -> str:
        """Return a number with its groups of three digits apart."""
        return f"{value:,}".replace(",", self.thousands)

    def count(self, value: int, noun: Plural) -> str:
        """Return "1 work", "2 works"; a ``{n}`` in the plural is where a number goes."""
        # English has a plural zero, French a singular one.
        singular = value == 1 or (value == 0 and self.language == "fr")
        word = noun.one if singular else noun.many
        if "{n}" in noun.many:
            return word.format(n=self.number(value))
        return f"{self.number(value)}{NO_BREAK}{word}"

    def day(self, iso: str) -> str:
        """Return an ISO date written out: of a day, of a month (2021-03) or of a year (2021)."""
        if len(iso) == 4:
            return iso
        month = f"{self.months[int(iso[5:7]) - 1]} {iso[:4]}"
        return month if len(iso) == 7 else f"{self._day_of_month(date.fromisoformat(iso))} {month}"

    def span(self, since: date, until: date) -> str:
        """Return a period written out, without saying month or year twice."""
        if since == until:
            return self.on.format(self.day(since.isoformat()))
        end = self.day(until.isoformat())
        start = self._day_of_month(since)
        if (since.year, since.month) == (until.year, until.month):
            return self.within_month.format(start, end)
        if since.year == until.year:
            return self.within_year.format(f"{start} {self.months[since.month - 1]}", end)
        return self.between.format(self.day(since.isoformat()), end)

    def moment(self, made_at: datetime) -> str:
        """Return a time in UTC written out."""
        return f"{self.day(made_at.date().isoformat())}, {made_at:%H:%M}{NO_BREAK}UTC"

    def share(self, score: float) -> str:
        """Return a score of 0..1 in hundredths, never rounded up to certainty."""
        hundredths = 100 if score == 1.0 else min(round(score * 100), 99)
        return f"{hundredths}{self.percent}"

    def origin_name(self, origin: Origin) -> str:
        """Return who gave a tag."""
        return self.origins[origin]

    def reason_name(self, reason: Reason) -> str:
        """Return what kind of thing an evidence is."""
        return self.reasons[reason]

    def kind_name(self, kind: str) -> str:
        """Return a kind of document, as it begins a line."""
        name = self._of(kind_name(kind))
        return name[:1].upper() + name[1:]

    def institution_name(self, institution: str) -> str:
        """Return an institution's name."""
        return self._of(institution_name(institution))

    def language_name(self, code: str) -> str:
        """Return a language's name, as it stands inside a sentence."""
        return self._of(language_name(code))

    def language_list(self, codes: Sequence[str]) -> str:
        """Return "English, French and Polish"."""
        names = [self.language_name(code) for code in codes]
        return self.join.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)

    def _day_of_month(self, day: date) -> str:
        return self.first if day.day == 1 else str(day.day)

    def _of(self, name: Name) -> str:
        return name[1] if self.language == "fr" else name[0]
