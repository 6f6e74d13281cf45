"""Catalogue: every document, failure and run, in one SQLite file that is the truth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from pipeline.catalogue import schema
from pipeline.catalogue.connection import PATIENCE, check, open_engine
from pipeline.catalogue.links import Links
from pipeline.catalogue.rows import (
    document_of,
    document_row,
    fingerprint_row,
    members_in,
    part_rows,
)
from pipeline.core.document import Document, Source, moved
from pipeline.core.failures import Failure
from pipeline.core.tags import Grade

# Documents loaded at a time: about 25 MB of text at most institutions' usual length.
BATCH = 200
# SQLite's limit on values in one statement is 32,766 since 3.32; far below it is as quick.
KEYS = 500

_PARTS = (
    (schema.pages, schema.pages.c.number),
    (schema.passages, schema.passages.c.rank),
    (schema.references, schema.references.c.rank),
    (schema.tags, schema.tags.c.rank),
    (schema.evidence, schema.evidence.c.rank),
)
_LOADED = (*_PARTS, (schema.fingerprints, schema.fingerprints.c.id))


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalogue knows of some bytes.

    Attributes:
        reading_version, recipe_version: That they were read and tagged with; both are "" where
            a stage failed or pages are missing, and what there is is kept.
        has_members: Whether there are documents inside it.
    """

    reading_version: str
    recipe_version: str
    has_members: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """The figures of one ingest: ``found == ingested + skipped + failed``."""

    started_at: str
    ended_at: str
    recipe: str
    found: int
    ingested: int
    skipped: int
    failed: int
    pages: int


class Catalogue:
    """The open catalogue of a workspace. Close it, or use it in a ``with`` statement."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._path = path

    @classmethod
    def open(cls, path: Path, *, patience: float = PATIENCE) -> Catalogue:
        """Open the catalogue at ``path``, made or brought up to date where necessary.

        Every method may raise a `CatalogueError` where the file turns out to be damaged, and a
        `WriteError` where it cannot be written or is locked for longer than ``patience`` seconds.

        Raises:
            CatalogueError: If the file is no catalogue, is damaged or locked, or is of a newer
                fourp.
            WriteError: If it cannot be made.
        """
        return cls(open_engine(path, patience=patience), path)

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()

    def check(self) -> None:
        """Look at the whole file.

        Raises:
            CatalogueError: If it is damaged.
        """
        check(self._engine, self._path)

    # Writing

    def store(
        self,
        documents: Sequence[Document],
        *,
        reading_version: str,
        recipe_version: str,
    ) -> None:
        """Add or replace documents, and strike their paths off the failure ledger.

        Either all of them are stored or none.
        """
        now = _now()
        versions = {"reading_version": reading_version, "recipe_version": recipe_version}
        with self._engine.begin() as connection:
            for document in documents:
                _store(connection, document, versions, now)
                _seen(connection, document.source, now)
            paths = [d.source.path for d in documents]
            for part in _chunks(paths):
                connection.execute(delete(schema.failures).where(schema.failures.c.path.in_(part)))

    def fail(self, failures: Sequence[Failure]) -> None:
        """Enter failures in the ledger, counting tries, and keep what had been extracted.

        What is kept has no versions: it is not whole, so other versions mean reading it anew,
        which decides about its row in the ledger again.
        """
        now = _now()
        with self._engine.begin() as connection:
            for failure in failures:
                _fail(connection, failure, now)
                if failure.partial is not None:
                    versions = {"reading_version": "", "recipe_version": ""}
                    _store(connection, failure.partial, versions, now)

    def seen(self, sources: Iterable[Source]) -> None:
        """Note that these bytes, known already, were found at these paths."""
        now = _now()
        with self._engine.begin() as connection:
            for source in sources:
                _seen(connection, source, now)

    def mark_indexed(self, ids: Sequence[str], *, generation: str) -> None:
        """Note that the search index of that generation holds these documents as they are."""
        with self._engine.begin() as connection:
            for part in _chunks(ids):
                connection.execute(
                    update(schema.documents)
                    .where(schema.documents.c.digest.in_(part))
                    .values(indexed_in=generation)
                )

    def add_run(self, run: Run) -> None:
        """Note the figures of an ingest."""
        with self._engine.begin() as connection:
            row = {name: getattr(run, name) for name in Run.__slots__}
            connection.execute(insert(schema.runs).values(**row))

    @property
    def links(self) -> Links:
        """What documents are to each other."""
        return Links(self._engine)

    # Reading

    def known(self) -> dict[str, Known]:
        """Return what is known of every document's bytes, by digest."""
        table = schema.documents.c
        versions = (table.reading_version, table.recipe_version)
        query = select(table.digest, *versions, table.members != "[]")
        with self._engine.connect() as connection:
            return {
                row[0]: Known(row[1], row[2], bool(row[3])) for row in connection.execute(query)
            }

    def members_of(self, source: Source) -> tuple[Source, ...]:
        """Return the documents inside a known one, as members of ``source``, its present place."""
        table = schema.documents.c
        with self._engine.connect() as connection:
            query = select(table.path, table.members).where(table.digest == source.sha256)
            row = connection.execute(query).first()
        if row is None:
            return ()
        stored = replace(source, path=row[0])
        return tuple(moved(member, stored, source) for member in members_in(row[1]))

    def count(self) -> int:
        """Return the number of documents."""
        with self._engine.connect() as connection:
            query = select(func.count()).select_from(schema.documents)
            return int(connection.execute(query).scalar_one())

    def documents(self, ids: Sequence[str]) -> Iterator[Document]:
        """Yield the documents of these ids, in this order; unknown ids are passed over."""
        for part in _chunks(ids, BATCH):
            found = self._load(part)
            yield from (found[one] for one in part if one in found)

    def every_id(self) -> list[str]:
        """Return the ids of all documents, in the order of ids."""
        return self._ids(select(schema.documents.c.digest))

    def not_indexed_in(self, generation: str) -> list[str]:
        """Return the ids of documents that the index of ``generation`` lacks or has outdated."""
        table = schema.documents.c
        return self._ids(select(table.digest).where(table.indexed_in != generation))

    def tagged(self, concepts: Iterable[str], *, since: str, until: str) -> list[str]:
        """Return the ids of documents tagged with any of ``concepts`` and dated in the period.

        Both ISO dates are included. A document without a date counts by the day it was added.
        """
        table = schema.documents.c
        day = func.coalesce(func.nullif(table.date, ""), func.substr(table.added_at, 1, 10))
        query = (
            select(table.digest)
            .distinct()
            .join(schema.tags, schema.tags.c.digest == table.digest)
            .where(schema.tags.c.concept.in_(list(concepts)))
            .where(schema.tags.c.grade != Grade.REVIEW.value)
            # A date may be a month or a year; it is compared as far as it goes.
            .where(day >= func.substr(since, 1, func.length(day)), day <= until)
        )
        return self._ids(query)

    def added(self, ids: Sequence[str]) -> dict[str, str]:
        """Return when documents were first added, ISO 8601 in UTC, by id."""
        table = schema.documents.c
        times: dict[str, str] = {}
        with self._engine.connect() as connection:
            for part in _chunks(ids):
                query = select(table.digest, table.added_at).where(table.digest.in_(part))
                times.update((row[0], row[1]) for row in connection.execute(query))
        return times

    def find(self, name: str) -> list[str]:
        """Return ids whose beginning, path, file name or title is ``name``, in order of ids."""
        table = schema.documents.c
        conditions = [
            table.path == name,
            func.substr(table.path, -len(name) - 1) == f"/{name}",
            table.title == name,
            table.digest.in_(select(schema.paths.c.digest).where(schema.paths.c.path == name)),
        ]
        if len(name) >= 6:
            conditions.append(table.digest.startswith(name.lower(), autoescape=True))
        return self._ids(select(table.digest).where(or_(*conditions)))

    def failures(self) -> list[Failure]:
        """Return the ledger, by path."""
        query = select(schema.failures).order_by(schema.failures.c.path)
        with self._engine.connect() as connection:
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

    def _ids(self, query: Select[Any]) -> list[str]:
        with self._engine.connect() as connection:
            return sorted(row[0] for row in connection.execute(query))

    def _load(self, ids: Sequence[str]) -> dict[str, Document]:
        with self._engine.connect() as connection:
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


def _store(connection: Connection, document: Document, versions: dict[str, str], now: str) -> None:
    row = document_row(document) | versions | {"added_at": now, "updated_at": now}
    row["indexed_in"] = ""
    statement = upsert(schema.documents).values(**row)
    changed = {name: statement.excluded[name] for name in row if name not in ("digest", "added_at")}
    connection.execute(statement.on_conflict_do_update(index_elements=["digest"], set_=changed))
    rows = part_rows(document)
    for table, _ in _PARTS:
        connection.execute(delete(table).where(table.c.digest == document.id))
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])
    if print_ := fingerprint_row(document):
        statement = upsert(schema.fingerprints).values(**print_)
        connection.execute(statement.on_conflict_do_update(index_elements=["digest"], set_=print_))


def _seen(connection: Connection, source: Source, now: str) -> None:
    row = {"path": source.path, "digest": source.sha256, "seen_at": now}
    statement = upsert(schema.paths).values(**row)
    connection.execute(statement.on_conflict_do_update(index_elements=["path"], set_=row))


def _fail(connection: Connection, failure: Failure, now: str) -> None:
    source = failure.source
    table = schema.failures
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


def _chunks(items: Sequence[str], size: int = KEYS) -> Iterator[Sequence[str]]:
    for at in range(0, len(items), size):
        yield items[at : at + size]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
