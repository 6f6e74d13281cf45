"""Tokens of RTF: groups, control words, and characters in the code page of their font.

Source: Microsoft, Rich Text Format Specification 1.9.1.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
USUAL = "cp1252"
# \fcharset to code page (specification, table of character sets).
CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 0: USUAL,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes:
        kind: "open", "close", "word", "sign", "hex" or "text".
        name: The control word or sign; "" for others.
        number: The control word's number, None where it has none.
        content: Bytes of text.
    """

    kind: str
    name: str = ""
    number: int | None = None
    content: bytes = b""


def tokens(content: bytes) -> Iterator[Token]:
    """Yield the tokens of an RTF file; raw binary data (``\\bin``) is left out."""
    at = 0
    while match := _TOKEN.search(content, at):
        at = match.end()
        kind = match.lastgroup or ""
        if match["word"] is not None:
            name = match["word"].decode("ascii")
            number = int(match["number"]) if match["number"] else None
            if name == "bin":
                at += max(number or 0, 0)
                continue
            yield Token("word", name, number)
        elif kind == "hex":
            yield Token("hex", content=bytes.fromhex(match["hex"].decode("ascii")))
        elif kind == "sign":
            yield Token("sign", match["sign"].decode("latin-1"))
        elif kind == "text":
            yield Token("text", content=match["text"])
        else:
            yield Token(kind)


def known_code_page(number: int | None) -> str:
    """Return the codec of a Windows code page; the usual one where Python has none."""
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return USUAL
