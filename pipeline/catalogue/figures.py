"""Figures: how much a catalogue holds and what waits in it, counted without reading a text."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, FromClause, func, select

from pipeline.catalogue import schema
from pipeline.catalogue.facts import FACTS, share
from pipeline.core.tags import Grade


@dataclass(frozen=True, slots=True)
class Sizes:
    """What there is of everything.

    Attributes:
        works: Versions of a work count once, a document without any is its own work.
        waiting: Suggestions below the bar of a tag, which nobody decided about.
        waiting_documents: Documents that have them.
        unlike: Documents whose tags another recipe made than those of most others.
    """

    documents: int
    works: int
    pages: int
    waiting: int
    waiting_documents: int
    searches: int
    failures: int
    unlike: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why documents failed alike.

    Attributes:
        example: The first of their paths.
    """

    stage: str
    reason: str
    remedy: str
    documents: int
    example: str


@dataclass(frozen=True, slots=True)
class LastRun:
    """An ingest, as it was noted at its end; times are UTC, ISO 8601."""

    started_at: str
    ended_at: str
    found: int
    ingested: int
    skipped: int
    failed: int
    pages: int


class Figures:
    """Counts over one state of a catalogue."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sizes(self) -> Sizes:
        """Return what there is of everything."""
        tags, recipe = schema.tags.c, schema.documents.c.recipe_version
        works = select(func.count(FACTS.c.work.distinct()))
        waits = select(func.count(), func.count(tags.digest.distinct()))
        waiting = self._connection.execute(waits.where(tags.grade == Grade.REVIEW.value)).one()
        alike = select(func.count()).where(recipe != "").group_by(recipe)
        by_recipe = list(self._connection.execute(alike).scalars())
        return Sizes(
            documents=self._count(schema.documents),
            works=int(self._connection.execute(works).scalar_one()),
            pages=self._count(schema.pages),
            waiting=waiting[0],
            waiting_documents=waiting[1],
            searches=self._count(schema.saved_searches),
            failures=self._count(schema.failures),
            unlike=sum(by_recipe) - max(by_recipe, default=0),
        )

    def languages(self) -> list[tuple[str, int, int]]:
        """Return each language with its documents and works, most documents first.

        A document counts under the language of most of its text.
        """
        table, documents = FACTS.c, func.count()
        query = select(table.language, documents, func.count(table.work.distinct()))
        query = query.group_by(table.language).order_by(documents.desc(), table.language)
        return [(row[0], row[1], row[2]) for row in self._connection.execute(query)]

    def runs(self, most: int) -> list[LastRun]:
        """Return the last ingests, latest first."""
        table = schema.runs.c
        columns = [getattr(table, name) for name in LastRun.__slots__]
        query = select(*columns).order_by(table.id.desc()).limit(most)
        return [LastRun(*row) for row in self._connection.execute(query)]

    def reasons(self, most: int) -> list[Reason]:
        """Return why documents failed, the most frequent reasons first."""
        table, documents = schema.failures.c, func.count()
        alike = table.stage, table.reason, table.remedy
        query = select(*alike, documents, func.min(table.path)).group_by(*alike)
        query = query.order_by(documents.desc(), *alike).limit(most)
        return [Reason(*row) for row in self._connection.execute(query)]

    def lacking(self, generation: str) -> int:
        """Return how many documents the index of ``generation`` lacks or has outdated."""
        table = schema.documents.c
        lacks = (table.indexed_in != generation) & (table.built_in != generation)
        return int(self._connection.execute(select(share(lacks))).scalar_one())

    def _count(self, table: FromClause) -> int:
        query = select(func.count()).select_from(table)
        return int(self._connection.execute(query).scalar_one())
