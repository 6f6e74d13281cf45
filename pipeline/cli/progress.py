"""Progress of long work: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.workflows.ingest import Progress

LINE_EVERY = 10.0  # seconds between plain lines


@contextmanager
def shown() -> Iterator[Callable[[Progress], None]]:
    """Show an ingest's progress on stderr as long as the context lasts."""
    if sys.stderr.isatty():
        with _bar() as update:
            yield update
    else:
        yield _lines()


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars

    bars = Bars(
        TextColumn("ingesting"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files · {task.fields[pages]} pages · {task.fields[rate]} · "
                   "{task.fields[failed]} failed · left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )  # fmt: skip
    started = time.monotonic()
    with bars:
        task = bars.add_task("", total=None, pages=0, rate="", failed=0)

        def update(progress: Progress) -> None:
            rate = _rate(progress, started)
            bars.update(
                task,
                total=progress.found,
                completed=progress.done,
                pages=progress.pages,
                rate=rate,
                failed=progress.failed,
            )

        yield update


def _lines() -> Callable[[Progress], None]:
    started = last = time.monotonic()

    def update(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < LINE_EVERY:
            return
        last = now
        left = (now - started) / progress.done * (progress.found - progress.done)
        click.echo(
            f"{progress.done} of {progress.found} files, {progress.pages} pages, "
            f"{_rate(progress, started)}, {progress.failed} failed, {left:.0f} s left",
            err=True,
        )

    return update


def _rate(progress: Progress, started: float) -> str:
    seconds = max(time.monotonic() - started, 0.001)
    return f"{progress.pages / seconds:.0f} pages/s"


@contextmanager
def counted(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show how many of a number of documents are done, on stderr and on a terminal only."""
    with click.progressbar(length=1, label=label, show_pos=True, file=sys.stderr) as bar:

        def update(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield update
