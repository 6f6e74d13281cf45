"""The compressed RTF in which Outlook keeps some messages' text (MS-OXRTFCP)."""

from __future__ import annotations

import struct

_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_HEADER = 16  # bytes
_WINDOW = 4096
# What every dictionary begins with (MS-OXRTFCP 2.1.2.1).
_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def decompressed(content: bytes) -> bytes:
    """Return the RTF, as far as it goes where the bytes end too early.

    Raises:
        ValueError: If this is no compressed RTF.
    """
    if len(content) < _HEADER:
        raise ValueError("a compressed text without a header")
    _, size, kind, _ = struct.unpack("<II4sI", content[:_HEADER])
    if kind == _PLAIN:
        return content[_HEADER : _HEADER + size]
    if kind != _COMPRESSED:
        raise ValueError("a compressed text of an unknown kind")
    window = bytearray(_START.ljust(_WINDOW, b"\0"))
    at = len(_START)
    made = bytearray()
    stream = iter(content[_HEADER:])

    def put(byte: int) -> None:
        nonlocal at
        made.append(byte)
        window[at] = byte
        at = (at + 1) % _WINDOW

    for control in stream:
        for bit in range(8):
            first = next(stream, None)
            if first is None:
                return bytes(made)
            if not control >> bit & 1:
                put(first)
                continue
            token = first << 8 | next(stream, 0)
            offset, length = token >> 4, (token & 0xF) + 2
            if offset == at:  # the mark of the end
                return bytes(made)
            for step in range(length):
                put(window[(offset + step) % _WINDOW])
    return bytes(made)
