"""Card: what a list says of a document, without its text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """A document as a list shows it.

    Attributes:
        work: The work that it is a version of; the document's id until one is known.
        language: Of most of its text.
        date: ISO 8601, or "".
        concepts: Ids of the pillars and policy files that it is tagged with, best first.
        added_at: When it first came in, ISO 8601 in UTC; reading it anew does not change it.
    """

    document: str
    work: str
    path: str
    title: str
    language: str
    date: str
    kind: str
    institution: str
    concepts: tuple[str, ...]
    added_at: str
