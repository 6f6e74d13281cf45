"""Facts: what figures are counted from, that is of each document all but its text and parts.

`FACTS` has a row a document, to join and to group by; it is read from one index, without texts.
Its columns: ``digest``, ``path``, ``date`` (ISO, as far as it is known, or ""), ``day`` (the same,
or the day of adding), ``language`` (of most of the text), ``languages`` (a JSON list), ``kind``,
``institution``, ``work`` (its own digest where there is none).
"""

from __future__ import annotations

from sqlalchemy import CTE, ColumnElement, case, func, select

from pipeline.catalogue import schema
from pipeline.core.document import UNKNOWN_LANGUAGE


def within(day: ColumnElement[str], since: str, until: str) -> ColumnElement[bool]:
    """Return whether an ISO date, compared as far as it goes, lies in a period; both included."""
    return (day >= func.substr(since, 1, func.length(day))) & (day <= until)


def share(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Return how many rows of a group fulfil a condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _facts() -> CTE:
    table = schema.documents.c
    first = func.json_extract(table.languages, "$[0]")
    query = select(
        table.digest,
        table.path,
        table.date,
        func.coalesce(func.nullif(table.date, ""), func.substr(table.added_at, 1, 10)).label("day"),
        func.coalesce(first, UNKNOWN_LANGUAGE).label("language"),
        table.languages,
        table.kind,
        table.institution,
        func.coalesce(func.nullif(table.work, ""), table.digest).label("work"),
    )
    # Read once and put into a table of its own, which SQLite then looks rows up in.
    return query.cte("facts").prefix_with("MATERIALIZED")


FACTS = _facts()
