"""Cells between crossing lines: the same as `pdfplumber.table.intersections_to_cells`, quicker.

pdfplumber compares each crossing with all later ones and makes sets of edges for every pair, which
took a quarter of the time of reading pages with charts; here crossings are looked up by row and
column, and edges are numbered. tests/readers/test_pdf_cells.py holds the two against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

Point = tuple[float, float]  # x, top
Box = tuple[float, float, float, float]


def cells_between(crossings: Mapping[Point, Mapping[str, list[dict[str, Any]]]]) -> list[Box]:
    """Return the smallest box at the lower right of each crossing, by x, then top.

    Args:
        crossings: As `pdfplumber.table.edges_to_intersections` makes them: upright ("v") and
            level ("h") edges by the point where they cross.
    """
    numbers: dict[Box, int] = {}
    upright = {p: _numbered(edges["v"], numbers) for p, edges in crossings.items()}
    level = {p: _numbered(edges["h"], numbers) for p, edges in crossings.items()}
    columns: dict[float, list[float]] = defaultdict(list)
    rows: dict[float, list[float]] = defaultdict(list)
    points = sorted(crossings)
    for x, top in points:
        columns[x].append(top)
        rows[top].append(x)
    found = []
    for x, top in points:
        below = [
            (x, y) for y in columns[x] if y > top and not upright[x, top].isdisjoint(upright[x, y])
        ]
        right = [
            (r, top) for r in rows[top] if r > x and not level[x, top].isdisjoint(level[r, top])
        ]
        cell = next(
            (
                (x, top, r, y)
                for _, y in below
                for r, _ in right
                if (r, y) in upright
                and not upright[r, y].isdisjoint(upright[r, top])
                and not level[r, y].isdisjoint(level[x, y])
            ),
            None,
        )
        if cell:
            found.append(cell)
    return found


def _numbered(edges: list[dict[str, Any]], numbers: dict[Box, int]) -> frozenset[int]:
    boxes = ((e["x0"], e["top"], e["x1"], e["bottom"]) for e in edges)
    return frozenset(numbers.setdefault(box, len(numbers)) for box in boxes)
