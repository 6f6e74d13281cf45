"""Messages of Outlook for tests: an OLE file (MS-CFB) with the properties of MS-OXMSG."""

from __future__ import annotations

import struct
from pathlib import Path

SECTOR, MINI, CUTOFF = 512, 64, 4096
END, FREE, FAT, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5
SENT_2021_03_03 = 132_592_356_000_000_000  # FILETIME of 2021-03-03T09:00Z
HEADERS = {"top": 32, "embedded": 24, "attached": 8}

Storage = dict[str, "bytes | Storage"]


def message(
    body: str = "",
    *,
    subject: str = "Waste water",
    html: bytes = b"",
    attachments: list[Storage] | None = None,
    place: str = "top",
    code_page: int = 0,
) -> Storage:
    """Return the streams of a message; in 8-bit text if a code page is given."""
    made: Storage = {}
    texts = {0x0037: subject, 0x0C1A: "Anna Bergström", 0x5D01: "anna@example.eu", 0x1000: body}
    for number, text in texts.items():
        if code_page:
            made[f"__substg1.0_{number:04X}001E"] = text.encode(f"cp{code_page}")
        else:
            made[f"__substg1.0_{number:04X}001F"] = text.encode("utf-16-le")
    if html:
        made["__substg1.0_10130102"] = html
    for number, attachment in enumerate(attachments or ()):
        made[f"__attach_version1.0_#{number:08X}"] = attachment
    numbers = struct.pack("<HHIQ", 0x0040, 0x0039, 6, SENT_2021_03_03)
    numbers += struct.pack("<HHIQ", 0x0003, 0x3FFD, 6, code_page)
    made["__properties_version1.0"] = bytes(HEADERS[place]) + numbers
    return made


def attached(name: str, content: bytes | Storage, *, inline: bool = False) -> Storage:
    """Return the streams of an attachment: a file, or a message inside."""
    made: Storage = {
        "__properties_version1.0": bytes(HEADERS["attached"]),
        "__substg1.0_3707001F": name.encode("utf-16-le"),
        "__substg1.0_3701000D" if isinstance(content, dict) else "__substg1.0_37010102": content,
    }
    if inline:
        made["__substg1.0_3712001F"] = "logo@example".encode("utf-16-le")
        made["__substg1.0_370E001F"] = "image/png".encode("utf-16-le")
    return made


def outlook_file(path: Path, text: str) -> Path:
    """Write a message with that body, or an empty file."""
    path.write_bytes(ole(message(text)) if text else b"")
    return path


def ole(root: Storage) -> bytes:
    """Return the bytes of an OLE file with these storages and streams."""
    entries: list[list[object]] = [["Root Entry", ROOT, NONE, NONE, END, 0]]
    contents: list[tuple[int, bytes]] = []
    _enter(root, 0, entries, contents)
    minis, sectors = b"", b""
    mini_fat: list[int] = []
    fat: list[int] = []
    for index, content in contents:
        if len(content) < CUTOFF:
            entries[index][4] = len(mini_fat) if content else END
            minis += _padded(content, MINI)
            mini_fat += _chain(len(mini_fat), _count(content, MINI))
        else:
            entries[index][4] = len(fat)
            sectors += _padded(content, SECTOR)
            fat += _chain(len(fat), _count(content, SECTOR))
    entries[0][5] = len(minis)
    starts = []
    table = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    directory = b"".join(_entry(*entry) for entry in entries)  # once more below, with its start
    for content in (minis, table, directory):
        starts.append(len(fat) if content else END)
        sectors += _padded(content, SECTOR)
        fat += _chain(len(fat), _count(content, SECTOR))
    entries[0][4] = starts[0]
    directory = _padded(b"".join(_entry(*entry) for entry in entries), SECTOR)
    at = starts[2] * SECTOR
    sectors = sectors[:at] + directory + sectors[at + len(directory) :]
    own = 1
    while own * SECTOR // 4 < len(fat) + own:
        own += 1
    first = len(fat)
    fat += [FAT] * own
    sectors += _padded(struct.pack(f"<{len(fat)}I", *fat), SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack(
        "<IIIIIII", 0, own, starts[2], 0, CUTOFF, starts[1], _count(table, SECTOR)
    )
    header += struct.pack("<II", END, 0)
    places = [*range(first, first + own), *[FREE] * (109 - own)]
    return header + struct.pack("<109I", *places) + sectors


def _enter(
    storage: Storage,
    parent: int,
    entries: list[list[object]],
    contents: list[tuple[int, bytes]],
) -> None:
    """Enter what is in a storage, each as the right neighbour of the one before."""
    before = -1
    for name in sorted(storage, key=lambda name: (len(name), name.upper())):
        content = storage[name]
        index = len(entries)
        kind = STORAGE if isinstance(content, dict) else STREAM
        entries.append([name, kind, NONE, NONE, 0, 0])
        if before < 0:
            entries[parent][3] = index
        else:
            entries[before][2] = index
        before = index
        if isinstance(content, dict):
            _enter(content, index, entries, contents)
        else:
            entries[index][5] = len(content)
            contents.append((index, content))


def _entry(*fields: object) -> bytes:
    name, kind, right, child, start, size = fields
    text = str(name).encode("utf-16-le") + b"\0\0"
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    return head + struct.pack("<III36xIQ", NONE, right, child, start, size)


def _chain(start: int, count: int) -> list[int]:
    return [*range(start + 1, start + count), END] if count else []


def _count(content: bytes, size: int) -> int:
    return -(-len(content) // size)


def _padded(content: bytes, size: int, filling: bytes = b"\0") -> bytes:
    return content.ljust(_count(content, size) * size, filling)
