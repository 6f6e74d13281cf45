"""The SQLite connection of a catalogue: set up, brought up to date, its faults told as ours."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, text

from pipeline.catalogue import schema
from pipeline.core.errors import CatalogueError, FourpError, WriteError

PATIENCE = 10.0  # seconds to wait for another writer; fourp's own transactions take less than one

_FROM_BACKUP = (
    "restore it from a backup; where there is none, move it away and ingest everything again"
)


def open_engine(path: Path, *, patience: float = PATIENCE) -> Engine:
    """Return connections to the catalogue at ``path``, made or brought up to date where necessary.

    Whatever SQLite says of the file later, through these connections, is raised as our own error.

    Args:
        patience: Seconds to wait for a program that has the catalogue locked.

    Raises:
        CatalogueError: If the file is no catalogue, is damaged or locked, or is of a newer fourp.
        WriteError: If it cannot be made.
    """
    if not path.exists():
        _make(path)
    elif not path.stat().st_size:
        raise CatalogueError(
            "is empty, so what it held is lost", where=str(path), remedy=_FROM_BACKUP
        )
    engine = _engine(path, patience)
    try:
        _bring_up_to_date(engine, path)
    except WriteError as error:  # nothing was begun yet
        engine.dispose()
        raise CatalogueError(error.what, where=error.where, remedy=error.remedy) from error
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: Engine, *, lasting: bool = False) -> Iterator[Connection]:
    """Give a transaction in which nobody else writes, from its first question on.

    Args:
        lasting: Whether it is kept even if the power fails right afterwards; that takes a while.
    """
    with engine.begin() as connection:
        level = "FULL" if lasting else "NORMAL"
        connection.execute(text(f"PRAGMA synchronous={level}"))
        # Without this, Python's sqlite3 begins one only at the first change.
        connection.execute(text("BEGIN IMMEDIATE"))
        yield connection


def check(engine: Engine, path: Path) -> None:
    """Look at every page of the file; 300 ms for 240 MB (measured).

    Raises:
        CatalogueError: If it is damaged.
    """
    with engine.connect() as connection:
        told = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    if told != "ok":
        raise _damaged(path, str(told).splitlines()[0])


def _make(path: Path) -> None:
    """Make an empty catalogue in one step, so that one that is cut off is never taken for new."""
    wal = Path(f"{path}-wal")
    if wal.exists():
        raise CatalogueError(
            f"is missing, but the last changes to it are there ({wal.name})",
            where=str(path),
            remedy="put it back, or move that file away to begin anew",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=path.parent) as folder:
            new = Path(folder, path.name)
            engine = _engine(new, PATIENCE)
            try:
                _bring_up_to_date(engine, new)
            finally:
                engine.dispose()
            if not path.exists():  # where two processes begin at once, either's will do
                os.replace(new, path)
    except OSError as error:
        raise WriteError(
            f"cannot be made ({error.strerror})",
            where=str(path),
            remedy="check free space and the permissions of its folder, then run this again",
        ) from error


def _engine(path: Path, patience: float) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": patience})
    event.listen(engine, "connect", _prepare)

    def tell(context: ExceptionContext) -> None:
        error = context.original_exception
        if isinstance(error, sqlite3.Error) and (told := _told(error, path)):
            raise told from error

    event.listen(engine, "handle_error", tell)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    """Set up a new SQLite connection: readers never wait for the writer, and none is corrupted."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")  # safe with WAL against a crash of fourp
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _bring_up_to_date(engine: Engine, path: Path) -> None:
    with engine.begin() as connection:
        if _version(connection, path) == schema.VERSION:  # so that readers need no lock
            return
        connection.execute(text("BEGIN IMMEDIATE"))  # another process may be doing the same
        for step in schema.MIGRATIONS[_version(connection, path) :]:
            step(connection)
        connection.execute(text(f"PRAGMA user_version={schema.VERSION}"))


def _version(connection: Connection, path: Path) -> int:
    """Return the version of the tables.

    Raises:
        CatalogueError: If it is newer than this fourp, or the tables are another program's.
    """
    version = int(connection.execute(text("PRAGMA user_version")).scalar_one())
    if version > schema.VERSION:
        raise CatalogueError(
            f"was made by a newer fourp (version {version} of the tables)",
            where=str(path),
            remedy="update fourp, then run this again",
        )
    if not version and connection.execute(text("SELECT 1 FROM sqlite_master")).first():
        raise CatalogueError(
            "is the database of another program", where=str(path), remedy=_FROM_BACKUP
        )
    return version


def _told(error: sqlite3.Error, path: Path) -> FourpError | None:
    """Return our error for what SQLite says of the file; nothing for what is fourp's own fault."""
    # The last eight bits name the kind (https://www.sqlite.org/rescode.html).
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return _damaged(path, str(error))
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return WriteError(
                "is locked by another program",
                where=str(path),
                remedy="close what has it open (a backup, a database browser), then run this "
                "again; what was stored is kept",
            )
        case sqlite3.SQLITE_FULL:
            return WriteError(
                "cannot be written: the disk is full",
                where=str(path),
                remedy="make room, then run this again; what was stored is kept",
            )
        case (
            sqlite3.SQLITE_IOERR
            | sqlite3.SQLITE_READONLY
            | sqlite3.SQLITE_CANTOPEN
            | sqlite3.SQLITE_PERM
        ):
            return WriteError(
                f"cannot be written or read ({error})",
                where=str(path),
                remedy="check the disk, its free space and the permissions of the folder, then "
                "run this again; what was stored is kept",
            )
    return None


def _damaged(path: Path, what: str) -> CatalogueError:
    return CatalogueError(f"is damaged ({what})", where=str(path), remedy=_FROM_BACKUP)
