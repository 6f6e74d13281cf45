"""ProcessExecutor: worker processes, each item with a deadline and a memory limit.

Built on pebble because one killed worker must cost one item: with concurrent.futures and loky a
dead worker fails every item that waits, and neither can stop a hang inside C code.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from pebble import ProcessExpired, ProcessPool

from pipeline.core.errors import FourpError
from pipeline.core.failures import WorkerLoss
from pipeline.core.ports import Answer, Item
from pipeline.execution.confinement import confine
from pipeline.execution.garbage import collect_rarely

FORK_SERVER = "forkserver"  # Windows has none
UNCOLLECTED = "pipeline.execution.uncollected"
# A worker that has done so many items is replaced, so that what C libraries leak does not add up.
ITEMS_PER_WORKER = 1000
# Items handed out per worker beyond the running one: enough to work on while the parent writes a
# batch to the search index, which takes seconds.
AHEAD = 16
# How a process ends that the kernel or a person ended; no library ends its own process so.
_FROM_OUTSIDE = (-signal.SIGTERM, -getattr(signal, "SIGKILL", signal.SIGTERM))


class _BrokenPoolError(Exception):
    """A pool that is of no more use, because workers died that had nothing to do."""


@dataclass(frozen=True, slots=True)
class ProcessExecutor:
    """Runs items in worker processes.

    Attributes:
        jobs: Worker processes, at least 1.
        deadline: Seconds for one item.
        memory: MiB that a worker may allocate beyond what it starts with.
        programs: Names of the programs that a worker may start.
        patience: Seconds beyond the deadline, in which workers start; when nothing is answered in
            both, the workers are replaced: one that is killed while it takes an item can leave
            the others waiting for ever.
        preload: Modules that every worker has from the start. They are imported once, by a server
            process of which the workers are forked; the fork is safe, for it has no threads.
    """

    jobs: int
    deadline: float
    memory: int
    preload: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    patience: float = 60.0

    def warm(self) -> None:
        """Let the preloading begin, while the caller does something else."""
        if FORK_SERVER in multiprocessing.get_all_start_methods():
            from multiprocessing.forkserver import ensure_running, set_forkserver_preload

            set_forkserver_preload([UNCOLLECTED, __name__, *self.preload])
            ensure_running()

    def map(
        self,
        build: Callable[[], Callable[[Item], Answer]],
        items: Iterable[Item],
    ) -> Iterator[tuple[Item, Answer | WorkerLoss]]:
        """Yield every item once with its answer, in the order in which they are ready.

        ``build`` and the items must be picklable. At most a few items a worker are under way, so
        memory does not grow with their number. Closing the iterator stops the workers.

        Workers are confined once they are built: they write to temporary files only, which are
        removed at the end, and have no network.
        """
        # Here and not in the workers: a worker that is killed cannot clear up.
        with TemporaryDirectory(prefix="fourp-", ignore_cleanup_errors=True) as scratch:
            yield from self._mapped(build, items, Path(scratch))

    def _mapped(
        self,
        build: Callable[[], Callable[[Item], Answer]],
        items: Iterable[Item],
        scratch: Path,
    ) -> Iterator[tuple[Item, Answer | WorkerLoss]]:
        self.warm()
        start = partial(self._pool, (build, self.memory * 2**20, scratch, self.programs))
        pool = start()
        waiting: dict[Future[Answer], Item] = {}
        again: deque[Item] = deque()  # what a pool that broke had not done
        answered = True  # whether anything was since the pool was started
        source = iter(items)
        try:
            while True:
                try:
                    while len(waiting) < self.jobs * (1 + AHEAD):
                        try:
                            item = again.popleft() if again else next(source)
                        except StopIteration:  # for now: it may grow by the answers under way
                            break
                        again.appendleft(item)  # until it is handed out
                        waiting[self._handed_out(pool, item)] = item
                        again.popleft()
                    if not waiting:
                        break
                    done = wait(waiting, self.deadline + self.patience, FIRST_COMPLETED).done
                    if not done:  # every running item has ended by now, one way or the other
                        raise _BrokenPoolError("no worker answers")
                    for future in done:
                        answer = self._answer(future)
                        answered = True
                        yield waiting.pop(future), answer
                except _BrokenPoolError as error:
                    if not answered:
                        raise FourpError(
                            f"cannot be kept running ({error})",
                            where="worker processes",
                            remedy="see the messages above; give the machine more memory or set "
                            "fewer 'jobs' in fourp.toml, then run this again",
                        ) from error
                    pool.stop()
                    pool.join()
                    pool = start()
                    again.extend(waiting.values())
                    waiting.clear()
                    answered = False
            pool.close()
        finally:
            pool.stop()
            pool.join()

    def _handed_out(self, pool: Any, item: Item) -> Future[Any]:
        try:
            handed: Future[Any] = pool.schedule(_run, args=(item,), timeout=self.deadline)
        except RuntimeError as error:  # what pebble says when a pool is not running
            raise _BrokenPoolError(str(error)) from error
        return handed

    def _pool(self, given: tuple[object, ...]) -> Any:
        methods = multiprocessing.get_all_start_methods()
        return ProcessPool(
            max_workers=self.jobs,
            max_tasks=ITEMS_PER_WORKER,
            initializer=_start_worker,
            initargs=given,
            context=multiprocessing.get_context(FORK_SERVER if FORK_SERVER in methods else "spawn"),
        )

    def with_deadline(self, seconds: float) -> ProcessExecutor:
        """Return the same executor with another deadline for one item."""
        return replace(self, deadline=seconds)

    def _answer(self, future: Future[Answer]) -> Answer | WorkerLoss:
        try:
            return future.result()
        except BrokenProcessPool as error:
            raise _BrokenPoolError(str(error)) from error
        except TimeoutError:
            return WorkerLoss(
                f"took longer than {self.deadline:g} s and was stopped",
                "raise 'deadline' in fourp.toml and run `fourp ingest --retry-failed`",
            )
        except (ProcessExpired, MemoryError) as error:
            if (code := getattr(error, "exitcode", None)) in _FROM_OUTSIDE:
                return WorkerLoss(
                    f"was not finished: its worker process was ended from outside, {_signal(code)},"
                    " as a system does that runs out of memory",
                    "give the machine more memory or set fewer 'jobs' in fourp.toml, then run "
                    "`fourp ingest` again",
                    transient=True,
                )
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
        return _signal(code)
    return f"exit code {code}"


def _signal(exit_code: int) -> str:
    return f"signal {signal.Signals(-exit_code).name}"


# A worker process serves one function for its whole life; pebble hands an initializer's result
# to a task in no other way than through the worker's own globals.
_function: Callable[[Any], Any] | None = None


def _start_worker(
    build: Callable[[], Callable[[Any], Any]],
    memory: int,
    scratch: Path,
    programs: tuple[str, ...],
) -> None:
    """Build the function once, then limit what the worker may do and allocate."""
    global _function
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    Thread(target=_die_with_parent, daemon=True).start()
    _function = build()
    collect_rarely()
    folder = scratch / str(os.getpid())
    folder.mkdir(exist_ok=True)
    confine(folder, programs=programs)
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
