"""Held: which documents the search indexes hold as they are in the catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Column, ColumnElement, Engine, select, update

from pipeline.catalogue import schema
from pipeline.catalogue.loading import chunks
from pipeline.core.audience import Audience


class Held:
    """What a catalogue notes of the indexes that are made from it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def mark(
        self, audiences: Mapping[str, Audience], *, generation: str, reviews: int | None = None
    ) -> None:
        """Note that the search index of that generation holds these documents as they are.

        Args:
            audiences: That it knows of the documents, by id; a document that has another one by
                now is passed over.
            reviews: Number of the last decision that the index can know of; documents about which
                people decided since then are passed over.
        """
        self._note(schema.documents.c.indexed_in, audiences, generation, reviews)

    def mark_built(
        self, audiences: Mapping[str, Audience], *, generation: str, reviews: int
    ) -> None:
        """Note that an index under construction holds these documents as they are.

        Args:
            audiences, reviews: As for `mark`.
        """
        self._note(schema.documents.c.built_in, audiences, generation, reviews)

    def finish(self, generation: str) -> None:
        """Note that the index of that generation is under construction no more."""
        table = schema.documents
        with self._engine.begin() as connection:
            built = update(table).where(table.c.built_in == generation)
            connection.execute(built.values(indexed_in=generation, built_in=""))

    def forget(self, ids: Sequence[str]) -> None:
        """Note that the search index lacks these documents."""
        table = schema.documents
        with self._engine.begin() as connection:
            for part in chunks(ids):
                statement = update(table).where(table.c.digest.in_(part))
                connection.execute(statement.values(indexed_in=""))

    def lacking(self, generation: str) -> list[str]:
        """Return the ids of documents that the index of ``generation`` lacks or has outdated."""
        table = schema.documents.c
        # What was noted as built is indexed, where a run was killed before it could be noted.
        return self._ids((table.indexed_in != generation) & (table.built_in != generation))

    def to_build(self, generation: str) -> list[str]:
        """Return the ids of documents that an index under construction lacks or has outdated."""
        return self._ids(schema.documents.c.built_in != generation)

    def amended(self) -> list[str]:
        """Return the ids of documents of which an index holds all but what is amended."""
        return self._ids(schema.documents.c.indexed_in.startswith(schema.AMENDED))

    def amended_in(self, generation: str, ids: Sequence[str]) -> set[str]:
        """Return those of which the index of ``generation`` holds all but what is amended."""
        table = schema.documents.c
        found: set[str] = set()
        for part in chunks(ids):
            amended = table.indexed_in == schema.AMENDED + generation
            found.update(self._ids(amended & table.digest.in_(part)))
        return found

    def _ids(self, condition: ColumnElement[bool]) -> list[str]:
        query = select(schema.documents.c.digest).where(condition)
        with self._engine.connect() as connection:
            return sorted(connection.execute(query).scalars())

    def _note(
        self,
        column: Column[str],
        audiences: Mapping[str, Audience],
        generation: str,
        reviews: int | None,
    ) -> None:
        table, decided, readers = schema.documents, schema.reviews.c, schema.audiences.c
        by_audience: dict[Audience, list[str]] = defaultdict(list)
        for id_, audience in audiences.items():
            by_audience[audience].append(id_)
        with self._engine.begin() as connection:
            for audience, ids in by_audience.items():
                theirs = select(readers.digest).where(readers.audience == audience.value)
                for part in chunks(ids):
                    statement = update(table).where(table.c.digest.in_(part))
                    statement = statement.where(table.c.digest.in_(theirs))
                    if reviews is not None:
                        since = select(decided.document).where(decided.number > reviews)
                        statement = statement.where(table.c.digest.not_in(since))
                    connection.execute(statement.values({column: generation}))
