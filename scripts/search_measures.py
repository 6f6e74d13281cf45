"""Measures of ranked lists against binary judgements; shared by the parts of `bench-search`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil, log2


def ndcg(ranked: Sequence[str], relevant: Collection[str], *, at: int = 10) -> float:
    """Return the discounted cumulative gain (Järvelin and Kekäläinen 2002) over the best possible.

    A relevant document counts 1; `relevant` is not empty.
    """
    gain = sum(1 / log2(n + 2) for n, name in enumerate(ranked[:at]) if name in relevant)
    return gain / sum(1 / log2(n + 2) for n in range(min(at, len(relevant))))


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """Return 1 over the rank of the first relevant document, 0 where none is listed."""
    return next((1 / n for n, name in enumerate(ranked, start=1) if name in relevant), 0.0)


def recall(ranked: Sequence[str], relevant: Collection[str], *, at: int) -> float:
    """Return the share of the relevant documents among the first ``at``."""
    return sum(name in relevant for name in ranked[:at]) / len(relevant)


def success(ranked: Sequence[str], relevant: Collection[str], *, at: int) -> float:
    """Return 1 where a relevant document is among the first ``at``, else 0."""
    return float(any(name in relevant for name in ranked[:at]))


def mean(figures: Sequence[float]) -> float:
    """Return the mean; 0 of nothing."""
    return sum(figures) / len(figures) if figures else 0.0


def percentile(figures: Sequence[float], percent: float) -> float:
    """Return the figure that ``percent`` of them do not exceed (nearest rank)."""
    ordered = sorted(figures)
    return ordered[max(ceil(len(ordered) * percent / 100) - 1, 0)]
