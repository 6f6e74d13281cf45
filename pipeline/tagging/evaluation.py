"""Scores of main-subject tags against gold labels: precision, recall and F1, micro and macro.

A tag counts against the label's primary files. A tag among its secondary files is neither right
nor wrong; how many there were is told apart. The pillars of a document are those of its files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.concepts import Vocabulary
from pipeline.core.tags import Grade, Tag
from pipeline.tagging.gold import GoldLabel

ENOUGH = 3  # documents of a policy file below which its own F1 says little

Table = Mapping[str, object]
Sets = Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of an evaluation, as nested tables of numbers.

    Attributes:
        tables: ``documents``, ``pillars`` and ``policy_files`` (each with ``micro``, ``macro``,
            ``by_language``, ``by_kind`` and ``by_label``), ``off_topic`` and ``secondary_share``.
    """

    tables: Table

    def to_json(self) -> dict[str, object]:
        """Return the tables as one JSON object."""
        return dict(self.tables)


def main_subjects(tags: Iterable[Tag]) -> frozenset[str]:
    """Return the concepts that are tagged as main subjects."""
    return frozenset(tag.concept for tag in tags if tag.grade is Grade.MAIN)


def evaluate(
    labels: Sequence[GoldLabel],
    predicted: Mapping[str, frozenset[str]],
    vocabulary: Vocabulary,
) -> Evaluation:
    """Return the scores of the main-subject tags in ``predicted``.

    Args:
        labels: The gold standard.
        predicted: Policy files and pillars tagged as main subject, by label id; a missing id is
            a document without tags.
        vocabulary: Says which concept is a pillar, and of which files.
    """
    broader = {c.id: c.broader for c in vocabulary.files}
    pillars = frozenset(p.id for p in vocabulary.pillars)
    given = [predicted.get(label.id, frozenset()) for label in labels]

    def pillars_of(files: frozenset[str]) -> frozenset[str]:
        return frozenset(broader[name] for name in files)

    off_topic = [tags for label, tags in zip(labels, given, strict=True)
                 if not label.primary | label.secondary]  # fmt: skip
    files = [tags - pillars for tags in given]
    shown = sum(len(tags) for tags in files)
    secondary = sum(len(t & lab.secondary) for t, lab in zip(files, labels, strict=True))
    return Evaluation(
        {
            "documents": len(labels),
            "pillars": _scores(
                labels,
                [pillars_of(label.primary) for label in labels],
                [pillars_of(label.secondary) for label in labels],
                [tags & pillars for tags in given],
            ),
            "policy_files": _scores(
                labels,
                [label.primary for label in labels],
                [label.secondary for label in labels],
                files,
            ),
            "off_topic": {
                "documents": len(off_topic),
                "untagged": _share(sum(not tags for tags in off_topic), len(off_topic)),
            },
            "secondary_share": _share(secondary, shown),
        }
    )


def _scores(
    labels: Sequence[GoldLabel], gold: Sets, neutral: Sets, predicted: Sets
) -> dict[str, object]:
    """Return the table of one kind of concept."""
    judged = [p - (n - g) for g, n, p in zip(gold, neutral, predicted, strict=True)]
    names = sorted(frozenset().union(*gold, *judged))
    by_label = {
        name: _binary([name in g for g in gold], [name in p for p in judged]) for name in names
    }
    supported = [row for row in by_label.values() if row["support"] > 0]
    enough = [row for row in by_label.values() if row["support"] >= ENOUGH]
    return {
        "micro": _micro(gold, judged),
        "micro_strict": _micro(gold, predicted),
        "macro": _mean(supported),
        f"macro_{ENOUGH}": _mean(enough),
        "by_language": _by(lambda label: label.language, labels, gold, judged),
        "by_kind": _by(lambda label: label.kind, labels, gold, judged),
        "by_label": by_label,
    }


def _by(
    key: Callable[[GoldLabel], str], labels: Sequence[GoldLabel], gold: Sets, judged: Sets
) -> dict[str, object]:
    groups: dict[str, list[int]] = {}
    for number, label in enumerate(labels):
        groups.setdefault(key(label), []).append(number)
    return {
        name: _micro([gold[n] for n in numbers], [judged[n] for n in numbers])
        | {"documents": len(numbers)}
        for name, numbers in sorted(groups.items())
    }


def _micro(gold: Sets, predicted: Sets) -> dict[str, float]:
    names = sorted(frozenset().union(*gold, *predicted))
    return _binary(
        [name in g for g in gold for name in names],
        [name in p for p in predicted for name in names],
    )


def _binary(gold: Sequence[bool], predicted: Sequence[bool]) -> dict[str, float]:
    from sklearn.metrics import precision_recall_fscore_support

    if not gold:
        return {"precision": 0.0, "recall": 0.0, "f1": 0.0, "support": 0}
    precision, recall, f1, _ = precision_recall_fscore_support(
        gold, predicted, average="binary", pos_label=True, zero_division=0.0
    )
    return {
        "precision": round(float(precision), 4),
        "recall": round(float(recall), 4),
        "f1": round(float(f1), 4),
        "support": sum(gold),
    }


def _mean(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {
        name: _share(sum(row[name] for row in rows), len(rows))
        for name in ("precision", "recall", "f1")
    } | {"labels": len(rows)}


def _share(part: float, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
