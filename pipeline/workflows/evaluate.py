"""Evaluation: the tagger's main subjects against gold labels, on the files they name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.config.workspace import Workspace
from pipeline.core.document import Document
from pipeline.core.failures import Failure
from pipeline.core.ports import Executor
from pipeline.core.tags import Grade
from pipeline.tagging.evaluation import Evaluation
from pipeline.tagging.evaluation import evaluate as evaluate_tags
from pipeline.tagging.gold import load_gold
from pipeline.workflows import assemble
from pipeline.workflows.discover import sources
from pipeline.workflows.passes import answered, patient_deadline


def evaluate(
    workspace: Workspace,
    gold: Path,
    *,
    jobs: int | None = None,
    executor: Executor | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> tuple[Evaluation, tuple[Failure, ...]]:
    """Read and tag every labelled file and return the scores, and the files that failed.

    A file that fails counts as a document without tags.

    Raises:
        ConfigError: If gold labels, settings or vocabulary are wrong.
    """
    vocabulary = assemble.vocabulary_of(workspace)
    labels = load_gold(gold, vocabulary)
    ids: dict[str, list[str]] = {}
    for label in labels:
        ids.setdefault(str((gold.parent / label.path).resolve()), []).append(label.id)
    found = list(sources(map(Path, ids)))
    failed = [item for item in found if isinstance(item, Failure)]
    readable = [item for item in found if not isinstance(item, Failure)]
    predicted: dict[str, frozenset[str]] = {}
    answers = answered(
        executor or assemble.executor_of(workspace, jobs=jobs),
        readable,
        quick=assemble.process_of(workspace, postpone_scans=True),
        patient=assemble.process_of(workspace),
        deadline=patient_deadline(workspace.settings),
    )
    for done, (source, answer) in enumerate(answers, start=1):
        if isinstance(answer, Document):
            main = frozenset(t.concept for t in answer.tags if t.grade is Grade.MAIN)
            predicted.update(dict.fromkeys(ids[source.path], main))
        elif isinstance(answer, Failure):
            failed.append(answer)
        else:
            failed.append(Failure(source, "read", answer.reason, answer.remedy))
        on_progress(done, len(readable))
    return evaluate_tags(labels, predicted, vocabulary), tuple(failed)
