"""Review: a person's yes or no about a tag, and the one merge by which it beats every machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.core.tags import Evidence, Grade, Origin, Tag

CERTAIN = 1.0  # the score of a tag that a person gave
# What a pillar shows of each of its files, and in all; as the vocabulary tagger does it.
EVIDENCE_OF_FILE = 2
EVIDENCE_OF_PILLAR = 5


class Decision(StrEnum):
    """What a person says of a policy file in a document."""

    MAIN = "main"
    ALSO = "also"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # takes an earlier decision back; what held before it holds again


@dataclass(frozen=True, slots=True)
class Review:
    """One decision of one person about one policy file in one document.

    Attributes:
        document: Digest of the document's bytes, so that it outlives every reading of them.
        concept: Id of the policy file.
        by: Name of the person.
        at: UTC, ISO 8601; "" until it is kept.
        work: The document's work at that time; "" where it was not known.
        recipe: Version of the recipe that gave what the person saw; "" where there was none.
        score, grade: What the machine had said; nothing where it had not suggested the file.
        number: Order in which decisions were kept, from 1; 0 until it is kept.
        undoes: Number of the decision that is taken back; 0 for every other decision.

    Raises:
        ValueError: If nobody made it, or it takes something back and does not say what.
    """

    document: str
    concept: str
    decision: Decision
    by: str
    note: str = ""
    at: str = ""
    work: str = ""
    recipe: str = ""
    score: float | None = None
    grade: Grade | None = None
    number: int = 0
    undoes: int = 0

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise ValueError(f"nobody decided about {self.concept}")
        if (self.decision is Decision.WITHDRAWN) != (self.undoes > 0):
            raise ValueError(f"a decision about {self.concept} takes back number {self.undoes}")


def in_force(reviews: Iterable[Review]) -> list[Review]:
    """Return the decisions that nobody took back, in the order in which they were made."""
    ordered = sorted(reviews, key=lambda review: review.number)
    undone = {review.undoes for review in ordered}
    return [r for r in ordered if r.decision is not Decision.WITHDRAWN and r.number not in undone]


def standing(reviews: Iterable[Review]) -> dict[tuple[str, str], Review]:
    """Return the decision that counts, the last one, by document and concept."""
    return {(review.document, review.concept): review for review in in_force(reviews)}


def merged(
    tags: Sequence[Tag],
    candidates: Sequence[Tag],
    reviews: Mapping[str, Review],
    broader: Mapping[str, str],
) -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
    """Return tags and candidates of one document after people have decided.

    What was accepted is a tag for certain, with the evidence that the machine had for it; what was
    rejected is neither tag nor candidate. A pillar whose files change by that follows from them;
    another one stays. Merging what is merged already changes nothing.

    Args:
        tags, candidates: What the machine suggests.
        reviews: The standing decisions about this document, by concept.
        broader: The pillar of each policy file.
    """
    pillars = set(broader.values())
    decided = {concept: reviews[concept] for concept in sorted(reviews) if concept not in pillars}
    if not decided:
        return tuple(tags), tuple(candidates)
    suggested = {tag.concept: tag for tag in (*candidates, *tags)}
    before = [tag for tag in tags if tag.concept not in pillars]
    given = [
        _given(review, suggested.get(concept))
        for concept, review in decided.items()
        if review.decision in (Decision.MAIN, Decision.ALSO)
    ]
    kept = [tag for tag in before if tag.concept not in decided]
    files = sorted([*given, *kept], key=lambda tag: (tag.grade is not Grade.MAIN, -tag.score))
    own = {tag.concept: tag for tag in tags if tag.concept in pillars}
    of_pillars = [
        tag
        for pillar in dict.fromkeys(broader.values())
        if (tag := _pillar(pillar, own.get(pillar), _of(before, pillar, broader),
                           _of(files, pillar, broader))) is not None
    ]  # fmt: skip
    # In the machine's order where scores are alike.
    places = {concept: place for place, concept in enumerate(own)}
    of_pillars.sort(key=lambda tag: (-tag.score, places.get(tag.concept, len(places))))
    given_now = {tag.concept for tag in (*files, *of_pillars)}
    left = [c for c in candidates if c.concept not in decided and c.concept not in given_now]
    return (*files, *of_pillars), tuple(left)


def _given(review: Review, suggested: Tag | None) -> Tag:
    grade = Grade.MAIN if review.decision is Decision.MAIN else Grade.ALSO
    evidence = suggested.evidence if suggested else ()
    return Tag(review.concept, CERTAIN, Origin.PERSON, grade, evidence)


def _of(files: Sequence[Tag], pillar: str, broader: Mapping[str, str]) -> dict[str, Tag]:
    return {tag.concept: tag for tag in files if broader.get(tag.concept) == pillar}


def _pillar(
    pillar: str, own: Tag | None, before: Mapping[str, Tag], now: Mapping[str, Tag]
) -> Tag | None:
    """Return the tag of a pillar with these files, its own where they are those of before."""
    if before == now:
        return own
    if not now:
        return None
    files = list(now.values())
    evidence: list[Evidence] = [e for tag in files for e in tag.evidence[:EVIDENCE_OF_FILE]]
    by_person = any(tag.origin is Origin.PERSON for tag in files)
    return Tag(
        pillar,
        max(tag.score for tag in files),
        Origin.PERSON if by_person else files[0].origin,
        Grade.MAIN if any(tag.grade is Grade.MAIN for tag in files) else Grade.ALSO,
        tuple(dict.fromkeys(evidence))[:EVIDENCE_OF_PILLAR],
    )
