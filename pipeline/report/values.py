"""Report and its parts: what a report says, before it is written in any format.

All text in it is harmless: one line, no character that is not seen. A path is the exception, it
is kept as it is on disk, and every format writes it with care.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pipeline.core.audience import Audience
from pipeline.core.spans import Span
from pipeline.core.tags import Grade, Origin, Reason

Language = str  # code of a catalogue of messages: "en", "fr", "pt_BR"


@dataclass(frozen=True, slots=True)
class Named:
    """An id and its name in the report's language."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A policy file and the pillar that it belongs to."""

    file: Named
    pillar: Named


@dataclass(frozen=True, slots=True)
class Version:
    """One document of a work.

    Attributes:
        document: Its id.
        languages: Codes by share of the text, largest first; ("und",) where unknown.
        path: Where the file is, exactly.
        media_type: Of the file.
        pages: How many, at least 0.
        title: In the version's own language.
    """

    document: str
    languages: tuple[str, ...]
    path: str
    media_type: str
    pages: int
    title: str

    @property
    def language(self) -> str:
        """The language of most of the text."""
        return self.languages[0]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the cited version that proves the tag.

    Attributes:
        text: The sentence on one line.
        page: Where it starts, from 1.
        reason: Whether a term, a legal reference or a learned feature spoke.
        matches: The words that matched.
        highlights: Where they stand in ``text``, in order, apart from each other.
    """

    text: str
    page: int
    reason: Reason
    matches: tuple[str, ...]
    highlights: tuple[Span, ...]


class Change(StrEnum):
    """What became of a work under a policy file since the group's last report."""

    NEW = "new"  # none of its documents was in it
    DECIDED = "decided"  # a person gave the tag, or let it stand
    UPDATED = "updated"  # it has a document that was not there
    RETAGGED = "retagged"  # a machine gave the tag or changed its grade


@dataclass(frozen=True, slots=True)
class Decided:
    """That a person has looked at a tag and lets it stand.

    Attributes:
        by: Name of the person.
        on: ISO date.
    """

    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A work under one policy file.

    Attributes:
        title: In the report's language where the work has a version in it.
        title_language: The language of that title.
        date: ISO date of the earliest version in the period; "" where no version has one.
        added: ISO date on which an undated work came in; "" where the work has a date.
        score: Confidence of the tag, 0..1.
        decided: Who looked at the tag of the cited version; nothing where nobody did.
        cited: The version that the quotes are from, one of ``versions``.
        versions: All that were given, the report's language first.
        quotes: Strongest first; empty only where a person gave the tag without one.
        shared: The work's other main subjects, of any pillar, in the vocabulary's order.
        pillars: The pillars other than this file's that the work is mainly about.
        change: Since the group's last report; nothing where the report is of a period.
    """

    work: str
    title: str
    title_language: str
    institution: str
    kind: str
    date: str
    added: str
    grade: Grade
    score: float
    origin: Origin
    decided: Decided | None
    cited: Version
    versions: tuple[Version, ...]
    quotes: tuple[Quote, ...]
    shared: tuple[Subject, ...]
    pillars: tuple[Named, ...]
    change: Change | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that the work can be read in, the report's first."""
        return tuple(dict.fromkeys(code for v in self.versions for code in v.languages))


@dataclass(frozen=True, slots=True)
class Section:
    """One policy file.

    Attributes:
        main: Works mainly about it, newest first.
        also: Works that treat it in part, newest first.
    """

    subject: Subject
    main: tuple[Entry, ...]
    also: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A work that may be about a policy file: the machine is not sure, and nobody has said.

    Attributes:
        title: Of the version asked about.
        date: As of an `Entry`; "" where it is not known.
        score: Confidence of the suggestion, 0..1.
        version: The one to decide about.
        quotes: Strongest first.
    """

    work: str
    subject: Subject
    title: str
    date: str
    score: float
    version: Version
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person's word.

    Attributes:
        questions: Most likely ones first.
        more: How many there are besides.
        seen: Number of the last decision that the report knows; 0 where there is none.
    """

    questions: tuple[Question, ...]
    more: int
    seen: int

    def __len__(self) -> int:
        return len(self.questions) + self.more


@dataclass(frozen=True, slots=True)
class Gone:
    """A work that the group's last report listed under a policy file, and this one does not."""

    title: str
    file: Named


@dataclass(frozen=True, slots=True)
class Past:
    """The report since which changes are told.

    Attributes:
        made_at: UTC.
        unchanged: Entries that are as they were, and not listed.
        gone: In the order of that report.
    """

    made_at: datetime
    unchanged: int
    gone: tuple[Gone, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A document that could not be read or processed."""

    name: str
    path: str
    stage: str
    reason: str
    remedy: str
    tries: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the report lists, each work and each document once.

    Attributes:
        languages: Code and number of documents mostly in it, most first.
    """

    works: int
    documents: int
    pages: int
    languages: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Secretary:
    """Who looks after an expert group: a name and an e-mail address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Report:
    """What is new for an expert group.

    Attributes:
        since, until: First and last day of the period.
        made_at: UTC.
        sections: One per policy file of the group, in the vocabulary's order.
        undated: Works on the group's files that are in no period: no date, no day of arrival.
        past: The report since which changes are told; nothing where all of the period is.
        audience: Whom it is for.
        secretary: Whom to ask.
    """

    group: Named
    language: Language
    since: date
    until: date
    made_at: datetime
    counts: Counts
    sections: tuple[Section, ...]
    waiting: Waiting
    failures: tuple[Trouble, ...]
    undated: int
    past: Past | None = None
    audience: Audience = Audience.MEMBERS
    secretary: Secretary | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries in the order of the page; a work is there once for each of its files."""
        return tuple(entry for s in self.sections for entry in (*s.main, *s.also))

    @property
    def quiet(self) -> tuple[Named, ...]:
        """The files with nothing new."""
        return tuple(s.subject.file for s in self.sections if not s.main and not s.also)

    @property
    def shared(self) -> tuple[Entry, ...]:
        """One entry of each work that other pillars share, in the order of the page."""
        works = {entry.work: entry for entry in reversed(self.entries) if entry.pillars}
        return tuple(reversed(works.values()))
