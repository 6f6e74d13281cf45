"""``fourp`` on a terminal of its own, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Terminal:
    """A running ``fourp`` whose input and output are a pseudo-terminal.

    Args:
        arguments: Of the command.
        columns: How wide the terminal is.
        environment: What to add to this process's own.
    """

    def __init__(
        self,
        *arguments: str | Path,
        columns: int = 80,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        import fcntl
        import struct
        import termios

        self._ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        inherited = {n: v for n, v in os.environ.items() if n not in ("COLUMNS", "NO_COLOR")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", *map(str, arguments)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=ROOT,
            env=inherited | {"TERM": "xterm"} | dict(environment or {}),
            start_new_session=True,
            preexec_fn=_control,
        )
        os.close(theirs)
        self.seen = ""

    def wait_for(self, text: str) -> str:
        """Read until ``text`` appears, and return what was printed since the last look.

        Raises:
            AssertionError: If the command ends before.
        """
        new = ""
        while text not in new:
            part = self._read()
            assert part, f"it ended without {text!r}: {self.seen}"
            new += part
        return new

    def type(self, text: str) -> None:
        """Send keys."""
        os.write(self._ours, text.encode())

    def end(self) -> int:
        """Read what is left, and return the exit code."""
        while self._read():
            pass
        os.close(self._ours)
        return self._process.wait()

    def _read(self) -> str:
        try:
            part = os.read(self._ours, 65536).decode(errors="replace").replace("\r\n", "\n")
        except OSError:  # Linux says so when nobody has the other end open
            return ""
        self.seen += part
        return part


def _control() -> None:
    """Make the terminal the one that sends signals to this process, as a shell does."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def printed(*arguments: str | Path, columns: int = 80, **environment: str) -> str:
    """Return what a command prints on a terminal."""
    terminal = Terminal(*arguments, columns=columns, environment=environment)
    terminal.end()
    return terminal.seen
