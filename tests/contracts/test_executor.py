"""What every executor promises, asked of each of them."""

from __future__ import annotations

import ctypes
import errno
import gc
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from pipeline.core.errors import FourpError
from pipeline.core.failures import WorkerLoss
from pipeline.core.ports import Executor
from pipeline.execution.processes import ProcessExecutor
from pipeline.execution.serial import SerialExecutor


def _build(offset: int) -> Callable[[int], int]:
    return partial(_add, offset, os.getpid())


def _add(offset: int, built_in: int, item: int) -> int:
    assert built_in == os.getpid()  # built where it is used
    return item + offset


def _build_collecting() -> Callable[[int], bool]:
    return lambda _: gc.isenabled()


def _build_dangerous() -> Callable[[str], str]:
    return _obey


def _obey(order: str) -> str:
    match order:
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "abort":
            os.abort()
        case "hang":
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
            time.sleep(60)
        case "eat":
            return str(len(bytearray(2**31)))
        case "exit":
            os._exit(3)
    return order


@pytest.fixture(params=["serial", "processes"])
def executor(request: pytest.FixtureRequest) -> Executor:
    if request.param == "serial":
        return SerialExecutor()
    return ProcessExecutor(jobs=2, deadline=30, memory=512)


def test_every_item_comes_back_once_with_its_answer(executor: Executor) -> None:
    answers = dict(executor.map(partial(_build, 100), range(40)))
    assert answers == {n: n + 100 for n in range(40)}


def test_no_items_is_no_answers(executor: Executor) -> None:
    assert list(executor.map(partial(_build, 0), [])) == []


def test_garbage_is_collected_where_documents_are_made(executor: Executor) -> None:
    assert dict(executor.map(_build_collecting, [1])) == {1: True}


def test_items_are_taken_only_as_they_are_needed(executor: Executor) -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for n in range(1000):
            taken.append(n)
            yield n

    answers = executor.map(partial(_build, 0), items())
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    assert len(taken) < 50


class _Growing:
    """Numbers from 1 to a limit, each of which is there only once its half has been answered."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._there = [1]

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        if not self._there:
            raise StopIteration
        return self._there.pop()

    def grow(self, answered: int) -> None:
        self._there += [n for n in (2 * answered, 2 * answered + 1) if n <= self._limit]


def test_items_that_answers_bring_up_are_taken_until_nothing_is_under_way(
    executor: Executor,
) -> None:
    items = _Growing(limit=100)
    answered: list[int] = []
    for item, answer in executor.map(partial(_build, 0), items):
        assert item == answer
        answered.append(item)
        items.grow(item)
    assert sorted(answered) == list(range(1, 101))


def test_another_deadline_changes_no_answer(executor: Executor) -> None:
    answers = dict(executor.with_deadline(20).map(partial(_build, 100), range(4)))
    assert answers == {n: n + 100 for n in range(4)}


def test_a_worker_is_stopped_at_the_other_deadline() -> None:
    executor = ProcessExecutor(jobs=1, deadline=30, memory=512).with_deadline(1)
    [(_, loss)] = executor.map(_build_dangerous, ["hang"])
    assert isinstance(loss, WorkerLoss)
    assert "took longer than 1 s" in loss.reason


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ("die", "SIGKILL"),
        ("abort", "SIGABRT"),
        ("exit", "exit code 3"),
        ("eat", "out of memory"),
        ("hang", "took longer than 2 s"),
    ],
)
def test_a_worker_that_is_lost_costs_one_item(order: str, told: str) -> None:
    executor = ProcessExecutor(jobs=2, deadline=2, memory=512)
    orders = ["a", "b", order, "c", "d", "e"]
    answers = dict(executor.map(_build_dangerous, orders))
    loss = answers.pop(order)
    assert isinstance(loss, WorkerLoss)
    assert told in loss.reason
    assert answers == {name: name for name in "abcde"}


def _build_doomed() -> Callable[[int], int]:
    os._exit(5)


def test_workers_that_cannot_start_are_told_with_what_to_do() -> None:
    executor = ProcessExecutor(jobs=2, deadline=10, memory=512)
    with pytest.raises(FourpError, match=r"worker processes cannot be kept running .*; see"):
        list(executor.map(_build_doomed, range(3)))


def _build_pid() -> Callable[[int], int]:
    return _pid


def _pid(_item: int) -> int:
    return os.getpid()


class Ambush:
    """One item; when its answer is there, its worker is killed, and more items come."""

    def __init__(self) -> None:
        self.worker = 0
        self._items = iter([0])

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        if self.worker:
            os.kill(self.worker, signal.SIGKILL)
            self.worker = 0
            self._items = iter(range(1, 10))
        return next(self._items)


@pytest.mark.parametrize("jobs", [1, 2])
def test_workers_killed_while_they_wait_for_work_cost_nothing(jobs: int) -> None:
    executor = ProcessExecutor(jobs=jobs, deadline=3, memory=512, patience=2)
    items = Ambush()
    answers: dict[int, int | WorkerLoss] = {}
    for item, answer in executor.map(_build_pid, items):
        if item == 0 and isinstance(answer, int):
            items.worker = answer
        answers[item] = answer
    assert sorted(answers) == list(range(10))
    lost = [a for a in answers.values() if isinstance(a, WorkerLoss)]
    assert all(loss.transient for loss in lost)
    assert len(lost) <= 1  # it may have been given an item just then


def test_a_worker_writes_to_temporary_files_only_and_has_no_network(tmp_path: Path) -> None:
    executor = ProcessExecutor(jobs=1, deadline=30, memory=512, programs=("sh",))
    orders = ["temporary", "write", "remove", "connect", "listen", "program", "other program"]
    (tmp_path / "kept").write_text("kept")
    told = dict(executor.map(partial(_build_trespasser, tmp_path), orders))
    assert told == {
        "temporary": "done",
        "write": "PermissionError",
        "remove": "PermissionError",
        "connect": "PermissionError",
        "listen": "PermissionError",
        "program": "done",
        "other program": "PermissionError",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def _build_trespasser(folder: Path) -> Callable[[str], str]:
    return partial(_trespass, folder)


def _trespass(folder: Path, order: str) -> str:
    try:
        match order:
            case "temporary":
                with tempfile.TemporaryDirectory() as own:
                    Path(own, "note").write_text("note")
                with tempfile.TemporaryFile() as file:
                    file.write(b"note")
            case "write":
                (folder / "left").write_text("left")
            case "remove":
                (folder / "kept").unlink()
            case "connect":
                socket.create_connection(("127.0.0.1", 9)).close()
            case "listen":
                socket.socket().bind(("127.0.0.1", 0))
            case "program":
                subprocess.run(
                    ["sh", "-c", f"echo left > {folder}/left"], stderr=subprocess.DEVNULL
                )
            case "other program":
                subprocess.run(["ls"], stdout=subprocess.DEVNULL)
    except OSError as error:
        return type(error).__name__
    return "done"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets C code be confined")
def test_code_beside_python_is_confined_by_the_kernel(tmp_path: Path) -> None:
    executor = ProcessExecutor(jobs=1, deadline=30, memory=512)
    if ctypes.CDLL(None).syscall(444, None, 0, 1) < 1:
        pytest.skip("this kernel has no Landlock")
    told = dict(executor.map(partial(_build_smuggler, tmp_path), ["open", "socket"]))
    assert told == {"open": errno.EACCES, "socket": errno.EACCES}


def _build_smuggler(folder: Path) -> Callable[[str], int]:
    return partial(_smuggle, folder)


def _smuggle(folder: Path, order: str) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    if order == "open":
        libc.open(str(folder / "left").encode(), os.O_CREAT | os.O_WRONLY, 0o600)
    else:
        libc.socket(2, 1, 0)
    return ctypes.get_errno()
