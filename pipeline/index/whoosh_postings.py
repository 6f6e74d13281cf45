"""Postings on their way into a segment and out of it, by the field instead of one by one.

Whoosh's own pool keeps a tuple for every posting, sorts all of them, and from a million on does so
through files, item by item: that took 8 of 20 CPU seconds for 6,500 passages. Its postings are
written and read one by one, with six calls for each.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from typing import Any

from whoosh.fields import Schema
from whoosh.filedb.filestore import Storage

from pipeline.index.columns import Columns, Field, packed

EXTENSION = ".fld"
_TAIL = struct.Struct("<I")  # the length of the table of contents before it


class PassageFieldWriter:
    """Writes whole fields into one file; has what Whoosh's writer of segments calls."""

    def __init__(self, storage: Storage, segment: Any) -> None:
        self._file = segment.create_file(storage, EXTENSION)
        self.is_closed = False

    def add_postings(
        self, _schema: Schema, _lengths: Any, items: Iterable[tuple[str, Columns]]
    ) -> None:
        """Write fields by their names."""
        sizes = {}
        for name, columns in items:
            data = packed(columns)
            sizes[name] = len(data)
            self._file.write(data)
        contents = json.dumps(sizes).encode()
        self._file.write(contents + _TAIL.pack(len(contents)))

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self.is_closed = True


class PassageTermsReader:
    """Reads fields where they lie; has what Whoosh's reader of segments calls.

    Attributes:
        fields: By name.
    """

    def __init__(self, storage: Storage, segment: Any) -> None:
        name = segment.make_filename(EXTENSION)
        size = storage.file_length(name)
        self._file = storage.open_file(name)
        view = _bytes_of(self._file, size)
        [length] = _TAIL.unpack_from(view, size - _TAIL.size)
        contents = json.loads(bytes(view[size - _TAIL.size - length : size - _TAIL.size]))
        self.fields: dict[str, Field] = {}
        at = 0
        for field, bytes_ in contents.items():
            self.fields[field] = Field(view[at : at + bytes_])
            at += bytes_

    def close(self) -> None:
        """Let go of the file."""
        self.fields.clear()
        self._file.close()


def _bytes_of(file: Any, size: int) -> memoryview:
    """Return the bytes of a file, where they lie if they are mapped."""
    mapped = getattr(file, "_buf", None)
    return mapped if isinstance(mapped, memoryview) else memoryview(file.get(0, size))
