"""Members of containers: each is read as a file of its own, from a private copy of its bytes."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
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
        containers: Where members are had from; one for all readers of a process.
    """

    def __init__(self, reader: Reader, containers: OpenContainers) -> None:
        self.name = reader.name
        self.version = reader.version
        self.media_types = reader.media_types
        self._reader = reader
        self._containers = containers

    def read(self, source: Source) -> Document:
        """Return the document of a file, or of a member under its own path.

        Raises:
            DocumentError: If it cannot be read, or not be had from its container.
        """
        if not is_inside(source.path):
            self._containers.close()
            return self._reader.read(source)
        with self._containers.copy(source.path) as copy:
            if source.sha256 and copy.sha256 != source.sha256:
                raise DocumentError(
                    "has changed inside its container since that was read",
                    where=source.name,
                    remedy="ingest the container again",
                )
            return self._reader.read(copy).found_at(source)


@dataclass(frozen=True, slots=True)
class _Open:
    """An open container.

    Attributes:
        path: With the labels of the containers around it.
        source: Its bytes, as a file.
        state: Of the file on disk that all lie in: time of change, size, number.
    """

    path: str
    source: Source
    state: tuple[int, int, int]
    parts: Mapping[str, Part]
    closing: ExitStack


class OpenContainers:
    """Gives copies of members, and keeps open what the next member is likely to lie in.

    Members come one after the other. Opening an archive of 2,000 files anew for each of them
    takes longer than reading them, and unpacking a tar.gz file anew much longer.

    Args:
        readers: Of containers, by media type.
    """

    def __init__(self, readers: Mapping[str, Container]) -> None:
        self._readers = readers
        self._way: list[_Open] = []  # each lies in the one before

    @contextmanager
    def copy(self, path: str) -> Iterator[Source]:
        """Give a private file with the bytes of the member at ``path``; afterwards it is gone.

        Raises:
            DocumentError: If there is no such member or it cannot be unpacked.
        """
        file, labels = _way(path)
        if len(labels) > MOST_DEEP:
            raise DocumentError(
                f"lies inside more than {MOST_DEEP} containers, one in the other",
                where=labels[-1],
                remedy="unpack the outer ones and ingest the folder",
            )
        *between, last = labels
        self._open(file, between)
        with ExitStack() as closing:
            yield self._copied(last, closing)

    def close(self) -> None:
        """Close what is open, and delete the copies of containers."""
        self._close(keep=0)

    def __del__(self) -> None:
        self.close()

    def _open(self, file: Path, labels: Sequence[str]) -> None:
        """Open the containers on the way to a member, those that are open already excepted."""
        steps = [str(file)]
        for label in labels:
            steps.append(f"{steps[-1]}{INSIDE}{label}")
        now = file.stat()
        state = (now.st_mtime_ns, now.st_size, now.st_ino)
        kept = 0
        for step, there in zip(steps, self._way, strict=False):
            if (there.path, there.state) != (step, state):
                break
            kept += 1
        self._close(keep=kept)
        for depth in range(kept, len(steps)):
            with ExitStack() as closing:
                source = self._copied(labels[depth - 1], closing) if depth else _file_source(file)
                parts = closing.enter_context(self._reader(source).parts(source))
                by_label = {part.label: part for part in parts}
                there = _Open(steps[depth], source, state, by_label, closing.pop_all())
            self._way.append(there)

    def _close(self, *, keep: int) -> None:
        while len(self._way) > keep:
            self._way.pop().closing.close()

    def _reader(self, source: Source) -> Container:
        try:
            return self._readers[source.media_type]
        except KeyError:
            raise DocumentError(
                f"holds no documents: it is {source.media_type}",
                where=source.name,
                remedy="give the path of a message or an archive before the !/",
            ) from None

    def _copied(self, label: str, closing: ExitStack) -> Source:
        """Return a member of the innermost open container as a file, deleted at the closing."""
        holder = self._way[-1]
        if label not in holder.parts:
            raise DocumentError(
                f"is not in {holder.source.name}",
                where=label,
                remedy="`fourp read` shows what a container holds; ingest it again if it has "
                "changed",
            )
        folder = tempfile.mkdtemp(prefix="fourp-")  # for this user alone
        closing.callback(shutil.rmtree, folder, ignore_errors=True)
        return _written(holder.parts[label], Path(folder, _file_name(label)))


def is_inside(path: str) -> bool:
    """Whether a path is that of a member, and not of a file in a folder whose name ends so."""
    return INSIDE in path and not os.path.lexists(path)


def member_source(path: str, containers: OpenContainers) -> Source:
    """Return the member at ``path``, its digest and media type told by its bytes.

    Raises:
        DocumentError: If there is no such member or it cannot be unpacked.
    """
    with containers.copy(path) as copy:
        outer, _, _ = path.rpartition(INSIDE)
        return replace(copy, path=path, provenance=f"inside {outer.rsplit('/', 1)[-1]}")


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
