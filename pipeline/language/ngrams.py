"""The n-grams of a word, by langdetect's rules.

The library goes through a text character by character and keeps what it has seen in an object; for
single words the same n-grams come from slices in a third of the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from langdetect.utils.ngram import NGram


def grams(word: str) -> Iterator[str]:
    """Yield the n-grams of one to three characters that the library makes of ``word``, in order.

    Signs that are no letters part a word; of letters in capitals only the first one counts.
    """
    for piece in "".join(map(_normal, NGram.normalize_vi(word))).split(" "):
        if not piece:
            continue
        text = f" {piece} "
        for at in range(1, len(text)):
            if text[at].isupper() and text[at - 1].isupper():
                continue
            if at <= len(piece):
                yield text[at]
            yield text[at - 1 : at + 1]
            if at > 1:
                yield text[at - 2 : at + 1]


@lru_cache(maxsize=4_096)
def _normal(character: str) -> str:
    normal: str = NGram.normalize(character)
    return normal
