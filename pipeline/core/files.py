"""Files that people get: written whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from pipeline.core.errors import WriteError


def write_whole(path: Path, content: bytes | Iterable[bytes], *, mode: int | None = None) -> None:
    """Put ``content`` in the place of the file at ``path``; in parts, it need not be there at once.

    A full disk or a kill leaves the file as it was. A link stays one, permissions stay as they are,
    and what is no file (a pipe, a device) is written to.

    Args:
        mode: Permissions of a file that is new; those of any new file where absent.

    Raises:
        WriteError: If it cannot be written.
    """
    parts = [content] if isinstance(content, bytes) else content
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                file.writelines(parts)
        else:
            _replace(path.resolve(), parts, 0o666 if mode is None else mode)
    except OSError as error:
        raise WriteError(
            f"cannot be written ({error.strerror})",
            where=str(path),
            remedy="close it where it is open, make room, or name another file",
        ) from error


def _replace(path: Path, parts: Iterable[bytes], mode: int) -> None:
    # Beside it, for a rename within a disk is one step; ingests pass over such names.
    new = path.with_name(f".fourp-{os.getpid()}.tmp")
    try:
        new.unlink(missing_ok=True)  # of a process with the same number that was killed
        new.touch(mode)  # of which the mask takes its part away, as of every file
        with new.open("wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, new)
        os.replace(new, path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
