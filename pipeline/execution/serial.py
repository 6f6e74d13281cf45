"""SerialExecutor: one item after another in this process, for tests and for debugging."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pipeline.core.failures import WorkerLoss
from pipeline.core.ports import Answer, Item


class SerialExecutor:
    """Runs everything here; it cannot stop an item that takes too long or too much memory."""

    def map(
        self,
        build: Callable[[], Callable[[Item], Answer]],
        items: Iterable[Item],
    ) -> Iterator[tuple[Item, Answer | WorkerLoss]]:
        """Yield each item with its answer, in order."""
        function: Callable[[Item], Answer] | None = None
        for item in items:  # asked again after every answer, so it may grow
            function = function or build()
            yield item, function(item)

    def with_deadline(self, seconds: float) -> SerialExecutor:
        """Return this executor, which has no deadline."""
        return self
