"""Reports: which documents belong to the report of an expert group."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Engine, func, select

from pipeline.catalogue import schema
from pipeline.catalogue.loading import chunks


class Reports:
    """What a catalogue holds for reports."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def documents(self, concepts: Iterable[str], *, since: str, until: str) -> list[str]:
        """Return the documents of a period that have any of ``concepts``, with their versions.

        Suggestions that nobody has decided count too. Versions are all documents of the same works,
        whatever their dates and tags, so that a report can name every language of a work.

        Args:
            concepts: Ids of policy files.
            since: First day, ISO; a document without a date counts by the day it was added.
            until: Last day.

        Returns:
            Their ids, in order.
        """
        table = schema.documents.c
        day = func.coalesce(func.nullif(table.date, ""), func.substr(table.added_at, 1, 10))
        query = (
            select(table.digest, table.work)
            .distinct()
            .join(schema.tags, schema.tags.c.digest == table.digest)
            .where(schema.tags.c.concept.in_(list(concepts)))
            # A date may be a month or a year; it is compared as far as it goes.
            .where(day >= func.substr(since, 1, func.length(day)), day <= until)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
            found = {row[0] for row in rows}
            for part in chunks(sorted({row[1] for row in rows if row[1]})):
                versions = select(table.digest).where(table.work.in_(part))
                found.update(connection.execute(versions).scalars())
        return sorted(found)
