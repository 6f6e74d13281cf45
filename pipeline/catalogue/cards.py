"""Cards out of the catalogue: every document as a list shows it."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Engine, Select, select

from pipeline.catalogue import schema
from pipeline.catalogue.audiences import readable_by
from pipeline.catalogue.loading import chunks
from pipeline.core.audience import Audience
from pipeline.core.cards import Card
from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.core.tags import Grade

_COLUMNS = (
    "digest", "work", "path", "title", "languages", "date", "kind", "institution", "added_at",
)  # fmt: skip


def all_cards(engine: Engine, audience: Audience, ids: Collection[str] | None = None) -> list[Card]:
    """Return the card of every document that an audience may read, in the order of ids.

    10,000 take about 10 MB.

    Args:
        ids: Of these alone.
    """
    tags, papers = schema.tags.c, schema.documents
    tagged = select(tags.digest, tags.concept).where(tags.grade != Grade.REVIEW.value)
    query = select(*(papers.c[name] for name in _COLUMNS)).order_by(papers.c.digest)
    query = query.where(papers.c.digest.in_(readable_by(audience)))
    with engine.connect() as connection:
        if ids is None:
            return _cards(connection, tagged, query)
        return [
            card
            for part in chunks(sorted(ids))
            for card in _cards(
                connection,
                tagged.where(tags.digest.in_(part)),
                query.where(papers.c.digest.in_(part)),
            )
        ]


def _cards(connection: Connection, tagged: Select[Any], query: Select[Any]) -> list[Card]:
    tags = schema.tags.c
    concepts: dict[str, list[str]] = {}
    for digest, concept in connection.execute(tagged.order_by(tags.digest, tags.rank)):
        concepts.setdefault(digest, []).append(concept)
    return [
        Card(
            document=row["digest"],
            work=row["work"] or row["digest"],
            path=row["path"],
            title=row["title"],
            language=next(iter(json.loads(row["languages"])), UNKNOWN_LANGUAGE),
            date=row["date"],
            kind=row["kind"],
            institution=row["institution"],
            concepts=tuple(concepts.get(row["digest"], ())),
            added_at=row["added_at"],
        )
        for row in connection.execute(query).mappings()
    ]
