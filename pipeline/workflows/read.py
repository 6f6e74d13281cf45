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
from pipeline.readers.members import OpenContainers, is_inside, member_source
from pipeline.workflows import assemble
from pipeline.workflows.discover import sources


def read_file(path: Path, *, settings: Settings | None = None) -> Document:
    """Return the document in a file, with languages, description and passages, but no tags.

    The path may be that of a member (``mail.eml!/note.pdf``). It is read in a worker process: a
    file that kills its reader does not kill the caller.

    Raises:
        DocumentError: If it cannot be read; a `PartlyReadError` holds what can be.
    """
    limits = settings or Settings()
    source = _source(path.absolute())
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


def _source(path: Path) -> Source | Failure:
    if is_inside(str(path)):
        return Source(str(path), "", "", 0)  # its bytes are for the worker to unpack
    [source] = sources([path])
    return source


def _build() -> Callable[[Source | Document], Document | Failure]:
    from pipeline.readers.registry import default_containers, default_readers

    stages = assemble.reading_stages()
    recipe = Recipe(readers=default_readers(), reading=stages, tagging=(), settings={})

    containers = OpenContainers(default_containers())

    def process(item: Source | Document) -> Document | Failure:
        if isinstance(item, Source) and is_inside(item.path):
            try:
                item = member_source(item.path, containers)
            except DocumentError as error:
                return Failure(item, "read", error.what, error.remedy)
        return recipe.process(item)

    return process
