"""Faults of the index's files, told as our own errors: damaged ones, and a disk that is full."""

from __future__ import annotations

import errno
import pickle
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import whoosh.reading
from whoosh.codec.base import OutOfOrderError
from whoosh.filedb.filestore import StorageError
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import IndexError as WhooshError

from pipeline.core.errors import IndexUnusableError, WriteError

REBUILD = "make it anew with `fourp index rebuild`"

# Of whoosh3; whoosh-reloaded, on which the index is tested as well, has no such error.
_CORRUPT: type[Exception] = getattr(whoosh.reading, "CorruptIndexError", WhooshError)

# What reading damaged files raises out of Whoosh, besides its own errors.
DAMAGE = (
    WhooshError, _CORRUPT, FileFormatError, OutOfOrderError, StorageError, ValueError,
    KeyError, EOFError, AttributeError, TypeError, AssertionError,
    IndexError, struct.error, zlib.error, pickle.UnpicklingError, OverflowError, ImportError,
    MemoryError, RecursionError,
)  # fmt: skip
_UNWRITABLE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM}
)


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Raise what Whoosh meets in the files of ``folder`` as our own error.

    Raises:
        IndexUnusableError: If they are damaged.
        WriteError: If they cannot be written.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _UNWRITABLE:
            raise unwritable(error, folder) from error
        raise damaged(error, folder) from error
    except DAMAGE as error:
        raise damaged(error, folder) from error


def damaged(error: Exception, folder: Path) -> IndexUnusableError:
    """Return the error of files that do not hold what was written to them."""
    return IndexUnusableError(
        f"is damaged ({type(error).__name__}: {error})", where=str(folder), remedy=REBUILD
    )


def unwritable(error: OSError, folder: Path) -> WriteError:
    """Return the error of a disk that takes no more."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return WriteError(
        "cannot be written: the disk is full" if full else f"cannot be written ({error.strerror})",
        where=str(folder),
        remedy="make room, then run this again; what was stored is kept"
        if full
        else "check the disk and the permissions of the folder, then run this again; what was "
        "stored is kept",
    )
