"""Members of containers: each is read as a file of its own, from a private copy of its bytes."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pipeline.core.document import INSIDE, Document, Source
from pipeline.core.errors import DocumentError
from pipeline.core.ports import Reader
from pipeline.readers.containers import HEAD, MOST_DEEP, Container, Part, unpacked
from pipeline.readers.media_types import media_type_of

LONGEST_NAME = 200  # bytes; file systems take 255
_UNFIT = re.compile(r'[<>:"|?*\\]')  # signs that a file name may not have on every system


class MemberReader:
    """A reader that also reads what lies inside containers.

    Args:
        reader: Reads files.
        containers: Readers of containers, by media type.
        scratch: Folder for the copies; the system's where absent. They are deleted when read.
    """

    def __init__(
        self, reader: Reader, containers: Mapping[str, Container], scratch: Path | None = None
    ) -> None:
        self.name = reader.name
        self.version = reader.version
        self.media_types = reader.media_types
        self._reader = reader
        self._containers = containers
        self._scratch = scratch

    def read(self, source: Source) -> Document:
        """Return the document of a file, or of a member under its own path.

        Raises:
            DocumentError: If it cannot be read, or not be had from its container.
        """
        if not is_inside(source.path):
            return self._reader.read(source)
        with _copied(source.path, self._containers, self._scratch) as copy:
            if source.sha256 and copy.sha256 != source.sha256:
                raise DocumentError(
                    "has changed inside its container since that was read",
                    where=source.name,
                    remedy="ingest the container again",
                )
            return self._reader.read(copy).found_at(source)


def is_inside(path: str) -> bool:
    """Whether a path is that of a member, and not of a file in a folder whose name ends so."""
    return INSIDE in path and not os.path.lexists(path)


def member_source(
    path: str, containers: Mapping[str, Container], scratch: Path | None = None
) -> Source:
    """Return the member at ``path``, its digest and media type told by its bytes.

    Raises:
        DocumentError: If there is no such member or it cannot be unpacked.
    """
    with _copied(path, containers, scratch) as copy:
        outer, _, _ = path.rpartition(INSIDE)
        return replace(copy, path=path, provenance=f"inside {outer.rsplit('/', 1)[-1]}")


@contextmanager
def _copied(
    path: str, containers: Mapping[str, Container], scratch: Path | None
) -> Iterator[Source]:
    """Give a private file with the bytes of a member; it is gone at the end of the block."""
    file, labels = _way(path)
    if len(labels) > MOST_DEEP:
        raise DocumentError(
            f"lies inside more than {MOST_DEEP} containers, one in the other",
            where=labels[-1],
            remedy="unpack the outer ones and ingest the folder",
        )
    with tempfile.TemporaryDirectory(
        prefix="fourp-", dir=scratch, ignore_cleanup_errors=True
    ) as folder:
        found = _file_source(file)
        for depth, label in enumerate(labels):
            place = Path(folder, str(depth))
            place.mkdir()
            found = _copy(_container(found, containers), found, label, place)
        yield found


def _way(path: str) -> tuple[Path, list[str]]:
    """Return the file on disk and the labels that lead from it to the member."""
    cuts = [match.start() for match in re.finditer(re.escape(INSIDE), path)]
    for cut in reversed(cuts):  # the name of a folder may end in "!" as well
        if os.path.isfile(path[:cut]):
            return Path(path[:cut]), path[cut + len(INSIDE) :].split(INSIDE)
    raise DocumentError(
        "has vanished with its container",
        where=path.rsplit("/", 1)[-1],
        remedy="put the container back and ingest its folder again",
    )


def _file_source(file: Path) -> Source:
    with file.open("rb") as stream:
        head = stream.read(HEAD)
    return Source(str(file), "", media_type_of(file, head), file.stat().st_size)


def _container(source: Source, containers: Mapping[str, Container]) -> Container:
    try:
        return containers[source.media_type]
    except KeyError:
        raise DocumentError(
            f"holds no documents: it is {source.media_type}",
            where=source.name,
            remedy="give the path of a message or an archive before the !/",
        ) from None


def _copy(container: Container, holder: Source, label: str, place: Path) -> Source:
    with container.parts(holder) as parts:
        for part in parts:
            if part.label == label:
                return _written(part, place / _file_name(label))
    raise DocumentError(
        f"is not in {holder.name}",
        where=label,
        remedy="`fourp read` shows what a container holds; ingest it again if it has changed",
    )


def _written(part: Part, file: Path) -> Source:
    digest = hashlib.sha256()
    with file.open("xb") as stream:
        for block in unpacked(part):
            digest.update(block)
            stream.write(block)
    return replace(_file_source(file), sha256=digest.hexdigest())


def _file_name(label: str) -> str:
    """Return a name for the copy: the member's own, as far as it can be that of a file."""
    name = PurePosixPath(_UNFIT.sub("_", label.rsplit("/", 1)[-1]).rstrip(". ") or "unnamed")
    suffix = name.suffix if len(name.suffix.encode()) <= 20 else ""
    stem = name.name.removesuffix(suffix).encode()[: LONGEST_NAME - len(suffix.encode())]
    return stem.decode(errors="ignore") + suffix
