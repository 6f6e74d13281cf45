"""Digests: what came in, what each subscriber was told of, and messages until they are sent."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    RowMapping,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from pipeline.catalogue import schema
from pipeline.catalogue.audiences import readable_by
from pipeline.catalogue.connection import writing
from pipeline.catalogue.loading import chunks
from pipeline.core.audience import Audience
from pipeline.core.digests import Arrival, Outgoing, Proof, State
from pipeline.core.tags import Grade

_ORDER = [Grade.MAIN, Grade.ALSO]
_GIVEN_OUT = (State.SENT, State.WRITTEN)
_WITHOUT_BYTES = [c for c in schema.digests.c if c.name not in ("message", "changed_at")]


class Digests:
    """What a catalogue holds for digests."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # What is new

    def arrivals(self, since: str, audience: Audience) -> list[Arrival]:
        """Return the works that came in since a time, for people who had no version before.

        A document waits until it has been compared with the others, so that its versions are
        known; ingest does that at its end.

        Args:
            since: ISO date or time, UTC.
            audience: Only of documents that these people may read.
        """
        table, prints = schema.documents.c, schema.fingerprints.c
        came, readable = schema.documents.alias(), readable_by(audience)
        waiting = select(prints.digest).where(prints.compared == 0)
        works = (
            select(_work_of(came.c.work, came.c.digest))
            .where(came.c.added_at >= since, came.c.digest.in_(readable))
            .where(came.c.digest.not_in(waiting))
        )
        work = _work_of(table.work, table.digest)
        may_read = case((table.digest.in_(readable), 1), else_=0)
        query = select(work, table.digest, table.added_at, may_read).where(work.in_(works))
        with self._engine.connect() as connection:
            arrivals = _arrivals(connection, connection.execute(query.order_by(table.digest)))
        return [one for one in arrivals if one.first_at >= since]

    def works_of(self, ids: Iterable[str], audience: Audience) -> list[Arrival]:
        """Return the works of which some documents are versions, by these documents alone."""
        table = schema.documents.c
        work = _work_of(table.work, table.digest)
        query = select(work, table.digest, table.added_at, literal(1)).order_by(table.digest)
        query = query.where(table.digest.in_(readable_by(audience)))
        with self._engine.connect() as connection:
            return _arrivals(
                connection,
                (
                    row
                    for part in chunks(sorted(ids))
                    for row in connection.execute(query.where(table.digest.in_(part)))
                ),
            )

    def proofs(self, ids: Iterable[str], concepts: Iterable[str]) -> list[Proof]:
        """Return the sentence that best proves each of these tags of each of these documents.

        Texts are not loaded, only their sentences.
        """
        table, text = schema.evidence.c, schema.documents.c.text
        length = table.end - table.start
        sentence = func.substr(text, table.start + 1, length)
        query = (
            select(table.digest, table.concept, sentence, length, table.start, table.page)
            .join(schema.documents, schema.documents.c.digest == table.digest)
            .where(table.rank == 0, table.concept.in_(sorted(concepts)))
            .order_by(table.digest, table.concept)
        )
        found = []
        with self._engine.connect() as connection:
            for part in chunks(sorted(ids)):
                rows = connection.execute(query.where(table.digest.in_(part))).all()
                for digest, concept, told, long, start, page in rows:
                    if len(told) != long:  # SQLite's substr() ends at a NUL
                        told = _text(connection, digest)[start : start + long]
                    found.append(Proof(digest, concept, told, page))
        return found

    # Who was told of what

    def followed(self, subscriber: str) -> dict[str, str]:
        """Return the day since when somebody follows each interest."""
        table = schema.followed.c
        query = select(table.interest, table.since).where(table.subscriber == subscriber)
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def follow(self, subscriber: str, since: Mapping[str, str]) -> None:
        """Note since when somebody follows what; what is noted stays, what is gone is forgotten."""
        table = schema.followed
        rows = [
            {"subscriber": subscriber, "interest": interest, "since": day}
            for interest, day in since.items()
        ]
        with writing(self._engine) as connection:
            gone = delete(table).where(table.c.subscriber == subscriber)
            connection.execute(gone.where(table.c.interest.not_in(list(since))))
            if rows:
                connection.execute(upsert(table).on_conflict_do_nothing(), rows)

    def announced(self, subscriber: str, arrivals: Collection[Arrival]) -> set[str]:
        """Return those of some works that somebody was told of, by any id that they have."""
        table = schema.announced.c
        of_id = {id_: one.work for one in arrivals for id_ in one.ids}
        found: set[str] = set()
        with self._engine.connect() as connection:
            for part in chunks(sorted(of_id)):
                query = select(table.id).where(table.subscriber == subscriber, table.id.in_(part))
                found.update(of_id[id_] for id_ in connection.execute(query).scalars())
        return found

    # Messages

    def prepare(self, outgoing: Outgoing, message: bytes, announced: Iterable[str]) -> int:
        """Keep a message, and all that it tells of as announced; both or nothing.

        The bytes of earlier ones that this subscriber got are forgotten: a year of them is large.

        Args:
            announced: All ids of the works.

        Returns:
            The message's number.
        """
        row = asdict(outgoing) | {
            "audience": outgoing.audience.value,
            "recipients": json.dumps(outgoing.recipients),
            "documents": json.dumps(outgoing.documents),
            "state": outgoing.state.value,
            "message": message,
            "changed_at": outgoing.made_at,
        }
        del row["number"]
        table = schema.digests
        with writing(self._engine) as connection:
            theirs = update(table).where(table.c.subscriber == outgoing.subscriber)
            got = table.c.state.in_([state.value for state in _GIVEN_OUT])
            connection.execute(theirs.where(got).values(message=b""))
            number = connection.execute(insert(table).values(row).returning(table.c.number))
            kept = int(number.scalar_one())
            rows = [
                {"subscriber": outgoing.subscriber, "id": id_, "digest": kept}
                for id_ in sorted(set(announced))
            ]
            connection.execute(insert(schema.announced), rows)
        return kept

    def withdraw(self, number: int) -> None:
        """Forget a message that nobody got, and that it announced anything."""
        table = schema.digests
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.number == number))

    def note(self, number: int, state: State, problem: str = "") -> None:
        """Note how far a message has come.

        That it was given out is kept even if the power fails right afterwards. That it is about to
        be is not worth the time: a run that is killed meanwhile leaves it uncertain.
        """
        table, now = schema.digests, datetime.now(UTC).isoformat(timespec="seconds")
        changed = {"state": state.value, "problem": problem, "changed_at": now}
        with writing(self._engine, lasting=state in _GIVEN_OUT) as connection:
            connection.execute(update(table).where(table.c.number == number).values(changed))

    def outgoing(self, *states: State) -> list[Outgoing]:
        """Return the messages in these states, in the order in which they were made."""
        table = schema.digests.c
        query = select(*_WITHOUT_BYTES).where(table.state.in_([state.value for state in states]))
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(table.number)).mappings()
            return [_outgoing(row) for row in rows]

    def of_period(self, subscriber: str, period: str) -> Outgoing | None:
        """Return the message that somebody has in a period."""
        table = schema.digests.c
        query = select(*_WITHOUT_BYTES).where(
            table.subscriber == subscriber, table.period == period
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return _outgoing(row) if row else None

    def message(self, number: int) -> bytes:
        """Return the bytes of a message; none where they are forgotten."""
        table = schema.digests.c
        with self._engine.connect() as connection:
            query = select(table.message).where(table.number == number)
            return bytes(connection.execute(query).scalar_one())


def _outgoing(row: RowMapping) -> Outgoing:
    return Outgoing(
        **dict(row)
        | {
            "audience": Audience(row["audience"]),
            "recipients": tuple(json.loads(row["recipients"])),
            "documents": tuple(json.loads(row["documents"])),
            "state": State(row["state"]),
        }
    )


def _arrivals(connection: Connection, rows: Iterable[Row[str, str, str, int]]) -> list[Arrival]:
    """Return the works of documents: each row has the work, the id, the time, and may be read."""
    versions: dict[str, list[tuple[str, str, int]]] = {}
    for work, digest, added_at, may in rows:
        versions.setdefault(work, []).append((digest, added_at, may))
    shown = {
        work: tuple(digest for digest, _, may in some if may) for work, some in versions.items()
    }
    grades = _grades(connection, [digest for some in shown.values() for digest in some])
    return [
        Arrival(
            work=work,
            ids=frozenset([work, *(digest for digest, _, _ in some)]),
            first_at=min(at for _, at, may in some if may),
            documents=shown[work],
            grades=_best(grades.get(digest, {}) for digest in shown[work]),
        )
        for work, some in sorted(versions.items())
        if shown[work]
    ]


def _grades(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, Grade]]:
    table = schema.tags.c
    found: dict[str, dict[str, Grade]] = {}
    for part in chunks(sorted(ids)):
        query = select(table.digest, table.concept, table.grade).where(table.digest.in_(part))
        for digest, concept, grade in connection.execute(
            query.where(table.grade != Grade.REVIEW.value)
        ):
            found.setdefault(digest, {})[concept] = Grade(grade)
    return found


def _best(grades: Iterable[Mapping[str, Grade]]) -> dict[str, Grade]:
    best: dict[str, Grade] = {}
    for some in grades:
        for concept, grade in some.items():
            best[concept] = min(grade, best.get(concept, grade), key=_ORDER.index)
    return best


def _text(connection: Connection, id_: str) -> str:
    table = schema.documents.c
    return str(connection.execute(select(table.text).where(table.digest == id_)).scalar_one())


def _work_of(work: ColumnElement[str], digest: ColumnElement[str]) -> ColumnElement[str]:
    return func.coalesce(func.nullif(work, ""), digest)
