"""Evaluation: the tagger's main subjects against gold labels, on the files they name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.config.workspace import Workspace
from pipeline.core.failures import Failure
from pipeline.core.ports import Executor
from pipeline.tagging.evaluation import Evaluation, main_subjects
from pipeline.tagging.evaluation import evaluate as evaluate_tags
from pipeline.tagging.gold import load_gold
from pipeline.tagging.tagger_model import trained_on
from pipeline.workflows import assemble
from pipeline.workflows.labelled import read_labelled


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An evaluation, and what to know of it.

    Attributes:
        failed: Labelled files that could not be read.
        seen: Documents from whose labels the model in use learned, which flatters the scores.
    """

    scores: Evaluation
    failed: tuple[Failure, ...]
    seen: int


def evaluate(
    workspace: Workspace,
    gold: Path,
    *,
    jobs: int | None = None,
    executor: Executor | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Evaluated:
    """Read and tag every labelled file and score the tags.

    A file that fails counts as a document without tags.

    Raises:
        ConfigError: If gold labels, settings or vocabulary are wrong.
    """
    vocabulary = assemble.vocabulary_of(workspace)
    labels = load_gold(gold, vocabulary)
    failed: dict[str, Failure] = {}
    predicted: dict[str, frozenset[str]] = {}
    taught = trained_on(workspace.model(assemble.TAGGER))
    seen = 0
    answers = read_labelled(
        workspace, gold, labels, jobs=jobs, executor=executor, on_progress=on_progress
    )
    for id_, answer in answers:
        if isinstance(answer, Failure):
            failed[answer.source.path] = answer
        else:
            predicted[id_] = main_subjects(answer.tags)
            seen += answer.id in taught
    return Evaluated(evaluate_tags(labels, predicted, vocabulary), tuple(failed.values()), seen)
