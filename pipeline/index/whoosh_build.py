"""WhooshBuild: an index that is made beside the live one, and gone on with after a kill."""

# mypy: allow-untyped-calls

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from whoosh.util.filelock import FileLock

from pipeline.core.errors import IndexUnusableError
from pipeline.core.ports import Batch
from pipeline.index import whoosh_folder
from pipeline.index.whoosh_faults import told
from pipeline.index.whoosh_index import rows_of


class WhooshBuild:
    """A new generation of the index in a folder; made by `begin`, live after `finish`.

    Until then searches are answered by the old one. Every batch that was committed is still there
    when a build is begun after one that was killed.

    Attributes:
        resumed: Whether another one's work is gone on with.
    """

    def __init__(self, folder: Path, lock: FileLock) -> None:
        self._folder = folder
        self._lock = lock
        self._generation = folder
        self.resumed = False

    @classmethod
    def begin(cls, folder: Path, *, pillars: Collection[str] = ()) -> WhooshBuild:
        """Begin to make an index, or go on with one that was begun in this format.

        Args:
            pillars: As for `WhooshIndex.open`.

        Raises:
            IndexUnusableError: If another process writes.
            WriteError: If its files cannot be written.
        """
        with told(folder):
            build = cls(folder, whoosh_folder.lock(folder))
        try:
            with told(folder):
                if pillars:
                    whoosh_folder.note_pillars(folder, pillars)
                begun = whoosh_folder.building_generation(folder)
            if begun is None or not build._goes_on_with(begun):
                build.begin_anew()
        except BaseException:
            build.close()
            raise
        return build

    def __enter__(self) -> WhooshBuild:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def generation(self) -> str:
        """The id that the index will have."""
        return whoosh_folder.generation_id(self._generation)

    def begin_anew(self) -> None:
        """Throw away what was built.

        Raises:
            WriteError: If files cannot be written.
        """
        with told(self._folder):
            if name := whoosh_folder.building_name(self._folder):
                shutil.rmtree(self._folder / name, ignore_errors=True)
            self._generation = whoosh_folder.new_generation(self._folder)
            whoosh_folder.note_building(self._folder, self._generation)
            whoosh_folder.remove_leftovers(self._folder)
        self.resumed = False

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Give a batch that is kept from the end of the block on, or leaves no trace if it fails.

        Raises:
            IndexUnusableError: If what was built is damaged.
            WriteError: If files cannot be written.
        """
        from pipeline.index.whoosh_writer import WhooshBatch, committing

        with committing(whoosh_folder.opened(self._generation)) as writer:
            batch = WhooshBatch(writer)
            yield batch
            batch.finish()

    def ids(self) -> Iterator[str]:
        """Yield the ids of the documents that were built.

        Raises:
            IndexUnusableError: If what was built is damaged.
        """
        with told(self._generation):
            reader = whoosh_folder.opened(self._generation).reader()
        try:
            yield from (row.document for row in rows_of(reader, self._generation))
        finally:
            reader.close()

    def delete(self, ids: Iterable[str]) -> None:
        """Take documents out; unknown ids are passed over.

        Raises:
            IndexUnusableError: If what was built is damaged.
            WriteError: If files cannot be written.
        """
        from pipeline.index.whoosh_writer import committing

        with committing(whoosh_folder.opened(self._generation)) as writer:
            writer.take_out(ids)

    def finish(self) -> None:
        """Put what was built in the place of the live index.

        Raises:
            WriteError: If that cannot be written.
        """
        with told(self._folder):
            whoosh_folder.make_live(self._folder, self._generation)
            whoosh_folder.remove_leftovers(self._folder)

    def close(self) -> None:
        """Let others write; what was built stays."""
        self._lock.release()

    def _goes_on_with(self, generation: Path) -> bool:
        """Take over what a killed process left; return False if it is of no use."""
        try:
            with told(generation):
                whoosh_folder.tidy(generation)
        except IndexUnusableError:
            return False
        with told(self._folder):
            whoosh_folder.remove_leftovers(self._folder)
        self._generation = generation
        self.resumed = True
        return True
