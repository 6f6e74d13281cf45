"""Reading one file without a workspace, to see what the readers make of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from pipeline.config.settings import Settings
from pipeline.core.document import Document, Source
from pipeline.core.errors import DocumentError
from pipeline.core.failures import Failure, WorkerLoss
from pipeline.core.recipe import Recipe
from pipeline.execution.processes import ProcessExecutor
from pipeline.workflows import assemble
from pipeline.workflows.discover import sources
from pipeline.workflows.passes import answered, patient_deadline


def read_file(
    path: Path, *, settings: Settings | None = None
) -> tuple[Document, DocumentError | None]:
    """Return the document in a file, with languages, description and passages, but no tags.

    It is read in a worker process: a file that kills its reader does not kill the caller.

    Returns:
        The document, and what is wrong with it where only some of its pages could be read.

    Raises:
        DocumentError: If it cannot be read.
    """
    settings = settings or Settings()
    [source] = sources([path.absolute()])
    if isinstance(source, Failure):
        raise DocumentError(source.reason, where=str(path), remedy=source.remedy)
    [(_, answer)] = answered(
        ProcessExecutor(jobs=1, deadline=settings.deadline, memory=settings.memory),
        [source],
        quick=partial(_build, settings, postpone_scans=True),
        patient=partial(_build, settings, postpone_scans=False),
        deadline=patient_deadline(settings),
    )
    if isinstance(answer, Document):
        return answer, None
    problem = DocumentError(answer.reason, where=str(path), remedy=answer.remedy)
    if isinstance(answer, WorkerLoss) or answer.partial is None:
        raise problem
    return answer.partial, problem


def _build(
    settings: Settings, *, postpone_scans: bool
) -> Callable[[Source | Document], Document | Failure]:
    readers = assemble.readers_of(settings, postpone_scans=postpone_scans)
    stages = assemble.reading_stages()
    return Recipe(readers=readers, reading=stages, tagging=(), settings={}).process
