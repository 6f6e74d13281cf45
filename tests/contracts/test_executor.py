"""What every executor promises, asked of each of them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from pipeline.core.failures import WorkerLoss
from pipeline.core.ports import Executor
from pipeline.execution.processes import ProcessExecutor
from pipeline.execution.serial import SerialExecutor


def _build(offset: int) -> Callable[[int], int]:
    return partial(_add, offset, os.getpid())


def _add(offset: int, built_in: int, item: int) -> int:
    assert built_in == os.getpid()  # built where it is used
    return item + offset


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
