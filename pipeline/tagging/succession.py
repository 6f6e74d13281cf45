"""Succession: what ends is followed by what replaces it, from the day on which it ends."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.core.concepts import Vocabulary


class Succession:
    """Which concept stands for another one in documents of a date.

    A strategy for 2020-2025 is still spoken of in 2026, by a paper that means the next one.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._ended = [c for c in vocabulary if c.valid_until and c.replaced_by]

    def on(self, date: str) -> Mapping[str, str]:
        """Return the successors by what they replace, on an ISO date; none where it is ""."""
        next_ = {c.id: c.replaced_by for c in self._ended if c.valid_until < date}
        return {one: _last(one, next_) for one in next_}


def _last(concept: str, next_: Mapping[str, str]) -> str:
    seen = {concept}
    while (follows := next_.get(concept, concept)) not in seen:
        seen.add(follows)
        concept = follows
    return concept
