"""Packages: the members of ZIP-based documents (Office, OpenDocument, EPUB), read within limits."""

from __future__ import annotations

import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

from pipeline.core.document import Source
from pipeline.core.errors import DocumentError
from pipeline.readers.files import check_readable
from pipeline.readers.xml_tree import parsed

# Bytes, unpacked. The text of a 1,000-page report takes 20 MB; a bomb of 42 kB unpacks to 4 PB.
LARGEST_MEMBER = 200_000_000
LARGEST_IN_ALL = 400_000_000

# The strict form of ISO 29500 has other namespaces for the same elements.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """An open package; a member that is not there reads as nothing."""

    def __init__(self, source: Source, archive: zipfile.ZipFile) -> None:
        self.source = source
        self._archive = archive
        self._left = LARGEST_IN_ALL
        self.names = frozenset(archive.namelist())

    def read(self, name: str) -> bytes:
        """Return the bytes of the member ``name``.

        Raises:
            DocumentError: If it is damaged, encrypted, or larger than the limits.
        """
        if name not in self.names:
            return b""
        self.claim(name)
        try:
            # Never more than the size claimed: zipfile stops there, whatever the data holds.
            return self._archive.read(name)
        except _DAMAGED as error:
            raise _damaged(self.source) from error
        except (RuntimeError, NotImplementedError) as error:
            raise _locked(self.source) from error

    def claim(self, name: str) -> None:
        """Take the unpacked size of a member, which another library reads, off what is left.

        Raises:
            DocumentError: If it is larger than the limits.
        """
        size = self._archive.getinfo(name).file_size
        self._left -= size
        if size > LARGEST_MEMBER or self._left < 0:
            raise DocumentError(
                f"unpacks to more than {LARGEST_MEMBER // 1_000_000} million bytes of text",
                where=self.source.name,
                remedy="it may be made to exhaust the machine: ask its author, or split it",
            )

    def xml(self, name: str) -> Any:
        """Return the root element of the member ``name``, or None.

        Raises:
            DocumentError: If it is no XML, or as for `read`.
        """
        content = _STRICT.sub(_TRANSITIONAL, self.read(name))
        return parsed(self.source, content) if content.strip() else None

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Return the kind (last word of its type) and member name of each relation of a part."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in [] if root is None else root.iter(_RELATION):
            if relation.get("TargetMode") != "External":
                kind = relation.get("Type", "").rsplit("/", 1)[-1]
                found[relation.get("Id", "")] = (kind, member(folder, relation.get("Target", "")))
        return found


def member(folder: str, target: str) -> str:
    """Return the member name that ``target``, a relative address, means inside ``folder``."""
    path = unquote(target.split("#", 1)[0])
    if path.startswith("/"):
        return posixpath.normpath(path).lstrip("/")
    return posixpath.normpath(posixpath.join(folder, path))


@contextmanager
def opened(source: Source) -> Iterator[Package]:
    """Give the package at ``source.path``.

    Raises:
        DocumentError: If it is empty, vanished, or no package.
    """
    check_readable(source)
    try:
        archive = zipfile.ZipFile(source.path)
    except (*_DAMAGED, NotImplementedError) as error:
        raise _damaged(source) from error
    with archive:
        yield Package(source, archive)


def _damaged(source: Source) -> DocumentError:
    return DocumentError(
        "is damaged or cut short",
        where=source.name,
        remedy="fetch it again from where it came, or save it anew, and ingest it",
    )


def _locked(source: Source) -> DocumentError:
    return DocumentError(
        "is encrypted",
        where=source.name,
        remedy="save it without a password and ingest it again",
    )
