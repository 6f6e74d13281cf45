"""Reading one file without a workspace, to see what the readers make of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.config.settings import Settings
from pipeline.core.document import Document, Source
from pipeline.core.errors import DocumentError, PartlyReadError
from pipeline.core.failures import Failure, WorkerLoss
from pipeline.core.recipe import Recipe
from pipeline.execution.processes import ProcessExecutor
from pipeline.workflows import assemble
from pipeline.workflows.discover import sources


def read_file(path: Path, *, settings: Settings | None = None) -> Document:
    """Return the document in a file, with languages, description and passages, but no tags.

    It is read in a worker process: a file that kills its reader does not kill the caller.

    Raises:
        DocumentError: If it cannot be read; a `PartlyReadError` holds what can be.
    """
    limits = settings or Settings()
    [source] = sources([path.absolute()])
    if isinstance(source, Failure):
        raise DocumentError(source.reason, where=str(path), remedy=source.remedy)
    executor = ProcessExecutor(
        jobs=1, deadline=limits.deadline, memory=limits.memory, programs=assemble.PROGRAMS
    )
    [(_, answer)] = executor.map(_build, [source])
    if isinstance(answer, Failure) and answer.partial:
        raise PartlyReadError(
            answer.reason, where=str(path), remedy=answer.remedy, document=answer.partial
        )
    if isinstance(answer, Failure | WorkerLoss):
        raise DocumentError(answer.reason, where=str(path), remedy=answer.remedy)
    return answer


def _build() -> Callable[[Source | Document], Document | Failure]:
    from pipeline.readers.registry import default_readers

    stages = assemble.reading_stages()
    return Recipe(readers=default_readers(), reading=stages, tagging=(), settings={}).process
