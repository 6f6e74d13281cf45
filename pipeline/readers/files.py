"""Opening a source: the bytes, or the one way in which every reader says why there are none."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.document import Source
from pipeline.core.errors import DocumentError, TransientError


def read_bytes(source: Source) -> bytes:
    """Return all bytes of the file.

    Raises:
        DocumentError: If it has vanished, may not be read, or is empty.
    """
    try:
        content = Path(source.path).read_bytes()
    except OSError as error:
        raise unopened(source, error) from error
    if not content:
        raise _empty(source)
    return content


def check_readable(source: Source) -> None:
    """Make sure that the file can be opened and is not empty, for libraries that open by path.

    Raises:
        DocumentError: If it has vanished, may not be read, or is empty.
    """
    try:
        with Path(source.path).open("rb") as file:
            first = file.read(1)
    except OSError as error:
        raise unopened(source, error) from error
    if not first:
        raise _empty(source)


def no_text(source: Source) -> DocumentError:
    """Return the error of a file that opens but holds nothing to read."""
    return DocumentError(
        "has no text", where=source.name, remedy="leave it out, or ingest a version with text"
    )


def unopened(source: Source, error: OSError) -> TransientError:
    """Return the error of a file that cannot be opened now."""
    if isinstance(error, FileNotFoundError):
        return TransientError(
            "has vanished", where=source.name, remedy="put it back and ingest its folder again"
        )
    if isinstance(error, PermissionError):
        return TransientError(
            "may not be read",
            where=source.name,
            remedy="allow it (chmod u+r) and ingest it again",
        )
    return TransientError(
        f"cannot be opened ({error.strerror or type(error).__name__})",
        where=source.name,
        remedy="check the disk or network folder and ingest it again",
    )


def _empty(source: Source) -> DocumentError:
    return DocumentError(
        "is empty", where=source.name, remedy="fetch it again from where it came and ingest it"
    )
