"""PassageCodec: Whoosh's own codec, whose segments are read where they lie on the disk.

The names of this module and its classes are pickled into every index; keep them.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

from io import SEEK_CUR, SEEK_END, BufferedReader, RawIOBase
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile

from pipeline.index.whoosh_postings import PassageFieldWriter, PassageTermsReader


class PassageCodec(W3Codec):
    """Writes segments whose files are not packed, and reads them without copying them.

    Packing makes the files a third smaller and costs a seventh of the time (measured on 2,033
    pages: 20.7 against 29.8 MB, 5.7 against 5.0 s); the index can always be made anew.
    """

    def __init__(self) -> None:
        super().__init__(compression=0)

    def field_writer(self, storage: FileStorage, segment: W3Segment) -> PassageFieldWriter:
        """Return what writes the postings of a segment."""
        return PassageFieldWriter(storage, segment)

    def terms_reader(self, storage: FileStorage, segment: W3Segment) -> PassageTermsReader:
        """Return what reads the postings of a segment."""
        return PassageTermsReader(storage, segment)

    def new_segment(self, _storage: FileStorage, indexname: str) -> PassageSegment:
        """Return a new segment."""
        return PassageSegment(self, indexname)


class PassageSegment(W3Segment):
    """A segment whose file is mapped into memory.

    Whoosh maps it as well, but then copies all of it: that took 0.16 s for an index of 250 MB,
    at every search and several times at every commit.
    """

    def open_compound_file(self, storage: FileStorage) -> CompoundStorage:
        """Return the segment's files."""
        file = storage.open_file(self.make_filename(self.COMPOUND_EXT))
        return _MappedStorage(file, use_mmap=storage.supports_mmap)


class _MappedStorage(CompoundStorage):
    def open_file(self, name: str, *args: Any, **options: Any) -> Any:
        if self._source is None:
            return super().open_file(name, *args, **options)
        start, length = self.range(name)
        return _MappedFile(memoryview(self._source)[start : start + length], name=name)


class _MappedFile(BufferFile):
    def __init__(self, view: memoryview, name: str) -> None:
        super().__init__(b"", name=name)
        self._buf = view
        self.file = BufferedReader(_Reading(view))


class _Reading(RawIOBase):
    """Reads from bytes that are in memory already."""

    def __init__(self, view: memoryview) -> None:
        self._view = view
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        part = self._view[self._at : self._at + len(into)]
        into[: len(part)] = part
        self._at += len(part)
        return len(part)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + {SEEK_CUR: self._at, SEEK_END: len(self._view)}.get(whence, 0)
        return self._at
