"""Scores of the order and of the confidence of tags, against gold labels.

R-precision: of a document with R primary files, the share of them among the first R suggestions.
nDCG: the discounted cumulative gain (Järvelin and Kekäläinen 2002) of all suggestions, 2 for a
primary file and 1 for a secondary one, divided by that of the best order; 0..1.
The abstention curve tells what would be right if only tags of some confidence were shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log2

from pipeline.core.concepts import Vocabulary
from pipeline.core.tags import Grade, Tag
from pipeline.tagging.gold import GoldLabel

CONFIDENCES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
PRIMARY, SECONDARY = 2, 1  # gains

Suggested = Mapping[str, Sequence[Tag]]


def ranking(
    labels: Sequence[GoldLabel], suggested: Suggested, vocabulary: Vocabulary
) -> dict[str, object]:
    """Return R-precision, nDCG, the abstention curve and what is taken for what.

    Args:
        suggested: Tags and candidates by label id, in the order in which they are shown.
    """
    files = {file.id for file in vocabulary.files}
    rows = [
        (label, [tag for tag in suggested.get(label.id, ()) if tag.concept in files])
        for label in labels
    ]
    return {
        "r_precision": _mean([_r_precision(*row) for row in rows if row[0].primary]),
        "ndcg": _mean([_ndcg(*row) for row in rows if row[0].primary | row[0].secondary]),
        "abstention": list(_abstention(rows)),
        "confusion": _confusion(rows),
    }


def _r_precision(label: GoldLabel, tags: Sequence[Tag]) -> float:
    neutral = label.secondary - label.primary
    order = [tag.concept for tag in tags if tag.concept not in neutral]
    first = order[: len(label.primary)]
    return sum(name in label.primary for name in first) / len(label.primary)


def _ndcg(label: GoldLabel, tags: Sequence[Tag]) -> float:
    gains = {**dict.fromkeys(label.secondary, SECONDARY), **dict.fromkeys(label.primary, PRIMARY)}
    reached = _discounted([gains.get(tag.concept, 0) for tag in tags])
    return reached / _discounted(sorted(gains.values(), reverse=True))


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))


def _abstention(rows: Sequence[tuple[GoldLabel, Sequence[Tag]]]) -> Iterator[dict[str, float]]:
    """Yield what the main subjects of a confidence and above are worth.

    ``coverage`` is the share of primary files that are among them; a secondary one is neither right
    nor wrong.
    """
    wanted = sum(len(label.primary) for label, _ in rows)
    judged = [
        (tag.score, tag.concept in label.primary)
        for label, tags in rows
        for tag in tags
        if tag.grade is Grade.MAIN and tag.concept not in label.secondary - label.primary
    ]
    for confidence in CONFIDENCES:
        shown = [right for score, right in judged if score >= confidence]
        yield {
            "confidence": confidence,
            "tags": len(shown),
            "coverage": round(sum(shown) / wanted, 4) if wanted else 0.0,
            "precision": round(sum(shown) / len(shown), 4) if shown else 0.0,
        }


def _confusion(rows: Sequence[tuple[GoldLabel, Sequence[Tag]]]) -> list[dict[str, object]]:
    """Return wrong main subjects with a primary file that the document missed, most often first.

    ``missed`` is "" where nothing was missed: the tag is one too many.
    """
    pairs: Counter[tuple[str, str]] = Counter()
    for label, tags in rows:
        given = {tag.concept for tag in tags if tag.grade is Grade.MAIN}
        missed = label.primary - given or {""}
        for wrong in given - label.primary - label.secondary:
            pairs.update((one, wrong) for one in missed)
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return [{"missed": m, "given": g, "documents": count} for (m, g), count in ordered]


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0
