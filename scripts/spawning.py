"""Running a command and measuring it alone: wall time, CPU and peak memory.

Linux counts the memory of the process that starts a command to the command's own peak (it is taken
over at exec). So a small Python, this file, starts it and waits for it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Spawned:
    """One run of a command.

    Attributes:
        code: Its exit code.
        out: What it printed.
        wall, cpu: Seconds; cpu with that of processes that it waited for.
        memory: Peak MiB of the largest of them; at least 8, those of what starts it.
    """

    code: int
    out: str
    wall: float
    cpu: float
    memory: float


def spawned(command: Sequence[str | Path]) -> Spawned:
    """Return how a command ran, which is started in the project's folder."""
    with tempfile.NamedTemporaryFile("w+") as told:
        starter = [sys.executable, "-I", "-S", __file__, told.name]
        run = subprocess.run(
            [*starter, *command], stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True
        )
        return Spawned(out=run.stdout, **json.load(told))


def _start(told: str, command: Sequence[str]) -> None:
    begun = time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    Path(told).write_text(
        json.dumps(
            {
                "code": process.returncode,
                "wall": time.monotonic() - begun,
                "cpu": usage.ru_utime + usage.ru_stime,
                "memory": usage.ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    _start(sys.argv[1], sys.argv[2:])
