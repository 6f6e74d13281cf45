"""Planner: what to do with each source, by what the catalogue knows of its bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.core.document import Source
from pipeline.core.failures import Failure
from pipeline.core.recipe import Recipe

if TYPE_CHECKING:
    from pipeline.catalogue.store import Known


class Action(StrEnum):
    """What happens to a source."""

    READ = "read"
    RETAG = "retag"  # known text, other tagging: the file is not read again
    SKIP = "skip"  # known bytes at this recipe
    TWIN = "same bytes as another"  # of this very run
    LEAVE_FAILED = "failed before"  # at this recipe; --retry-failed tries again
    FAIL = "cannot be opened"


class Planner:
    """Decides for one run; asked about the same bytes twice, it reads them once."""

    def __init__(
        self,
        known: Mapping[str, Known],
        failures: Sequence[Failure],
        recipe: Recipe,
        *,
        retry_failed: bool,
        force: bool,
    ) -> None:
        self.version = recipe.version
        self.reading_version = recipe.reading_version
        self._known = known
        self._failed = {
            (f.source.path, f.source.sha256) for f in failures if f.recipe == self.version
        }
        # What is known of them lacks pages, which tagging again would not bring.
        self._partly_read = {f.source.sha256 for f in failures if f.stage == "read"}
        self._retry_failed = retry_failed
        self._force = force
        self._begun: set[str] = set()
        self._opened: set[str] = set()

    def action(self, source: Source) -> Action:
        """Return what to do with ``source``, and remember that it is being done."""
        if source.sha256 and source.sha256 in self._begun:  # bytes not had are not the same bytes
            return Action.TWIN
        decided = self._decided(source)
        if decided in (Action.READ, Action.RETAG):
            self._begun.add(source.sha256)
        return decided

    def is_to_open(self, source: Source) -> bool:
        """Whether the known members of ``source`` are to be planned now: once for the same bytes.

        The second copy of an archive holds nothing new, and archives that are full of copies of
        archives would never end.
        """
        known = self._known.get(source.sha256)
        if known is None or not known.has_members or source.sha256 in self._opened:
            return False
        self._opened.add(source.sha256)
        return True

    def _decided(self, source: Source) -> Action:
        if self._force:
            return Action.READ
        if (source.path, source.sha256) in self._failed:
            return Action.READ if self._retry_failed else Action.LEAVE_FAILED
        known = self._known.get(source.sha256)
        if known is None or known.reading_version != self.reading_version:
            return Action.READ
        if source.sha256 in self._partly_read:
            return Action.READ
        if known.recipe_version == self.version:
            return Action.SKIP
        return Action.RETAG
