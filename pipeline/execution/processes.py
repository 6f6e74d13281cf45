"""ProcessExecutor: worker processes, each item with a deadline and a memory limit.

Built on pebble because one killed worker must cost one item: with concurrent.futures and loky a
dead worker fails every item that waits, and neither can stop a hang inside C code.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait
from dataclasses import dataclass, replace
from threading import Thread
from typing import Any

from pebble import ProcessExpired, ProcessPool

from pipeline.core.failures import WorkerLoss
from pipeline.core.ports import Answer, Item
from pipeline.execution.garbage import collect_rarely

FORK_SERVER = "forkserver"  # Windows has none
# A worker that has done so many items is replaced, so that what C libraries leak does not add up.
ITEMS_PER_WORKER = 1000
# Items handed out per worker beyond the running one: enough to work on while the parent writes a
# batch to the search index, which takes seconds.
AHEAD = 16


@dataclass(frozen=True, slots=True)
class ProcessExecutor:
    """Runs items in worker processes.

    Attributes:
        jobs: Worker processes, at least 1.
        deadline: Seconds for one item.
        memory: MiB that a worker may allocate beyond what it starts with.
        preload: Modules that every worker has from the start. They are imported once, by a server
            process of which the workers are forked; the fork is safe, for it has no threads.
    """

    jobs: int
    deadline: float
    memory: int
    preload: tuple[str, ...] = ()

    def warm(self) -> None:
        """Let the preloading begin, while the caller does something else."""
        if FORK_SERVER in multiprocessing.get_all_start_methods():
            from multiprocessing.forkserver import ensure_running, set_forkserver_preload

            set_forkserver_preload(list(self.preload))
            ensure_running()

    def map(
        self,
        build: Callable[[], Callable[[Item], Answer]],
        items: Iterable[Item],
    ) -> Iterator[tuple[Item, Answer | WorkerLoss]]:
        """Yield every item once with its answer, in the order in which they are ready.

        ``build`` and the items must be picklable. At most a few items a worker are under way, so
        memory does not grow with their number. Closing the iterator stops the workers.
        """
        self.warm()
        methods = multiprocessing.get_all_start_methods()
        pool: Any = ProcessPool(
            max_workers=self.jobs,
            max_tasks=ITEMS_PER_WORKER,
            initializer=_start_worker,
            initargs=(build, self.memory * 2**20),
            context=multiprocessing.get_context(FORK_SERVER if FORK_SERVER in methods else "spawn"),
        )
        waiting: dict[Future[Answer], Item] = {}
        source = iter(items)
        try:
            while True:
                while len(waiting) < self.jobs * (1 + AHEAD):
                    try:
                        item = next(source)
                    except StopIteration:
                        break
                    waiting[pool.schedule(_run, args=(item,), timeout=self.deadline)] = item
                if not waiting:
                    break
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    answer = self._answer(future)
                    yield waiting.pop(future), answer
            pool.close()
        finally:
            pool.stop()
            pool.join()

    def with_deadline(self, seconds: float) -> ProcessExecutor:
        """Return the same executor with another deadline for one item."""
        return replace(self, deadline=seconds)

    def _answer(self, future: Future[Answer]) -> Answer | WorkerLoss:
        try:
            return future.result()
        except TimeoutError:
            return WorkerLoss(
                f"took longer than {self.deadline:g} s and was stopped",
                "raise 'deadline' in fourp.toml and run `fourp ingest --retry-failed`",
            )
        except (ProcessExpired, MemoryError) as error:
            return WorkerLoss(
                f"ended its worker process ({_ending(error)}), as a document does that needs more "
                f"than {self.memory} MiB of memory or breaks the PDF library",
                "raise 'memory' in fourp.toml and run `fourp ingest --retry-failed`; if it fails "
                "again the file is damaged: save it anew from a PDF viewer",
            )


def _ending(error: ProcessExpired | MemoryError) -> str:
    if isinstance(error, MemoryError):
        return "out of memory"
    code = getattr(error, "exitcode", None)
    if isinstance(code, int) and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"


# A worker process serves one function for its whole life; pebble hands an initializer's result
# to a task in no other way than through the worker's own globals.
_function: Callable[[Any], Any] | None = None


def _start_worker(build: Callable[[], Callable[[Any], Any]], memory: int) -> None:
    """Build the function once, then limit what the worker may allocate."""
    global _function
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    Thread(target=_die_with_parent, daemon=True).start()
    _function = build()
    collect_rarely()
    _limit_memory(memory)


def _run(item: object) -> object:
    if _function is None:
        raise RuntimeError("the worker was not started")
    return _function(item)


def _die_with_parent() -> None:
    """End this worker when the process that gave it its work has ended, however it ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _limit_memory(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    try:
        with open("/proc/self/statm") as statm:
            used = int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:  # not Linux: the deadline alone protects
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = used + memory
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
