"""Ingest: files in, and each of them afterwards in the catalogue or in the failure ledger.

What lies inside messages and archives is taken in as files are, in the same run.
"""

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
from pipeline.execution.interrupts import Interrupts
from pipeline.workflows import assemble
from pipeline.workflows.discover import Found, find_files, largest_first, sources
from pipeline.workflows.indexing import IndexUpdate
from pipeline.workflows.linking import link_documents
from pipeline.workflows.passes import answered, patient_deadline
from pipeline.workflows.plan import Action, Planner
from pipeline.workflows.turning_up import TurningUp, not_excluded

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
        found: Files and members of containers in all; grows as members turn up.
        members: Of ``found``, those inside messages and archives.
        known_failures: Of ``failed``, those that failed before and were not tried again.
        retagged: Of ``ingested``, those that were tagged anew without reading the file.
        excluded: Files and folders that the settings leave out; not part of ``found``.
        links: Links to folders, which are not followed; not part of ``found``.
        index_remade: Why the search index was made anew, "" where it was not.
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
    members: int = 0
    links: int = 0
    index_remade: str = ""
    path: str = ""

    @property
    def done(self) -> int:
        """Files that are accounted for."""
        return self.ingested + self.skipped + self.failed


@dataclass(frozen=True, slots=True)
class Planned:
    """What an ingest would do with one file.

    Attributes:
        may_hold_more: Whether it is a container whose members are not known until it is read.
    """

    path: str
    action: Action
    may_hold_more: bool = False


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
        containers = assemble.container_types()
        turning_up = TurningUp(sources(found.files))
        for item in turning_up:
            if isinstance(item, Failure):
                yield Planned(item.source.path, Action.FAIL)
                continue
            action = planner.action(item)
            unread = action is Action.READ and item.media_type in containers
            yield Planned(item.path, action, may_hold_more=unread)
            if action not in (Action.READ, Action.TWIN) and planner.is_to_open(item):
                members = catalogue.members_of(item)
                turning_up.add(not_excluded(members, workspace.settings.exclude))


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
    workers = None
    if executor is None:
        executor = workers = assemble.executor_of(workspace, jobs=jobs)
        if found.files and not workspace.catalogue.exists():  # all is new
            workers.warm()  # before the library of the catalogue is loaded
    with workspace.writing(), assemble.catalogue_of(workspace) as catalogue:
        if workers and 2 * catalogue.count() < len(found.files):  # much is, whatever the plan says
            workers.warm()
        catalogue.check()
        recipe = assemble.recipe_of(workspace)
        planner = Planner(
            catalogue.known(), catalogue.failures(), recipe, retry_failed=retry_failed, force=force
        )
        with Interrupts() as interrupts, IndexUpdate(workspace, catalogue) as index:
            turning_up = TurningUp(sources(largest_first(found.files)))
            exclude = workspace.settings.exclude
            run = _Run(catalogue, planner, index, on_progress, turning_up, exclude)
            run.begin(found)
            answers = answered(
                executor,
                run,
                quick=assemble.process_of(workspace, postpone_scans=True),
                patient=assemble.process_of(workspace),
                deadline=patient_deadline(workspace.settings),
            )
            started = _now()
            try:
                for item, answer in answers:
                    with interrupts.held_back():
                        run.take(item, answer)
            finally:  # an interrupt must not cost what is done already
                with interrupts.held_back():
                    run.flush()
            with interrupts.held_back():
                run.settle_twins()
                index.commit()  # what the links change afterwards, the index has to learn anew
                link_documents(catalogue)
                index.catch_up(between=interrupts.check)
                run.progress = replace(run.progress, index_remade=index.remade)
                _note_run(catalogue, run.progress, recipe.version, started)
    return run.progress


@dataclass(slots=True)
class _Run:
    """One ingest under way; what it holds is bounded by the constants and the workers' queue."""

    catalogue: Catalogue
    planner: Planner
    index: IndexUpdate
    on_progress: Callable[[Progress], None]
    turning_up: TurningUp
    exclude: Sequence[str]
    progress: Progress = field(default_factory=Progress)
    _done: list[Document] = field(default_factory=list)
    _retagged: list[Document] = field(default_factory=list)
    _failed: list[Failure] = field(default_factory=list)
    _skipped: list[Source] = field(default_factory=list)
    _twins: list[Source] = field(default_factory=list)
    _failed_digests: dict[str, Failure] = field(default_factory=dict)

    def begin(self, found: Found) -> None:
        """Count what was found, and settle what cannot be looked at."""
        self.progress = Progress(
            found=len(found.files) + len(found.failures),
            excluded=found.excluded,
            links=found.links,
        )
        for failure in found.failures:
            self._fail(failure)

    def __iter__(self) -> _Run:
        return self

    def __next__(self) -> Source | Document:
        """Return what the workers have to do next, and settle on the way what needs no worker.

        After its end it may be asked again: the answer under way may have brought members up.
        """
        while True:
            item = next(self.turning_up)
            if isinstance(item, Failure):
                self._fail(item)
            elif work := self._work(item):
                return work

    def _work(self, item: Source) -> Source | Document | None:
        """Return what the workers have to do with a source; settle it where that is nothing."""
        match self.planner.action(item):
            case Action.READ:
                return item
            case Action.RETAG:
                [stored] = self.catalogue.documents([item.sha256])
                return stored.found_at(item)
            case Action.SKIP:
                self._open_known(item)
                self._skipped.append(item)
                self._advance(item.path, skipped=1)
            case Action.LEAVE_FAILED:
                self._open_known(item)
                self._advance(item.path, failed=1, known_failures=1)
            case Action.TWIN:
                self._twins.append(item)
        return None

    def take(self, item: Source | Document, answer: Document | Failure | WorkerLoss) -> None:
        """Keep the answer of a worker."""
        source = item.source if isinstance(item, Document) else item
        if isinstance(answer, WorkerLoss):
            version = "" if answer.transient else self.planner.version
            answer = Failure(source, "read", answer.reason, answer.remedy, recipe=version)
        if isinstance(answer, Failure):
            self._failed_digests[source.sha256] = replace(answer, partial=None)
            self._open(answer.partial.members if answer.partial else ())
            self._fail(answer)
        else:
            self._open(answer.members)
            retagged = isinstance(item, Document)
            (self._retagged if retagged else self._done).append(answer)
            self._advance(source.path, ingested=1, pages=len(answer.pages), retagged=int(retagged))
        partial = (failure.partial for failure in self._failed if failure.partial)
        kept = [*self._done, *self._retagged, *partial]
        characters = sum(len(document.text) for document in kept)
        count = len(self._done) + len(self._retagged) + len(self._failed)
        if count >= STORED_AT_ONCE or characters >= CHARACTERS_AT_ONCE:
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
        stored: list[Document] = []
        if self._done:
            stored += self.catalogue.store(
                self._done,
                reading_version=self.planner.reading_version,
                recipe_version=self.planner.version,
            )
        if self._retagged:
            version = self.planner.version
            self.index.amend(self.catalogue.retag(self._retagged, recipe_version=version))
            self._skipped += [document.source for document in self._retagged]
        if self._failed:
            stored += self.catalogue.fail(self._failed)
        if self._skipped:
            self.catalogue.seen(self._skipped)
        self.index.add(stored)
        self._done, self._retagged, self._failed, self._skipped = [], [], [], []

    def _open_known(self, container: Source) -> None:
        # A run that was killed may have stored the container and not its members.
        if self.planner.is_to_open(container):
            self._open(self.catalogue.members_of(container))

    def _open(self, members: Sequence[Source]) -> None:
        """Line up what is inside a container, and count it as found."""
        kept = not_excluded(members, self.exclude)
        self.turning_up.add(kept)
        now = self.progress
        self.progress = replace(
            now,
            found=now.found + len(kept),
            members=now.members + len(kept),
            excluded=now.excluded + len(members) - len(kept),
        )

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
