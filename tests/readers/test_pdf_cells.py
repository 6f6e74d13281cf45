"""Cells between lines: the same as pdfplumber's own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pdfplumber.table import edges_to_intersections, intersections_to_cells

from pipeline.readers.pdf_cells import cells_between

SPANS = st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6))


def edge(kind: str, at: int, one: int, other: int) -> dict[str, object]:
    start, end = sorted((one, other))
    x0, x1, top, bottom = (at, at, start, end) if kind == "v" else (start, end, at, at)
    box = {"x0": x0 * 10.0, "x1": x1 * 10.0, "top": top * 10.0, "bottom": bottom * 10.0}
    return {**box, "orientation": kind, "object_type": "line"}


@given(upright=st.lists(SPANS, max_size=12), level=st.lists(SPANS, max_size=12))
def test_any_lines_have_the_cells_that_pdfplumber_finds(
    upright: list[tuple[int, int, int]], level: list[tuple[int, int, int]]
) -> None:
    edges = [edge("v", *u) for u in upright] + [edge("h", *f) for f in level]
    crossings = edges_to_intersections(edges, 1.0, 1.0)
    assert cells_between(crossings) == intersections_to_cells(crossings)


def test_a_grid_of_three_by_two_lines_has_two_cells() -> None:
    edges = [edge("v", x, 0, 1) for x in (0, 1, 2)] + [edge("h", y, 0, 2) for y in (0, 1)]
    assert cells_between(edges_to_intersections(edges, 1.0, 1.0)) == [
        (0.0, 0.0, 10.0, 10.0),
        (10.0, 0.0, 20.0, 10.0),
    ]
