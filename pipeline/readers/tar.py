"""Tar archives and compressed files (tar.gz, tar.bz2, tar.xz, gz, bz2, xz)."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePath
from typing import IO, cast

from pipeline.core.document import Document, Source
from pipeline.core.errors import DocumentError
from pipeline.readers.archives import archive_document
from pipeline.readers.containers import Labels, Part, check_amount
from pipeline.readers.files import check_readable
from pipeline.readers.media_types import media_type_of

TAR = "application/x-tar"
_BLOCK = 512  # bytes of a tar header
_DAMAGE = (tarfile.TarError, OSError, EOFError, lzma.LZMAError, zlib.error)


def _plain(path: Path) -> IO[bytes]:
    return path.open("rb")


def _gzipped(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path))


_OPENERS: dict[str, Callable[[Path], IO[bytes]]] = {
    TAR: _plain,
    "application/gzip": _gzipped,
    "application/x-bzip2": partial(bz2.open, mode="rb"),
    "application/x-xz": partial(lzma.open, mode="rb"),
}


class TarReader:
    """Reads tar archives, compressed or not, and single compressed files."""

    name = "tar"
    version = "1"
    media_types = frozenset(_OPENERS)

    def read(self, source: Source) -> Document:
        """Return the list of files as text, and the files as members.

        Raises:
            DocumentError: If it is empty, vanished, damaged, or holds nothing or too much.
        """
        with self.parts(source) as parts:
            return archive_document(source, parts)

    @contextmanager
    def parts(self, source: Source) -> Iterator[Iterator[Part]]:
        """Give the files of the archive, in its order; folders, links and devices are none.

        Raises:
            DocumentError: If it is empty, vanished, damaged, or holds too much.
        """
        check_readable(source)
        opener = _OPENERS.get(source.media_type, _plain)
        with opener(Path(source.path)) as stream:
            try:
                head = stream.read(_BLOCK)
                stream.seek(0)
                is_tar = media_type_of(PurePath("file"), head) == TAR
                archive = tarfile.TarFile(fileobj=stream) if is_tar else None
            except _DAMAGE as error:
                raise _damaged(source, error) from error
            if archive:
                yield _files(source, archive)
            elif opener is _plain:
                raise _damaged(source, tarfile.ReadError("it has no header of an archive"))
            else:
                whole = Part(
                    label=Labels().of(PurePath(source.name).stem),
                    size=-1,
                    packed=source.size,
                    open=partial(opener, Path(source.path)),
                )
                yield iter([whole])


def _files(source: Source, archive: tarfile.TarFile) -> Iterator[Part]:
    labels = Labels()
    claimed = 0
    try:
        for count, entry in enumerate(archive, start=1):
            claimed += entry.size
            # Before the next header is looked for, which unpacks all that lies between.
            check_amount(source, members=count, unpacked=claimed)
            if entry.isfile():
                yield Part(labels.of(entry.name), entry.size, 0, partial(_open, archive, entry))
    except _DAMAGE as error:
        raise _damaged(source, error) from error


def _open(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(entry)
    if content is None:
        raise tarfile.ReadError("not a file")
    return content


def _damaged(source: Source, error: Exception) -> DocumentError:
    return DocumentError(
        f"is a damaged archive ({error})",
        where=source.name,
        remedy="fetch it again from where it came and ingest it",
    )
