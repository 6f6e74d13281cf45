"""The SQLite connection of a catalogue: how it is set up, and brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError

from pipeline.catalogue import schema
from pipeline.core.errors import CatalogueError


def open_engine(path: Path) -> Engine:
    """Return connections to the catalogue at ``path``, made or brought up to date where necessary.

    Raises:
        CatalogueError: If the file is no catalogue, is damaged, or is of a newer fourp.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _prepare)
    try:
        with engine.begin() as connection:
            _migrate(connection, path)
    except DatabaseError as error:
        engine.dispose()
        raise CatalogueError(
            f"cannot be opened ({error.orig})",
            where=str(path),
            remedy="restore it from a backup, or move it away and run `fourp ingest` again",
        ) from error
    except CatalogueError:
        engine.dispose()
        raise
    return engine


def _prepare(connection: Any, _record: object) -> None:
    """Set up a new SQLite connection: readers never wait for the writer, and none is corrupted."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")  # safe with WAL against a crash of fourp
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


def _migrate(connection: Connection, path: Path) -> None:
    connection.execute(text("BEGIN IMMEDIATE"))  # two processes may open a new catalogue at once
    version = int(connection.execute(text("PRAGMA user_version")).scalar_one())
    if version > schema.VERSION:
        raise CatalogueError(
            f"was made by a newer fourp (version {version} of the tables)",
            where=str(path),
            remedy="update fourp, then run this again",
        )
    if version == schema.VERSION:
        return
    for step in schema.MIGRATIONS[version:]:
        step(connection)
    connection.execute(text(f"PRAGMA user_version={schema.VERSION}"))
