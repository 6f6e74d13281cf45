"""Cleaning of extracted text: one spelling for each sign, no control characters, no word lost."""

from __future__ import annotations

import re
import unicodedata

# Only the presentation forms of Latin letters: NFKC would also turn m² into m2 and ½ into 1⁄2,
# which changes what the page says.
_LIGATURES = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip
# Glyphs of the Symbol and Wingdings fonts, which word processors write as private-use characters;
# in EU documents these are the signs of lists (measured: 269 of 270 private-use characters).
_BULLETS = dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0a8\uf071\uf06e\uf0e0", "•") | {
    "\uf02d": "-"
}
_SPACES = dict.fromkeys(
    "\u00a0\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2000\u2001\u2002\u2003\u2004", " "
)
_ENDS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\v": "\n"}
# Invisible: controls, zero-width space and joiners used as fillers, byte order mark, noncharacter.
_NOTHING = dict.fromkeys(
    [*(chr(c) for c in range(32) if c not in (9, 10, 11, 12, 13)), *map(chr, range(127, 160)),
     "\u200b", "\u2060", "\ufeff", "\uffff", "\ufffe"],
    "",
)  # fmt: skip
_SPELT = {
    sign: spelling
    for sign, spelling in (_NOTHING | _LIGATURES | _BULLETS | _SPACES | _ENDS).items()
    if len(sign) == 1
}
# Looking for the few signs that change takes a fifth of `str.translate`, which asks for each one.
_ODD = re.compile(f"[{re.escape(''.join(_SPELT))}\ud800-\udfff]")
_HALF = "\ufffd"  # stands for half a character
_TRAILING = re.compile(r"[ \t]+(?=\n|\Z)")


def cleaned(text: str) -> str:
    """Return ``text`` with lines ended by ``\\n``, in NFC, ligatures spelt out, spaces plain.

    Soft hyphens are left to `hyphens`, form feeds to the caller. Cleaning twice is cleaning once.
    """
    spelt = _ODD.sub(lambda odd: _SPELT.get(odd[0], _HALF), text.replace("\r\n", "\n"))
    whole = unicodedata.normalize("NFC", spelt)
    if whole[-1:] in (" ", "\t") or " \n" in whole or "\t\n" in whole:
        return _TRAILING.sub("", whole)
    return whole
