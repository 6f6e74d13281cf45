"""Query, Hit and Results: a search and its answer, the same for every search index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.core.spans import Span


@dataclass(frozen=True, slots=True)
class Word:
    """One word, compared after folding and stemming."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other in this order, compared after folding, not stemmed."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so."""

    text: str


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of these; more is better."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What matches the part is left out."""

    part: Node


Node = Word | Phrase | Prefix | And | Or | Not


@dataclass(frozen=True, slots=True)
class Filters:
    """What every hit must also be; an empty field filters nothing.

    Several values of one field mean "any of them".

    Attributes:
        pillars, files: Concept ids that the hit's document is tagged with.
        languages: Codes of the hit's passage.
        since, until: ISO dates, both included; a document without a date never matches a range.
    """

    pillars: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for, which part of the answer to give, and what to count.

    Attributes:
        node: The words; nothing means "every document that the filters let through".
        offset, limit: Which hits to give, counted in works.
        facets: Fields to count over all matching works (``pillar file language year kind``).
    """

    node: Node | None
    filters: Filters = Filters()
    offset: int = 0
    limit: int = 10
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """The best passage of one work.

    Attributes:
        document: Id of the document.
        score: Relevance, above 0, comparable within one answer only.
        snippet: Part of the passage, white space folded.
        highlights: What matched, as spans of the snippet.
        tags: Concept ids of the document's main subjects, policy files and pillars.
        passages: How many passages of the work match.
    """

    document: str
    work: str
    path: str
    title: str
    page: int
    score: float
    language: str
    date: str
    kind: str
    tags: tuple[str, ...]
    snippet: str
    highlights: tuple[Span, ...] = ()
    heading_path: tuple[str, ...] = ()
    passages: int = 1


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits.

    Attributes:
        total: Matching works, of which ``hits`` are a part.
        facets: Field to value to number of matching works.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
