"""Searches: those that were saved, and what each of them has shown already."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pipeline.catalogue import schema
from pipeline.catalogue.connection import writing
from pipeline.catalogue.loading import chunks
from pipeline.core.query import Filters
from pipeline.core.searches import SavedSearch


class Searches:
    """The saved searches of a catalogue.

    A work is seen if its id or that of any of its documents is: works get other ids when versions
    are linked, documents never do.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, search: SavedSearch, seen: Iterable[str]) -> bool:
        """Keep a search, and ids that are no news to it; return False if its name is taken."""
        now = _now()
        table = schema.saved_searches
        with writing(self._engine) as connection:
            query = select(table.c.name).where(table.c.name == search.name)
            if connection.execute(query).first():
                return False
            row = {"name": search.name, "line": search.line, "filters": _filled(search.filters)}
            connection.execute(insert(table).values(**row, saved_at=now, looked_at=now))
            _mark(connection, search.name, seen)
        return True

    def delete(self, name: str) -> bool:
        """Forget a search; return False if there is none of that name."""
        table = schema.saved_searches
        with writing(self._engine) as connection:
            return bool(connection.execute(delete(table).where(table.c.name == name)).rowcount)

    def all(self) -> list[SavedSearch]:
        """Return the searches, by name."""
        table = schema.saved_searches
        with self._engine.connect() as connection:
            rows = connection.execute(select(table).order_by(table.c.name)).mappings()
            return [
                SavedSearch(
                    row["name"],
                    row["line"],
                    _filters(row["filters"]),
                    row["saved_at"],
                    row["looked_at"],
                )
                for row in rows
            ]

    def seen(self, name: str) -> set[str]:
        """Return the ids of works and documents that a search has shown."""
        table = schema.seen.c
        with self._engine.connect() as connection:
            return set(connection.execute(select(table.id).where(table.search == name)).scalars())

    def mark(self, name: str, ids: Iterable[str]) -> None:
        """Note that these works and documents are no news to a search; unknown names are none."""
        table = schema.saved_searches
        with writing(self._engine) as connection:
            looked = update(table).where(table.c.name == name).values(looked_at=_now())
            if connection.execute(looked).rowcount:
                _mark(connection, name, ids)

    def ids_of(self, found: Mapping[str, str]) -> dict[str, set[str]]:
        """Return all ids of works: their own and those of their documents.

        Args:
            found: A document of each work, and the work as whoever found it knows it.

        Returns:
            The ids, by the document that was found.
        """
        table = schema.documents.c
        ids = {document: {document, work} for document, work in found.items()}
        works: dict[str, list[str]] = {work: [document] for document, work in found.items()}
        with self._engine.connect() as connection:
            for part in chunks(sorted(found)):
                query = select(table.digest, table.work).where(table.digest.in_(part))
                for document, work in connection.execute(query):
                    if work:  # as it is by now
                        ids[document].add(work)
                        works.setdefault(work, []).append(document)
            for part in chunks(sorted(works)):
                query = select(table.digest, table.work).where(table.work.in_(part))
                for version, work in connection.execute(query):
                    for document in works[work]:
                        ids[document].add(version)
        return ids


def _mark(connection: Connection, name: str, ids: Iterable[str]) -> None:
    rows = [{"search": name, "id": one} for one in sorted(set(ids))]
    if rows:
        connection.execute(upsert(schema.seen).on_conflict_do_nothing(), rows)


def _filled(filters: Filters) -> str:
    return json.dumps({name: value for name, value in asdict(filters).items() if value})


def _filters(column: str) -> Filters:
    kept = json.loads(column).items()
    filters: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in kept}
    return Filters(**filters)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
