"""Two passes over files: all of them quickly, then those with scanned pages, with more time.

Recognising a scan takes seconds a page, which a deadline against hanging files cannot allow. The
first pass keeps that deadline short for everything, so that texts are there before the scans; what
comes to the second has been opened without trouble, and recognition ends by a deadline of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from pipeline.config.settings import Settings
from pipeline.core.document import Document
from pipeline.core.failures import Failure, WorkerLoss
from pipeline.core.ports import Executor

Item = TypeVar("Item")
Answer = Document | Failure
Build = Callable[[], Callable[[Item], Answer]]

PAGE_UNDER_WAY = 600  # seconds; out of time, a recogniser finishes its page: four looks at most


def patient_deadline(settings: Settings) -> float:
    """Return the seconds that a file with scanned pages may take in all."""
    return settings.deadline + settings.scan_deadline + PAGE_UNDER_WAY


def answered(
    executor: Executor,
    items: Iterable[Item],
    *,
    quick: Build[Item],
    patient: Build[Item],
    deadline: float,
) -> Iterator[tuple[Item, Answer | WorkerLoss]]:
    """Yield every item once with its answer, those that the quick pass postponed at the end.

    Args:
        quick, patient: Make the function of each pass, in the workers.
        deadline: Seconds for an item of the patient pass.
    """
    postponed: list[Item] = []
    for item, answer in executor.map(quick, items):
        if isinstance(answer, Failure) and answer.postponed:
            postponed.append(item)
        else:
            yield item, answer
    if postponed:
        yield from executor.with_deadline(deadline).map(patient, postponed)
