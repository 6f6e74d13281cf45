"""Python's garbage collector, told to look rarely in a process that makes documents all day."""

from __future__ import annotations

import gc


def collect_rarely() -> None:
    """Leave what exists now alone for good, and look for new garbage far less often.

    Models and modules live as long as the process; documents are freed by their reference counts.
    The default thresholds spend about a tenth of an ingest on looking at them again and again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
