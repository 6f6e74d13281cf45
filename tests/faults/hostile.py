"""A folder of files as they come, go wrong, or are made to do harm: for tests and benchmarks."""

from __future__ import annotations

import os
import socket
import sys
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from tests.readers.broken_pdfs import Body, file_of, operators, pages, stream
from tests.readers.pdfs import written as drawn

GOOD = "Towns collect urban waste water and treat it in a treatment plant."
MIB = 2**20
LEVELS = 11  # of forms, each shown ten times by the one above: 10^11 in all


def make_all(folder: Path) -> dict[str, Path]:
    """Write every kind of file into ``folder``, and return the paths by their kind."""
    folder.mkdir(parents=True, exist_ok=True)
    made: dict[str, Path] = {}
    for kind, make in KINDS.items():
        path = folder / NAMES.get(kind, f"{kind}.pdf")
        make(path)
        made[kind] = path
    return made


def bomb(block: bytes, times: int) -> bytes:
    """Return ``times`` times ``block``, deflated, without making all of it (RFC 1950, 1951)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + once * times + packer.flush()


def _bytes(make: Callable[[], bytes]) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(make())


def _with_contents(body: bytes) -> bytes:
    objects = pages((GOOD,))
    objects[11] = body
    return file_of(objects)


def _packed(content: bytes, filters: str) -> bytes:
    return _with_contents(stream(content, entries=f"/Filter[{filters}]"))


def _deflate_bomb() -> bytes:
    return _packed(bomb(b" " * MIB, 1024), "/FlateDecode")


def _twice_deflated_bomb() -> bytes:
    return _packed(zlib.compress(bomb(b" " * MIB, 4096)), "/FlateDecode/FlateDecode")


def _operators_bomb() -> bytes:
    block = operators("Water ") + b"\n"
    return _packed(bomb(block * (MIB // len(block)), 168), "/FlateDecode")


def _forms_bomb() -> bytes:
    objects = pages((GOOD,))
    numbers = [5, *range(100, 100 + LEVELS)]
    form = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject<<"
    for here, below in pairwise(numbers):
        objects[here] = stream(b"/X Do " * 10, entries=f"{form}/X {below} 0 R>>>>")
    objects[numbers[-1]] = stream(operators("Deep."), entries=f"{form}>>>>")
    objects[4] = "<</Font<</F1 3 0 R>>/XObject<</X 5 0 R>>>>"
    objects[11] = stream(b"/X Do")
    return file_of(objects)


def _page_tree_loop() -> bytes:
    objects = pages((GOOD,))
    objects[2] = "<</Type/Pages/Count 2/Kids[2 0 R 10 0 R]/Parent 2 0 R>>"
    return file_of(objects)


def _deep_page_tree() -> bytes:
    objects = pages((GOOD,))
    for number in range(100, 3100):
        kid = number + 1 if number < 3099 else 10
        objects[number] = f"<</Type/Pages/Count 1/Kids[{kid} 0 R]/Parent {number - 1} 0 R>>"
    objects[2] = "<</Type/Pages/Count 1/Kids[100 0 R]>>"
    return file_of(objects)


def _deep_arrays() -> bytes:
    objects = pages((GOOD,))
    objects[4] = "<</Font<</F1 3 0 R>>/X " + "[" * 200_000 + "]" * 200_000 + ">>"
    return file_of(objects)


def _form_in_itself() -> bytes:
    objects = pages((GOOD,))
    form = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources 4 0 R"
    objects[4] = "<</Font<</F1 3 0 R>>/XObject<</X 5 0 R>>>>"
    objects[5] = stream(operators("Once.") + b" /X Do", entries=form)
    objects[11] = stream(b"/X Do")
    return file_of(objects)


def _waiting_form() -> bytes:
    notice = "Please wait... To view this form you need Adobe Reader."
    objects = pages((notice,), catalog="/NeedsRendering true/AcroForm<</XFA 6 0 R/Fields[]>>")
    objects[6] = stream(b"<xdp:xdp/>")
    return file_of(objects)


def _script() -> bytes:
    action = "<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\); for\\(;;\\);)>>"
    return file_of(pages((GOOD + " Script.",), catalog=f"/OpenAction {action}"))


def _cut() -> bytes:
    whole = file_of(pages([f"Sewage of town {n}." for n in range(9)], tree_first=True))
    return whole[: whole.index(b"(Sewage of town 6.)")]


def _no_pages() -> bytes:
    objects: dict[int, Body] = {1: "<</Type/Catalog/Pages 2 0 R>>"}
    return file_of(objects | {2: "<</Type/Pages/Count 0/Kids[]>>"})


def _many_pages() -> bytes:
    return file_of(pages([f"Page {n} of five thousand." for n in range(1, 5001)]))


def _huge(path: Path) -> None:
    """Write a file of 500 MB, nearly all of which is a hole that takes no room on the disk."""
    head, _, tail = file_of(pages((GOOD + " Huge.",)), end=False).partition(b"\n2 0 obj")
    with path.open("wb") as file:
        file.write(head)
        file.write(b"\n90 0 obj\n<</Length 500000000>>stream\n")
        file.seek(500_000_000, os.SEEK_CUR)
        file.write(b"\nendstream\nendobj\n2 0 obj" + tail)
        file.write(b"trailer\n<</Root 1 0 R/Size 91>>\nstartxref\n0\n%%EOF\n")


def _socket(path: Path) -> None:
    # Its name may be too long for a socket, so it is made from its folder.
    here = os.getcwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _link(target: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(target)


def _text(content: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(content, encoding="utf-8")


def _encrypted(path: Path) -> object:
    return drawn(path, ["Secret."], password="secret")


NAMES = {
    "good": "good.txt",
    "pdf named as text": "pdf.txt",
    "text named as pdf": "text.pdf",
    "picture named as pdf": "picture.pdf",
    "empty text": "empty.txt",
    "pipe": "pipe",
    "socket": "socket",
    "device": "device",
    "link to nothing": "nowhere.txt",
    "link to itself": "circle.txt",
    "link to its folder": "again",
    "line end in its name": "fake\nfourp: all good\n.txt",
    "escape sequence in its name": "\x1b]0;owned\x07\x1b[2J\u202egpj.txt",
    "long name": "é" * 120 + ".txt",
} | ({"not UTF-8": os.fsdecode(b"caf\xe9.txt")} if sys.platform == "linux" else {})

KINDS: dict[str, Callable[[Path], object]] = {
    "good": _text(GOOD),
    "encrypted": _encrypted,
    "cut": _bytes(_cut),
    "no pages": _bytes(_no_pages),
    "many pages": _bytes(_many_pages),
    "huge": _huge,
    "page tree loop": _bytes(_page_tree_loop),
    "deep page tree": _bytes(_deep_page_tree),
    "deep arrays": _bytes(_deep_arrays),
    "form in itself": _bytes(_form_in_itself),
    "deflate bomb": _bytes(_deflate_bomb),
    "twice deflated bomb": _bytes(_twice_deflated_bomb),
    "operators bomb": _bytes(_operators_bomb),
    "forms bomb": _bytes(_forms_bomb),
    "waiting form": _bytes(_waiting_form),
    "script": _bytes(_script),
    "pdf named as text": _bytes(lambda: file_of(pages((GOOD + " A PDF.",)))),
    "text named as pdf": _text(GOOD + " A text."),
    "picture named as pdf": _bytes(lambda: b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "empty": _bytes(lambda: b""),
    "empty text": _bytes(lambda: b""),
    "pipe": os.mkfifo,
    "socket": _socket,
    "device": _link("/dev/zero"),
    "link to nothing": _link("nothing"),
    "link to itself": _link("circle.txt"),
    "link to its folder": _link("."),
    "line end in its name": _text(GOOD + " A line end."),
    "escape sequence in its name": _text(GOOD + " An escape."),
    "long name": _text(GOOD + " A long name."),
} | ({"not UTF-8": _text(GOOD + " Latin.")} if "not UTF-8" in NAMES else {})
