"""Arrivals: the works of which something came in, and the sentences that prove their tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Engine, Row, case, func, literal, select

from pipeline.catalogue import schema
from pipeline.catalogue.audiences import readable_by
from pipeline.catalogue.loading import chunks
from pipeline.core.audience import Audience
from pipeline.core.digests import Arrival, Proof
from pipeline.core.tags import Grade

_ORDER = [Grade.MAIN, Grade.ALSO]
_TWINS = "near-duplicate"  # of one language; links hold the relations of `description.works`


class Arrivals:
    """What came into a catalogue, as an audience may know of it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def since(self, since: str, audience: Audience) -> list[Arrival]:
        """Return the works that came in since a time, for people who had no version before.

        What is the same publication in two files, such as the Word file and its PDF, is one.
        A document waits until it has been compared with the others, so that its versions are
        known; ingest does that at its end.

        Args:
            since: ISO date or time, UTC.
            audience: Only of documents that these people may read.
        """
        table, prints = schema.documents.c, schema.fingerprints.c
        came, readable = schema.documents.alias(), readable_by(audience)
        waiting = select(prints.digest).where(prints.compared == 0)
        works = (
            select(_work_of(came.c.work, came.c.digest))
            .where(came.c.added_at >= since, came.c.digest.in_(readable))
            .where(came.c.digest.not_in(waiting))
        )
        work = _work_of(table.work, table.digest)
        may_read = case((table.digest.in_(readable), 1), else_=0)
        query = select(work, table.digest, table.added_at, may_read).where(work.in_(works))
        with self._engine.connect() as connection:
            arrivals = _arrivals(connection, connection.execute(query.order_by(table.digest)))
            new = [one for one in arrivals if one.first_at >= since]
            twins = _twins(connection, new, audience)
        known = {id_ for one in new for id_ in one.documents}
        there = {id_ for pair in twins if not pair <= known for id_ in pair}  # twins came before
        return _folded([one for one in new if there.isdisjoint(one.documents)], twins)

    def of(self, ids: Iterable[str], audience: Audience) -> list[Arrival]:
        """Return the works of which some documents are versions, by these documents alone."""
        table = schema.documents.c
        work = _work_of(table.work, table.digest)
        query = select(work, table.digest, table.added_at, literal(1)).order_by(table.digest)
        query = query.where(table.digest.in_(readable_by(audience)))
        with self._engine.connect() as connection:
            rows = (
                row
                for part in chunks(sorted(ids))
                for row in connection.execute(query.where(table.digest.in_(part)))
            )
            arrivals = _arrivals(connection, rows)
            return _folded(arrivals, _twins(connection, arrivals, audience))

    def proofs(self, ids: Iterable[str], concepts: Iterable[str]) -> list[Proof]:
        """Return the sentence that best proves each of these tags of each of these documents.

        Texts are not loaded, only their sentences.
        """
        table, text = schema.evidence.c, schema.documents.c.text
        length = table.end - table.start
        sentence = func.substr(text, table.start + 1, length)
        query = (
            select(table.digest, table.concept, sentence, length, table.start, table.page)
            .join(schema.documents, schema.documents.c.digest == table.digest)
            .where(table.rank == 0, table.concept.in_(sorted(concepts)))
            .order_by(table.digest, table.concept)
        )
        found = []
        with self._engine.connect() as connection:
            for part in chunks(sorted(ids)):
                rows = connection.execute(query.where(table.digest.in_(part))).all()
                for digest, concept, told, long, start, page in rows:
                    if len(told) != long:  # SQLite's substr() ends at a NUL
                        told = _text(connection, digest)[start : start + long]
                    found.append(Proof(digest, concept, told, page))
        return found


def _arrivals(connection: Connection, rows: Iterable[Row[str, str, str, int]]) -> list[Arrival]:
    """Return the works of documents: each row has the work, the id, the time, and may be read."""
    versions: dict[str, list[tuple[str, str, int]]] = {}
    for work, digest, added_at, may in rows:
        versions.setdefault(work, []).append((digest, added_at, may))
    shown = {
        work: tuple(digest for digest, _, may in some if may) for work, some in versions.items()
    }
    grades = _grades(connection, [digest for some in shown.values() for digest in some])
    return [
        Arrival(
            work=work,
            ids=frozenset([work, *(digest for digest, _, _ in some)]),
            first_at=min(at for _, at, may in some if may),
            documents=shown[work],
            grades=_best(grades.get(digest, {}) for digest in shown[work]),
        )
        for work, some in sorted(versions.items())
        if shown[work]
    ]


def _twins(
    connection: Connection, arrivals: Iterable[Arrival], audience: Audience
) -> list[frozenset[str]]:
    """Return the pairs of near-duplicates with one title and one date, of which one is there."""
    links, one, other = schema.links.c, schema.documents.alias(), schema.documents.alias()
    readable = readable_by(audience)
    query = (
        select(links.digest, links.other)
        .join(one, one.c.digest == links.digest)
        .join(other, other.c.digest == links.other)
        .where(links.relation == _TWINS)
        .where(one.c.date == other.c.date, one.c.title == other.c.title)
        .where(links.digest.in_(readable), links.other.in_(readable))
    )
    ids = sorted(id_ for arrival in arrivals for id_ in arrival.documents)
    return [
        frozenset(row)
        for part in chunks(ids)
        for column in (links.digest, links.other)
        for row in connection.execute(query.where(column.in_(part)))
    ]


def _folded(arrivals: Sequence[Arrival], twins: Iterable[frozenset[str]]) -> list[Arrival]:
    """Return works with those that are the same publication as one, under the first one's name."""
    place = {id_: at for at, arrival in enumerate(arrivals) for id_ in arrival.documents}
    first = list(range(len(arrivals)))  # of each work, an earlier one of its group, or itself

    def group(at: int) -> int:
        while first[at] != at:
            at = first[at]
        return at

    for pair in twins:
        same = sorted({group(place[id_]) for id_ in pair if id_ in place})
        for at in same[1:]:
            first[at] = same[0]
    together: dict[int, list[Arrival]] = defaultdict(list)
    for at, arrival in enumerate(arrivals):
        together[group(at)].append(arrival)
    return [_one(some) for some in together.values()]


def _one(same: Sequence[Arrival]) -> Arrival:
    return Arrival(
        work=same[0].work,
        ids=frozenset().union(*(one.ids for one in same)),
        first_at=min(one.first_at for one in same),
        documents=tuple(sorted(id_ for one in same for id_ in one.documents)),
        grades=_best(one.grades for one in same),
    )


def _grades(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, Grade]]:
    table = schema.tags.c
    found: dict[str, dict[str, Grade]] = {}
    for part in chunks(sorted(ids)):
        query = select(table.digest, table.concept, table.grade).where(table.digest.in_(part))
        for digest, concept, grade in connection.execute(
            query.where(table.grade != Grade.REVIEW.value)
        ):
            found.setdefault(digest, {})[concept] = Grade(grade)
    return found


def _best(grades: Iterable[Mapping[str, Grade]]) -> dict[str, Grade]:
    best: dict[str, Grade] = {}
    for some in grades:
        for concept, grade in some.items():
            best[concept] = min(grade, best.get(concept, grade), key=_ORDER.index)
    return best


def _text(connection: Connection, id_: str) -> str:
    table = schema.documents.c
    return str(connection.execute(select(table.text).where(table.digest == id_)).scalar_one())


def _work_of(work: ColumnElement[str], digest: ColumnElement[str]) -> ColumnElement[str]:
    return func.coalesce(func.nullif(work, ""), digest)
