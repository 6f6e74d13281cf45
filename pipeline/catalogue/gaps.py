"""Gaps: works that lack a language, works that grow old, and documents that others replace."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, case, func, or_, select

from pipeline.catalogue import schema
from pipeline.catalogue.facts import FACTS, share
from pipeline.core.document import UNKNOWN_LANGUAGE

NEAR_DUPLICATE = "near-duplicate"  # as links are stored
EARLIER_DRAFT = "earlier draft"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Some(Generic[T]):
    """The first of many, and how many there are in all."""

    total: int
    first: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as a list shows it.

    Attributes:
        language: Of most of its text.
        date: ISO date as far as it is known, or "".
    """

    id: str
    title: str
    language: str
    date: str
    kind: str


@dataclass(frozen=True, slots=True)
class Work:
    """A work, by one document of it.

    Attributes:
        paper: The first of its documents, in order of ids.
        languages: Codes of its documents, each the language of most of a text, in their order.
        date: Latest ISO date of its documents, "" where none has one.
    """

    paper: Paper
    languages: tuple[str, ...]
    date: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that are linked; ``similarity`` is 0 to 1."""

    one: Paper
    other: Paper
    similarity: float


class Gaps:
    """Lists over one state of a catalogue; each returns its first lines and counts all."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def without(self, language: str, *, institution: str = "", most: int) -> Some[Work]:
        """Return works without a version in a language, latest first.

        A version is a document of which enough is in the language to be named with it. Works of
        which no language is known are left out.

        Args:
            institution: Only works that it made, in lower case; every work where empty.
        """
        conditions = [_is_without(language)]
        if institution:
            conditions.append(share(func.lower(FACTS.c.institution) == institution) > 0)
        return self._works(conditions, newest=True, most=most)

    def lacking(self, languages: Collection[str]) -> int:
        """Return how many works are without a version in one of the languages, or in more."""
        any_ = or_(*(_is_without(language) for language in languages))
        return self._works([any_], newest=True, most=0).total

    def aged(self, kinds: Collection[str], *, before: str, most: int) -> Some[Work]:
        """Return works of these kinds of which every dated version is older, oldest first.

        Args:
            before: ISO date; a date that is a month or a year is compared as far as it goes.
        """
        all_ = FACTS.c
        last = func.max(all_.date)
        conditions = [
            last != "",
            last < func.substr(before, 1, func.length(last)),
            share(all_.kind.in_(sorted(kinds))) > 0,
        ]
        return self._works(conditions, newest=False, most=most)

    def linked(self, relation: str, *, most: int) -> Some[Pair]:
        """Return pairs of which the first is this to the other, most alike first."""
        table = schema.links.c
        total = select(func.count()).where(table.relation == relation)
        chosen = select(table.digest, table.other, table.similarity)
        chosen = chosen.where(table.relation == relation).limit(most)
        pairs = chosen.order_by(table.similarity.desc(), table.digest, table.other).subquery()
        one, other = schema.documents.alias("one"), schema.documents.alias("another")
        query = (
            select(*_told(one), *_told(other), pairs.c.similarity)
            .join_from(pairs, one, one.c.digest == pairs.c.digest)
            .join(other, other.c.digest == pairs.c.other)
            .order_by(pairs.c.similarity.desc(), pairs.c.digest, pairs.c.other)
        )
        found = tuple(
            Pair(_paper(row[:5]), _paper(row[5:10]), row[10])
            for row in self._connection.execute(query)
        )
        return Some(int(self._connection.execute(total).scalar_one()), found)

    def _works(
        self, conditions: Collection[ColumnElement[bool]], *, newest: bool, most: int
    ) -> Some[Work]:
        """Return the works of which all documents together fulfil the conditions.

        A work of which nothing is left but drafts and near-duplicates of others is passed over.
        """
        all_ = FACTS.c
        last = func.max(all_.date)
        languages = func.json_group_array(all_.language.distinct())
        counts = share(all_.digest.not_in(_replaced())) > 0
        found = (
            select(all_.work, func.min(all_.digest).label("first"), languages.label("languages"),
                   last.label("last"))
            .group_by(all_.work)
            .having(and_(counts, *conditions))
        )  # fmt: skip
        total = select(func.count()).select_from(found.subquery())
        chosen = found.order_by(last.desc() if newest else last, all_.work).limit(most).subquery()
        query = (
            select(*_told(schema.documents), chosen.c.languages, chosen.c.last)
            .join_from(chosen, schema.documents, schema.documents.c.digest == chosen.c.first)
            .order_by(chosen.c.last.desc() if newest else chosen.c.last, chosen.c.work)
        )
        works = tuple(
            Work(_paper(row[:5]), tuple(sorted(json.loads(row[5]))), row[6])
            for row in self._connection.execute(query)
        )
        return Some(int(self._connection.execute(total).scalar_one()), works)


def _is_without(language: str) -> ColumnElement[bool]:
    all_ = FACTS.c
    known = share(all_.language != UNKNOWN_LANGUAGE) > 0
    return known & (share(func.instr(all_.languages, f'"{language}"') > 0) == 0)


def _replaced() -> Select[Any]:
    """Return the documents that others replace: drafts, and of near-duplicates all but one."""
    table = schema.links.c
    is_draft = table.relation == EARLIER_DRAFT
    replaced = case((is_draft, table.digest), else_=func.max(table.digest, table.other))
    return select(replaced).where(is_draft | (table.relation == NEAR_DUPLICATE))


def _told(table: FromClause) -> list[ColumnElement[Any]]:
    c = table.c
    return [c.digest, c.title, c.languages, c.date, c.kind]


def _paper(row: Any) -> Paper:
    id_, title, languages, day, kind = row
    codes = json.loads(languages)
    return Paper(id_, title, codes[0] if codes else UNKNOWN_LANGUAGE, day, kind)
