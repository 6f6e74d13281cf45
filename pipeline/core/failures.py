"""Failure and WorkerLoss: how a bad document or a dead worker is told, never raised."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.document import Document, Source

TAGGING = "tag"  # the stage that another vocabulary or model repeats, without the file


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that did not come through, as one row of the ledger.

    Attributes:
        source: The bytes; ``sha256`` is "" where they could not even be read.
        stage: Name of the stage that failed ("discover", "read", "tag", ...).
        reason: What happened.
        remedy: What to do about it.
        tries: How often it has been tried, at least 1.
        recipe: The recipe version that it failed at, which does not try it again; "" where the
            next run does.
        partial: What earlier stages had made, so that extracted text is kept.
        postponed: Whether nothing is wrong and the document only needs more time than it was given.
    """

    source: Source
    stage: str
    reason: str
    remedy: str
    tries: int = 1
    recipe: str = ""
    partial: Document | None = None
    postponed: bool = False


@dataclass(frozen=True, slots=True)
class WorkerLoss:
    """A worker that did not come back with an answer.

    Attributes:
        reason: What happened to it ("took longer than 120 s").
        remedy: What to do about it.
        transient: Whether the item may not be to blame, so that the next run tries it again.
    """

    reason: str
    remedy: str
    transient: bool = False
