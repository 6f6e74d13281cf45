"""SavedSearch: a search that somebody wants to hear of again."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.query import Filters


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search as it was typed.

    Attributes:
        name: One of its own in the library.
        line: The words; "" where the filters are all.
        saved_at, looked_at: UTC, ISO 8601; what it matched at the latter is no news.
    """

    name: str
    line: str
    filters: Filters
    saved_at: str = ""
    looked_at: str = ""
