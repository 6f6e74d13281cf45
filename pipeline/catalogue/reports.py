"""Reports: which documents belong to one, and what earlier ones listed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Select, func, insert, select, text

from pipeline.catalogue import schema
from pipeline.catalogue.audiences import readable_by
from pipeline.catalogue.connection import writing
from pipeline.catalogue.loading import chunks
from pipeline.catalogue.rows import tags_of
from pipeline.core.audience import Audience
from pipeline.core.document import Source
from pipeline.core.extracts import Extract
from pipeline.core.reported import Listed, PastReport
from pipeline.core.tags import Grade

_FACTS = frozenset({
    "digest", "path", "media_type", "size", "provenance", "text", "title", "date", "kind",
    "institution", "languages", "work", "added_at",
})  # fmt: skip


class Reports:
    """What a catalogue holds for reports."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def documents(
        self,
        concepts: Iterable[str],
        *,
        since: str,
        until: str,
        audience: Audience = Audience.SECRETARIAT,
    ) -> list[str]:
        """Return the documents of a period that have any of ``concepts``, with their versions.

        Suggestions that nobody has decided count too. Versions are all documents of the same works,
        whatever their dates and tags, so that a report can name every language of a work.

        Args:
            concepts: Ids of policy files.
            since: First day, ISO; a document without a date counts by the day it was added.
            until: Last day.
            audience: Who reads the report; what is not for them is no part of it.

        Returns:
            Their ids, in order.
        """
        table = schema.documents.c
        day = func.coalesce(func.nullif(table.date, ""), func.substr(table.added_at, 1, 10))
        query = (
            select(table.digest, table.work)
            .distinct()
            .join(schema.tags, schema.tags.c.digest == table.digest)
            .where(schema.tags.c.concept.in_(list(concepts)))
            # A date may be a month or a year; it is compared as far as it goes.
            .where(day >= func.substr(since, 1, func.length(day)), day <= until)
            .where(table.digest.in_(readable_by(audience)))
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
            found = {row[0] for row in rows}
            for part in chunks(sorted({row[1] for row in rows if row[1]})):
                versions = select(table.digest).where(table.work.in_(part))
                readable = versions.where(table.digest.in_(readable_by(audience)))
                found.update(connection.execute(readable).scalars())
        return sorted(found)

    def extracts(self, ids: Sequence[str], concepts: Collection[str]) -> Iterator[Extract]:
        """Yield what a report on ``concepts`` says of these documents, with one text in memory.

        Unknown ids are passed over.
        """
        for part in chunks(ids):
            with self._engine.connect() as connection:
                # One state for all questions: a span belongs to the text that it was found in.
                connection.execute(text("BEGIN"))
                yield from _extracts(connection, part, list(concepts))

    def add(self, report: PastReport) -> None:
        """Keep what a report listed."""
        row = {"group_id": report.group, "made_at": report.made_at}
        row |= {"since": report.since, "until": report.until, "audience": report.audience.value}
        with writing(self._engine) as connection:
            statement = insert(schema.reports).values(**row).returning(schema.reports.c.number)
            number = connection.execute(statement).scalar_one()
            rows = [
                {
                    "report": number,
                    "place": place,
                    "title": one.title,
                    "file": one.file,
                    "grade": one.grade.value,
                    "decided": one.decided,
                    "documents": json.dumps(sorted(one.documents)),
                }
                for place, one in enumerate(report.listed)
            ]
            if rows:
                connection.execute(insert(schema.reported), rows)

    def last(
        self, group: str, *, before: str, audience: Audience = Audience.MEMBERS
    ) -> PastReport | None:
        """Return the last report for a group that was made before a time, UTC, ISO 8601.

        Args:
            audience: That it was for.
        """
        table, listed = schema.reports.c, schema.reported
        query = (
            select(schema.reports)
            .where(table.group_id == group, table.audience == audience.value)
            .where(table.made_at < before)
            .order_by(table.made_at.desc(), table.number.desc())
            .limit(1)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                return None
            rows = select(listed).where(listed.c.report == row["number"]).order_by(listed.c.place)
            return PastReport(
                row["group_id"],
                row["made_at"],
                row["since"],
                row["until"],
                tuple(
                    Listed(
                        one["title"],
                        one["file"],
                        Grade(one["grade"]),
                        one["decided"],
                        frozenset(json.loads(one["documents"])),
                    )
                    for one in connection.execute(rows).mappings()
                ),
                Audience(row["audience"]),
            )


def _extracts(
    connection: Connection, ids: Sequence[str], concepts: Sequence[str]
) -> Iterator[Extract]:
    tags, evidence, pages = schema.tags.c, schema.evidence.c, schema.pages.c
    given: dict[str, list[RowMapping]] = defaultdict(list)
    proofs: dict[str, list[RowMapping]] = defaultdict(list)
    subjects: dict[str, set[str]] = defaultdict(set)
    query = select(schema.tags).where(tags.digest.in_(ids)).order_by(tags.digest, tags.rank)
    for row in connection.execute(query).mappings():
        if row["concept"] in concepts:
            given[row["digest"]].append(row)
        if row["grade"] == Grade.MAIN.value:
            subjects[row["digest"]].add(row["concept"])
    query = (
        select(schema.evidence)
        .where(evidence.digest.in_(ids), evidence.concept.in_(concepts))
        .order_by(evidence.digest, evidence.rank)
    )
    for row in connection.execute(query).mappings():
        proofs[row["digest"]].append(row)
    counted = select(pages.digest, func.count()).where(pages.digest.in_(ids)).group_by(pages.digest)
    lengths = {row[0]: row[1] for row in connection.execute(counted)}
    # One row at a time: SQLite gives them as they are asked for.
    for row in connection.execute(_facts(ids)).mappings():
        digest = row["digest"]
        yield Extract(
            source=Source(row["path"], digest, row["media_type"], row["size"], row["provenance"]),
            pages=lengths.get(digest, 0),
            title=row["title"],
            date=row["date"],
            kind=row["kind"],
            institution=row["institution"],
            languages=tuple(json.loads(row["languages"])),
            work=row["work"],
            added_at=row["added_at"],
            tags=tags_of(row["text"], given[digest], proofs[digest]),
            subjects=frozenset(subjects[digest]),
        )


def _facts(ids: Sequence[str]) -> Select[Any]:
    table = schema.documents
    names = [column for name, column in table.c.items() if name in _FACTS]
    return select(*names).where(table.c.digest.in_(ids)).order_by(table.c.digest)
