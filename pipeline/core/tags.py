"""Tag and Evidence: what a document is about, who says so, and the sentence that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.core.spans import Span


class Origin(StrEnum):
    """Who gave a tag; a person's word beats every machine."""

    RULE = "rule"
    MODEL = "model"
    PERSON = "person"


class Grade(StrEnum):
    """How much of the document a tag stands for."""

    MAIN = "main"
    ALSO = "also"
    REVIEW = "review"  # a candidate below the bar: shown to reviewers, not a tag


class Reason(StrEnum):
    """What kind of thing an evidence is."""

    TERM = "term"
    REFERENCE = "reference"
    FEATURE = "feature"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a document that supports a tag.

    Law: ``document.quote(evidence.span) == evidence.quote``, and ``page`` is the page on which
    the span starts.

    Attributes:
        span: The sentence, in characters of the document's text.
        page: Page number, from 1.
        quote: The sentence as it stands in the text.
        reason: Whether a term, a legal reference or a learned feature spoke.
        match: The words or the reference that matched, as they stand in the text.
        weight: What this match added to the raw score, at least 0.
    """

    span: Span
    page: int
    quote: str
    reason: Reason
    match: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Tag:
    """A concept of the vocabulary given to a document.

    Attributes:
        concept: Id of a pillar or a policy file.
        score: Confidence from 0 to 1.
        origin: Who gave it.
        grade: Main subject, also treated, or a candidate for review.
        evidence: Strongest first; may be empty only where a person gave the tag.

    Raises:
        ValueError: If the score lies outside 0..1 or a machine's tag has no evidence.
    """

    concept: str
    score: float
    origin: Origin
    grade: Grade
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"score of {self.concept} outside 0..1: {self.score}")
        if not self.evidence and self.origin is not Origin.PERSON:
            raise ValueError(f"tag {self.concept} has no evidence")
