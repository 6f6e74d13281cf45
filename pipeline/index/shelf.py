"""Shelf: what ranking must be able to ask of stored passages, wherever they are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.index.entries import Row, Shown
from pipeline.index.lexicon import Lexicon
from pipeline.index.table import Fact, Table
from pipeline.index.weighed import Numbers, Weighed


@dataclass(frozen=True, slots=True)
class Places:
    """Where a word stands.

    Attributes:
        numbers: Of passages or documents, rising.
        sizes: How often it stands in each.
        positions: Rising within each, one after the other.
    """

    numbers: Numbers
    sizes: Numbers
    positions: Numbers


class Shelf(Protocol):
    """One unchanging state of an index.

    Documents and passages have numbers that mean something on this shelf only. The passages of
    a document are numbered one after the other, in their order.
    """

    @property
    def table(self) -> Table:
        """The documents."""
        ...

    def having(self, fact: Fact, value: str) -> Numbers:
        """Return the rows of the documents of which a fact has that value, rising."""
        ...

    def values(self, fact: Fact) -> Sequence[str]:
        """Return all that documents have of a kind of fact, and maybe some that they had."""
        ...

    def languages(self) -> Sequence[str]:
        """Return the languages of the passages."""
        ...

    def in_language(self, language: str) -> Numbers:
        """Return the passages in ``language``, rising."""
        ...

    def lengths(self, language: str) -> Numbers:
        """Return how many passages in ``language`` the document in each row of the table has."""
        ...

    def pages(self, language: str) -> Numbers:
        """Return the page of each passage of `in_language`."""
        ...

    def stems(self, language: str, stem: str) -> Weighed:
        """Return the weight of ``stem`` in each passage of ``language`` that has it."""
        ...

    def places(self, language: str, word: str) -> Places:
        """Return where a folded word stands in each passage of ``language`` that has it."""
        ...

    def title_stems(self, language: str, stem: str) -> Numbers:
        """Return the numbers of the documents whose title, read in ``language``, has ``stem``."""
        ...

    def title_places(self, language: str, word: str) -> Places:
        """Return where a folded word stands in titles, by the numbers of their documents."""
        ...

    def lexicon(self, language: str) -> Lexicon:
        """Return the folded words of ``language``, in passages and titles."""
        ...

    def rows_like(self, document: str) -> Sequence[int]:
        """Return the rows that may be those of the document of that id; few."""
        ...

    def first_passage(self, row: int) -> int:
        """Return the first passage of the document in that row of the table."""
        ...

    def row(self, row: int) -> Row:
        """Return what is kept of a document."""
        ...

    def shown(self, passage: int) -> Shown:
        """Return what is kept of a passage to show it."""
        ...
