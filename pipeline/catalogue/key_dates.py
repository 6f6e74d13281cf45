"""KeyDates: the days that documents announce, found once for each text and kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    RowMapping,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from pipeline.catalogue import schema
from pipeline.catalogue.audiences import readable_by
from pipeline.catalogue.connection import writing
from pipeline.catalogue.loading import chunks, load
from pipeline.core.audience import Audience
from pipeline.core.document import UNKNOWN_LANGUAGE, Document
from pipeline.core.key_dates import Announcement, KeyDate, KeyKind
from pipeline.core.spans import Span
from pipeline.core.tags import Grade

# Documents looked through in one transaction: a third of a second for acts of usual length, so
# that an ingest at the same time need not wait for long.
BATCH = 20

Find = Callable[[Document], Sequence[KeyDate]]


class KeyDates:
    """The key dates of a catalogue: `find` brings them up to date, `between` tells them.

    What is found belongs to a document's text and to the version of what found it: a document that
    is stored anew is looked through anew. Finding nothing is kept, too.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def waiting(self, version: str) -> list[str]:
        """Return the ids of documents that this version has not looked through as they are."""
        found, table = schema.key_dates_found.c, schema.documents.c
        done = select(found.digest).where(found.version == version)
        query = select(table.digest).where(table.digest.not_in(done)).order_by(table.digest)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def find(self, ids: Sequence[str], find: Find, *, version: str) -> Iterator[int]:
        """Look documents through, and yield how many are done; what is done stays done.

        Args:
            find: Gives the key dates of a document; `version` says which of its kind it is.
        """
        done = 0
        for part in chunks(ids, BATCH):
            with writing(self._engine) as connection:
                for document in load(connection, part).values():
                    _keep(connection, document.id, find(document), version)
            done += len(part)
            yield done

    def between(
        self,
        since: str,
        until: str,
        *,
        kinds: Collection[KeyKind] = (),
        about: Sequence[Collection[str]] = (),
        audience: Audience = Audience.SECRETARIAT,
    ) -> Iterator[Announcement]:
        """Yield what is announced for the days ``since`` to ``until``, by document and place.

        Args:
            since, until: ISO dates, both included; "" sets no end.
            kinds: Only of these, if any.
            about: Of each of these sets of concepts, the work must be tagged with at least one.
            audience: Only documents that these people may read.
        """
        table, papers = schema.key_dates.c, schema.documents
        work = _work_of(papers)
        query = select(table.digest).distinct().join(papers, papers.c.digest == table.digest)
        wanted: list[ColumnElement[bool]] = [table.day >= since]
        if until:
            wanted.append(table.day <= until)
        if kinds:
            wanted.append(table.kind.in_([kind.value for kind in kinds]))
        for concepts in about:
            tagged = papers.alias()
            works = (
                select(_work_of(tagged))
                .join(schema.tags, schema.tags.c.digest == tagged.c.digest)
                .where(schema.tags.c.concept.in_(list(concepts)))
                .where(schema.tags.c.grade != Grade.REVIEW.value)
                .where(tagged.c.digest.in_(readable_by(audience)))
            )
            query = query.where(work.in_(works))
        query = query.where(table.digest.in_(readable_by(audience)))
        with self._engine.connect() as connection:
            ids = sorted(connection.execute(query.where(*wanted)).scalars())
            for part in chunks(ids, BATCH):
                yield from _announcements(connection, part, wanted)


def forget(connection: Connection, id_: str) -> None:
    """Note that a document's text may be another one, so that it is looked through anew."""
    found = schema.key_dates_found
    connection.execute(delete(found).where(found.c.digest == id_))


def _keep(connection: Connection, id_: str, keys: Sequence[KeyDate], version: str) -> None:
    table = schema.key_dates
    connection.execute(delete(table).where(table.c.digest == id_))
    rows = [
        {
            "digest": id_,
            "rank": rank,
            "day": key.day,
            "kind": key.kind.value,
            "start": key.sentence.start,
            "end": key.sentence.end,
            "date_start": key.date.start,
            "date_end": key.date.end,
            "page": key.page,
        }
        for rank, key in enumerate(keys)
    ]
    if rows:
        connection.execute(insert(table), rows)
    row = {"digest": id_, "version": version}
    statement = upsert(schema.key_dates_found).values(**row)
    connection.execute(statement.on_conflict_do_update(index_elements=["digest"], set_=row))


def _announcements(
    connection: Connection, ids: Sequence[str], wanted: Sequence[ColumnElement[bool]]
) -> Iterator[Announcement]:
    keys, tags, papers = schema.key_dates, schema.tags.c, schema.documents.c
    query = select(schema.documents).where(papers.digest.in_(ids))
    documents = {row["digest"]: row for row in connection.execute(query).mappings()}
    concepts: dict[str, list[str]] = {}
    tagged = select(tags.digest, tags.concept).where(tags.digest.in_(ids))
    tagged = tagged.where(tags.grade != Grade.REVIEW.value).order_by(tags.rank)
    for digest, concept in connection.execute(tagged):
        concepts.setdefault(digest, []).append(concept)
    found = select(keys).where(keys.c.digest.in_(ids), *wanted)
    for row in connection.execute(found.order_by(keys.c.digest, keys.c.rank)).mappings():
        of = documents[row["digest"]]
        yield _announcement(row, of, tuple(concepts.get(row["digest"], ())))


def _announcement(row: RowMapping, of: RowMapping, concepts: tuple[str, ...]) -> Announcement:
    sentence = Span(row["start"], row["end"])
    languages = json.loads(of["languages"])
    return Announcement(
        key=KeyDate(
            row["day"], KeyKind(row["kind"]), sentence,
            Span(row["date_start"], row["date_end"]), row["page"],
        ),
        text=sentence.of(of["text"]),
        document=of["digest"],
        work=of["work"] or of["digest"],
        path=of["path"],
        title=of["title"],
        language=languages[0] if languages else UNKNOWN_LANGUAGE,
        institution=of["institution"],
        concepts=concepts,
        added_at=of["added_at"],
    )  # fmt: skip


def _work_of(table: FromClause) -> ColumnElement[str]:
    return func.coalesce(func.nullif(table.c.work, ""), table.c.digest)
