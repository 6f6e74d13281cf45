"""Digest and its parts: what a message tells a subscriber, before it is written in any format.

All text in it is harmless: one line, no character that is not seen. Paths are as they are on disk.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.audience import Audience
from pipeline.core.subscribers import Frequency, Period
from pipeline.core.tags import Grade
from pipeline.report.groups import Secretary
from pipeline.report.values import Language


@dataclass(frozen=True, slots=True)
class Reason:
    """An interest of the subscriber to which a work belongs.

    Attributes:
        kind: "file" or "search".
        name: Of the policy file or the saved search.
        through: Name of the pillar or expert group by which they follow the file, or "".
        grade: Of the file's tag; a search has main subjects only.
    """

    kind: str
    name: str
    through: str = ""
    grade: Grade = Grade.MAIN


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a version of a work that proves why it is there, and its page from 1."""

    text: str
    page: int
    language: str


@dataclass(frozen=True, slots=True)
class Item:
    """A work in a message.

    Attributes:
        title, title_language: Of the version that the reader likes best.
        date: ISO, of that version if it has one; "" where none has.
        languages: Codes of the languages in which the reader may have it, the best liked first.
        reasons: Why it is there, that of the section it stands under first; at least one.
        quote: Nothing where a person gave the tag without a sentence.
        link: Address of the official text, or "".
        path: Of the version, for readers who have the library's files; "" for others.
        documents: Ids of the versions.
    """

    work: str
    title: str
    title_language: str
    institution: str
    kind: str
    date: str
    languages: tuple[str, ...]
    reasons: tuple[Reason, ...]
    quote: Sentence | None
    link: str
    path: str
    documents: tuple[str, ...]

    @property
    def page(self) -> int:
        """The page that the reader should open."""
        return self.quote.page if self.quote else 1


@dataclass(frozen=True, slots=True)
class Chapter:
    """The works under one interest: the main subject's first, then by date, newest first."""

    name: str
    is_search: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What is new for a subscriber.

    Attributes:
        chapters: In the order of the interests, those with something in them; each work once.
        contacts: Who looks after the expert groups they belong to.
    """

    association: str
    language: Language
    frequency: Frequency
    period: Period
    audience: Audience
    chapters: tuple[Chapter, ...]
    contacts: tuple[Secretary, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All works, in the order of the message."""
        return tuple(item for chapter in self.chapters for item in chapter.items)
