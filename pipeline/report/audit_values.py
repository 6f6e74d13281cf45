"""Audit and its parts: the state of a library, before it is written in any format.

All text in it is harmless: one line, no character that is not seen. A path is the exception, it
is kept as it is on disk. Every line that somebody can do something about has the command for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from pipeline.report.values import Language, Named, Subject

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """The first of many lines, and how many there are in all."""

    total: int
    lines: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What there is of one policy file.

    Attributes:
        languages, years: Code, or year, and documents; the year is "" where no date is known.
        last: Latest ISO date of a document, as far as it is known; "" where none has a date.
        recent: Documents of the period.
        reviewed: Documents of which a person gave or confirmed the tag.
        waiting: Suggestions that nobody decided about.
        ended: Whether its last day was over before the period.
        shows, fills, reviews: Commands: show its documents, look for what it misses, decide.
    """

    subject: Subject
    works: int
    documents: int
    languages: tuple[tuple[str, int], ...]
    years: tuple[tuple[str, int], ...]
    last: str
    recent: int
    reviewed: int
    waiting: int
    ended: bool
    shows: str
    fills: str
    reviews: str


@dataclass(frozen=True, slots=True)
class Count:
    """Documents and works of a language or a year, by its code; "" where it is not known."""

    code: str
    documents: int
    works: int
    shows: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A document in a list.

    Attributes:
        id: Its first characters, as many as a command needs.
        language: Of the title.
        date: ISO date, as far as it is known, or "".
    """

    id: str
    title: str
    language: str
    date: str
    kind: str


@dataclass(frozen=True, slots=True)
class Work:
    """A work, by one of its documents; ``languages`` are codes of all of them."""

    paper: Paper
    languages: tuple[str, ...]
    date: str
    mends: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents of which one may replace the other; ``similarity`` is 0 to 1."""

    one: Paper
    other: Paper
    similarity: float
    mends: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Works without a version in ``language``: the Secretariat's own, and all."""

    language: str
    own: Listed[Work]
    every: Listed[Work]


@dataclass(frozen=True, slots=True)
class Folder:
    """How well the files of a folder could be read; ``mends`` is "" where all is well."""

    path: str
    documents: int
    pages: int
    failed: int
    partly: int
    recognised: int
    unsure: int
    unknown: int
    mends: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of a concept in one language that stand in no stored document."""

    concept: Named
    language: str
    total: int
    examples: tuple[str, ...]
    mends: str


@dataclass(frozen=True, slots=True)
class Audit:
    """The state of a library.

    Attributes:
        since, until: First and last day of the period in which something should have come in.
        made_at: UTC.
        old: Years after which a study is old.
        coverage: One per policy file, in the vocabulary's order.
        untagged: Documents without any policy file.
        names_untagged: The command that shows what they speak of.
        lacking: Works without a version in one of the languages of ``missing``, each once.
        duplicates: Near-duplicates, most alike first.
        drafts: Drafts (the first) of which the later version is there (the other).
        folders: Those with most to look at first.
        troubled: How many of them there are in which not all is well.
        terms: Nothing where the terms were not counted.
    """

    language: Language
    since: date
    until: date
    made_at: datetime
    old: int
    documents: int
    works: int
    pages: int
    coverage: tuple[Coverage, ...]
    languages: tuple[Count, ...]
    years: tuple[Count, ...]
    untagged: int
    names_untagged: str
    missing: tuple[Missing, ...]
    lacking: int
    duplicates: Listed[Pair]
    drafts: Listed[Pair]
    aged: Listed[Work]
    folders: Listed[Folder]
    troubled: int
    terms: Listed[Terms] | None
