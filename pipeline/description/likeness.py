"""Likeness: how alike two documents are by the sketches of their wording or their numbers.

The share of common hashes among the smallest of two sets estimates their Jaccard similarity
(Broder 1997, "On the resemblance and containment of documents"): within 0.03 with 256 hashes.
"""

from __future__ import annotations

import struct

HASHES_OF_WORDS = 128
HASHES_OF_NUMBERS = 256
_WIDTH = 8  # bytes


def hashes(sketch: bytes, most: int) -> list[int]:
    """Return the ``most`` smallest hashes of a sketch, as the signed integers of a database."""
    count = min(most, len(sketch) // _WIDTH)
    return list(struct.unpack_from(f"<{count}q", sketch))


def similarity(one: bytes, other: bytes) -> tuple[float, int]:
    """Return how alike two sets are by their sketches, 0 to 1, and how many hashes they share."""
    if not (one and other):
        return 0.0, 0
    first, second = (struct.unpack(f"<{len(s) // _WIDTH}Q", s) for s in (one, other))
    # Only as far as both sketches reach are hashes that one lacks known to be absent from it.
    full = [s[-1] for s in (first, second) if len(s) in (HASHES_OF_WORDS, HASHES_OF_NUMBERS)]
    reach = min(full, default=max(first[-1], second[-1]))
    both = [{one for one in s if one <= reach} for s in (first, second)]
    shared = len(both[0] & both[1])
    return shared / len(both[0] | both[1]), shared
