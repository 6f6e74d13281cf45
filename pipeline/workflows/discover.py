"""Discovery: the files below the given paths, in a stable order, as sources."""

from __future__ import annotations

import errno
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
_SPECIAL = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}


@dataclass(frozen=True, slots=True)
class Found:
    """The files below some paths.

    Attributes:
        files: Absolute, sorted, each once.
        excluded: How many files and folders the exclude patterns left out.
        failures: Folders that could not be listed.
        links: How many links to folders there were, which are not followed.
    """

    files: tuple[Path, ...]
    excluded: int
    failures: tuple[Failure, ...]
    links: int = 0


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
    excluded = links = 0
    for path in paths:
        absolute = Path(os.path.abspath(path))
        if not absolute.is_dir():
            files.add(absolute)
            continue
        for folder, subfolders, names in os.walk(absolute, onerror=_note(failures)):
            kept = [name for name in subfolders if not _matches(name, exclude)]
            chosen = [name for name in names if not _matches(name, exclude)]
            excluded += len(subfolders) - len(kept) + len(names) - len(chosen)
            # A link may lead in a circle or out of the folder, so it is counted, not followed.
            subfolders[:] = [name for name in kept if not Path(folder, name).is_symlink()]
            links += len(kept) - len(subfolders)
            files.update(Path(folder, name) for name in chosen)
    return Found(tuple(sorted(files)), excluded, tuple(failures), links)


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
            # Spelt out, so that no two names become one row of the ledger.
            yield Failure(
                source=_unknown(os.fsencode(path).decode(errors="backslashreplace")),
                stage="discover",
                reason="has a name that is not UTF-8",
                remedy="rename it, then ingest it again",
            )
        except OSError as error:
            yield _unreadable(str(path), error)


def _source(path: Path) -> Source | Failure:
    # Opening a pipe waits for a writer for ever, and opening a device may do anything; asked for
    # first, then opened without waiting, because another file may take the name in between.
    if kind := _SPECIAL.get(stat.S_IFMT(path.stat().st_mode)):
        return _special(path, kind)
    with open(path, "rb", opener=_opened_at_once) as stream:
        status = os.fstat(stream.fileno())
        if kind := _SPECIAL.get(stat.S_IFMT(status.st_mode)):
            return _special(path, kind)
        digest = hashlib.sha256()
        head = b""
        left = status.st_size
        while block := stream.read(min(_BLOCK, left)):
            head = head or block[:HEAD]
            digest.update(block)
            left -= len(block)
        # Not read to its end: a file that grows quicker than it is read has none.
        if left or stream.read(1):
            return Failure(
                source=_unknown(str(path)),
                stage="discover",
                reason="changed while it was read",
                remedy="ingest it again once it is no longer being written",
            )
    return Source(
        path=str(path),
        sha256=digest.hexdigest(),
        media_type=media_type_of(path, head),
        size=status.st_size,
    )


def _opened_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _special(path: Path, kind: str) -> Failure:
    return Failure(
        source=_unknown(str(path)),
        stage="discover",
        reason=f"is {kind}, not a file",
        remedy="leave it out with 'exclude' in fourp.toml",
    )


def _unreadable(path: str, error: OSError) -> Failure:
    if isinstance(error, PermissionError):
        reason, remedy = "may not be read", "allow it (chmod u+r) and ingest it again"
    elif isinstance(error, FileNotFoundError) and os.path.islink(path):
        reason, remedy = "is a link to nothing", "mend or remove the link, then ingest again"
    elif isinstance(error, FileNotFoundError):
        reason, remedy = "is not there", "check its name, or put it back, then ingest it again"
    elif error.errno == errno.ELOOP:
        reason, remedy = "is a link that leads in a circle", "mend or remove the link"
    else:
        reason = f"cannot be opened ({error.strerror or error})"
        remedy = "check the disk or network folder and ingest it again"
    return Failure(source=_unknown(path), stage="discover", reason=reason, remedy=remedy)


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
