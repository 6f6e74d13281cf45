"""Training: a new model for the tagger, from gold labels and from what people decided."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline import __version__
from pipeline.config.workspace import Workspace
from pipeline.core.concepts import Vocabulary
from pipeline.core.failures import Failure
from pipeline.tagging.evaluation import Evaluation, main_subjects
from pipeline.tagging.evaluation import evaluate as evaluate_tags
from pipeline.tagging.gold import GoldLabel, load_gold
from pipeline.tagging.tagger_model import save_model
from pipeline.tagging.training import FOLDS, Example, cross_validated, prepare, train
from pipeline.workflows import assemble
from pipeline.workflows.labelled import read_labelled
from pipeline.workflows.reviewing import Labelled, reviewed_labels


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training did.

    Attributes:
        folder: Of the model and its card; nothing was written in a dry run.
        examples: Documents that it learned from.
        reviewed: Of them, those that people reviewed.
        rules, combined: Scores of the vocabulary alone, and with models that did not see the
            document's work.
        failed: Labelled files that could not be read.
    """

    folder: Path
    examples: int
    reviewed: int
    rules: Evaluation
    combined: Evaluation
    failed: tuple[Failure, ...]


def train_tagger(
    workspace: Workspace,
    golds: Sequence[Path],
    *,
    dry_run: bool = False,
    folder: Path | None = None,
    jobs: int | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Trained:
    """Train on the labels in ``golds`` and on people's decisions, and keep the model.

    The machine's own tags teach nothing.

    Args:
        dry_run: Whether to measure only, and to write nothing.
        folder: Where the model comes to; where absent, it is put into use.

    Raises:
        ConfigError: If labels or vocabulary are wrong, or there is too little to learn from.
        CatalogueError: If the catalogue cannot be used.
    """
    vocabulary = assemble.vocabulary_of(workspace)
    examples: dict[str, Example] = {}
    failed: dict[str, Failure] = {}
    for gold in golds:
        labels = {label.id: label for label in load_gold(gold, vocabulary)}
        answers = read_labelled(
            workspace, gold, list(labels.values()), jobs=jobs, on_progress=on_progress
        )
        for id_, answer in answers:
            if isinstance(answer, Failure):
                failed[answer.source.path] = answer
                continue
            label = labels[id_]
            examples[answer.id] = Example(answer, label.work, label.primary, label.secondary)
    reviewed = list(reviewed_labels(workspace)) if workspace.catalogue.exists() else []
    for one in reviewed:
        examples[one.document.id] = _reviewed(one, examples.get(one.document.id), vocabulary)
    ordered = sorted(examples.values(), key=lambda example: example.document.id)
    prepared = prepare(ordered, vocabulary)
    model = train(prepared, vocabulary)
    answers_ = {p.example.document.id: main_subjects(tags)
                for p, tags in cross_validated(prepared, vocabulary)}  # fmt: skip
    rules = assemble.rules_of(vocabulary)
    alone = {e.document.id: main_subjects(rules.suggest(e.document)) for e in ordered}
    labels_ = [_label(example) for example in ordered if not example.undecided]
    combined = evaluate_tags(labels_, answers_, vocabulary)
    folder = folder or workspace.root / "models" / assemble.TAGGER
    if not dry_run:
        card = _card(ordered, len(reviewed), vocabulary, combined)
        save_model(model, card, folder)
    return Trained(
        folder=folder,
        examples=len(ordered),
        reviewed=len(reviewed),
        rules=evaluate_tags(labels_, alone, vocabulary),
        combined=combined,
        failed=tuple(failed.values()),
    )


def _reviewed(one: Labelled, known: Example | None, vocabulary: Vocabulary) -> Example:
    """Return an example of a reviewed document; what people decided there beats its label."""
    main, also = frozenset(one.main), frozenset(one.also)
    decided = main | also | frozenset(one.rejected)
    if known is not None:
        return replace(
            known,
            primary=known.primary - decided | main,
            secondary=known.secondary - decided | also,
        )
    undecided = frozenset(file.id for file in vocabulary.files) - decided
    return Example(one.document, one.document.work_id, main, also, undecided)


def _label(example: Example) -> GoldLabel:
    return GoldLabel(
        id=example.document.id,
        path=example.document.source.path,
        work=example.work,
        language=example.document.language,
        kind="long",
        primary=example.primary,
        secondary=example.secondary,
    )


def _card(
    examples: Sequence[Example], reviewed: int, vocabulary: Vocabulary, scores: Evaluation
) -> dict[str, object]:
    """Return what a reader must know of a model: from what, when and how well it was learned."""
    import numpy
    import sklearn

    told = sorted(
        (e.document.id, *sorted(e.primary), "|", *sorted(e.secondary), "|", *sorted(e.undecided))
        for e in examples
    )
    tables = scores.to_json()
    return {
        "data_sha256": hashlib.sha256(repr(told).encode()).hexdigest(),
        "documents": sorted(e.document.id for e in examples),
        "reviewed_documents": reviewed,
        "folds": FOLDS,
        "cross_validated": {name: _summary(tables[name]) for name in ("pillars", "policy_files")}
        | {"off_topic": tables["off_topic"]},
        "trained_on": datetime.now(UTC).date().isoformat(),
        "versions": {
            "fourp": __version__,
            "numpy": numpy.__version__,
            "scikit-learn": sklearn.__version__,
        },
        "vocabulary_sha256": vocabulary.digest,
    }


def _summary(table: object) -> dict[str, object]:
    assert isinstance(table, dict)
    return {name: table[name] for name in ("micro", "macro", "macro_3")}
