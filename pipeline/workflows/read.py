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
from pipeline.readers.members import OpenContainers, is_inside, member_source
from pipeline.workflows import assemble
from pipeline.workflows.discover import sources
from pipeline.workflows.passes import answered, patient_deadline


def read_file(
    path: Path, *, settings: Settings | None = None
) -> tuple[Document, DocumentError | None]:
    """Return the document in a file, with languages, description and passages, but no tags.

    The path may be that of a member (``mail.eml!/note.pdf``). It is read in a worker process: a
    file that kills its reader does not kill the caller.

    Returns:
        The document, and what is wrong with it where only some of its pages could be read.

    Raises:
        DocumentError: If nothing of it can be read.
    """
    settings = settings or Settings()
    source = _source(path.absolute())
    if isinstance(source, Failure):
        raise DocumentError(source.reason, where=str(path), remedy=source.remedy)
    [(_, answer)] = answered(
        ProcessExecutor(
            jobs=1,
            deadline=settings.deadline,
            memory=settings.memory,
            programs=assemble.PROGRAMS,
        ),
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


def _source(path: Path) -> Source | Failure:
    if is_inside(str(path)):
        return Source(str(path), "", "", 0)  # its bytes are for the worker to unpack
    [source] = sources([path])
    return source


def _build(
    settings: Settings, *, postpone_scans: bool
) -> Callable[[Source | Document], Document | Failure]:
    from pipeline.readers.registry import default_containers

    readers = assemble.readers_of(settings, postpone_scans=postpone_scans)
    stages = assemble.reading_stages()
    recipe = Recipe(readers=readers, reading=stages, tagging=(), settings={})
    containers = OpenContainers(default_containers())

    def process(item: Source | Document) -> Document | Failure:
        if isinstance(item, Source) and is_inside(item.path):
            try:
                item = member_source(item.path, containers)
            except DocumentError as error:
                return Failure(item, "read", error.what, error.remedy)
        return recipe.process(item)

    return process
