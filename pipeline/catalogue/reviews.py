"""Reviews: what people decided about tags; kept for ever, and in force at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Engine, func, insert, select

from pipeline.catalogue import schema
from pipeline.catalogue.connection import writing
from pipeline.catalogue.loading import chunks
from pipeline.catalogue.merging import Pillars, apply, history, review_of, suggested
from pipeline.core.reviews import Decision, Review, standing
from pipeline.core.tags import Grade, Origin


@dataclass(frozen=True, slots=True)
class Suggested:
    """A policy file that the machine suggests for a document, and what a list says of both.

    Attributes:
        date: ISO 8601 as far as it is known, the day it was added where it is not.
    """

    document: str
    concept: str
    score: float
    grade: Grade
    date: str


class Reviews:
    """The decisions of a catalogue: added to, never changed."""

    def __init__(self, engine: Engine, pillars: Pillars) -> None:
        self._engine = engine
        self._pillars = pillars

    def add(self, reviews: Sequence[Review]) -> list[Review]:
        """Keep decisions and put them into force; all of them, or none.

        Args:
            reviews: As people made them; time, work, recipe, number and
                what the machine had said are filled in.

        Returns:
            The decisions as they are kept.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with writing(self._engine) as connection:
            ids = [review.document for review in reviews]
            facts, seen = _facts(connection, ids), suggested(connection, ids)
            kept = []
            for review in reviews:
                work, recipe = facts.get(review.document, ("", ""))
                tag = seen.get((review.document, review.concept))
                told = replace(review, at=now, work=work, recipe=recipe)
                if tag is not None:
                    told = replace(told, score=tag.score, grade=tag.grade)
                kept.append(_added(connection, told))
            apply(connection, ids, self._pillars)
        return kept

    def withdraw(self, number: int, *, by: str, note: str = "") -> Review | None:
        """Take a decision back; the one before it, or the machine's word, holds again.

        Returns:
            What was taken back; nothing where there is no such decision, or it was already.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        table = schema.reviews
        with writing(self._engine) as connection:
            query = select(table).where(table.c.number == number)
            row = connection.execute(query).mappings().first()
            query = select(table.c.number).where(table.c.undoes == number)
            if row is None or row["undoes"] or connection.execute(query).first():
                return None
            review = review_of(row)
            _added(
                connection,
                replace(
                    review, decision=Decision.WITHDRAWN, by=by, at=now, note=note, undoes=number
                ),
            )
            apply(connection, [review.document], self._pillars)
        return review

    def of(self, ids: Iterable[str]) -> dict[str, list[Review]]:
        """Return all that was ever decided about documents, oldest first, by document."""
        with self._engine.connect() as connection:
            return history(connection, ids)

    def standing(self) -> dict[tuple[str, str], Review]:
        """Return the decision that counts, by document and concept, for the whole library."""
        with self._engine.connect() as connection:
            query = select(schema.reviews).order_by(schema.reviews.c.number)
            return standing(review_of(row) for row in connection.execute(query).mappings())

    def suggested(self, concepts: Collection[str]) -> list[Suggested]:
        """Return what the machine suggests of these concepts, for the whole library."""
        documents, tags = schema.documents.c, schema.tags.c
        query = (
            select(tags.digest, tags.concept, tags.score, tags.grade, _day())
            .join(schema.documents, documents.digest == tags.digest)
            .where(tags.origin != Origin.PERSON.value)
        )
        with self._engine.connect() as connection:
            return [
                Suggested(row[0], row[1], row[2], Grade(row[3]), row[4])
                for row in connection.execute(query)
                if row[1] in concepts
            ]

    def dates(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the dates of the documents that are there, as in `Suggested`."""
        table = schema.documents.c
        found: dict[str, str] = {}
        with self._engine.connect() as connection:
            for part in chunks(sorted(set(ids))):
                query = select(table.digest, _day()).where(table.digest.in_(part))
                found.update((row[0], row[1]) for row in connection.execute(query))
        return found

    def last(self) -> int:
        """Return the number of the last decision that was kept; 0 where there is none."""
        with self._engine.connect() as connection:
            query = select(func.max(schema.reviews.c.number))
            return int(connection.execute(query).scalar_one() or 0)


def _day() -> ColumnElement[str]:
    table = schema.documents.c
    return func.coalesce(func.nullif(table.date, ""), func.substr(table.added_at, 1, 10))


def _facts(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return work and recipe version of the documents that are there."""
    table = schema.documents.c
    found: dict[str, tuple[str, str]] = {}
    for part in chunks(sorted(set(ids))):
        query = select(table.digest, table.work, table.recipe_version)
        for row in connection.execute(query.where(table.digest.in_(part))):
            found[row[0]] = row[1], row[2]
    return found


def _added(connection: Connection, review: Review) -> Review:
    row = {name: getattr(review, name) for name in Review.__slots__ if name != "number"}
    row |= {"decision": review.decision.value, "grade": review.grade.value if review.grade else ""}
    statement = insert(schema.reviews).values(**row).returning(schema.reviews.c.number)
    return replace(review, number=int(connection.execute(statement).scalar_one()))
