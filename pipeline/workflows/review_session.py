"""A review session: questions one after another, each answer kept at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.core.document import Document
from pipeline.core.reviews import Decision, Review, standing
from pipeline.workflows.review_queue import Question
from pipeline.workflows.reviewing import new_ones

if TYPE_CHECKING:
    from pipeline.catalogue.store import Catalogue


@dataclass(frozen=True, slots=True)
class _Step:
    """What one answer did, so that it can be taken back: where it was asked, what was kept."""

    at: int
    reviews: tuple[Review, ...]


class Session:
    """Goes through questions; killed at any moment, it has lost no answer.

    Attributes:
        changed: Ids of documents whose tags are not as they were, for the search index.
        tally: How often each decision was made and not taken back.
        skipped: Questions passed over.
    """

    def __init__(self, catalogue: Catalogue, questions: Sequence[Question], *, by: str) -> None:
        self._catalogue = catalogue
        self._questions = questions
        self._by = by
        self._at = 0
        self._steps: list[_Step] = []
        self.changed: set[str] = set()
        self.tally: Counter[Decision] = Counter()
        self.skipped = 0

    @property
    def place(self) -> tuple[int, int]:
        """The number of the question, from 1, and how many there are."""
        return self._at + 1, len(self._questions)

    def question(self) -> tuple[Question, Document] | None:
        """Return the next question that nobody answered meanwhile, and its document."""
        while self._at < len(self._questions):
            asked = self._questions[self._at]
            history = self._catalogue.reviews.of([asked.document]).get(asked.document, ())
            found = list(self._catalogue.documents([asked.document]))
            if found and (asked.document, asked.concept) not in standing(history):
                return asked, found[0]
            self._at += 1
        return None

    def answer(self, decision: Decision) -> None:
        """Keep the answer to the question, and go to the next."""
        asked = self._questions[self._at]
        self._keep(Review(asked.document, asked.concept, decision, self._by))
        self._at += 1

    def add(self, file: str) -> None:
        """Say that the document is about another policy file, and stay at the question."""
        self._keep(Review(self._questions[self._at].document, file, Decision.MAIN, self._by))

    def skip(self) -> None:
        """Go to the next question."""
        self._at += 1
        self.skipped += 1

    def undo(self) -> Review | None:
        """Take back the last answer of this session and go back to its question.

        Returns:
            What was taken back; nothing where there is nothing left of this session.
        """
        while self._steps:
            step = self._steps.pop()
            self._at = step.at
            for review in step.reviews:
                if self._catalogue.reviews.withdraw(review.number, by=self._by):
                    self.tally[review.decision] -= 1
                    return review
        return None

    def _keep(self, review: Review) -> None:
        kept = self._catalogue.reviews.add(new_ones(self._catalogue, [review]))
        self._steps.append(_Step(self._at, tuple(kept)))
        self.changed.add(review.document)
        self.tally.update(one.decision for one in kept)
