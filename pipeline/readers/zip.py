"""ZIP archives (APPNOTE 6.3.10): each of their files is a document of its own."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from pipeline.core.document import Document, Source
from pipeline.core.errors import DocumentError
from pipeline.readers.archives import archive_document
from pipeline.readers.containers import Labels, Part, check_amount
from pipeline.readers.files import check_readable

ENCRYPTED = 0x1  # bits of the general purpose flag
UTF_8 = 0x800


class ZipReader:
    """Reads ZIP archives that are no office documents."""

    name = "zip"
    version = "1"
    media_types = frozenset({"application/zip"})

    def read(self, source: Source) -> Document:
        """Return the list of files as text, and the files as members.

        Raises:
            DocumentError: If it is empty, vanished, damaged, or holds nothing or too much.
        """
        with self.parts(source) as parts:
            return archive_document(source, parts)

    @contextmanager
    def parts(self, source: Source) -> Iterator[Sequence[Part]]:
        """Give the files of the archive; folders and links are none.

        Raises:
            DocumentError: If it is empty, vanished, damaged, or holds too much.
        """
        check_readable(source)
        with _opened(source) as archive:
            files = [entry for entry in archive.infolist() if _is_file(entry)]
            claimed = sum(entry.file_size for entry in files)
            check_amount(source, members=len(files), unpacked=claimed)
            labels = Labels()
            yield [_part(archive, entry, labels.of(_name(entry)), source) for entry in files]


def _opened(source: Source) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source.path)
    except UnicodeDecodeError as error:
        raise DocumentError(
            "has names of files that say they are UTF-8 and are not",
            where=source.name,
            remedy="unpack it and ingest the folder",
        ) from error
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise DocumentError(
            f"is a damaged archive ({error})",
            where=source.name,
            remedy="fetch it again from where it came and ingest it",
        ) from error


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, label: str, source: Source) -> Part:
    def opened() -> IO[bytes]:
        if entry.flag_bits & ENCRYPTED:
            raise DocumentError(
                "is encrypted",
                where=label,
                remedy=f"unpack {source.name} with its password and ingest the files",
            )
        return archive.open(entry)

    return Part(label, size=entry.file_size, packed=entry.compress_size, open=opened)


def _is_file(entry: zipfile.ZipInfo) -> bool:
    return not entry.is_dir() and not stat.S_ISLNK(entry.external_attr >> 16)


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the name; many programs write UTF-8 without saying so, which is read as cp437."""
    if entry.flag_bits & UTF_8:
        return entry.orig_filename
    try:
        return entry.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.orig_filename
