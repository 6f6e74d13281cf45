"""Interrupts: a request to end, which waits while something is written and is never overheard."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # Ctrl-C, `kill` and service managers, a closed terminal


class Interrupts:
    """Turns requests to end into a KeyboardInterrupt, as long as the ``with`` block lasts.

    Python raises it between any two steps of the main thread: amid the writing of an index, which
    then cannot be closed in order, or inside a callback of the garbage collector, which passes
    it over. So it is held back while something is written, and remembered.
    """

    def __init__(self) -> None:
        self._came = False
        self._held = False
        self._before: dict[int, object] = {}

    def __enter__(self) -> Interrupts:
        if threading.current_thread() is threading.main_thread():  # no other may ask for signals
            for name in NAMES:
                if number := getattr(signal, name, None):  # Windows has no SIGHUP
                    self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # what signal() gave

    def check(self) -> None:
        """Raise a KeyboardInterrupt if there was a request to end."""
        if self._came:
            raise KeyboardInterrupt

    @contextmanager
    def held_back(self) -> Iterator[None]:
        """Let the block finish before a request to end is heard."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        self.check()

    def _note(self, _signal: int, _frame: FrameType | None) -> None:
        self._came = True
        if not self._held:
            raise KeyboardInterrupt
