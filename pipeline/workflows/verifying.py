"""Verifying: compares the search index with the catalogue, and mends what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.config.workspace import Workspace
from pipeline.workflows import assemble
from pipeline.workflows.indexing import IndexUpdate

if TYPE_CHECKING:
    from pipeline.catalogue.store import Catalogue
    from pipeline.index.entries import Row
    from pipeline.index.whoosh_index import WhooshIndex

AT_ONCE = 200  # documents in memory with their texts

UPDATE = "fourp index update"
MEND = "fourp index verify --mend"


class Kind(StrEnum):
    """How index and catalogue differ about a document."""

    MISSING = "missing"  # the index lacks it
    UNKNOWN = "unknown"  # the catalogue lacks it
    OUTDATED = "outdated"  # the index holds other facts of it
    CHANGED = "changed"  # the catalogue noted a change that may concern its passages only
    TWICE = "twice"  # the index holds it more than once


@dataclass(frozen=True, slots=True)
class Difference:
    """A document about which index and catalogue differ.

    Attributes:
        path: As the catalogue has it; as the index has it where the catalogue lacks the document.
        fields: What is outdated.
    """

    document: str
    path: str
    kind: Kind
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """What a comparison found.

    Attributes:
        documents: How many the catalogue holds.
        mends: The command that mends the differences; "" where there are none.
        mended: Whether that was done already.
    """

    documents: int
    differences: tuple[Difference, ...]
    mends: str
    mended: bool = False


def verify_index(
    workspace: Workspace,
    *,
    mend: bool = False,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Verified:
    """Compare what the index keeps of each document with the catalogue.

    Args:
        mend: Bring the index in step.
        on_progress: Called with the documents compared and their total.

    Raises:
        CatalogueError: If the catalogue cannot be used or another process writes.
        IndexUnusableError: If there is no usable index.
        WriteError: If the index cannot be written.
    """
    from pipeline.index.whoosh_index import WhooshIndex

    with workspace.writing(), assemble.catalogue_of(workspace) as catalogue:
        index = WhooshIndex.open(workspace.index, writable=False)
        try:
            noted = set(catalogue.held.lacking(index.generation))
            found = tuple(_differences(catalogue, index, noted, on_progress))
        finally:
            index.close()
        if found and mend:
            _mend(workspace, catalogue, found)
        return Verified(catalogue.count(), found, _mending(found, noted), mended=mend)


def _differences(
    catalogue: Catalogue,
    index: WhooshIndex,
    noted: set[str],
    on_progress: Callable[[int, int], None],
) -> Iterator[Difference]:
    lacking = set(catalogue.every_id())
    total, done = len(lacking), 0
    seen: set[str] = set()
    rows = index.rows()
    while part := list(islice(rows, AT_ONCE)):
        yield from _compared(catalogue, part, noted, seen)
        lacking.difference_update(row.document for row in part)
        done += len(part)
        on_progress(min(done, total), total)
    for document in catalogue.documents(sorted(lacking)):
        yield Difference(document.id, document.source.path, Kind.MISSING)


def _compared(
    catalogue: Catalogue, rows: list[Row], noted: set[str], seen: set[str]
) -> Iterator[Difference]:
    """Yield the differences of some rows, which are added to those ``seen``."""
    from pipeline.index.entries import row_of

    stored = {d.id: d for d in catalogue.documents([row.document for row in rows])}
    for row in rows:
        document = stored.get(row.document)
        if document is None:
            yield Difference(row.document, row.path, Kind.UNKNOWN)
        elif row.document in seen:
            yield Difference(row.document, row.path, Kind.TWICE)
        elif names := _differing(row, row_of(document)):
            yield Difference(document.id, document.source.path, Kind.OUTDATED, names)
        elif row.document in noted:
            yield Difference(document.id, document.source.path, Kind.CHANGED)
        seen.add(row.document)


def _differing(one: Row, other: Row) -> tuple[str, ...]:
    names = (field.name for field in fields(one))
    return tuple(name for name in names if getattr(one, name) != getattr(other, name))


def _mending(found: tuple[Difference, ...], noted: set[str]) -> str:
    """Return the command that mends: an update does where the catalogue knows of all."""
    if not found:
        return ""
    known = all(one.document in noted and one.kind is not Kind.UNKNOWN for one in found)
    return UPDATE if known else MEND


def _mend(workspace: Workspace, catalogue: Catalogue, found: tuple[Difference, ...]) -> None:
    unknown = [one.document for one in found if one.kind is Kind.UNKNOWN]
    others = {one.document for one in found}.difference(unknown)
    catalogue.held.forget(sorted(others))
    with IndexUpdate(workspace, catalogue) as update:
        if unknown:
            update.take_out(unknown)
        update.catch_up()
