"""Audiences: who may read each document, by the rules of its folders and by what people said.

The audience of every document is stored, so that it can be joined with; it is computed anew when
the rules, a decision, or the places of a document's bytes change.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Row,
    RowMapping,
    Select,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from pipeline.catalogue import schema
from pipeline.catalogue.connection import writing
from pipeline.catalogue.loading import chunks
from pipeline.core.audience import Audience, AudienceDecision, AudienceRules, Standing, strictest
from pipeline.core.document import INSIDE, Document
from pipeline.core.failures import Failure


class Audiences:
    """Who may read the documents of a catalogue."""

    def __init__(self, engine: Engine, rules: AudienceRules) -> None:
        self._engine = engine
        self._rules = rules

    def settle(self) -> None:
        """Bring all audiences in line with the rules, if they are not those of the last time."""
        noted, rules = schema.audience_rules, json.dumps(asdict(self._rules))
        with self._engine.connect() as connection:  # so that readers need no lock
            if connection.execute(select(noted.c.rules)).scalar() == rules:
                return
        with writing(self._engine) as connection:
            assign(connection, None, self._rules)
            connection.execute(delete(noted))
            connection.execute(insert(noted).values(rules=rules))

    def decide(self, decisions: Sequence[AudienceDecision]) -> list[str]:
        """Keep what people said, and put it into force for what lies in these documents too.

        Returns:
            The ids of documents whose audience changed.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with writing(self._engine) as connection:
            connection.execute(
                insert(schema.audience_decisions),
                [asdict(one) | {"audience": one.audience or "", "at": now} for one in decisions],
            )
            ids = {one.document for one in decisions}
            return assign(connection, ids | _inside(connection, ids), self._rules)

    def standing(self, ids: Iterable[str]) -> dict[str, Standing]:
        """Return the audiences of documents that are there, with what says so, by document."""
        with self._engine.connect() as connection:
            return dict(_standing(connection, set(ids), self._rules))

    def readable(self, ids: Collection[str], audience: Audience) -> set[str]:
        """Return those of some documents that an audience may read."""
        found: set[str] = set()
        with self._engine.connect() as connection:
            for part in chunks(sorted(ids)):
                table = schema.audiences.c
                query = readable_by(audience).where(table.digest.in_(part))
                found.update(connection.execute(query).scalars())
        return found

    def readable_failures(self, failures: Iterable[Failure], audience: Audience) -> list[Failure]:
        """Return the failures of files that an audience may read, were they readable."""
        with self._engine.connect() as connection:
            decisions = _decisions(connection)
            by_path = _by_path(connection, decisions)
        return [
            failure
            for failure in failures
            if audience.may_read(
                decisions[failure.source.sha256].audience or Audience.SECRETARIAT
                if failure.source.sha256 in decisions
                else _at(failure.source.path, by_path, self._rules).audience
            )
        ]


def readable_by(audience: Audience) -> Select[str]:
    """Return the question for the ids of all documents that an audience may read."""
    table = schema.audiences.c
    return select(table.digest).where(table.audience.in_([one.value for one in audience.reads]))


def assign(connection: Connection, ids: set[str] | None, rules: AudienceRules) -> list[str]:
    """Store the audiences of documents, or of all, as rules and decisions make them.

    Returns:
        The ids of documents whose audience is another one now; the index has to learn it.
    """
    table = schema.audiences
    stored = _stored(connection, ids)
    rows = [
        {"digest": id_, "audience": standing.audience.value}
        for id_, standing in _standing(connection, ids, rules)
        if stored.get(id_) != standing.audience.value
    ]
    if rows:
        statement = upsert(table)
        new = {"audience": statement.excluded.audience}
        connection.execute(
            statement.on_conflict_do_update(index_elements=["digest"], set_=new), rows
        )
    changed = [row["digest"] for row in rows]
    for part in chunks(changed):
        outdated = update(schema.documents).where(schema.documents.c.digest.in_(part))
        connection.execute(outdated.values(schema.amended_in_index()))
    return changed


def with_audiences(
    connection: Connection, documents: Sequence[Document], rules: AudienceRules
) -> list[Document]:
    """Return stored documents with their audiences, which are stored where they were not."""
    ids = {document.id for document in documents}
    assign(connection, ids, rules)
    audiences = _stored(connection, ids)
    return [replace(d, audience=Audience(audiences[d.id])) for d in documents]


def _standing(
    connection: Connection, ids: set[str] | None, rules: AudienceRules
) -> Iterator[tuple[str, Standing]]:
    decisions = _decisions(connection)
    by_path = _by_path(connection, decisions)
    for id_, paths in _places(connection, ids).items():
        if id_ in decisions:
            decision = decisions[id_]
            yield id_, Standing(decision.audience or Audience.SECRETARIAT, paths[0], decision)
            continue
        all_told = [_at(path, by_path, rules) for path in paths]
        strict = strictest(standing.audience for standing in all_told)
        yield id_, next(one for one in all_told if one.audience is strict)


def _at(path: str, by_path: Mapping[str, AudienceDecision], rules: AudienceRules) -> Standing:
    """Return the audience of what lies at a path: as the nearest thing around it, or the rules."""
    around = path
    while INSIDE in around:
        around = around.rpartition(INSIDE)[0]
        if around in by_path:
            decision = by_path[around]
            return Standing(decision.audience or Audience.SECRETARIAT, around, decision)
    audience, pattern = rules.rule(path)
    return Standing(audience, path, pattern=pattern)


def _decisions(connection: Connection) -> dict[str, AudienceDecision]:
    """Return the decisions that count, the last about each document, by document."""
    table = schema.audience_decisions
    found: dict[str, AudienceDecision] = {}
    for row in connection.execute(select(table).order_by(table.c.number)).mappings():
        if row["audience"]:
            found[row["document"]] = _decision(row)
        else:
            found.pop(row["document"], None)
    return found


def _decision(row: RowMapping) -> AudienceDecision:
    facts = {name: row[name] for name in ("document", "by", "note", "at")}
    return AudienceDecision(audience=Audience(row["audience"]), **facts)


def _by_path(
    connection: Connection, decisions: Mapping[str, AudienceDecision]
) -> dict[str, AudienceDecision]:
    places = _places(connection, set(decisions))
    return {path: decisions[id_] for id_, paths in places.items() for path in paths}


def _places(connection: Connection, ids: set[str] | None) -> dict[str, list[str]]:
    """Return all places of documents that are stored, by document; the stored one comes first."""
    documents, paths = schema.documents.c, schema.paths.c
    found: dict[str, list[str]] = {}
    stored = select(documents.digest, documents.path)
    for row in _of(connection, stored, documents.digest, ids):
        found[row[0]] = [row[1]]
    seen = select(paths.digest, paths.path).order_by(paths.path)
    for digest, path in _of(connection, seen, paths.digest, ids):
        if digest in found and path not in found[digest]:
            found[digest].append(path)
    return found


def _inside(connection: Connection, ids: set[str]) -> set[str]:
    """Return the ids of documents that lie in others, at any depth."""
    found: set[str] = set()
    for paths in _places(connection, ids).values():
        for path in paths:
            for table in (schema.documents.c, schema.paths.c):
                inside = table.path.startswith(path + INSIDE, autoescape=True)
                found.update(connection.execute(select(table.digest).where(inside)).scalars())
    return found


def _stored(connection: Connection, ids: set[str] | None) -> dict[str, str]:
    table = schema.audiences.c
    query = select(table.digest, table.audience)
    return {row[0]: row[1] for row in _of(connection, query, table.digest, ids)}


def _of(
    connection: Connection, query: Select[str, str], key: Column[str], ids: set[str] | None
) -> Iterator[Row[str, str]]:
    """Yield the rows of a question that are about some documents, or all."""
    if ids is None:
        yield from connection.execute(query)
        return
    for part in chunks(sorted(ids)):
        yield from connection.execute(query.where(key.in_(part)))
