"""Every word that a newsletter says of its own, in English and in French."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.core.audience import Audience
from pipeline.report.agenda import Item as KeyDateItem
from pipeline.report.digest_labels import DigestLabels, digest_labels
from pipeline.report.digest_values import Item
from pipeline.report.newsletter import Newsletter
from pipeline.report.text import NO_BREAK
from pipeline.report.values import Language


@dataclass(frozen=True, slots=True)
class NewsletterLabels:
    """A newsletter's words in one language; the methods put them together.

    Attributes:
        digest: What it says as a digest does.
        titles: By audience.
        intro: What is new, in what time.
        nothing: What it says where nothing is.
        subjects: What stands before the policy files of a work.
        dates: What stands above the days that texts announce.
        notes: What stands below, by audience.
    """

    digest: DigestLabels
    titles: dict[Audience, str]
    intro: str
    nothing: str
    subjects: str
    dates: str
    notes: dict[Audience, str]

    def title_of(self, letter: Newsletter) -> str:
        """Return what the issue is called."""
        return self.titles[letter.audience]

    def period(self, letter: Newsletter) -> str:
        """Return the days that the issue covers."""
        return self.digest.base.span(letter.since, letter.until)

    def subject_of(self, letter: Newsletter) -> str:
        """Return the subject of the issue as a message."""
        told = f"{self.title_of(letter)}{self.digest.base.colon}{self.period(letter)}"
        return told.replace(NO_BREAK, " ")

    def intro_of(self, letter: Newsletter) -> str:
        """Return how much is new in the period."""
        if not letter.works:
            return self.nothing
        return self.intro.format(count=self.digest.base.count(letter.works, self.digest.new))

    def lines_of(self, item: Item, letter: Newsletter) -> list[str]:
        """Return what is told of a work besides its facts: to members, its policy files."""
        files = ", ".join(reason.name for reason in item.reasons)
        told = [f"{self.subjects}{self.digest.base.colon}{files}"]
        return told if letter.audience is not Audience.PUBLIC else []

    def source_of(self, item: Item) -> str:
        """Return where the quote stands: "Page 4", and in which language, if in another one."""
        told = self.digest.page_of(item)
        return told[:1].upper() + told[1:]

    def date_of(self, item: KeyDateItem) -> str:
        """Return "15 January 2027: last day for comments (page 3)"."""
        base = self.digest.base
        page = self.digest.page.format(base.number(item.said[0].page))
        kind = base.announcement(item.kind)
        return f"{base.day(item.day)}{base.colon}{kind[:1].lower()}{kind[1:]} ({page})"


ENGLISH = NewsletterLabels(
    digest=digest_labels("en"),
    titles={
        Audience.PUBLIC: "EU policy and local government: what is new",
        Audience.MEMBERS: "What is new for members",
    },
    intro="{count} on European policies that matter to municipalities and regions.",
    nothing="Nothing new in this period.",
    subjects="Policy files",
    dates="Key dates",
    notes={
        Audience.PUBLIC: "Quotes are from the documents; open them before you rely on one.",
        Audience.MEMBERS: "For members only; please do not pass it on outside your association.",
    },
)


def newsletter_labels(language: Language) -> NewsletterLabels:
    """Return the words of a newsletter in ``language``."""
    return _french() if language == "fr" else ENGLISH


@cache
def _french() -> NewsletterLabels:
    return NewsletterLabels(
        digest=digest_labels("fr"),
        titles={
            Audience.PUBLIC: "Politiques européennes et pouvoirs locaux\u202f: les nouveautés",
            Audience.MEMBERS: "Les nouveautés pour les membres",
        },
        intro="{count} sur les politiques européennes qui touchent les communes et les régions.",
        nothing="Rien de nouveau pendant cette période.",
        subjects="Dossiers",
        dates="Dates à retenir",
        notes={
            Audience.PUBLIC: (
                "Les citations viennent des documents\u202f; ouvrez-les avant de vous y fier."
            ),
            Audience.MEMBERS: (
                "Réservé aux membres\u202f; merci de ne pas le diffuser hors de votre association."
            ),
        },
    )
