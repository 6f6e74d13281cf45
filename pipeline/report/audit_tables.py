"""Sections, tables and cells: the shape of an audit that the formats for reading write alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.report.audit_values import Paper
from pipeline.report.text import harmless, typeset
from pipeline.report.wording import Labels

Kind = Literal["text", "number", "command"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; ``language`` is that of words out of a document, else ""."""

    text: str
    kind: Kind = "text"
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of which the first cell of each row names the row.

    Attributes:
        columns: Headings, each with the kind of what stands below it.
        more: Says how many rows are left out; "" where none are.
    """

    caption: str
    columns: tuple[tuple[str, Kind], ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One question to the library.

    Attributes:
        count: How many lines there are to do something about; nothing where it only informs.
        tables: Those that have rows.
        note, command: A sentence and the command that goes with it, or "".
    """

    id: str
    title: str
    intro: str
    count: int | None
    tables: tuple[Table, ...]
    note: str = ""
    command: str = ""


def text(words: str) -> Cell:
    """Return a cell of words of our own, or of a name."""
    return Cell(words)


def command(line: str) -> Cell:
    """Return a cell to be copied into a shell."""
    return Cell(line, "command")


def path(on_disk: str) -> Cell:
    """Return a cell with a path as it can be shown."""
    return Cell(harmless(on_disk), language="und")


def number(value: int, words: Labels) -> Cell:
    """Return a cell with a number."""
    return Cell(words.number(value), "number")


def share(part: int, whole: int, words: Labels) -> Cell:
    """Return a cell with a share in hundredths."""
    return Cell(words.share(part / whole) if whole else "–", "number")


def day(iso: str, words: Labels) -> Cell:
    """Return a cell with a date written out, as far as it is known."""
    return Cell(words.day(iso) if iso else words.date_unknown)


def title(paper: Paper) -> Cell:
    """Return a cell with the title of a document, or its id where it has none."""
    if not paper.title:
        return Cell(paper.id)
    return Cell(typeset(paper.title, paper.language), language=paper.language)


def languages(codes: Sequence[str], words: Labels) -> Cell:
    """Return a cell with the names of languages."""
    return Cell(words.language_list(codes))
