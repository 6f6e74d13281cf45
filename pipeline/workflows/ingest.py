"""Ingest: files in, and each of them afterwards in the catalogue or in the failure ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config.workspace import Workspace
from pipeline.core.document import Document, Source
from pipeline.core.failures import Failure, WorkerLoss
from pipeline.core.ports import Executor
from pipeline.execution.garbage import collect_rarely
from pipeline.workflows import assemble
from pipeline.workflows.discover import Found, find_files, largest_first, sources
from pipeline.workflows.indexing import IndexUpdate
from pipeline.workflows.passes import answered, patient_deadline
from pipeline.workflows.plan import Action, Planner

if TYPE_CHECKING:
    from pipeline.catalogue.store import Catalogue

# What is stored in one transaction: enough that fsync does not count, little enough that a killed
# run does not lose much work and the index has something to do early on.
STORED_AT_ONCE = 50  # documents
CHARACTERS_AT_ONCE = 500_000


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an ingest stands: ``done == ingested + skipped + failed``.

    Attributes:
        found: Files in all.
        known_failures: Of ``failed``, those that failed before and were not tried again.
        retagged: Of ``ingested``, those that were tagged anew without reading the file.
        excluded: Files and folders that the settings leave out; not part of ``found``.
        path: The file that was done last.
    """

    found: int = 0
    ingested: int = 0
    skipped: int = 0
    failed: int = 0
    pages: int = 0
    known_failures: int = 0
    retagged: int = 0
    excluded: int = 0
    path: str = ""

    @property
    def done(self) -> int:
        """Files that are accounted for."""
        return self.ingested + self.skipped + self.failed


@dataclass(frozen=True, slots=True)
class Planned:
    """What an ingest would do with one file."""

    path: str
    action: Action


def plan(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    retry_failed: bool = False,
    force: bool = False,
) -> Iterator[Planned]:
    """Yield what `ingest` would do with each file, and change nothing.

    Raises:
        ConfigError: If a path does not exist or settings or vocabulary are wrong.
        CatalogueError: If the catalogue cannot be used.
    """
    found = find_files(paths, exclude=workspace.settings.exclude)
    recipe = assemble.recipe_of(workspace)
    with assemble.catalogue_of(workspace) as catalogue:
        planner = Planner(
            catalogue.known(), catalogue.failures(), recipe, retry_failed=retry_failed, force=force
        )
        for failure in found.failures:
            yield Planned(failure.source.path, Action.FAIL)
        for item in sources(found.files):
            if isinstance(item, Failure):
                yield Planned(item.source.path, Action.FAIL)
            else:
                yield Planned(item.path, planner.action(item))


def ingest(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    jobs: int | None = None,
    retry_failed: bool = False,
    force: bool = False,
    executor: Executor | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Progress:
    """Read, tag, store and index what is new below ``paths``; return the figures.

    Args:
        jobs: Worker processes; the settings' number where absent.
        retry_failed: Try files again that failed at this very recipe.
        force: Read even what is known.
        executor: Where documents are processed; worker processes where absent.
        on_progress: Called after each file.

    Raises:
        ConfigError: If a path does not exist or settings or vocabulary are wrong.
        CatalogueError: If the catalogue cannot be used or another process writes.
        IndexUnusableError: If the index cannot be written.
    """
    collect_rarely()
    found = find_files(paths, exclude=workspace.settings.exclude)
    with workspace.writing(), assemble.catalogue_of(workspace) as catalogue:
        if executor is None:
            executor = assemble.executor_of(workspace, jobs=jobs)
            if 2 * catalogue.count() < len(found.files):  # much is new, whatever the plan says
                executor.warm()
        recipe = assemble.recipe_of(workspace)
        planner = Planner(
            catalogue.known(), catalogue.failures(), recipe, retry_failed=retry_failed, force=force
        )
        with IndexUpdate(workspace, catalogue) as index:
            run = _Run(catalogue, planner, index, on_progress)
            run.progress = Progress(
                found=len(found.files) + len(found.failures), excluded=found.excluded
            )
            answers = answered(
                executor,
                run.items(found),
                quick=assemble.process_of(workspace, postpone_scans=True),
                patient=assemble.process_of(workspace),
                deadline=patient_deadline(workspace.settings),
            )
            started = _now()
            try:
                for item, answer in answers:
                    run.take(item, answer)
            finally:  # an interrupt must not cost what is done already
                run.flush()
            run.settle_twins()
            index.catch_up()
            _note_run(catalogue, run.progress, recipe.version, started)
    return run.progress


@dataclass(slots=True)
class _Run:
    """One ingest under way; what it holds is bounded by the constants and the workers' queue."""

    catalogue: Catalogue
    planner: Planner
    index: IndexUpdate
    on_progress: Callable[[Progress], None]
    progress: Progress = field(default_factory=Progress)
    _done: list[Document] = field(default_factory=list)
    _failed: list[Failure] = field(default_factory=list)
    _skipped: list[Source] = field(default_factory=list)
    _twins: list[Source] = field(default_factory=list)
    _failed_digests: dict[str, Failure] = field(default_factory=dict)

    def items(self, found: Found) -> Iterator[Source | Document]:
        """Yield what the workers have to do, and settle the rest at once."""
        for failure in found.failures:
            self._fail(failure)
        for item in sources(largest_first(found.files)):
            if isinstance(item, Failure):
                self._fail(item)
                continue
            match self.planner.action(item):
                case Action.READ:
                    yield item
                case Action.RETAG:
                    for stored in self.catalogue.documents([item.sha256]):
                        yield replace(stored, source=item)
                case Action.SKIP:
                    self._skipped.append(item)
                    self._advance(item.path, skipped=1)
                case Action.LEAVE_FAILED:
                    self._advance(item.path, failed=1, known_failures=1)
                case Action.TWIN:
                    self._twins.append(item)

    def take(self, item: Source | Document, answer: Document | Failure | WorkerLoss) -> None:
        """Keep the answer of a worker."""
        source = item.source if isinstance(item, Document) else item
        if isinstance(answer, WorkerLoss):
            version = self.planner.version
            answer = Failure(source, "read", answer.reason, answer.remedy, recipe=version)
        if isinstance(answer, Failure):
            self._failed_digests[source.sha256] = replace(answer, partial=None)
            self._fail(answer)
        else:
            self._done.append(answer)
            retagged = int(isinstance(item, Document))
            self._advance(source.path, ingested=1, pages=len(answer.pages), retagged=retagged)
        characters = sum(len(document.text) for document in self._done)
        if (
            len(self._done) + len(self._failed) >= STORED_AT_ONCE
            or characters >= CHARACTERS_AT_ONCE
        ):
            self.flush()

    def settle_twins(self) -> None:
        """Count the files with the same bytes as another of this run as that one came out."""
        for twin in self._twins:
            failure = self._failed_digests.get(twin.sha256)
            if failure is None:
                self._skipped.append(twin)
                self._advance(twin.path, skipped=1)
            else:
                self._fail(replace(failure, source=twin))
        self._twins.clear()
        self.flush()

    def flush(self) -> None:
        """Store what is done; afterwards nothing of it can be lost."""
        if self._done:
            self.catalogue.store(
                self._done,
                reading_version=self.planner.reading_version,
                recipe_version=self.planner.version,
            )
        if self._failed:
            self.catalogue.fail(self._failed, reading_version=self.planner.reading_version)
        if self._skipped:
            self.catalogue.seen(self._skipped)
        self.index.add([*self._done, *(f.partial for f in self._failed if f.partial)])
        self._done, self._failed, self._skipped = [], [], []

    def _fail(self, failure: Failure) -> None:
        self._failed.append(failure)
        self._advance(failure.source.path, failed=1)

    def _advance(self, path: str, **counts: int) -> None:
        now = self.progress
        changed = {name: getattr(now, name) + count for name, count in counts.items()}
        self.progress = replace(now, path=path, **changed)
        self.on_progress(self.progress)


def _note_run(catalogue: Catalogue, progress: Progress, recipe: str, started: str) -> None:
    from pipeline.catalogue.store import Run

    catalogue.add_run(
        Run(
            started_at=started,
            ended_at=_now(),
            recipe=recipe,
            found=progress.found,
            ingested=progress.ingested,
            skipped=progress.skipped,
            failed=progress.failed,
            pages=progress.pages,
        )
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
