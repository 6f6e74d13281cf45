"""Catalogue: every document, failure and run, in one SQLite file that is the truth."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Select,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from pipeline.catalogue import ledger, schema
from pipeline.catalogue.arrivals import Arrivals
from pipeline.catalogue.audiences import Audiences, assign, with_audiences
from pipeline.catalogue.cards import all_cards
from pipeline.catalogue.connection import PATIENCE, check, open_engine, writing
from pipeline.catalogue.digests import Digests
from pipeline.catalogue.held import Held
from pipeline.catalogue.key_dates import KeyDates, forget
from pipeline.catalogue.links import Links
from pipeline.catalogue.loading import TAGS, chunks, load, write_parts
from pipeline.catalogue.merging import Pillars, merge, note_suggestions
from pipeline.catalogue.reports import Reports
from pipeline.catalogue.reviews import Reviews
from pipeline.catalogue.rows import document_row, fingerprint_row, members_in, place_row
from pipeline.catalogue.searches import Searches
from pipeline.core.audience import Audience, AudienceRules
from pipeline.core.cards import Card
from pipeline.core.document import Document, Source, moved
from pipeline.core.errors import CatalogueError, WriteError
from pipeline.core.failures import TAGGING, Failure

# Documents loaded at a time: about 25 MB of text at most institutions' usual length.
BATCH = 200
NO_RULES = AudienceRules()


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

    def __init__(self, engine: Engine, path: Path, pillars: Pillars, rules: AudienceRules) -> None:
        self._engine = engine
        self._path = path
        self._pillars = pillars
        self._rules = rules

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        pillars: Pillars = dict,
        rules: AudienceRules = NO_RULES,
        patience: float = PATIENCE,
    ) -> Catalogue:
        """Open the catalogue at ``path``, made or brought up to date where necessary.

        Every method may raise a `CatalogueError` where the file turns out to be damaged, and a
        `WriteError` where it cannot be written or is locked for longer than ``patience`` seconds.

        Args:
            pillars: Gives the pillar of each policy file, by which pillars follow from what people
                decided about files; asked once, when it is first needed.
            rules: Who may read what; where they are others than the last time, the audiences of
                all documents are made anew by them.

        Raises:
            CatalogueError: If the file is no catalogue, is damaged or locked, or is of a newer
                fourp.
            WriteError: If it cannot be made.
        """
        engine = open_engine(path, patience=patience)
        try:
            Audiences(engine, rules).settle()
        except WriteError as error:  # nothing was begun yet
            engine.dispose()
            raise CatalogueError(error.what, where=error.where, remedy=error.remedy) from error
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, path, cache(pillars), rules)

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
    ) -> list[Document]:
        """Add or replace documents, and strike their paths off the failure ledger.

        Either all of them are stored or none.

        Returns:
            The documents as they are stored: with what people decided about their tags.
        """
        versions = {"reading_version": reading_version, "recipe_version": recipe_version}
        with writing(self._engine) as connection:
            now = _now()
            stored = _store(connection, documents, versions, now, self._pillars)
            for document in documents:
                _seen(connection, document.source, now)
            ledger.strike_off(connection, [document.source.path for document in documents])
            return with_audiences(connection, stored, self._rules)

    def retag(self, documents: Sequence[Document], *, recipe_version: str) -> list[Document]:
        """Replace the tags of stored documents, and the places where they are.

        Nothing else of them is written: they are as they were loaded. Of the ledger only what
        failed when they were tagged is struck off: a file that could be read in part, or that has
        other bytes by now, is no better for it. Either all of them are retagged or none.

        Returns:
            The documents as they are stored: with what people decided about their tags.
        """
        table = schema.documents
        with writing(self._engine) as connection:
            now = _now()
            answers = merge(connection, documents, self._pillars)
            for answer in answers:
                document = answer.document
                place = place_row(document) | {"recipe_version": recipe_version, "updated_at": now}
                statement = update(table).where(table.c.digest == document.id)
                connection.execute(statement.values(place | schema.amended_in_index()))
                write_parts(connection, document, TAGS)
                if answer.suggestions is not None:
                    note_suggestions(connection, document.id, answer.suggestions)
            ledger.strike_off_stage(connection, [document.id for document in documents], TAGGING)
            retagged = [answer.document for answer in answers]
            return with_audiences(connection, retagged, self._rules)

    def fail(self, failures: Sequence[Failure]) -> list[Document]:
        """Enter failures in the ledger, counting tries, and keep what had been extracted.

        What is kept has no versions: it is not whole, so other versions mean reading it anew,
        which decides about its row in the ledger again.

        Returns:
            What is kept, as it is stored: with what people decided about its tags.
        """
        partial = [failure.partial for failure in failures if failure.partial is not None]
        versions = {"reading_version": "", "recipe_version": ""}
        with writing(self._engine) as connection:
            now = _now()
            for failure in failures:
                ledger.enter(connection, failure, now)
            stored = _store(connection, partial, versions, now, self._pillars)
            return with_audiences(connection, stored, self._rules)

    def seen(self, sources: Iterable[Source]) -> None:
        """Note that these bytes, known already, were found at these paths.

        What the ledger says of other bytes at these paths is struck off: they are there no more.
        """
        now, sources = _now(), list(sources)
        with self._engine.begin() as connection:
            new = _new_places(connection, sources)
            for source in sources:
                _seen(connection, source, now)
            failed = ledger.digests(connection)
            paths = [s.path for s in sources if failed.get(s.path, s.sha256) != s.sha256]
            ledger.strike_off(connection, paths)
            assign(connection, new, self._rules)

    def add_run(self, run: Run) -> None:
        """Note the figures of an ingest."""
        with self._engine.begin() as connection:
            row = {name: getattr(run, name) for name in Run.__slots__}
            connection.execute(insert(schema.runs).values(**row))

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Give one state of the catalogue, for what counts in it while others write."""
        with self._engine.connect() as connection:
            connection.execute(text("BEGIN"))
            yield connection

    @property
    def held(self) -> Held:
        """What the search indexes hold."""
        return Held(self._engine)

    @property
    def links(self) -> Links:
        """What documents are to each other."""
        return Links(self._engine)

    @property
    def reviews(self) -> Reviews:
        """What people decided about tags."""
        return Reviews(self._engine, self._pillars)

    @property
    def searches(self) -> Searches:
        """The searches that were saved."""
        return Searches(self._engine)

    @property
    def audiences(self) -> Audiences:
        """Who may read which document."""
        return Audiences(self._engine, self._rules)

    @property
    def reports(self) -> Reports:
        """What reports are made of."""
        return Reports(self._engine)

    @property
    def arrivals(self) -> Arrivals:
        """What came in."""
        return Arrivals(self._engine)

    @property
    def digests(self) -> Digests:
        """What subscribers are told of."""
        return Digests(self._engine)

    @property
    def key_dates(self) -> KeyDates:
        """The days that documents announce."""
        return KeyDates(self._engine)

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
        for part in chunks(ids, BATCH):
            with self._engine.connect() as connection:
                found = load(connection, part)
            yield from (found[one] for one in part if one in found)

    def cards(
        self, audience: Audience = Audience.SECRETARIAT, ids: Collection[str] | None = None
    ) -> list[Card]:
        """Return every document that an audience may read as a list shows it, in order of ids.

        Args:
            ids: Of these alone.
        """
        return all_cards(self._engine, audience, ids)

    def every_id(self) -> list[str]:
        """Return the ids of all documents, in the order of ids."""
        return self._ids(select(schema.documents.c.digest))

    def find(self, name: str) -> list[str]:
        """Return ids whose beginning, path, file name or title is ``name``, in order of ids."""
        table = schema.documents.c
        # Of every place where the same bytes were found, not only the first.
        paths = select(schema.paths.c.digest).where(_named(schema.paths.c.path, name))
        conditions = [
            _named(table.path, name),
            table.title == name,
            table.digest.in_(paths),
        ]
        if len(name) >= 6:
            conditions.append(table.digest.startswith(name.lower(), autoescape=True))
        return self._ids(select(table.digest).where(or_(*conditions)))

    def names(self, beginning: str, *, limit: int) -> list[str]:
        """Return file names of documents that begin so, in their order, at most ``limit``."""
        path = schema.documents.c.path
        query = select(path).where(path.contains(f"/{beginning}", autoescape=True))
        with self._engine.connect() as connection:
            names = {row[0].rsplit("/", 1)[-1] for row in connection.execute(query)}
        return sorted(name for name in names if name.startswith(beginning))[:limit]

    def failures(self) -> list[Failure]:
        """Return the ledger, by path."""
        with self._engine.connect() as connection:
            return ledger.failures(connection)

    def _ids(self, query: Select[Any]) -> list[str]:
        with self._engine.connect() as connection:
            return sorted(row[0] for row in connection.execute(query))


def _named(path: Column[Any], name: str) -> ColumnElement[bool]:
    """Return whether a path, or its file name, is ``name``."""
    return or_(path == name, func.substr(path, -len(name) - 1) == f"/{name}")


def _store(
    connection: Connection,
    documents: Sequence[Document],
    versions: Mapping[str, str],
    now: str,
    pillars: Pillars,
) -> list[Document]:
    answers = merge(connection, documents, pillars)
    for answer in answers:
        _store_one(connection, answer.document, versions, now)
        if answer.suggestions is not None:
            note_suggestions(connection, answer.document.id, answer.suggestions)
    return [answer.document for answer in answers]


def _store_one(
    connection: Connection, document: Document, versions: Mapping[str, str], now: str
) -> None:
    row = document_row(document) | {**versions, "added_at": now, "updated_at": now}
    row |= {"indexed_in": "", "built_in": ""}
    statement = upsert(schema.documents).values(**row)
    changed = {name: statement.excluded[name] for name in row if name not in ("digest", "added_at")}
    connection.execute(statement.on_conflict_do_update(index_elements=["digest"], set_=changed))
    write_parts(connection, document)
    forget(connection, document.id)
    if print_ := fingerprint_row(document):
        statement = upsert(schema.fingerprints).values(**print_)
        connection.execute(statement.on_conflict_do_update(index_elements=["digest"], set_=print_))


def _new_places(connection: Connection, sources: Sequence[Source]) -> set[str]:
    """Return the digests of bytes that were not found at their places before."""
    places = {source.path: source.sha256 for source in sources}
    for part in chunks(list(places)):
        query = select(schema.paths.c.path, schema.paths.c.digest)
        for path, digest in connection.execute(query.where(schema.paths.c.path.in_(part))):
            if places.get(path) == digest:
                del places[path]
    return set(places.values())


def _seen(connection: Connection, source: Source, now: str) -> None:
    row = {"path": source.path, "digest": source.sha256, "seen_at": now}
    statement = upsert(schema.paths).values(**row)
    connection.execute(statement.on_conflict_do_update(index_elements=["path"], set_=row))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
