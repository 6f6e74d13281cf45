"""Extract: what a report says of a document, without its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.core.document import Document, Source
from pipeline.core.tags import Grade, Tag


@dataclass(frozen=True, slots=True)
class Extract:
    """The facts of a document, and the tags that were asked for with the quotes that prove them.

    Attributes:
        pages: How many, at least 0.
        work: As of the document; "" where it is not known.
        added_at: When it first came in, ISO 8601; "" where it is not known.
        tags: Those asked for, candidates among them.
        subjects: Ids of all its main subjects.
    """

    source: Source
    pages: int
    title: str
    date: str
    kind: str
    institution: str
    languages: tuple[str, ...]
    work: str
    added_at: str
    tags: tuple[Tag, ...]
    subjects: frozenset[str]

    @classmethod
    def of(cls, document: Document, concepts: Iterable[str], *, added_at: str = "") -> Extract:
        """Return what a report on ``concepts`` says of a document."""
        asked = frozenset(concepts)
        return cls(
            source=document.source,
            pages=len(document.pages),
            title=document.title,
            date=document.date,
            kind=document.kind,
            institution=document.institution,
            languages=document.languages,
            work=document.work,
            added_at=added_at,
            tags=tuple(t for t in (*document.tags, *document.candidates) if t.concept in asked),
            subjects=frozenset(tag.concept for tag in document.tags if tag.grade is Grade.MAIN),
        )

    @property
    def id(self) -> str:
        """The document's identity."""
        return self.source.sha256

    @property
    def work_id(self) -> str:
        """The work that the document is a version of; itself until another is known."""
        return self.work or self.id
