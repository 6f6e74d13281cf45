"""The ruling lines and images of a PDF page, from PDFium's page objects, form XObjects included.

Coordinates are those of PDF user space: points, from the lower left corner, y upwards.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from pipeline.readers import pdf_calls
from pipeline.readers.pdf_calls import Address, Handle, address_of

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# A table drawn as one path needs a few hundred segments, a map or a chart needs thousands; the
# limits keep a page of maps below 50 ms (2 us a segment, measured) and lose no text.
MOST_SEGMENTS_OF_PATH = 2_000
MOST_SEGMENTS_OF_PAGE = 20_000
MOST_NESTED = 8  # forms inside forms; deeper ones are loops or malice
STRAIGHT = 0.5  # points by which a line may lean and still be level or upright


@dataclass(frozen=True, slots=True)
class Rule:
    """A level or upright line, with ``x0 <= x1`` and ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_upright(self) -> bool:
        """Whether it runs from bottom to top."""
        return self.x1 - self.x0 < self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class PageObjects:
    """What is drawn on a page besides text.

    Attributes:
        rules: Level and upright lines and the edges of boxes.
        images: Share of the page that images cover, 0..1; overlaps count twice, up to 1.
    """

    rules: tuple[Rule, ...]
    images: float


def objects_of(page: Handle, *, area: float) -> PageObjects:
    """Return the rules and images of ``page``, whose area is given in square points."""
    rules: list[Rule] = []
    covered = 0.0
    left = MOST_SEGMENTS_OF_PAGE
    for kind, drawn, matrix in _drawn(
        address_of(page), pdf_calls.count_on_page, pdf_calls.object_on_page, IDENTITY, 0
    ):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            covered += abs(_determinant(_times(_matrix(drawn), matrix)))
            continue
        segments = pdf_calls.count_segments(drawn)
        if segments <= MOST_SEGMENTS_OF_PATH and segments <= left:
            left -= segments
            rules.extend(_rules(drawn, segments, _times(_matrix(drawn), matrix)))
    return PageObjects(tuple(rules), min(covered / area, 1.0) if area > 0 else 0.0)


def _drawn(
    parent: Address,
    count: Callable[[Address], int],
    get: Callable[[Address, int], Address],
    matrix: Matrix,
    depth: int,
) -> Iterator[tuple[int, Address, Matrix]]:
    """Yield paths and images with the matrix of the forms that they lie in."""
    kind_of = pdf_calls.kind_of
    text = pdfium.FPDF_PAGEOBJ_TEXT
    for index in range(count(parent)):
        found = get(parent, index)
        kind = kind_of(found)
        if kind == text:
            continue  # nearly all objects of a page of text
        if kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            yield kind, found, matrix
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MOST_NESTED:
            yield from _drawn(
                found,
                pdf_calls.count_in_form,
                pdf_calls.object_in_form,
                _times(_matrix(found), matrix),
                depth + 1,
            )


def _rules(path: Address, segments: int, matrix: Matrix) -> Iterator[Rule]:
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    at_x, at_y = ctypes.addressof(x), ctypes.addressof(y)
    start = previous = (0.0, 0.0)
    for index in range(segments):
        segment = pdf_calls.segment_of(path, index)
        pdf_calls.get_point(segment, at_x, at_y)
        point = (x.value * a + y.value * c + e, x.value * b + y.value * d + f)
        kind = pdf_calls.kind_of_segment(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _straight(previous, point)
        previous = point
        if pdf_calls.closes(segment):
            yield from _straight(point, start)
            previous = start


def _straight(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    x0, x1 = (one[0], other[0]) if one[0] <= other[0] else (other[0], one[0])
    y0, y1 = (one[1], other[1]) if one[1] <= other[1] else (other[1], one[1])
    if x1 - x0 < STRAIGHT <= y1 - y0:
        yield Rule(x0, y0, x0, y1)
    elif y1 - y0 < STRAIGHT <= x1 - x0:
        yield Rule(x0, y0, x1, y0)


def shown(x: float, y: float, rotation: int) -> tuple[float, float]:
    """Return a point of the page as it is shown after ``rotation`` quarter turns, y downwards."""
    return ((x, -y), (y, x), (-x, y), (-y, -x))[rotation]


def _matrix(drawn: Address) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdf_calls.get_matrix(drawn, ctypes.addressof(matrix)):
        return IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that applies ``first``, then ``then`` (PDF 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _determinant(matrix: Matrix) -> float:
    # An image is the unit square before its matrix, so this is the area that it covers.
    return matrix[0] * matrix[3] - matrix[1] * matrix[2]
