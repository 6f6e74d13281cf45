"""PDF files written by hand, sign by sign, so that each can be broken in one way."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

Body = bytes | str


def stream(content: bytes, *, entries: str = "") -> bytes:
    """Return the body of a stream object."""
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries.encode(), len(content), content)


def deflated(content: bytes, *, entries: str = "") -> bytes:
    """Return the body of a compressed stream object."""
    return stream(zlib.compress(content), entries=f"/Filter/FlateDecode{entries}")


def file_of(objects: dict[int, Body], *, root: int = 1, end: bool = True) -> bytes:
    """Return a PDF file of these objects; without its end where that is not wanted."""
    parts = [b"%PDF-1.7\n"]
    places: dict[int, int] = {}
    at = len(parts[0])
    for number, body in objects.items():
        places[number] = at
        raw = body if isinstance(body, bytes) else body.encode()
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, raw))
        at += len(parts[-1])
    if end:
        size = max(objects) + 1
        rows = [b"0000000000 65535 f \n"] + [
            b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 00000 f \n"
            for n in range(1, size)
        ]
        parts.append(b"xref\n0 %d\n%b" % (size, b"".join(rows)))
        parts.append(b"trailer\n<</Root %d 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n"
                     % (root, size, at))  # fmt: skip
    return b"".join(parts)


def operators(text: str) -> bytes:
    """Return the contents of a page that shows one line of text."""
    return f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode()


def pages(texts: Sequence[str], *, catalog: str = "", tree_first: bool = False) -> dict[int, Body]:
    """Return the objects of a file with one line on each page.

    Pages and their contents come in order, font and resources before them, the page tree after
    them, as many programs write it.
    """
    numbers = [10 + 2 * n for n in range(len(texts))]
    objects: dict[int, Body] = {
        3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: "<</Font<</F1 3 0 R>>>>",
    }
    tree: dict[int, Body] = {
        2: f"<</Type/Pages/Count {len(texts)}/Kids[{' '.join(f'{n} 0 R' for n in numbers)}]>>",
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
    }
    if tree_first:
        objects |= tree
    for number, text in zip(numbers, texts, strict=True):
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources 4 0 R"
            f"/Contents {number + 1} 0 R>>"
        )
        objects[number + 1] = stream(operators(text))
    return objects if tree_first else objects | tree


def written(path: Path, content: bytes) -> Path:
    """Write a file and return its path."""
    path.write_bytes(content)
    return path
