"""Digest and its parts: what a message tells a subscriber, before it is written in any format.

All text in it is harmless: one line, no character that is not seen. Paths are as they are on disk.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.audience import Audience
from pipeline.core.subscribers import Frequency, Period
from pipeline.core.tags import Grade
from pipeline.report.values import Language, Secretary


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
        versions: Id and language of each that the reader may have, the best liked first.
        reasons: Why it is there, that of the section it stands under first; at least one.
        link: Address of the official text, or "".
        path: Of the version, for readers who have the library's files; "" for others.
        quote: Nothing where a person gave the tag without a sentence.
    """

    work: str
    title: str
    title_language: str
    institution: str
    kind: str
    date: str
    versions: tuple[tuple[str, str], ...]
    reasons: tuple[Reason, ...]
    link: str
    path: str
    quote: Sentence | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages in which the reader may have it, the best liked first."""
        return tuple(dict.fromkeys(language for _, language in self.versions))

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the versions."""
        return tuple(document for document, _ in self.versions)

    @property
    def page(self) -> int:
        """The page that the reader should open."""
        return self.quote.page if self.quote else 1


@dataclass(frozen=True, slots=True)
class Chapter:
    """The works under one interest: the main subject's first, then by date, newest first.

    Attributes:
        more: How many there are besides, which a message does not list.
    """

    name: str
    is_search: bool
    items: tuple[Item, ...]
    more: int = 0


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
        """All works that it lists, in its order."""
        return tuple(item for chapter in self.chapters for item in chapter.items)

    @property
    def works(self) -> int:
        """How many are new, listed or not."""
        return sum(len(chapter.items) + chapter.more for chapter in self.chapters)
