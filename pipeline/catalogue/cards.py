"""Cards out of the catalogue: every document as a list shows it."""

from __future__ import annotations

import json

from sqlalchemy import Engine, select

from pipeline.catalogue import schema
from pipeline.catalogue.audiences import readable_by
from pipeline.core.audience import Audience
from pipeline.core.cards import Card
from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.core.tags import Grade

_COLUMNS = (
    "digest", "work", "path", "title", "languages", "date", "kind", "institution", "added_at",
)  # fmt: skip


def all_cards(engine: Engine, audience: Audience) -> list[Card]:
    """Return the card of every document that an audience may read, in the order of ids.

    10,000 take about 10 MB.
    """
    tags, papers = schema.tags.c, schema.documents
    concepts: dict[str, list[str]] = {}
    with engine.connect() as connection:
        tagged = select(tags.digest, tags.concept).where(tags.grade != Grade.REVIEW.value)
        for digest, concept in connection.execute(tagged.order_by(tags.digest, tags.rank)):
            concepts.setdefault(digest, []).append(concept)
        query = select(*(papers.c[name] for name in _COLUMNS)).order_by(papers.c.digest)
        rows = connection.execute(
            query.where(papers.c.digest.in_(readable_by(audience)))
        ).mappings()
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
            for row in rows
        ]
