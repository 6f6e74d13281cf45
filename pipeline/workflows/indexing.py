"""Indexing: keeps the search index in step with the catalogue, or makes it anew from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

from pipeline.config.workspace import Workspace
from pipeline.core.audience import Audience
from pipeline.core.document import Document
from pipeline.core.errors import CatalogueError, IndexUnusableError
from pipeline.core.ports import Batch, SearchIndex
from pipeline.workflows import assemble

if TYPE_CHECKING:
    from pipeline.catalogue.store import Catalogue
    from pipeline.index.whoosh_build import WhooshBuild

# Whoosh is quickest with large commits, because merging the segments of small ones costs more than
# their commits. This many characters keep the memory flat.
BATCH_CHARACTERS = 4_000_000
AMENDMENT_CHARACTERS = 2_000  # what an amendment counts for: it writes no passage


class IndexUpdate:
    """Puts documents into the index as they come, commits large batches, and notes what it holds.

    Documents that are in the catalogue but did not reach the index (a killed run, a new index)
    are found by the catalogue's note and added by `catch_up`. An index that turns out to be damaged
    is made anew, once.

    Attributes:
        remade: Why the index was made anew, "" where it was not.

    Raises:
        CatalogueError: If the catalogue is empty although the index holds documents.
    """

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        self._workspace = workspace
        self._catalogue = catalogue
        self.remade = ""
        # Decisions of people after this one may come too late for what is put into the index.
        self._reviews = catalogue.reviews.last()
        self._index = self._opened()
        if not self.remade and self._index.count() and not catalogue.count():
            count = self._index.count()
            self._index.close()
            raise CatalogueError(
                f"holds nothing, although {count} documents were ingested",
                where=str(workspace.catalogue),
                remedy="put the catalogue back from a backup; to begin anew, delete the folder "
                f"{workspace.index}",
            )
        self._open = ExitStack()
        self._batch: Batch | None = None
        self._audiences: dict[str, Audience] = {}  # of what waits
        self._characters = 0

    def __enter__(self) -> IndexUpdate:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            # What a failure cuts short leaves no trace in the index; `catch_up` makes up for it.
            self._open.__exit__(kind, error, trace)
        finally:
            self._index.close()

    def add(self, documents: Iterable[Document]) -> None:
        """Put documents that are stored already; they are committed when the batch is full.

        The words of a document are gathered at once, while the workers read on; only the files
        are left to be written at the commit.
        """
        for document in documents:
            self._room_for(document).put(document)
            self._characters += len(document.text)

    def amend(self, documents: Sequence[Document]) -> None:
        """Put documents whose tags or works changed; the index keeps the passages that it holds."""
        held = self._amendable([document.id for document in documents])
        for document in documents:
            self._amend(document, held=document.id in held)

    def _amendable(self, ids: Sequence[str]) -> set[str]:
        return self._catalogue.held.amended_in(self._index.generation, ids)

    def _amend(self, document: Document, *, held: bool) -> None:
        batch = self._room_for(document)
        if held:
            try:
                batch.amend(document)
                self._characters += AMENDMENT_CHARACTERS
                return
            except ValueError:  # the index was made anew meanwhile
                pass
        batch.put(document)
        self._characters += len(document.text)

    def _room_for(self, document: Document) -> Batch:
        """Return the batch that takes a document, after committing one that is full."""
        if document.id in self._audiences or self._characters >= BATCH_CHARACTERS:
            self.commit()
        if self._batch is None:
            self._batch = self._begun()
        self._audiences[document.id] = document.audience
        return self._batch

    def catch_up(self, *, between: Callable[[], None] = lambda: None) -> int:
        """Commit what waits and add what the index lacks; return how many documents that were.

        Args:
            between: Called after each document; what it raises ends this in order.
        """
        self.commit()
        remade = self.remade
        self._reviews = self._catalogue.reviews.last()
        missing = self._catalogue.held.lacking(self._index.generation)
        held = self._amendable(missing)
        for document in self._catalogue.documents(missing):
            self._amend(document, held=document.id in held)
            between()
        self.commit()
        if self.remade != remade:  # by the damage that this met
            return self.catch_up(between=between)
        return len(missing)

    def _opened(self) -> SearchIndex:
        try:
            return assemble.index_of(self._workspace, writable=True)
        except IndexUnusableError as error:
            return self._made_anew(error)

    def _begun(self) -> Batch:
        try:
            return self._open.enter_context(self._index.batch())
        except IndexUnusableError as error:
            self._index.close()
            self._index = self._made_anew(error)
            return self._open.enter_context(self._index.batch())

    def take_out(self, ids: Iterable[str]) -> None:
        """Take out documents that the catalogue lacks, and commit what waits."""
        self.commit()
        self._index.delete(ids)

    def commit(self) -> None:
        """Commit what waits, and note that the index holds it as it is in the catalogue."""
        if self._batch is None:
            return
        self._batch = None
        held, self._audiences, self._characters = self._audiences, {}, 0
        try:
            self._open.close()
        except IndexUnusableError as error:
            self._index.close()
            self._index = self._made_anew(error)
            return
        self._catalogue.held.mark(held, generation=self._index.generation, reviews=self._reviews)

    def _made_anew(self, error: IndexUnusableError) -> SearchIndex:
        """Return an empty index in the unusable one's place.

        The catalogue is the truth: `catch_up` fills it again, because its generation is new.

        Raises:
            IndexUnusableError: If that was done in this run already, or another process writes.
        """
        from pipeline.index.whoosh_index import WhooshIndex

        if self.remade:
            raise error
        WhooshIndex.rebuild(self._workspace.index, iter(()))
        self.remade = f"it {error.what}"
        return assemble.index_of(self._workspace, writable=True)


def index_documents(workspace: Workspace, ids: Sequence[str]) -> bool:
    """Bring stored documents up to date in the index, if it is there and nobody else writes.

    Returns:
        Whether the index holds them as they are; if not, the next ingest sees to it.

    Raises:
        WriteError: If the index cannot be written.
    """
    try:
        index = assemble.index_of(workspace, writable=False)
        index.close()
        with (
            workspace.writing(),
            assemble.catalogue_of(workspace) as catalogue,
            IndexUpdate(workspace, catalogue) as update,
        ):
            update.amend(list(catalogue.documents(ids)))
            update.commit()
            return not update.remade
    except (CatalogueError, IndexUnusableError):  # what was decided is kept all the same
        return False


def update_index(workspace: Workspace) -> int:
    """Add to the index what it lacks or has outdated, and return how many documents that were.

    Raises:
        CatalogueError: If the catalogue cannot be used or another process writes.
    """
    with (
        workspace.writing(),
        assemble.catalogue_of(workspace) as catalogue,
        IndexUpdate(workspace, catalogue) as update,
    ):
        return update.catch_up()


def rebuild_index(
    workspace: Workspace,
    *,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Make the index anew from the catalogue and put it in the old one's place.

    What a run that was killed had made is gone on with; of it, only documents that changed in the
    catalogue meanwhile are put again.

    Args:
        on_progress: Called with the documents done and their total.

    Returns:
        The number of documents.

    Raises:
        CatalogueError: If the catalogue cannot be used or another process writes.
        WriteError: If the index cannot be written; what was made is kept.
    """
    with (
        workspace.writing(),
        assemble.catalogue_of(workspace) as catalogue,
        assemble.build_of(workspace) as build,
    ):
        try:
            _fill(build, catalogue, on_progress)
        except IndexUnusableError:
            if not build.resumed:
                raise
            build.begin_anew()  # what was made is damaged
            _fill(build, catalogue, on_progress)
        build.finish()
        catalogue.held.finish(build.generation)
        return catalogue.count()


def _fill(
    build: WhooshBuild, catalogue: Catalogue, on_progress: Callable[[int, int], None]
) -> None:
    """Put into a new index what it lacks, and note after each commit that it does so no more."""
    lacking, total = catalogue.held.to_build(build.generation), catalogue.count()
    done, reviews = total - len(lacking), catalogue.reviews.last()
    on_progress(done, total)
    documents = catalogue.documents(lacking)
    full = True
    while full:
        audiences: dict[str, Audience] = {}
        characters = 0
        with build.batch() as batch:
            for document in documents:
                batch.put(document)
                audiences[document.id] = document.audience
                on_progress(done + len(audiences), total)
                characters += len(document.text)
                if characters >= BATCH_CHARACTERS:
                    break
        full = characters >= BATCH_CHARACTERS
        catalogue.held.mark_built(audiences, generation=build.generation, reviews=reviews)
        done += len(audiences)
    if build.resumed and (gone := set(build.ids()).difference(catalogue.every_id())):
        build.delete(gone)
