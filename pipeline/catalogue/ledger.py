"""The failure ledger: what did not come through, inside a transaction that others open."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, case, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pipeline.catalogue import schema
from pipeline.catalogue.loading import chunks
from pipeline.core.document import Source
from pipeline.core.failures import Failure


def failures(connection: Connection) -> list[Failure]:
    """Return the ledger, by path."""
    query = select(schema.failures).order_by(schema.failures.c.path)
    return [
        Failure(
            source=Source(row["path"], row["digest"], row["media_type"], row["size"]),
            stage=row["stage"],
            reason=row["reason"],
            remedy=row["remedy"],
            tries=row["tries"],
            recipe=row["recipe"],
        )
        for row in connection.execute(query).mappings()
    ]


def digests(connection: Connection) -> dict[str, str]:
    """Return the digests of the bytes that failed, by path."""
    table = schema.failures.c
    return {row[0]: row[1] for row in connection.execute(select(table.path, table.digest))}


def enter(connection: Connection, failure: Failure, now: str) -> None:
    """Enter a failure, counting how often the same bytes were tried."""
    source, table = failure.source, schema.failures
    row = {
        "path": source.path,
        "digest": source.sha256,
        "media_type": source.media_type,
        "size": source.size,
        "stage": failure.stage,
        "reason": failure.reason,
        "remedy": failure.remedy,
        "recipe": failure.recipe,
        "last_at": now,
    }
    tries = case((table.c.digest == source.sha256, table.c.tries + 1), else_=1)
    statement = upsert(table).values(**row, tries=1, first_at=now)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["path"], set_=row | {"tries": tries})
    )


def strike_off(connection: Connection, paths: Sequence[str]) -> None:
    """Strike off what is at these paths."""
    table = schema.failures
    for part in chunks(paths):
        connection.execute(delete(table).where(table.c.path.in_(part)))


def strike_off_stage(connection: Connection, ids: Sequence[str], stage: str) -> None:
    """Strike off what failed in a stage, of documents with these digests."""
    table = schema.failures
    for part in chunks(ids):
        settled = delete(table).where(table.c.digest.in_(part))
        connection.execute(settled.where(table.c.stage == stage))
