"""What text out of documents goes through before a reader sees it in a report."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from pipeline.core.spans import Span
from pipeline.core.text import one_line

NARROW = "\u202f"  # narrow no-break space
NO_BREAK = "\u00a0"

# Control and format characters (with the marks that turn the direction of reading), lone
# surrogates, private and unassigned code points: Unicode 15, table 4-4. Nothing a reader sees.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

# Imprimerie nationale, Lexique des règles typographiques: the space before high punctuation is
# a narrow one, before the colon and inside the quotation marks a whole one; none may break.
_FRENCH = (
    (re.compile(r" (?=[;!?](?:\W|$))"), NARROW),
    (re.compile(r" (?=[:»%](?:\W|$))|(?<=«) "), NO_BREAK),
)


def harmless(text: str) -> str:
    """Return ``text`` on one line, without characters that are not seen but do something.

    Applying it twice is applying it once.
    """
    line = one_line(text)
    if line.isprintable():  # nearly all; true of no character that is taken out
        return line
    kept = (c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    return one_line("".join(kept))


def headed(name: str) -> str:
    """Return a name as it begins a line."""
    return name[:1].upper() + name[1:]


def typeset(text: str, language: str) -> str:
    """Return ``text`` with the spaces that French must not break made unbreakable.

    Every character stays where it is, so spans of ``text`` are spans of the answer.
    """
    if language != "fr":
        return text
    for pattern, space in _FRENCH:
        text = pattern.sub(space, text)
    return text


def occurrences(words: Iterable[str], text: str) -> tuple[Span, ...]:
    """Return where any of ``words`` stands in ``text`` as whole words, merged and in order."""
    found = sorted(
        (match.start(), match.end())
        for word in words
        if word
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    )
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(Span(start, end) for start, end in merged)


def segments(text: str, highlights: Iterable[Span]) -> list[tuple[str, bool]]:
    """Return ``text`` cut into parts, each with whether it is highlighted; joined, they are it."""
    parts: list[tuple[str, bool]] = []
    at = 0
    for span in highlights:
        parts += [(text[at : span.start], False), (span.of(text), True)]
        at = span.end
    parts.append((text[at:], False))
    return [(part, marked) for part, marked in parts if part]


def file_uri(path: str, *, page: int | None = None) -> str:
    """Return the ``file:`` URI of an absolute path, or "" where there can be none (RFC 8089).

    Args:
        path: POSIX, or Windows with a drive letter.
        page: Page to open the file at, from 1 (PDF open parameters, RFC 8118).
    """
    if re.match(r"[A-Za-z]:[\\/]", path):
        path = "/" + path.replace("\\", "/")
    if not path.startswith("/") or path.startswith("//"):
        return ""
    address = "file://" + quote(_bytes(path), safe="/:")
    return f"{address}#page={page}" if page else address


def _bytes(path: str) -> bytes:
    try:
        return path.encode("utf-8", "surrogateescape")  # as os.fsencode does, on every system
    except UnicodeEncodeError:
        return path.encode("utf-8", "replace")
