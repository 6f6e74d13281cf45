"""Labels: the words of a report in one language, and how they are put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.core.audience import Audience
from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.core.key_dates import KeyKind
from pipeline.core.tags import Origin, Reason
from pipeline.report.messages import Plural
from pipeline.report.names import institution_of, kind_of
from pipeline.report.recorded import told
from pipeline.report.speech import Speech
from pipeline.report.text import NO_BREAK, headed
from pipeline.report.values import Change


@dataclass(frozen=True, slots=True)
class Labels:
    """A report's words in one language; the methods compose them with numbers, dates and names.

    Attributes:
        readers: Whom it is for, as a sentence.
        colon: What stands between a label and its value.
        opening, closing: Quotation marks, with their spaces.
        then: What stands between two parts of a sentence.
        choices: What a person says of a suggestion: main subject, also treated, not about it.
        kinds, institutions: By their English names.
        between, within_month, within_year: A period, of its first day, as much of it as is not said
            again, and its last.
        on: A period of one day.
        recorded: What the failure ledger says, by its English.
        first: What the first day of a month is called where a date begins with it.
    """

    colon: str
    opening: str
    closing: str
    report: str
    made: str
    readers: Mapping[Audience, str]
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
    audience: str
    contact: str
    choices: Mapping[str, str]
    choose: str
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
    reasons_many: Mapping[Reason, str]
    between: str
    within_month: str
    within_year: str
    on: str
    first: str
    unknown_language: str
    as_recorded: str
    recorded: Mapping[str, str]
    agenda: str
    announced: Mapping[KeyKind, str]
    kinds: Mapping[str, str]
    institutions: Mapping[str, str]
    speech: Speech

    @property
    def language(self) -> str:
        """Code of the language, as a report asks for it."""
        return self.speech.code

    @property
    def quotes(self) -> tuple[str, str]:
        """Opening and closing quotation mark, with their spaces."""
        return self.opening, self.closing

    def number(self, value: int) -> str:
        """Return a number with its groups of three digits apart."""
        return str(value) if 0 <= value < 1000 else self.speech.number(value)

    def count(self, value: int, noun: Plural) -> str:
        """Return "1 work", "2 works"; a ``{n}`` in the plural is where a number goes."""
        word = noun.form(self.speech.plural(value))
        if "{n}" in noun.many:
            return word.format(n=self.number(value))
        return f"{self.number(value)}{NO_BREAK}{word}"

    def day(self, iso: str) -> str:
        """Return an ISO date written out: of a day, of a month (2021-03) or of a year (2021)."""
        if len(iso) == 4:
            return iso
        if len(iso) == 7:
            return self.speech.month(date.fromisoformat(f"{iso}-01"))
        return self.speech.day(date.fromisoformat(iso), first=self.first)

    def span(self, since: date, until: date) -> str:
        """Return a period written out, without saying month or year twice."""
        if since == until:
            return self.on.format(self.day(since.isoformat()))
        end = self.day(until.isoformat())
        if (since.year, since.month) == (until.year, until.month):
            start = self.speech.day_of_month(since, first=self.first)
            return self.within_month.format(start, end)
        if since.year == until.year:
            start = self.speech.day_and_month(since, first=self.first)
            return self.within_year.format(start, end)
        return self.between.format(self.day(since.isoformat()), end)

    def moment(self, made_at: datetime) -> str:
        """Return a time in UTC written out."""
        return f"{self.day(made_at.date().isoformat())}, {made_at:%H:%M}{NO_BREAK}UTC"

    def share(self, score: float) -> str:
        """Return a score of 0..1 in hundredths, never rounded up to certainty."""
        hundredths = 100 if score == 1.0 else min(round(score * 100), 99)
        return self.speech.hundredths(hundredths)

    def origin_name(self, origin: Origin) -> str:
        """Return who gave a tag."""
        return self.origins[origin]

    def reason_name(self, reason: Reason) -> str:
        """Return what kind of thing an evidence is."""
        return self.reasons[reason]

    def kind_name(self, kind: str) -> str:
        """Return a kind of document, as it begins a line."""
        english = kind_of(kind)
        return headed(self.kinds.get(english, english))

    def institution_name(self, institution: str) -> str:
        """Return an institution's name."""
        english = institution_of(institution)
        return self.institutions.get(english, english)

    def ledger(self, text: str) -> str | None:
        """Return a reason or remedy of the failure ledger; nothing where it has no translation."""
        return told(text, self.recorded, self.then)

    def announcement(self, kind: KeyKind) -> str:
        """Return what happens on a key date, as it begins a line."""
        return self.announced[kind]

    def language_name(self, code: str) -> str:
        """Return a language's name, as it stands inside a sentence."""
        return self.unknown_language if code == UNKNOWN_LANGUAGE else self.speech.language(code)

    def language_list(self, codes: Sequence[str]) -> str:
        """Return "English, French and Polish"."""
        return self.speech.listed([self.language_name(code) for code in codes])
