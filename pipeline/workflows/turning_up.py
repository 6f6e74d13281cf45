"""What an ingest has to look at: the files found, and the members that turn up in them."""

from __future__ import annotations

import fnmatch
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from pipeline.core.document import INSIDE, Source
from pipeline.core.failures import Failure


class TurningUp:
    """An iterator that goes on after its end, when members were added to it.

    Members come before the next file, so that few of them wait.
    """

    def __init__(self, files: Iterator[Source | Failure]) -> None:
        self._files = files
        self._members: deque[Source] = deque()

    def __iter__(self) -> TurningUp:
        return self

    def __next__(self) -> Source | Failure:
        return self._members.popleft() if self._members else next(self._files)

    def add(self, members: Iterable[Source]) -> None:
        """Line up members to be looked at."""
        self._members.extend(members)


def not_excluded(members: Sequence[Source], patterns: Sequence[str]) -> list[Source]:
    """Return the members whose names and folders inside their container no pattern leaves out."""
    return [
        member
        for member in members
        if not any(
            fnmatch.fnmatchcase(name, pattern)
            for name in member.path.rpartition(INSIDE)[2].split("/")
            for pattern in patterns
        )
    ]
