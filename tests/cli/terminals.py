"""``fourp`` on a terminal of its own, in a process of its own."""

from __future__ import annotations

import codecs
import os
import select
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
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.seen = self._unread = ""

    def wait_for(self, text: str) -> str:
        """Read until ``text`` appears, and return what was printed since the last look, with it.

        Raises:
            AssertionError: If the command ends before.
        """
        while text not in self._unread:
            assert self._read(), f"it ended without {text!r}: {self.seen}"
        before, found, self._unread = self._unread.partition(text)
        return before + found

    def type(self, text: str) -> None:
        """Send keys."""
        os.write(self._ours, text.encode())

    def press(self, key: str, *, until: str) -> None:
        """Send a key that makes a signal, until ``until`` appears.

        Python does not see a signal between its last look for one and the wait for a key.
        """
        while until not in self._unread:
            self.type(key)
            while until not in self._unread and select.select([self._ours], [], [], 1)[0]:
                assert self._read(), f"it ended without {until!r}: {self.seen}"
        self.wait_for(until)

    def send(self, number: int) -> None:
        """Send a signal."""
        self._process.send_signal(number)

    def end(self) -> int:
        """Read what is left, and return the exit code."""
        while self._read():
            pass
        os.close(self._ours)
        return self._process.wait()

    def _read(self) -> bool:
        """Take in what there is; return False at the end."""
        try:
            part = os.read(self._ours, 65536)
        except OSError:  # Linux says so when nobody has the other end open
            return False
        text = self._decoder.decode(part).replace("\r", "")
        self.seen += text
        self._unread += text
        return bool(part)


def _control() -> None:
    """Make the terminal the one that sends signals to this process, as a shell does."""
    import fcntl
    import signal
    import termios

    # Tests that run in the background of a shell pass Ctrl-C by, and so would what they start.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def printed(*arguments: str | Path, columns: int = 80, **environment: str) -> str:
    """Return what a command prints on a terminal."""
    terminal = Terminal(*arguments, columns=columns, environment=environment)
    terminal.end()
    return terminal.seen
