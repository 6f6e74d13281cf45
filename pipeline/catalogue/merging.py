"""Merging: the tags of stored documents are what the machine suggests and what people decided.

The machine's suggestions are kept beside them as soon as somebody decides, so that a decision can
be taken back without tagging the document again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, RowMapping, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pipeline.catalogue import schema
from pipeline.catalogue.loading import TAGS, chunks, load, write_parts
from pipeline.catalogue.rows import suggestions_column, suggestions_in
from pipeline.core.document import Document
from pipeline.core.reviews import Decision, Review, merged, standing
from pipeline.core.tags import Grade, Origin, Tag

AT_ONCE = 50  # documents in memory with their texts
Pillars = Callable[[], Mapping[str, str]]  # gives the pillar of each policy file
Suggestions = tuple[Tag, ...]  # tags and candidates of a machine


@dataclass(frozen=True, slots=True)
class Merged:
    """A document as it is to be stored, and what the machine suggests for it.

    Attributes:
        suggestions: Nothing where nobody ever decided about it.
    """

    document: Document
    suggestions: Suggestions | None


def merge(connection: Connection, documents: Sequence[Document], pillars: Pillars) -> list[Merged]:
    """Return documents that a machine has tagged with what people decided about them.

    One that comes as it was loaded from the catalogue stays as it is.
    """
    ids = [document.id for document in documents]
    past, kept = history(connection, ids), _suggestions(connection, ids)
    answers = []
    for document in documents:
        reviews = past.get(document.id)
        if reviews is None:
            answers.append(Merged(document, None))
            continue
        old = suggestions_in(kept[document.id], document.text) if document.id in kept else None
        as_loaded = old is not None and _with(document, old, reviews, pillars) == document
        new = old if old is not None and as_loaded else _of_machine(document)
        answers.append(Merged(_with(document, new, reviews, pillars), new))
    return answers


def suggested(connection: Connection, ids: Iterable[str]) -> dict[tuple[str, str], Tag]:
    """Return what the machine suggests for stored documents, by document and concept."""
    return {
        (document.id, tag.concept): tag
        for document, machine in _stored(connection, ids)
        for tag in machine
    }


def apply(connection: Connection, ids: Iterable[str], pillars: Pillars) -> None:
    """Bring the tags of stored documents in line with the decisions, and mark them as unindexed."""
    for part in chunks(sorted(set(ids))):
        past = history(connection, part)
        for document, machine in _stored(connection, part):
            note_suggestions(connection, document.id, machine)
            decided = _with(document, machine, past.get(document.id, []), pillars)
            write_parts(connection, decided, TAGS)
            table = schema.documents
            statement = update(table).where(table.c.digest == document.id)
            connection.execute(statement.values(schema.amended_in_index()))


def note_suggestions(connection: Connection, digest: str, suggestions: Suggestions) -> None:
    """Keep what the machine suggests for a document that is stored."""
    row = {"digest": digest, "tags": suggestions_column(suggestions)}
    statement = upsert(schema.suggestions).values(**row)
    connection.execute(statement.on_conflict_do_update(index_elements=["digest"], set_=row))


def history(connection: Connection, ids: Iterable[str]) -> dict[str, list[Review]]:
    """Return all that was ever decided about documents, oldest first, by document."""
    table = schema.reviews
    found: dict[str, list[Review]] = {}
    for part in chunks(sorted(set(ids))):
        query = select(table).where(table.c.document.in_(part)).order_by(table.c.number)
        for row in connection.execute(query).mappings():
            found.setdefault(row["document"], []).append(review_of(row))
    return found


def review_of(row: RowMapping) -> Review:
    """Return the decision of its row."""
    facts = {name: row[name] for name in Review.__slots__}
    grade = Grade(row["grade"]) if row["grade"] else None
    return Review(**facts | {"decision": Decision(row["decision"]), "grade": grade})


def _stored(connection: Connection, ids: Iterable[str]) -> Iterator[tuple[Document, Suggestions]]:
    """Yield stored documents, each with what the machine suggests for it."""
    for part in chunks(sorted(set(ids)), AT_ONCE):
        kept = _suggestions(connection, part)
        for document in load(connection, part).values():
            if document.id in kept:
                yield document, suggestions_in(kept[document.id], document.text)
            else:
                yield document, _of_machine(document)


def _suggestions(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    table = schema.suggestions.c
    found: dict[str, str] = {}
    for part in chunks(ids):
        query = select(table.digest, table.tags).where(table.digest.in_(part))
        found.update((row[0], row[1]) for row in connection.execute(query))
    return found


def _of_machine(document: Document) -> Suggestions:
    everything = (*document.tags, *document.candidates)
    return tuple(tag for tag in everything if tag.origin is not Origin.PERSON)


def _with(
    document: Document, machine: Suggestions, reviews: Sequence[Review], pillars: Pillars
) -> Document:
    by_concept = {review.concept: review for review in standing(reviews).values()}
    tags, candidates = merged(
        [tag for tag in machine if tag.grade is not Grade.REVIEW],
        [tag for tag in machine if tag.grade is Grade.REVIEW],
        by_concept,
        pillars() if by_concept else {},
    )
    return replace(document, tags=tags, candidates=candidates)
