"""Containers: files that hold documents of their own, what they may hold, and under which names.

What is beyond a bound is never cut: an archive that is too much as a whole is one error, a member
that is too much alone is a source without a digest, which fails with its reason when it is read.
"""

from __future__ import annotations

import hashlib
import lzma
import re
import tarfile
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO, Protocol

from pipeline.core.document import INSIDE, Source
from pipeline.core.errors import DocumentError
from pipeline.core.ports import Reader
from pipeline.readers.media_types import media_type_of

MOST_MEMBERS = 10_000
MOST_BYTES = 8 * 2**30  # unpacked, of one container
MOST_BYTES_OF_ONE = 512 * 2**20  # readers hold a file in memory; a worker has 2 GiB by default
MOST_DEEP = 5  # containers around a member; a mail forwarded with an archive of mails makes 3
# Deflate packs at most 1,032 to 1, running text 3 to 5 to 1, the emptiest spreadsheets 50 to 1.
MOST_TIMES = 200
HARMLESS = 32 * 2**20  # bytes; below this the ratio does not matter
LONGEST_LABEL = 300  # characters
HEAD = 4096  # bytes that tell the media type
_BLOCK = 1 << 20
_IN_MEMORY = 16 * 2**20
_DAMAGE = (
    OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, tarfile.TarError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """What a container says of one of its members.

    Attributes:
        label: Its name in the container's member paths; not a path to write to.
        size: Bytes unpacked as the container claims, -1 where it does not say.
        packed: Bytes that it takes in the container, 0 where that does not matter.
        open: Gives its bytes. May raise `DocumentError`, or what its library raises on damage.
    """

    label: str
    size: int
    packed: int
    open: Callable[[], IO[bytes]]


class Container(Reader, Protocol):
    """A reader of files that hold documents of their own."""

    def parts(self, source: Source) -> AbstractContextManager[Iterable[Part]]:
        """Give the members while the file is open, each to be used before the next is asked for.

        Raises:
            DocumentError: If the file cannot be opened or holds too much, also on the way.
        """
        ...


@dataclass(slots=True)
class Labels:
    """Gives the members of one container labels of which no two are the same."""

    _given: dict[str, int] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """Return the label of the next member; the same names in order get the same labels."""
        label = wanted = _harmless(name)
        while label in self._given:
            self._given[wanted] += 1
            path = PurePosixPath(wanted)
            label = str(path.with_stem(f"{path.stem} ({self._given[wanted]})"))
        self._given[label] = 1
        return label


def members_of(container: Source, parts: Iterable[Part], *, provenance: str) -> Iterator[Source]:
    """Yield a source for each part, its digest and media type told by its bytes.

    Args:
        provenance: What a part is to its container ("attachment of", "in archive").

    Raises:
        DocumentError: If the container holds too much.
    """
    total = 0
    for count, part in enumerate(parts, start=1):
        member = _member(container, part, f"{provenance} {container.name}")
        total += max(member.size, part.size)
        check_amount(container, members=count, unpacked=total)
        yield member


def check_amount(container: Source, *, members: int, unpacked: int) -> None:
    """Make sure that a container does not hold more than one may.

    Raises:
        DocumentError: If it does.
    """
    remedy = "unpack it, and ingest the folder, or the part of it that matters"
    if members > MOST_MEMBERS:
        raise DocumentError(
            f"holds more than {MOST_MEMBERS:,} files", where=container.name, remedy=remedy
        )
    if unpacked > MOST_BYTES:
        raise DocumentError(
            f"unpacks to more than {MOST_BYTES // 2**30} GiB", where=container.name, remedy=remedy
        )
    if unpacked > max(HARMLESS, container.size * MOST_TIMES):
        raise DocumentError(
            f"unpacks to more than {MOST_TIMES} times its size, as only a zip bomb does",
            where=container.name,
            remedy="leave it out, or unpack it yourself if you know who made it",
        )


def unpacked(part: Part) -> Iterator[bytes]:
    """Yield the bytes of a member, block by block.

    Raises:
        DocumentError: If it is encrypted, damaged, packed in an unknown way, or too large.
    """
    _check_size(part, part.size)
    size = 0
    try:
        with part.open() as stream:
            while block := stream.read(_BLOCK):
                size += len(block)
                _check_size(part, size)
                yield block
    except NotImplementedError as error:
        raise DocumentError(
            f"is packed in a way that is not supported ({error})",
            where=part.label,
            remedy="unpack the archive with another program and ingest the files",
        ) from error
    except _DAMAGE as error:
        raise DocumentError(
            f"is damaged inside its container ({error})",
            where=part.label,
            remedy="fetch the container again from where it came and ingest it",
        ) from error


def _check_size(part: Part, size: int) -> None:
    if size > MOST_BYTES_OF_ONE:
        raise DocumentError(
            f"unpacks to more than {MOST_BYTES_OF_ONE // 2**20} MiB",
            where=part.label,
            remedy="unpack it and ingest it by itself",
        )
    if part.packed and size > max(HARMLESS, part.packed * MOST_TIMES):
        raise DocumentError(
            f"unpacks to more than {MOST_TIMES} times its size, as only a zip bomb does",
            where=part.label,
            remedy="leave it out, or unpack it yourself if you know who made it",
        )


def _member(container: Source, part: Part, provenance: str) -> Source:
    path = f"{container.path}{INSIDE}{part.label}"
    digest = hashlib.sha256()
    size = 0
    name = PurePosixPath(part.label)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        try:
            for block in unpacked(part):
                digest.update(block)
                size += len(block)
                copy.write(block)
        except DocumentError:
            # A source all the same: opening it fails again, and that is its row in the ledger.
            return Source(path, "", media_type_of(name, b""), max(part.size, 0), provenance)
        copy.seek(0)
        head = copy.read(HEAD)
        copy.seek(0)
        media_type = media_type_of(name, head, copy)
    return Source(path, digest.hexdigest(), media_type, size, provenance)


def _harmless(name: str) -> str:
    """Return a name as a label: no way up or out, no sign that does not show, not endless."""
    shown = (
        name
        if name.isascii() and name.isprintable()
        else "".join(
            "\ufffd" if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") else sign
            for sign in unicodedata.normalize("NFC", name)
        )
    )
    *folders, last = re.split(r"[/\\]", shown)
    # A folder that ends in "!" would read as the end of a container's path.
    parts = [part.strip().rstrip("!") for part in folders]
    label = "/".join(part for part in [*parts, last.strip()] if part not in ("", ".", ".."))
    if len(label) > LONGEST_LABEL:
        suffix = PurePosixPath(label).suffix[:10]
        label = label[: LONGEST_LABEL - len(suffix) - 1].rstrip("/") + "…" + suffix
    return label or "unnamed"
