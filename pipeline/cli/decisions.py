"""Decisions of people in words and as JSON, alike in every command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.core.text import visible

if TYPE_CHECKING:
    from pipeline.core.audience import Standing
    from pipeline.core.document import Document
    from pipeline.core.reviews import Review

SEARCH_LEARNS_LATER = "search learns of it with the next ingest, or by `fourp index update`"
TRAIN_NEXT = "next: `fourp train` lets the tagger learn from what people decided"

_GRADES = {"main": "main subject", "also": "also treated"}
DECISIONS = _GRADES | {"rejected": "not about it"}


def in_words(review: Review) -> str:
    """Return a decision, who made it, and what the machine had said."""
    return f"{decided(review)}, by {made_by(review)} (machine: {_machine(review)})"


def history_in_words(reviews: Sequence[Review]) -> list[str]:
    """Return decisions about one policy file, oldest first, with what became of each."""
    undone = {review.undoes: review for review in reviews if review.undoes}
    return [
        f"{decided(review)}, said {made_by(review)}"
        + (f"; taken back by {made_by(undone[review.number])}" if review.number in undone else "")
        for review in reviews
        if not review.undoes
    ]


def decided(review: Review) -> str:
    """Return what was decided."""
    return DECISIONS[review.decision]


def made_by(review: Review) -> str:
    """Return who decided, when, and why."""
    note = f": “{visible(review.note)}”" if review.note else ""
    return f"{visible(review.by)} on {review.at[:10]}{note}"


def grade_in_words(grade: str) -> str:
    """Return the grade of a tag or a candidate."""
    return _GRADES.get(grade, "for review")


def decision_as_json(review: Review) -> dict[str, object]:
    """Return a decision as JSON holds it."""
    return {
        "concept": review.concept,
        "decision": review.decision,
        "by": review.by,
        "at": review.at,
        "note": review.note,
        "score": review.score,
        "grade": review.grade,
        "recipe": review.recipe,
    }


def _machine(review: Review) -> str:
    if review.score is None:
        return "not suggested"
    return f"{review.score:.0%}, {grade_in_words(review.grade or '')}"


def because(standing: Standing, document: Document) -> str:
    """Return what says who may read a document."""
    decision = standing.decision
    if decision is not None:
        note = f": {visible(decision.note)}" if decision.note else ""
        lies = "" if decision.document == document.id else f" of {visible(standing.path)}"
        return f"says {visible(decision.by)}, {decision.at[:10]}{lies}{note}"
    if standing.pattern:
        where = "" if standing.path == document.source.path else f" for {visible(standing.path)}"
        return f"by the rule {standing.pattern!r} of fourp.toml{where}"
    return "no rule of fourp.toml speaks of it"
