"""Retagging: stored documents get the tags of today's vocabulary and model; no file is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.config.workspace import Workspace
from pipeline.core.document import Document
from pipeline.core.failures import TAGGING, Failure, WorkerLoss
from pipeline.core.ports import Executor
from pipeline.execution.garbage import collect_rarely
from pipeline.execution.interrupts import Interrupts
from pipeline.workflows import assemble
from pipeline.workflows.indexing import IndexUpdate

STORED_AT_ONCE = 100  # documents


@dataclass(frozen=True, slots=True)
class Retagged:
    """What a retagging did: ``found == retagged + failed``.

    Attributes:
        found: Stored documents that were to be tagged anew.
        changed: Of ``retagged``, those that have other tags now.
        current: Stored documents whose tags were of today already.
    """

    found: int
    retagged: int
    changed: int
    failed: int
    current: int


def outdated(workspace: Workspace, *, everything: bool = False) -> tuple[list[str], int]:
    """Return the ids of documents that are to be tagged anew, and how many others there are.

    Args:
        everything: Whether those that have today's tags are to be tagged anew as well.

    Raises:
        ConfigError: If settings, vocabulary or model are wrong.
        CatalogueError: If the catalogue cannot be used.
    """
    version = assemble.recipe_of(workspace).version
    with assemble.catalogue_of(workspace) as catalogue:
        known = catalogue.known()
    ids = [id_ for id_, one in known.items() if everything or one.recipe_version != version]
    return sorted(ids), len(known) - len(ids)


def retag(
    workspace: Workspace,
    *,
    everything: bool = False,
    jobs: int | None = None,
    executor: Executor | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Retagged:
    """Tag stored documents anew, store the tags and bring the index in line.

    A document that cannot be tagged keeps the tags that it has, and is entered in the ledger.

    Args:
        everything: Whether those that have today's tags are tagged anew as well.
        jobs: Worker processes; the settings' number where absent.
        executor: Where documents are tagged; worker processes where absent.
        on_progress: Called with the documents done and their total.

    Raises:
        ConfigError: If settings, vocabulary or model are wrong.
        CatalogueError: If the catalogue cannot be used or another process writes.
        IndexUnusableError: If the index cannot be written.
    """
    collect_rarely()
    version = assemble.recipe_of(workspace).version
    changed = failed = done = 0
    ready: list[Document] = []
    with (
        workspace.writing(),
        assemble.catalogue_of(workspace) as catalogue,
        Interrupts() as interrupts,
        IndexUpdate(workspace, catalogue) as index,
    ):
        ids, current = outdated(workspace, everything=everything)

        def flush() -> None:
            index.amend(catalogue.retag(ready, recipe_version=version))
            ready.clear()

        answers = (executor or assemble.executor_of(workspace, jobs=jobs)).map(
            assemble.process_of(workspace), catalogue.documents(ids)
        )
        try:
            for document, answer in answers:
                with interrupts.held_back():
                    done += 1
                    if isinstance(answer, Document):
                        ready.append(answer)
                        changed += _subjects(answer) != _subjects(document)
                    else:
                        failed += 1
                        catalogue.fail([_failure(document, answer, version)])
                    if len(ready) >= STORED_AT_ONCE:
                        flush()
                    on_progress(done, len(ids))
        finally:  # an interrupt must not cost what is done already
            with interrupts.held_back():
                flush()
        with interrupts.held_back():
            index.catch_up(between=interrupts.check)
    return Retagged(len(ids), done - failed, changed, failed, current)


def _subjects(document: Document) -> set[tuple[str, str]]:
    return {(tag.concept, tag.grade) for tag in document.tags}


def _failure(document: Document, answer: Failure | WorkerLoss, version: str) -> Failure:
    if isinstance(answer, WorkerLoss):
        return Failure(document.source, TAGGING, answer.reason, answer.remedy, recipe=version)
    return replace(answer, partial=None)
