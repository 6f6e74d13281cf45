"""Weighed: numbers of passages or documents with a weight or score each, and what is made of them.

All numbers rise and come once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.integer[Any]]
Weights = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]

NO_NUMBERS: Numbers = np.zeros(0, np.int64)
_NO_WEIGHTS: Weights = np.zeros(0)

# "k1" of BM25 (Robertson and Spärck Jones 1994): how soon repeating a word stops to count.
SATURATION = 1.2


@dataclass(frozen=True, slots=True)
class Weighed:
    """Numbers with a weight each."""

    numbers: Numbers
    weights: Weights

    def __len__(self) -> int:
        return len(self.numbers)

    def chosen(self, mask: Mask) -> Weighed:
        """Return those for which ``mask`` is true."""
        return Weighed(self.numbers[mask], self.weights[mask])

    def times(self, factor: float) -> Weighed:
        """Return the same numbers with their weights multiplied."""
        return Weighed(self.numbers, self.weights * factor)


NOTHING = Weighed(NO_NUMBERS, _NO_WEIGHTS)


def within(numbers: Numbers, others: Numbers) -> Mask:
    """Return which of ``numbers`` are among ``others``."""
    if not len(others):
        return np.zeros(len(numbers), np.bool_)
    at = np.minimum(np.searchsorted(others, numbers), len(others) - 1)
    found: Mask = others[at] == numbers
    return found


def shared(one: Numbers, other: Numbers) -> Numbers:
    """Return the numbers that are in both."""
    return one[within(one, other)]


def in_all(found: Sequence[Weighed]) -> tuple[Numbers, list[Weights]]:
    """Return the numbers that are in all, at least one, and their weights in each."""
    fewest = min(found, key=len)
    numbers = fewest.numbers
    for one in found:
        if one is not fewest:
            numbers = shared(numbers, one.numbers)
    return numbers, [one.weights[np.searchsorted(one.numbers, numbers)] for one in found]


def all_summed(found: Sequence[Weighed]) -> Weighed:
    """Return the numbers that are in all, at least one, with the sums of their weights."""
    numbers, weights = in_all(found)
    return Weighed(numbers, np.sum(weights, axis=0))


def all_lowest(found: Sequence[Weighed]) -> Weighed:
    """Return the numbers that are in all, at least one, with the lowest of their weights."""
    numbers, weights = in_all(found)
    return Weighed(numbers, np.min(weights, axis=0))


def any_summed(found: Sequence[Weighed]) -> Weighed:
    """Return the numbers that are in any, with the sums of their weights."""
    return _any(found, np.add)


def any_highest(found: Sequence[Weighed]) -> Weighed:
    """Return the numbers that are in any, with the highest of their weights."""
    return _any(found, np.maximum)


def _any(found: Sequence[Weighed], joined: np.ufunc) -> Weighed:
    some = [one for one in found if len(one)]
    if len(some) < 2:
        return some[0] if some else NOTHING
    numbers = np.concatenate([one.numbers for one in some])
    weights = np.concatenate([one.weights for one in some])
    order = np.argsort(numbers, kind="stable")
    numbers, weights = numbers[order], weights[order]
    first = np.flatnonzero(np.concatenate([[True], numbers[1:] != numbers[:-1]]))
    return Weighed(numbers[first], joined.reduceat(weights, first))


def rarity(having: int, size: int) -> float:
    """Return BM25's inverse document frequency of what ``having`` of ``size`` passages have."""
    return log(1 + (max(size - having, 0) + 0.5) / (having + 0.5))


def saturated(weights: Weights) -> Weights:
    """Return what the weights of a word count, 0..2.2: repeating it counts less and less."""
    return (SATURATION + 1) * weights / (weights + SATURATION)
