"""How sure scores are: percentile intervals by the bootstrap (Efron 1979) over works.

Whole works are drawn, because the versions of a work are right or wrong together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.core.concepts import Vocabulary
from pipeline.tagging.evaluation import ENOUGH
from pipeline.tagging.gold import GoldLabel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRAWS = 2000
LEVEL = 0.95
SEED = 0

Predicted = Mapping[str, frozenset[str]]
Interval = tuple[float, float]


def intervals(
    labels: Sequence[GoldLabel], predicted: Predicted, vocabulary: Vocabulary
) -> dict[str, dict[str, Interval]]:
    """Return intervals of 95 % for precision, recall and F1 (micro) and F1 (macro).

    The macro F1 is over policy files with enough documents, as in the evaluation.

    Args:
        predicted: Main subjects by label id, as for the evaluation.
    """
    counted = {"pillars": _counts(labels, predicted, vocabulary, pillars=True),
               "policy_files": _counts(labels, predicted, vocabulary, pillars=False)}  # fmt: skip
    draws = _draws(labels)
    return {
        kind: {name: _interval(values) for name, values in _scores(counts, draws).items()}
        for kind, counts in counted.items()
    }


def difference(
    labels: Sequence[GoldLabel], before: Predicted, after: Predicted, vocabulary: Vocabulary
) -> dict[str, dict[str, Interval]]:
    """Return intervals of 95 % for what ``after`` scores more than ``before``."""
    draws = _draws(labels)
    told = {}
    for kind in ("pillars", "policy_files"):
        one, other = (
            _scores(_counts(labels, given, vocabulary, pillars=kind == "pillars"), draws)
            for given in (before, after)
        )
        told[kind] = {name: _interval(other[name] - one[name]) for name in one}
    return told


def _counts(
    labels: Sequence[GoldLabel], predicted: Predicted, vocabulary: Vocabulary, *, pillars: bool
) -> NDArray[np.float64]:
    """Return right, wrong and missed tags: works x labels x 3."""
    import numpy as np

    broader = {c.id: c.broader for c in vocabulary.files}
    concepts = vocabulary.pillars if pillars else vocabulary.files
    names = {concept.id: place for place, concept in enumerate(concepts)}
    works = {work: place for place, work in enumerate(dict.fromkeys(one.work for one in labels))}
    counts = np.zeros((len(works), len(names), 3))
    for label in labels:
        gold, neutral = label.primary, label.secondary
        if pillars:
            gold, neutral = (frozenset(broader[name] for name in s) for s in (gold, neutral))
        given = frozenset(name for name in predicted.get(label.id, ()) if name in names)
        here = counts[works[label.work]]
        for kind, found in enumerate((given & gold, given - gold - neutral, gold - given)):
            for name in found:
                here[names[name], kind] += 1
    return counts


def _draws(labels: Sequence[GoldLabel]) -> NDArray[np.float64]:
    """Return how often each work is drawn: draws x works."""
    import numpy as np

    works = len({label.work for label in labels})
    random = np.random.default_rng(SEED)
    return random.multinomial(works, np.full(works, 1 / works), size=DRAWS).astype(np.float64)


def _scores(
    counts: NDArray[np.float64], draws: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    import numpy as np

    drawn = np.tensordot(draws, counts, axes=1)  # draws x labels x 3
    right, wrong, missed = np.moveaxis(drawn.sum(axis=1), -1, 0)
    support = counts[:, :, 0] + counts[:, :, 2]
    enough = support.sum(axis=0) >= ENOUGH
    each = drawn[:, enough]
    f1 = _share(2 * each[..., 0], 2 * each[..., 0] + each[..., 1] + each[..., 2])
    return {
        "precision": _share(right, right + wrong),
        "recall": _share(right, right + missed),
        "f1": _share(2 * right, 2 * right + wrong + missed),
        f"macro_{ENOUGH}": f1.mean(axis=1) if enough.any() else np.zeros(len(draws)),
    }


def _share(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _interval(values: NDArray[np.float64]) -> Interval:
    import numpy as np

    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return round(float(low), 4), round(float(high), 4)
