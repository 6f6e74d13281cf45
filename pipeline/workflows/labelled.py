"""Labelled documents: the files that gold labels name, read, and the documents people reviewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.config.workspace import Workspace
from pipeline.core.document import Document
from pipeline.core.failures import Failure
from pipeline.core.ports import Executor
from pipeline.tagging.gold import GoldLabel
from pipeline.workflows import assemble
from pipeline.workflows.discover import sources
from pipeline.workflows.passes import answered, patient_deadline


def read_labelled(
    workspace: Workspace,
    gold: Path,
    labels: Sequence[GoldLabel],
    *,
    jobs: int | None = None,
    executor: Executor | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Iterator[tuple[str, Document | Failure]]:
    """Yield every label's id with its document, or with why there is none.

    Args:
        gold: The file of the labels, to whose folder their paths are relative.
    """
    ids: dict[str, list[str]] = {}
    for label in labels:
        ids.setdefault(str((gold.parent / label.path).resolve()), []).append(label.id)
    readable = []
    for item in sources(map(Path, ids)):
        if isinstance(item, Failure):
            yield from ((id_, item) for id_ in ids[item.source.path])
        else:
            readable.append(item)
    answers = answered(
        executor or assemble.executor_of(workspace, jobs=jobs),
        readable,
        quick=assemble.process_of(workspace, postpone_scans=True),
        patient=assemble.process_of(workspace),
        deadline=patient_deadline(workspace.settings),
    )
    for done, (source, answer) in enumerate(answers, start=1):
        if not isinstance(answer, Document | Failure):
            answer = Failure(source, "read", answer.reason, answer.remedy)
        yield from ((id_, answer) for id_ in ids[source.path])
        on_progress(done, len(readable))
