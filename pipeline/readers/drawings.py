"""Words of diagrams and charts, which Office files keep in parts of their own (DrawingML)."""

from __future__ import annotations

from typing import Any

from pipeline.readers.blocks import Block, Paragraph, laid_out
from pipeline.readers.office import R
from pipeline.readers.packages import Package

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def drawing_blocks(package: Package, part: str) -> list[Block]:
    """Return each paragraph of a diagram, and each title and category of a chart, once."""
    root = package.xml(part)
    texts: list[str] = []
    for element in [] if root is None else root.iter(A + "p", C + "strCache"):
        if element.tag == A + "p":
            texts.append("".join(run.text or "" for run in element.iter(A + "t")))
        else:
            texts += [value.text or "" for value in element.iter(C + "v")]
    lines = dict.fromkeys(filter(None, map(laid_out, texts)))
    return [Paragraph(line) for line in lines]


def drawn_in(element: Any) -> str:
    """Return the relation that holds the words of a diagram or chart; "" for other elements."""
    if element.tag == C + "chart":
        return str(element.get(R + "id", ""))
    return str(element.get(R + "dm", ""))
