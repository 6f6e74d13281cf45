"""Documents out of the catalogue and their parts into it, inside a transaction that others open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from pipeline.catalogue import schema
from pipeline.catalogue.rows import document_of, part_rows
from pipeline.core.document import Document

# SQLite's limit on values in one statement is 32,766 since 3.32; far below it is as quick.
KEYS = 500

TAGS = (schema.tags, schema.evidence)
_PARTS = (
    (schema.pages, schema.pages.c.number),
    (schema.passages, schema.passages.c.rank),
    (schema.references, schema.references.c.rank),
    (schema.tags, schema.tags.c.rank),
    (schema.evidence, schema.evidence.c.rank),
)
_LOADED = (
    *_PARTS,
    (schema.fingerprints, schema.fingerprints.c.id),
    (schema.audiences, schema.audiences.c.digest),
)
PARTS = tuple(table for table, _ in _PARTS)


def load(connection: Connection, ids: Sequence[str]) -> dict[str, Document]:
    """Return the documents of these ids, at most `KEYS` of them; unknown ids are passed over."""
    parts: dict[str, dict[str, list[Any]]] = {one: {} for one in ids}
    for table, order in _LOADED:
        query = select(table).where(table.c.digest.in_(ids)).order_by(order)
        for row in connection.execute(query).mappings():
            parts[row["digest"]].setdefault(table.name, []).append(row)
    query = select(schema.documents).where(schema.documents.c.digest.in_(ids))
    return {
        row["digest"]: document_of(row, parts[row["digest"]])
        for row in connection.execute(query).mappings()
    }


def write_parts(
    connection: Connection, document: Document, tables: Sequence[Table] = PARTS
) -> None:
    """Put a document's parts in the place of those that are there.

    Args:
        tables: Of these parts only.
    """
    rows = part_rows(document)
    for table in tables:
        connection.execute(delete(table).where(table.c.digest == document.id))
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])


def chunks(items: Sequence[str], size: int = KEYS) -> Iterator[Sequence[str]]:
    """Yield ``items`` in parts of at most ``size``."""
    for at in range(0, len(items), size):
        yield items[at : at + size]
