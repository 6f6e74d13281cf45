"""Query, Hit and Results: a search and its answer, the same for every search index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

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
class Fuzzy:
    """Words that become ``text`` by a few slips of the pen.

    Attributes:
        slips: Letters too many, too few, wrong, or two swapped; 1 or 2.
    """

    text: str
    slips: int = 1


@dataclass(frozen=True, slots=True)
class InTitle:
    """Documents whose title matches the part."""

    part: Word | Phrase | Prefix | Fuzzy


@dataclass(frozen=True, slots=True)
class Subject:
    """Words that name a concept of the vocabulary: found as words, by its names, and by its tag.

    Attributes:
        words: As typed; all of them are wanted.
        concepts: Ids of what they name.
        names: Language to the names of these concepts in it.
        share: What a name or a tag counts beside the words, 0..1.
    """

    words: tuple[Word, ...]
    concepts: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]] = field(hash=False)
    share: float = 1.0


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
    """Documents that match the part in the passage's language are left out."""

    part: Node


Leaf = Word | Phrase | Prefix | Fuzzy | InTitle | Subject
Node = Leaf | And | Or | Not
Order = Literal["relevance", "newest", "oldest", "pillar"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What every hit must also be; an empty field filters nothing.

    Several values of one field mean "any of them".

    Attributes:
        pillars, files: Concept ids that the hit's document is tagged with.
        languages: Codes of the hit's passage.
        since, until: ISO dates, both included; a document without a date never matches a range.
        audience: Who must be allowed to read the hit's document, as `Audience` names them.
    """

    pillars: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for, which part of the answer to give, and what to count.

    Attributes:
        node: The words; nothing means "every document that the filters let through".
        offset, limit: Which hits to give.
        facets: Fields to count over all matching works
            (``pillar file language year kind institution audience``).
        order: Of the hits. By date, what has none comes last; by pillar, in alphabetical order.
        pages: Whether a hit is a page that matches, instead of a work.
        exact_language: Whether words that name a concept are looked for as they stand only, and
            not by the concept's names in other languages and its tags.
        loosen: Whether works that have only some of the words follow where few have all.
    """

    node: Node | None
    filters: Filters = Filters()
    offset: int = 0
    limit: int = 10
    facets: tuple[str, ...] = ()
    order: Order = "relevance"
    pages: bool = False
    loosen: bool = True
    exact_language: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """The best passage of one work, or of one page.

    Attributes:
        document: Id of the document.
        score: Relevance, above 0, comparable within one answer only.
        snippet: Part of the passage, white space folded.
        highlights: What matched, as spans of the snippet.
        tags: Concept ids of the document's main subjects, policy files and pillars.
        passages: How many passages of the work or page match.
        audience: Who may read the document, as `Audience` names them.
        partly: Whether only some of the words are there; such hits follow all others.
        via: Concepts that the words name, where the passage has a name or the tag of one of them
            and not the words.
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
    institution: str = ""
    via: tuple[str, ...] = ()
    partly: bool = False
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits.

    Attributes:
        total: Matching works (or pages), of which ``hits`` are a part.
        facets: Field to value to number of matching works.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
