"""Discovery: the files below the given paths, in a stable order, as sources."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.document import Source
from pipeline.core.errors import ConfigError
from pipeline.core.failures import Failure
from pipeline.readers.media_types import media_type_of

HEAD = 4096  # bytes that tell the media type
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """The files below some paths.

    Attributes:
        files: Absolute, sorted, each once.
        excluded: How many files and folders the exclude patterns left out.
        failures: Folders that could not be listed.
    """

    files: tuple[Path, ...]
    excluded: int
    failures: tuple[Failure, ...]


def find_files(paths: Sequence[Path], *, exclude: Sequence[str]) -> Found:
    """Return every regular file at or below ``paths``; links to folders are not followed.

    A path that is named outright is taken even where a pattern would leave it out.

    Raises:
        ConfigError: If a path does not exist; all that do not are listed.
    """
    missing = [str(path) for path in paths if not os.path.lexists(path)]
    if missing:
        raise ConfigError(
            [f"{name} does not exist" for name in missing],
            where="the list of paths",
            remedy="check the spelling; quote a name that has spaces in it",
        )
    files: set[Path] = set()
    failures: list[Failure] = []
    excluded = 0
    for path in paths:
        absolute = Path(os.path.abspath(path))
        if not absolute.is_dir():
            files.add(absolute)
            continue
        for folder, subfolders, names in os.walk(absolute, onerror=_note(failures)):
            kept = [name for name in subfolders if not _matches(name, exclude)]
            chosen = [name for name in names if not _matches(name, exclude)]
            excluded += len(subfolders) - len(kept) + len(names) - len(chosen)
            subfolders[:] = kept
            files.update(Path(folder, name) for name in chosen)
    return Found(tuple(sorted(files)), excluded, tuple(failures))


def largest_first(files: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files by falling size, those of one size in their order.

    Then no worker is left alone with a long document at the end (Graham 1969: longest first is
    within a third of the best schedule). A file that cannot be asked counts as empty.
    """
    return tuple(sorted(files, key=_size, reverse=True))


def sources(files: Iterable[Path]) -> Iterator[Source | Failure]:
    """Yield each file as a source, or as the failure to read its bytes."""
    for path in files:
        try:
            str(path).encode()
            yield _source(path)
        except UnicodeEncodeError:
            yield Failure(
                source=_unknown(os.fsencode(path).decode(errors="replace")),
                stage="discover",
                reason="has a name that is not UTF-8",
                remedy="rename it, then ingest it again",
            )
        except OSError as error:
            yield _unreadable(str(path), error)


def _source(path: Path) -> Source:
    # Opening a pipe would wait for a writer for ever, so only regular files are opened.
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError("is not a regular file")
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        head = block = stream.read(_BLOCK)
        while block:
            digest.update(block)
            size += len(block)
            block = stream.read(_BLOCK)
    return Source(
        path=str(path),
        sha256=digest.hexdigest(),
        media_type=media_type_of(path, head[:HEAD]),
        size=size,
    )


def _unreadable(path: str, error: OSError) -> Failure:
    return Failure(
        source=_unknown(path),
        stage="discover",
        reason=f"cannot be opened: {error.strerror or error}",
        remedy="check that it still exists and that you may read it, then ingest it again",
    )


def _unknown(path: str) -> Source:
    return Source(path, "", "application/octet-stream", 0)


def _note(failures: list[Failure]) -> Callable[[OSError], None]:
    def note(error: OSError) -> None:
        failures.append(_unreadable(str(error.filename), error))

    return note


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
