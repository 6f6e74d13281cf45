"""Errors of a query: the line, a caret under the place, what is wrong, and what to do."""

from __future__ import annotations

from pipeline.core.errors import QueryError


def wrong(line: str, at: int, what: str, remedy: str) -> QueryError:
    """Return an error whose message shows ``line`` and a caret under ``at``."""
    return QueryError(what, where=f"{line}\n{' ' * at}^\nThe query", remedy=remedy)
