"""Every word that a digest says of its own, in English and in French."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.core.subscribers import Frequency, Period
from pipeline.core.tags import Grade
from pipeline.report.digest_values import Chapter, Digest, Item, Reason
from pipeline.report.labels import labels
from pipeline.report.messages import Plural
from pipeline.report.text import NARROW, NO_BREAK
from pipeline.report.values import Language
from pipeline.report.wording import Labels

NAMED_IN_SUBJECT = 3  # chapters; more would be cut by most programs


@dataclass(frozen=True, slots=True)
class DigestLabels:
    """A digest's words in one language; the methods put them together.

    Attributes:
        base: What it says as a report does: dates, numbers, names of languages and kinds.
        weekly: What a week is called, with its Monday.
        search: A chapter of a saved search.
        file_of, file_through: Why a work is there: its file, and how they follow it.
        partly: That a work has it not as its main subject.
        every: How often somebody hears, at most.
    """

    base: Labels
    subject: str
    new: Plural
    more: Plural
    not_listed: Plural
    weekly: str
    quarter: str
    intro: str
    search: str
    file_of: str
    file_through: str
    found_by: str
    partly: str
    by_hand: str
    page: str
    also: str
    read: str
    file: str
    once: str
    every: dict[Frequency, str]
    ask: str
    name_of_list: str
    sep: str

    def period(self, period: Period, frequency: Frequency) -> str:
        """Return "week of 30 November 2026", "November 2026", "October to December 2026"."""
        first = period.first.isoformat()
        match frequency:
            case Frequency.DAILY:
                return self.base.day(first)
            case Frequency.WEEKLY:
                return self.weekly.format(self.base.day(first))
            case Frequency.MONTHLY:
                return self.base.day(first[:7])
            case Frequency.QUARTERLY:
                begin = self.base.speech.month_alone(period.first)
                end = self.base.day(period.last.isoformat()[:7])
                return self.quarter.format(begin, end)

    def subject_of(self, digest: Digest) -> str:
        """Return the subject of a message: how many works, on what, and of which period."""
        names = [chapter.name for chapter in digest.chapters]
        told = ", ".join(names[:NAMED_IN_SUBJECT])
        if (more := len(names) - NAMED_IN_SUBJECT) > 0:
            told += f" {self.base.count(more, self.more)}"
        when = self.period(digest.period, digest.frequency)
        return self.subject.format(
            count=self.base.count(digest.works, self.new), names=told, when=when
        ).replace(NO_BREAK, " ")

    def title_of(self, chapter: Chapter) -> str:
        """Return what stands above a chapter."""
        if not chapter.is_search:
            return chapter.name
        told = self.search.format(self.quoted(chapter.name))
        return told[:1].upper() + told[1:]

    def rest_of(self, chapter: Chapter) -> str:
        """Return how many works of a chapter are not listed, or ""."""
        return self.base.count(chapter.more, self.not_listed) if chapter.more else ""

    def facts(self, item: Item) -> list[str]:
        """Return institution, kind, date and languages of a work, as far as they are known."""
        known = (
            self.base.institution_name(item.institution) if item.institution else "",
            self.base.kind_name(item.kind) if item.kind else "",
            self.base.day(item.date) if item.date else "",
            self.base.language_list(item.languages),
        )
        return [fact for fact in known if fact]

    def why(self, item: Item) -> str:
        """Return "you follow Water; page 4", and whether it treats that only in part."""
        first = item.reasons[0]
        told = [self.reason(first)]
        if first.grade is not Grade.MAIN:
            told.append(self.partly)
        told.append(self.page_of(item) if item.quote else self.by_hand)
        line = self.sep.join(told)
        return line[:1].upper() + line[1:]

    def reason(self, reason: Reason) -> str:
        """Return "you follow Water", and through which pillar or group."""
        if reason.kind == "search":
            return self.found_by.format(self.quoted(reason.name))
        shape = self.file_through if reason.through else self.file_of
        return shape.format(reason.name, reason.through)

    def page_of(self, item: Item) -> str:
        """Return "page 4"; of which version, where that is not the one whose title is shown."""
        told = self.page.format(self.base.number(item.page))
        if item.quote and item.quote.language != item.title_language:
            told += f" ({self.base.language_name(item.quote.language)})"
        return told

    def also_in(self, item: Item) -> str:
        """Return "Also: Energy, search “sewers”", or "" where it belongs to one interest alone."""
        names = [
            self.search.format(self.quoted(one.name)) if one.kind == "search" else one.name
            for one in item.reasons[1:]
        ]
        return f"{self.also}{self.base.colon}{', '.join(names)}" if names else ""

    def quoted(self, text: str) -> str:
        """Return a text in the quotation marks of the language."""
        opening, closing = self.base.quotes
        return f"{opening}{text}{closing}"

    def intro_of(self, digest: Digest) -> str:
        """Return for whom a message is, and how much is new."""
        count = self.base.count(digest.works, self.new)
        return self.intro.format(name=digest.association, count=count)

    def notes(self, digest: Digest) -> list[str]:
        """Return how often messages come, that each work is told once, and whom to ask."""
        told = [f"{self.every[digest.frequency]} {self.once}"]
        people = ", ".join(f"{one.name} <{one.email}>" for one in digest.contacts)
        return [*told, f"{self.ask}{self.base.colon}{people}"] if people else told


ENGLISH = DigestLabels(
    base=labels("en"),
    subject="{count}, {when}: {names}",
    new=Plural("new publication", "new publications"),
    more=Plural("and one more subject", "and {n} more subjects"),
    not_listed=Plural("more publication, not listed", "more publications, not listed"),
    weekly="week of {}",
    quarter="{} to {}",
    intro="For {name}: {count} in the library.",
    search="search {}",
    file_of="you follow {0}",
    file_through="you follow {0} ({1})",
    found_by="it matches your search {}",
    partly="treated in part",
    by_hand="a person said so",
    page="page {}",
    also="Also",
    read="Official text",
    file="File",
    once="Each publication is announced once.",
    every={
        Frequency.DAILY: "This message comes once a day at most, when there is something new.",
        Frequency.WEEKLY: "This message comes once a week at most, when there is something new.",
        Frequency.MONTHLY: "This message comes once a month at most, when there is something new.",
        Frequency.QUARTERLY: (
            "This message comes once a quarter at most, when there is something new."
        ),
    },
    ask="Questions, other subjects, or to unsubscribe",
    name_of_list="What is new in the library",
    sep="; ",
)


def digest_labels(language: Language) -> DigestLabels:
    """Return the words of a digest in ``language``."""
    return _french() if language == "fr" else ENGLISH


@cache  # the catalogue of messages is read once, and only where it is needed
def _french() -> DigestLabels:
    return DigestLabels(
        base=labels("fr"),
        subject=f"{{count}}, {{when}}{NO_BREAK}: {{names}}",
        new=Plural("nouvelle publication", "nouvelles publications"),
        more=Plural("et un autre sujet", "et {n} autres sujets"),
        not_listed=Plural("autre publication, non citée", "autres publications, non citées"),
        weekly="semaine du {}",
        quarter="{} à {}",
        intro=f"Pour {{name}}{NO_BREAK}: {{count}} dans la bibliothèque.",
        search="recherche {}",
        file_of="vous suivez {0}",
        file_through="vous suivez {0} ({1})",
        found_by="répond à votre recherche {}",
        partly="traité en partie",
        by_hand="selon une personne",
        page="page {}",
        also="Aussi",
        read="Texte officiel",
        file="Fichier",
        once="Chaque publication n’est annoncée qu’une fois.",
        every={
            Frequency.DAILY: "Ce message vient au plus une fois par jour, s’il y a du nouveau.",
            Frequency.WEEKLY: "Ce message vient au plus une fois par semaine, s’il y a du nouveau.",
            Frequency.MONTHLY: "Ce message vient au plus une fois par mois, s’il y a du nouveau.",
            Frequency.QUARTERLY: (
                "Ce message vient au plus une fois par trimestre, s’il y a du nouveau."
            ),
        },
        ask="Questions, autres sujets, ou fin de l’abonnement",
        name_of_list="Les nouveautés de la bibliothèque",
        sep=f"{NARROW}; ",
    )
