"""Small PDF files made for the tests, each with one trait."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEFT = 72.0


def canvas(path: Path, *, password: str = "") -> Canvas:
    """Return a canvas whose file does not depend on the hour."""
    lock = StandardEncryption(password, ownerPassword="owner") if password else None
    return Canvas(str(path), pagesize=A4, invariant=1, encrypt=lock)


def lines(page: Canvas, texts: Sequence[str], *, size: float = 11, top: float = 100) -> None:
    """Write one line of text below the other, ``top`` points below the page's edge."""
    page.setFont("Helvetica", size)
    for number, text in enumerate(texts):
        page.drawString(LEFT, HEIGHT - top - number * size * 1.3, text)


def written(path: Path, *pages: Sequence[str], password: str = "") -> Path:
    """Write a PDF with these lines on these pages."""
    file = canvas(path, password=password)
    for texts in pages:
        lines(file, texts)
        file.showPage()
    file.save()
    return path


def picture(page: Canvas, *, width: float, height: float) -> None:
    """Draw a grey image at the page's lower left corner."""
    image = ImageReader(Image.new("L", (8, 8), 128))
    page.drawImage(image, 0, 0, width=width, height=height)


def grid(page: Canvas, rows: Sequence[Sequence[str]], *, left: float = LEFT) -> None:
    """Draw a table with a line around every cell."""
    width, height, top = 110.0, 24.0, HEIGHT - 200
    columns = len(rows[0])
    page.grid(
        [left + i * width for i in range(columns + 1)],
        [top - i * height for i in range(len(rows) + 1)],
    )
    page.setFont("Helvetica", 10)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            page.drawString(left + c * width + 4, top - r * height - 16, cell)
