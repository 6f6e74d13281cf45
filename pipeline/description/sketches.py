"""Sketches: the smallest hashes of a text's wording and of its numbers; `likeness` compares them.

Hashes depend on nothing but the text, so sketches of different runs compare.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.description.likeness import HASHES_OF_NUMBERS, HASHES_OF_WORDS

# Bytes of letters in a row, white space left out: about five words, three in Greek or Bulgarian.
WIDTH = 32
DOUBLINGS = 3  # make a hash of eight bytes
# Of the rows of letters, those are taken that begin with one in four of all groups of eight. The
# text alone decides, so two texts that share a row both take it or both leave it.
TAKEN = 4
# Below these a text says too little: an empty page, a cover, a form's letterhead.
FEWEST_LETTERS = 400
FEWEST_NUMBERS = 12
AT_ONCE = 1 << 18  # bytes, so that a long text needs no more memory than a short one

_SPACE = 0x20
# Telephone numbers stand in all papers of one house. (What begins with a literal is found fast.)
_TELEPHONE = re.compile(r"\+\s?\d[\d\s().–/-]{5,}")
# A table of bytes does in a tenth of the time what a pattern of digits does.
_DIGITS_ALONE = bytes(byte if byte in b"0123456789" else _SPACE for byte in range(256))
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2 ** 64 over the golden ratio (Knuth, TAOCP 3, 6.4)
_BASE = np.uint64(0x100000001B3)  # primes of the FNV hash
_BASE_32 = np.uint32(0x01000193)

_Hashes = NDArray[np.uint64]


def sketch_of_words(text: str) -> bytes:
    """Return the sketch of the wording of ``text``; case and white space do not count."""
    code = np.frombuffer(text.lower().encode("utf-8", "surrogatepass"), dtype=np.uint8)
    letters = code[code > _SPACE]
    if len(letters) < FEWEST_LETTERS:
        return b""
    smallest = np.empty(0, dtype=np.uint64)
    overlap = WIDTH - 1
    for at in range(0, len(letters) - overlap, AT_ONCE):
        part = letters[at : at + AT_ONCE + overlap]
        smallest = _smallest(np.concatenate((smallest, _hashes_of_letters(part))), HASHES_OF_WORDS)
    return smallest.astype("<u8").tobytes()


def sketch_of_numbers(text: str) -> bytes:
    """Return the sketch of the numbers of ``text``, taken three in a row.

    Languages order the numbers of a sentence differently, so three in a row are sorted; three
    small ones (of paragraphs and lists) tell nothing and are left out.
    """
    code = _TELEPHONE.sub(" ", text).encode("utf-8", "surrogatepass")
    found = [int(number[-9:]) for number in code.translate(_DIGITS_ALONE).split()]
    if len(found) < FEWEST_NUMBERS:
        return b""
    numbers = np.array(found, dtype=np.uint64)
    three = np.sort(np.stack((numbers[:-2], numbers[1:-1], numbers[2:])), axis=0)
    three = three[:, (three[2] >= 100) & (three[0] != three[2])]
    hashes = (three[0] * _BASE + three[1]) * _BASE + three[2]
    return _smallest(_mixed(hashes), HASHES_OF_NUMBERS).astype("<u8").tobytes()


def _hashes_of_letters(letters: NDArray[np.uint8]) -> _Hashes:
    """Return hashes of `WIDTH` bytes in a row."""
    eight: Any = letters.astype(np.uint32)
    power = _BASE_32
    for doubling in range(DOUBLINGS):
        width = 1 << doubling
        eight = eight[:-width] * power + eight[width:]
        power = np.multiply(power, power)
    last = len(letters) - WIDTH + 1
    (taken,) = np.nonzero((eight[:last] >> np.uint32(15)) % np.uint32(TAKEN) == 0)
    hashed = np.zeros(len(taken), dtype=np.uint64)
    for offset in range(0, WIDTH, 1 << DOUBLINGS):
        hashed = hashed * _BASE + eight[taken + offset]
    return _mixed(hashed)


def _mixed(hashed: _Hashes) -> _Hashes:
    hashed = (hashed ^ (hashed >> np.uint64(29))) * _MIX
    return hashed ^ (hashed >> np.uint64(32))


def _smallest(hashed: _Hashes, count: int) -> _Hashes:
    """Return the ``count`` smallest distinct hashes, ascending."""
    enough = 4 * count
    if len(hashed) > enough:  # most are distinct; sorting them all would cost the most
        distinct = np.unique(np.partition(hashed, enough)[:enough])
        if len(distinct) >= count:
            return distinct[:count]
    return np.unique(hashed)[:count]
