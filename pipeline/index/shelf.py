"""Shelf: what ranking must be able to ask of stored passages, wherever they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from pipeline.index.entries import Row, Shown


class Shelf(Protocol):
    """One unchanging state of an index.

    Documents and passages have numbers that mean something on this shelf only. The passages of
    a document are numbered one after the other, in their order.
    """

    def languages(self) -> Sequence[str]:
        """Return the languages of the passages."""
        ...

    def size(self, language: str) -> int:
        """Return about how many passages are in ``language``; at least as many as there are."""
        ...

    def in_language(self, language: str) -> Iterable[int]:
        """Return the passages in ``language``."""
        ...

    def stems(self, language: str, stem: str) -> Mapping[int, float]:
        """Return the weight of ``stem`` in each passage of ``language`` that has it."""
        ...

    def places(self, language: str, word: str) -> Mapping[int, Sequence[int]]:
        """Return the positions of a folded word in each passage of ``language`` that has it."""
        ...

    def words(self, language: str, prefix: str) -> Iterable[str]:
        """Return the folded words of ``language`` that begin with ``prefix``."""
        ...

    def documents(self) -> Sequence[int]:
        """Return all documents."""
        ...

    def document_of(self, passage: int) -> int:
        """Return the document of a passage."""
        ...

    def first_passage(self, document: int) -> int:
        """Return the first passage of a document."""
        ...

    def row(self, document: int) -> Row:
        """Return what is kept of a document."""
        ...

    def shown(self, passage: int) -> Shown:
        """Return what is kept of a passage to show it."""
        ...
