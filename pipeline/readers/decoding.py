"""Decoding: bytes of a text file to text, and the name of the encoding that was taken."""

from __future__ import annotations

import codecs
import logging

from pipeline.core.document import Source
from pipeline.core.errors import DocumentError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the UTF-16 mark, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
USUAL = "cp1252"
# The 8-bit encodings of the official languages of the EU; Maltese came to computers with UTF-8.
LEGACY = ("cp1252", "cp1250", "iso8859_2", "cp1253", "iso8859_7", "cp1251", "cp1257")
ENOUGH = 400  # bytes; on shorter texts the detector guesses, so the usual encoding is taken


def decoded(source: Source, content: bytes) -> tuple[str, str]:
    """Return the text of ``content`` and the name of its encoding.

    Raises:
        DocumentError: If these are not the bytes of a text.
    """
    encoding = next((name for mark, name in _BOMS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding), encoding.removesuffix("-sig")
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or b"\x00" in content:
            raise _not_text(source) from error
    encoding = _legacy(content)
    # Five bytes mean nothing in cp1252; a mark in their place says so, the rest is kept.
    return content.decode(encoding, "replace"), encoding


def _legacy(content: bytes) -> str:
    if len(content) < ENOUGH:
        return USUAL
    from charset_normalizer import from_bytes

    logging.getLogger("charset_normalizer").setLevel(logging.ERROR)
    guesses = from_bytes(content, cp_isolation=list(LEGACY), enable_fallback=False)
    best = guesses.best()
    if best is None:
        return USUAL
    # The detector's order among equals is the alphabet's; most files are in the usual encoding.
    equals = [m for m in guesses if (m.chaos, m.coherence) == (best.chaos, best.coherence)]
    usual = any(USUAL in match.could_be_from_charset for match in equals)
    return USUAL if usual else str(best.encoding)


def _not_text(source: Source) -> DocumentError:
    return DocumentError(
        "is not text",
        where=source.name,
        remedy="save it as UTF-8 text, or give it the name ending of what it is, and ingest it",
    )
