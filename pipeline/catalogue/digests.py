"""Digests: what each subscriber follows and was told of, and messages until they are given out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import Engine, RowMapping, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pipeline.catalogue import schema
from pipeline.catalogue.connection import writing
from pipeline.catalogue.loading import chunks
from pipeline.core.audience import Audience
from pipeline.core.digests import Arrival, Outgoing, State

_GIVEN_OUT = (State.SENT, State.WRITTEN)
_WITHOUT_BYTES = [c for c in schema.digests.c if c.name not in ("message", "changed_at")]


class Digests:
    """What a catalogue holds for digests."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

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
