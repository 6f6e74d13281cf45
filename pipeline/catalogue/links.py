"""Links: which documents of the catalogue are versions, drafts or near-duplicates of each other."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, Engine, delete, func, insert, or_, select, update

from pipeline.catalogue import schema
from pipeline.catalogue.rows import fingerprint_of
from pipeline.core.fingerprint import Fingerprinted

# A hash that so many documents have is boilerplate, and would make every one of them a candidate.
MOST_WITH_HASH = 80
FEWEST_HASHES = 2  # in common; one alone happens by chance
KEYS = 500  # values in one statement

T = TypeVar("T")
Row = tuple[str, str, str, float]  # one, other, relation of the first to the other, similarity


@dataclass(frozen=True, slots=True)
class Linked:
    """A document as another one's versions or near-duplicates list it.

    Attributes:
        relation: What it is to the other: "language version", "near-duplicate", "earlier draft",
            "later version" (of a draft), "version" (the same work by its own number).
        similarity: 0 to 1; 1 where the number of the work is the same.
    """

    id: str
    path: str
    title: str
    language: str
    relation: str
    similarity: float


class Links:
    """The links of a catalogue; `changing` changes them, and works, in one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, id_: str) -> list[Linked]:
        """Return what is linked to a document or of the same work, most alike first, then by id."""
        table = schema.documents.c
        with self._engine.connect() as connection:
            found: dict[str, tuple[str, float]] = {}
            work = select(table.work).where(table.digest == id_, table.work != "")
            same = select(table.digest).where(table.work.in_(work), table.digest != id_)
            for row in connection.execute(same):
                found[row[0]] = "version", 1.0
            for one, other, relation, alike in _links_of(connection, [id_]):
                # Only a work makes language versions; a link alone is one of the evidences.
                if relation == "language version":
                    if (far := other if one == id_ else one) in found:
                        found[far] = relation, alike
                elif one == id_:
                    later = "later version" if relation == "earlier draft" else relation
                    found[other] = later, alike
                else:
                    found[one] = relation, alike
            query = select(table.digest, table.path, table.title, table.languages)
            rows = connection.execute(query.where(table.digest.in_(list(found)))).all()
        linked = [Linked(row[0], row[1], row[2], _language(row[3]), *found[row[0]]) for row in rows]
        return sorted(linked, key=lambda one: (-one.similarity, one.id))

    def versions(self, ids: Iterable[str]) -> dict[str, set[str]]:
        """Return language versions and drafts, and near-duplicates, of documents, by their ids."""
        table = schema.documents.c
        found: dict[str, set[str]] = defaultdict(set)
        with self._engine.connect() as connection:
            for part in _chunks(sorted(set(ids))):
                for one, other, relation, _ in _links_of(connection, part):
                    # Only a work makes language versions; a link alone is one of the evidences.
                    if relation != "language version":
                        found[one].add(other)
                        found[other].add(one)
                other_ones = schema.documents.alias()
                query = (
                    select(table.digest, other_ones.c.digest)
                    .join(other_ones, other_ones.c.work == table.work)
                    .where(table.digest.in_(part), table.work != "")
                )
                for one, other in connection.execute(query):
                    found[one].add(other)
        return {id_: others - {id_} for id_, others in found.items()}

    @contextmanager
    def changing(self) -> Iterator[Change]:
        """Give what changes links; all of it is kept, or nothing."""
        with self._engine.begin() as connection:
            yield Change(connection)


class Change:
    """One transaction on links, fingerprints and works."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self, most: int) -> list[str]:
        """Return ids of up to ``most`` documents that have not been compared as they are now."""
        table = schema.fingerprints.c
        query = select(table.digest).where(table.compared == 0).order_by(table.id).limit(most)
        return [row[0] for row in self._connection.execute(query)]

    def fingerprints(self, ids: Iterable[str]) -> dict[str, Fingerprinted]:
        """Return the fingerprints of these documents, by id."""
        table, prints = schema.documents.c, schema.fingerprints
        found: dict[str, Fingerprinted] = {}
        for part in _chunks(sorted(ids)):
            created = func.json_extract(table.declared, "$.created")
            query = select(
                prints, table.languages, table.title, func.coalesce(
                    func.nullif(table.date, ""), created, ""
                ).label("made"),
            ).join(schema.documents).where(prints.c.digest.in_(part))  # fmt: skip
            for row in self._connection.execute(query).mappings():
                found[row["digest"]] = Fingerprinted(
                    row["digest"], _language(row["languages"]), fingerprint_of(row),
                    row["made"], row["title"],
                )  # fmt: skip
        return found

    def forget(self, ids: Sequence[str]) -> set[str]:
        """Take out links and hashes of documents; return which others they were linked to."""
        table, hashes, prints = schema.links, schema.fingerprint_hashes, schema.fingerprints
        linked: set[str] = set()
        for part in _chunks(ids):
            linked |= {id_ for row in _links_of(self._connection, part) for id_ in row[:2]}
            self._connection.execute(
                delete(table).where(or_(table.c.digest.in_(part), table.c.other.in_(part)))
            )
            numbers = select(prints.c.id).where(prints.c.digest.in_(part))
            self._connection.execute(delete(hashes).where(hashes.c.fingerprint.in_(numbers)))
        return linked - set(ids)

    def note(self, hashes: Mapping[str, Sequence[int]]) -> None:
        """Note by which hashes documents are looked up, by id."""
        prints = schema.fingerprints.c
        rows = []
        for part in _chunks(sorted(hashes)):
            query = select(prints.digest, prints.id).where(prints.digest.in_(part))
            for digest, number in self._connection.execute(query):
                rows += [(one, number) for one in set(hashes[digest])]
        if rows:  # past the compiler, which costs more than SQLite does
            statement = f"INSERT INTO {schema.fingerprint_hashes.name} VALUES (?, ?)"
            self._connection.exec_driver_sql(statement, rows)

    def candidates(self, hashes: Mapping[str, Sequence[int]]) -> dict[str, set[str]]:
        """Return by id the documents that have a few of its hashes, itself not among them."""
        wanted: dict[int, list[str]] = defaultdict(list)
        for id_, some in hashes.items():
            for one in set(some):
                wanted[one].append(id_)
        table, prints = schema.fingerprint_hashes.c, schema.fingerprints.c
        common: dict[str, Counter[str]] = defaultdict(Counter)
        for part in _chunks(sorted(wanted)):
            query = (
                select(table.hash, prints.digest)
                .join(schema.fingerprints, prints.id == table.fingerprint)
                .where(table.hash.in_(part))
            )
            having: dict[int, list[str]] = defaultdict(list)
            for one, digest in self._connection.execute(query):
                having[one].append(digest)
            for one, digests in having.items():
                if len(digests) <= MOST_WITH_HASH:
                    for id_ in wanted[one]:
                        common[id_].update(digests)
        return {
            id_: {other for other, n in counts.items() if n >= FEWEST_HASHES and other != id_}
            for id_, counts in common.items()
        }

    def add(self, rows: Sequence[Row]) -> None:
        """Add links that are not there."""
        names = ("digest", "other", "relation", "similarity")
        if rows:
            self._connection.execute(
                insert(schema.links), [dict(zip(names, row, strict=True)) for row in rows]
            )

    def connected(self, ids: Iterable[str], relation: str) -> tuple[set[str], list[Row]]:
        """Return these documents and all that links of ``relation`` reach, and those links."""
        reached: set[str] = set()
        rows: dict[tuple[str, str], Row] = {}
        new = set(ids)
        while new:
            reached |= new
            found = [
                row
                for part in _chunks(sorted(new))
                for row in _links_of(self._connection, part)
                if row[2] == relation
            ]
            rows |= {row[:2]: row for row in found}
            new = {id_ for row in found for id_ in row[:2]} - reached
        return reached, list(rows.values())

    def assign(self, works: Mapping[str, str]) -> int:
        """Note the works of documents; those whose work changes are to be indexed again.

        Returns:
            How many changed.
        """
        table = schema.documents
        changed = 0
        for part in _chunks(sorted(works)):
            query = select(table.c.digest, table.c.work).where(table.c.digest.in_(part))
            for digest, work in self._connection.execute(query).all():
                if works[digest] != work:
                    statement = update(table).where(table.c.digest == digest)
                    changes = {"work": works[digest]} | schema.amended_in_index()
                    self._connection.execute(statement.values(changes))
                    changed += 1
        return changed

    def settle(self, ids: Sequence[str]) -> None:
        """Note that these documents have been compared as they are."""
        table = schema.fingerprints
        for part in _chunks(ids):
            statement = update(table).where(table.c.digest.in_(part))
            self._connection.execute(statement.values(compared=1))


def _links_of(connection: Connection, ids: Sequence[str]) -> list[Row]:
    table = schema.links.c
    query = select(table.digest, table.other, table.relation, table.similarity).where(
        or_(table.digest.in_(ids), table.other.in_(ids))
    )
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(query)]


def _language(languages: str) -> str:
    codes: list[str] = json.loads(languages)
    return codes[0] if codes else "und"


def _chunks(items: Sequence[T], size: int = KEYS) -> Iterator[Sequence[T]]:
    for at in range(0, len(items), size):
        yield items[at : at + size]
