"""What can be saved of a PDF file whose end is missing: the pages that are there with their fonts.

A PDF tells its reader where things are at its very end (PDF 32000-1, 7.5); without the end neither
PDFium nor qpdf finds a page. The objects themselves are still there, one after the other. Those
that are pages get a new page tree behind them, which PDFium can read. A page is saved only with
all of its contents and fonts: without its font a text comes out as other letters.
"""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_INFLATED = 64 * 2**20  # bytes of object streams; a document of 5,000 pages has 10 MiB
LONGEST_DICTIONARY = 1 << 20  # bytes from "obj" that are looked at
MOST_PAGES = 100_000

_OBJECT = re.compile(rb"(?<![0-9])(\d{1,8})[\s\x00]+\d{1,5}[\s\x00]+obj\b")
_REFERENCE = re.compile(rb"(\d{1,8})\s+\d{1,5}\s+R\b")
_END = re.compile(rb"\bendobj\b|\bstream\r?\n")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_PAGES = re.compile(rb"/Type\s*/Pages(?![A-Za-z])")
_PACKED = re.compile(rb"/Type\s*/ObjStm(?![A-Za-z])")
_NUMBER = re.compile(rb"/(N|First|Count)\s+(\d{1,8})(?![\s\d]*R\b)")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_PARENT = re.compile(rb"/Parent\s+(\d{1,8})\s+\d{1,5}\s+R\b")
_CONTENTS = re.compile(rb"/Contents\s*(\[[^\]]*\]|\d{1,8}\s+\d{1,5}\s+R\b)")
_RESOURCES = re.compile(rb"/Resources\s*(?:(\d{1,8})\s+\d{1,5}\s+R\b|<<)")
_FONTS = re.compile(rb"/Font\s*(?:(\d{1,8})\s+\d{1,5}\s+R\b|<<([^>]*)>>)")
_LINEARIZED = re.compile(rb"/Linearized\b[^>]*?/N\s+(\d{1,8})")


@dataclass(frozen=True, slots=True)
class Salvage:
    """A file that PDFium can read, made of what was left of another.

    Attributes:
        content: The bytes of the file.
        pages: How many pages are in it.
        expected: How many the whole file had, as far as what is left of it says; 0 where it says
            nothing.
    """

    content: bytes
    pages: int
    expected: int


@dataclass(frozen=True, slots=True)
class _Object:
    """An indirect object: its dictionary or value, and whether it stands in the file as a whole.

    Attributes:
        packed: Whether it comes out of an object stream, so that the new file must repeat it.
    """

    body: bytes
    whole: bool
    packed: bool


def salvaged(content: bytes) -> Salvage | None:
    """Return what can be read of a PDF file whose end is missing, or nothing if no page can.

    An encrypted file is left alone: what its end said is needed to decrypt it.
    """
    if b"/Encrypt" in content:
        return None
    objects = _objects(content)
    pages = [number for number, o in objects.items() if _PAGE.search(o.body)][:MOST_PAGES]
    readable = [number for number in _in_order(objects, pages) if _is_readable(objects, number)]
    if not readable:
        return None
    return Salvage(
        content=_without_torn_end(content) + _new_end(objects, readable),
        pages=len(readable),
        expected=max(_expected(content, objects), len(pages)),
    )


def _objects(content: bytes) -> dict[int, _Object]:
    """Return all objects by number, in the order of the file; a later one replaces an earlier."""
    objects: dict[int, _Object] = {}
    left = MOST_INFLATED
    for match in _OBJECT.finditer(content):
        end = _END.search(content, match.end(), match.end() + LONGEST_DICTIONARY)
        if end is None:
            continue
        body = content[match.end() : end.start()]
        is_stream = end[0].startswith(b"stream")
        whole = not is_stream or content.find(b"endstream", end.end()) >= 0
        number = int(match[1])
        objects.pop(number, None)  # so that it takes its new place in the order
        objects[number] = _Object(body, whole, packed=False)
        if is_stream and _PACKED.search(body) and left > 0:
            inflated = _inflated(content, end.end(), left)
            left -= len(inflated)
            for inner, value in _unpacked(inflated, body):
                objects.pop(inner, None)
                objects[inner] = _Object(value, whole=True, packed=True)
    return objects


def _inflated(content: bytes, at: int, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(memoryview(content)[at:], most)
    except zlib.error:
        return b""


def _unpacked(stream: bytes, dictionary: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and value of the objects in an object stream (PDF 32000-1, 7.5.7)."""
    numbers = {match[1]: int(match[2]) for match in _NUMBER.finditer(dictionary)}
    first, count = numbers.get(b"First", 0), numbers.get(b"N", 0)
    head = [int(word) for word in stream[:first].split()[: 2 * count] if word.isdigit()]
    starts = [first + offset for offset in head[1::2]]
    for number, start, end in zip(head[::2], starts, [*starts[1:], len(stream)], strict=False):
        if start < end <= len(stream):
            yield number, stream[start:end]


def _expected(content: bytes, objects: dict[int, _Object]) -> int:
    """Return the largest number of pages that any part of the file tells."""
    told = [
        int(match[2])
        for o in objects.values()
        if _PAGES.search(o.body)
        for match in _NUMBER.finditer(o.body)
        if match[1] == b"Count"
    ]
    if linearized := _LINEARIZED.search(content, 0, 2048):
        told.append(int(linearized[1]))
    return max(told, default=0)


def _in_order(objects: dict[int, _Object], pages: Sequence[int]) -> list[int]:
    """Return the pages in the order of what is left of the page tree.

    Pages that it does not name come first, as they stand in the file: what was cut off is the end.
    """
    kids = {
        number: list(_references(match[1]))
        for number, o in objects.items()
        if _PAGES.search(o.body) and (match := _KIDS.search(o.body))
    }
    inner = {kid for listed in kids.values() for kid in listed}
    waiting = [number for number in reversed(kids) if number not in inner]
    rank: dict[int, int] = {}
    while waiting:
        number = waiting.pop()
        if number not in rank:  # a tree may be a loop
            rank[number] = len(rank)
            waiting += reversed(kids.get(number, []))
    return sorted(pages, key=lambda number: rank.get(number, -1))


def _is_readable(objects: dict[int, _Object], page: int) -> bool:
    """Whether a page has its contents and all that its fonts consist of."""
    body = objects[page].body
    contents = _CONTENTS.search(body)
    fonts = _fonts(objects, body)
    if fonts is None or (contents is None and b"/Contents" in body):
        return False
    needed = [*_references(contents[1] if contents else b""), *fonts]
    seen: set[int] = set()
    while needed:
        number = needed.pop()
        if number in seen:
            continue
        seen.add(number)
        if number not in objects or not objects[number].whole:
            return False
        needed += _references(objects[number].body)
    return True


def _fonts(objects: dict[int, _Object], page: bytes) -> list[int] | None:
    """Return the fonts of a page; nothing where they cannot be known."""
    resources = _resources(objects, page)
    if resources is None:
        return None
    fonts = _FONTS.search(resources)
    if fonts is None:
        return []
    if fonts[1] is None:
        return list(_references(fonts[2]))
    named = objects.get(int(fonts[1]))
    return list(_references(named.body)) if named else None


def _resources(objects: dict[int, _Object], node: bytes) -> bytes | None:
    """Return what holds the resources of a page: its own, or those of a node above it."""
    for _ in range(50):  # levels of the page tree; deeper ones are loops
        match = _RESOURCES.search(node)
        if match:
            if match[1] is None:
                return node[match.start() :]
            named = objects.get(int(match[1]))
            return named.body if named else None
        parent = _PARENT.search(node)
        above = objects.get(int(parent[1])) if parent else None
        if above is None:
            return None
        node = above.body
    return None


def _references(body: bytes) -> Iterator[int]:
    return (int(match[1]) for match in _REFERENCE.finditer(_PARENT.sub(b"", body)))


def _without_torn_end(content: bytes) -> bytes:
    """Return the file up to the last object if that one is torn: it would swallow what follows."""
    last = deque(_OBJECT.finditer(content), maxlen=1)
    if last and content.find(b"endobj", last[0].end()) < 0:
        return content[: last[0].start()]
    return content


def _new_end(objects: dict[int, _Object], pages: Sequence[int]) -> bytes:
    """Return objects that make a document of ``pages``, to be put behind the file."""
    free = max(objects) + 1
    packed = [(number, o.body) for number, o in objects.items() if o.packed]
    kids = b" ".join(b"%d 0 R" % number for number in pages)
    catalog = b"<</Type/Catalog/Pages %d 0 R>>" % (free + 1)
    tree = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(pages), kids)
    added = [*packed, (free, catalog), (free + 1, tree)]
    return b"".join(
        [
            b"\n",
            *(b"%d 0 obj\n%b\nendobj\n" % one for one in added),
            b"trailer\n<</Root %d 0 R/Size %d>>\n%%%%EOF\n" % (free, free + 2),
        ]
    )
