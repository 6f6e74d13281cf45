"""Coverage: what a catalogue holds of each concept, in each language and of each year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, case, func, select

from pipeline.catalogue import schema
from pipeline.catalogue.facts import FACTS, share, within
from pipeline.core.tags import Grade, Origin


@dataclass(slots=True)
class Held:
    """What there is of a concept; a document counts once for each concept that it has as a tag.

    Attributes:
        languages: Documents by the language of most of their text.
        years: Documents by year, "" where no date is known.
        last: Latest ISO date of a document, as far as it is known; "" where none has a date.
        recent: Documents dated in the period, or added in it where they have no date.
        by_person: Tags that a person gave or confirmed.
        waiting: Suggestions below the bar of a tag; they count nowhere else.
    """

    documents: int = 0
    works: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)
    last: str = ""
    recent: int = 0
    by_person: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Year:
    """Documents and works of a year; "" where no date is known."""

    year: str
    documents: int
    works: int


class Coverage:
    """Counts over one state of a catalogue."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_concept(self, since: str, until: str) -> dict[str, Held]:
        """Return what there is of each concept that any document has.

        Args:
            since, until: ISO dates of the period that ``recent`` counts, both included.
        """
        found: dict[str, Held] = {}
        for concept, works in self._works():
            found[concept] = Held(works=works)
        all_, tags = FACTS.c, schema.tags.c
        year = func.substr(all_.date, 1, 4)
        # A date that lies ahead is a deadline or a misprint, no sign that something came in.
        dated = case((all_.date <= until, all_.date), else_="")
        keys = (tags.concept, tags.grade, tags.origin, all_.language, year)
        query = (
            select(*keys, func.count(), func.max(dated), share(within(all_.day, since, until)))
            .join_from(schema.tags, FACTS, tags.digest == all_.digest)
            .group_by(*keys)
        )
        for concept, grade, origin, language, of, count, last, recent in self._connection.execute(
            query
        ):
            held = found.setdefault(concept, Held())
            if grade == Grade.REVIEW.value:
                held.waiting += count
                continue
            held.documents += count
            held.languages[language] += count
            held.years[of] += count
            held.last = max(held.last, last)
            held.recent += recent
            held.by_person += count if origin == Origin.PERSON.value else 0
        return found

    def by_year(self) -> list[Year]:
        """Return the years that documents are of, latest first, unknown ones last."""
        all_ = FACTS.c
        year = func.substr(all_.date, 1, 4)
        query = select(year, func.count(), func.count(all_.work.distinct())).group_by(year)
        return [Year(*row) for row in self._connection.execute(query.order_by(year.desc()))]

    def untagged(self) -> int:
        """Return how many documents have no tag at all."""
        tags = schema.tags.c
        tagged = select(tags.digest).where(tags.grade != Grade.REVIEW.value)
        query = select(func.count()).select_from(schema.documents)
        none = query.where(schema.documents.c.digest.not_in(tagged))
        return int(self._connection.execute(none).scalar_one())

    def _works(self) -> list[tuple[str, int]]:
        all_, tags = FACTS.c, schema.tags.c
        is_tag = and_(tags.digest == all_.digest, tags.grade != Grade.REVIEW.value)
        query = select(tags.concept, func.count(all_.work.distinct()))
        query = query.join_from(schema.tags, FACTS, is_tag).group_by(tags.concept)
        return [(row[0], row[1]) for row in self._connection.execute(query)]
