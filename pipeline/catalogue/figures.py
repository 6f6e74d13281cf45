"""Figures: how much a catalogue holds and what waits in it, counted without reading a text."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from pipeline.catalogue import schema
from pipeline.catalogue.facts import facts, share
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
    """The figures of a catalogue."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def sizes(self) -> Sizes:
        """Return what there is of everything."""
        with self._engine.connect() as connection:

            def count(table: object) -> int:
                query = select(func.count()).select_from(table)  # type: ignore[arg-type]
                return int(connection.execute(query).scalar_one())

            all_, tags = facts(), schema.tags.c
            works = connection.execute(select(func.count(all_.c.work.distinct()))).scalar_one()
            waits = select(func.count(), func.count(tags.digest.distinct()))
            waiting = connection.execute(waits.where(tags.grade == Grade.REVIEW.value)).one()
            recipe = schema.documents.c.recipe_version
            alike = select(func.count()).where(recipe != "").group_by(recipe)
            by_recipe = list(connection.execute(alike).scalars())
            return Sizes(
                documents=count(schema.documents),
                works=works,
                pages=count(schema.pages),
                waiting=waiting[0],
                waiting_documents=waiting[1],
                searches=count(schema.saved_searches),
                failures=count(schema.failures),
                unlike=sum(by_recipe) - max(by_recipe, default=0),
            )

    def languages(self) -> list[tuple[str, int, int]]:
        """Return each language with its documents and works, most documents first.

        A document counts under the language of most of its text.
        """
        table = facts().c
        documents = func.count()
        query = select(table.language, documents, func.count(table.work.distinct()))
        with self._engine.connect() as connection:
            rows = connection.execute(
                query.group_by(table.language).order_by(documents.desc(), table.language)
            )
            return [(row[0], row[1], row[2]) for row in rows]

    def runs(self, most: int) -> list[LastRun]:
        """Return the last ingests, latest first."""
        table = schema.runs.c
        columns = [getattr(table, name) for name in LastRun.__slots__]
        with self._engine.connect() as connection:
            rows = connection.execute(select(*columns).order_by(table.id.desc()).limit(most))
            return [LastRun(*row) for row in rows]

    def reasons(self, most: int) -> list[Reason]:
        """Return why documents failed, the most frequent reasons first."""
        table = schema.failures.c
        alike = table.stage, table.reason, table.remedy
        documents = func.count()
        query = select(*alike, documents, func.min(table.path)).group_by(*alike)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(documents.desc(), *alike).limit(most))
            return [Reason(*row) for row in rows]

    def lacking(self, generation: str) -> int:
        """Return how many documents the index of ``generation`` lacks or has outdated."""
        table = schema.documents.c
        lacks = (table.indexed_in != generation) & (table.built_in != generation)
        with self._engine.connect() as connection:
            return int(connection.execute(select(share(lacks))).scalar_one())
