"""Running a command while its memory is watched; shared by the benchmarks that do."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Watched:
    """One run of a command.

    Attributes:
        code: Its exit code.
        out, err: What it printed.
        wall: Seconds.
        memory: Peak MiB of the process itself, without its workers.
        own: Of these, without the files that it looks into; 0 where the system does not tell.
        hung: Whether it had to be ended, because it took longer than it may.
    """

    code: int
    out: str
    err: str
    wall: float
    memory: float
    own: float
    hung: bool


def watched(command: Sequence[str | Path], *, patience: float = 3600) -> Watched:
    """Return how a command ran; after ``patience`` seconds it is ended."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        started = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=err)
        hung = False
        own = 0.0
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            own = max(own, _own(process.pid))
            if time.monotonic() - started > patience and not hung:
                hung = True
                process.terminate()
            time.sleep(0.05)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - started
        out.seek(0)
        err.seek(0)
        return Watched(
            code=process.returncode,
            out=out.read(),
            err=err.read(),
            wall=wall,
            memory=usage.ru_maxrss / 1024,
            own=own,
            hung=hung,
        )


def _own(pid: int) -> float:
    """Return the MiB of a process that no file backs."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    row = re.search(r"RssAnon:\s+(\d+) kB", status)
    return int(row[1]) / 1024 if row else 0.0
