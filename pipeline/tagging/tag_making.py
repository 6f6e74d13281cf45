"""From graded concepts to tags: each with its proof, and the pillars that follow from the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.concepts import Vocabulary
from pipeline.core.document import Document
from pipeline.core.tags import Evidence, Grade, Origin, Tag
from pipeline.tagging.proof import AT_MOST, proof
from pipeline.tagging.scoring import Scored


@dataclass(frozen=True, slots=True)
class Graded:
    """A policy file that becomes a tag or a candidate, if anything proves it.

    Attributes:
        score: Confidence from 0 to 1 that the grade is right.
        listed: Whether the document names it in a list of subjects, which is proof enough.
    """

    scored: Scored
    grade: Grade
    score: float
    listed: bool = False


def make_tags(
    document: Document,
    vocabulary: Vocabulary,
    graded: Sequence[Graded],
    own: Mapping[str, Scored],
    *,
    origin: Origin,
    bar: float,
) -> tuple[Tag, ...]:
    """Return the tags of policy files in the order given, then their pillars, best first.

    Args:
        own: What the pillars' own terms score, by pillar.
        origin: Who gives the tags.
        bar: The score from which a pillar's own terms make it treated.
    """
    broader = {concept.id: concept.broader for concept in vocabulary}
    tags = [tag for one in graded if (tag := _tag(document, one, origin)) is not None]
    given = [tag for tag in tags if tag.grade is not Grade.REVIEW]
    pillars = []
    for pillar in vocabulary.pillars:
        files = [tag for tag in given if broader[tag.concept] == pillar.id]
        tag = _pillar(document, pillar.id, files, own.get(pillar.id), origin=origin, bar=bar)
        if tag is not None:
            pillars.append(tag)
    return (*tags, *sorted(pillars, key=lambda tag: (-tag.score, tag.concept)))


def _tag(document: Document, one: Graded, origin: Origin) -> Tag | None:
    # A title that the file declares but the text lacks proves nothing that can be shown.
    proved = proof(document, one.scored.matches)
    if not proved.evidence:
        return None
    # What only footnotes, fragments and numbers of acts speak of is for a person to decide.
    weak = one.grade is Grade.ALSO and not (one.listed or proved.convincing)
    grade = Grade.REVIEW if weak else one.grade
    return Tag(one.scored.concept, round(one.score, 4), origin, grade, proved.evidence)


def _pillar(
    document: Document,
    pillar: str,
    files: Sequence[Tag],
    own: Scored | None,
    *,
    origin: Origin,
    bar: float,
) -> Tag | None:
    """Return a pillar's tag from its files and its own terms.

    The grade is its best file's; its own terms alone make it treated, never a main subject.
    The score is the probability that not all of these are wrong, taken as independent.
    """
    evidence: list[Evidence] = [e for tag in files for e in tag.evidence[:2]]
    score = max((tag.score for tag in files), default=0.0)
    if own is not None and own.score >= bar:
        evidence += proof(document, own.matches).evidence[:2]
        score = 1 - (1 - score) * (1 - own.score)
    if not evidence:
        return None
    return Tag(
        pillar,
        round(score, 4),
        origin if files else Origin.RULE,
        Grade.MAIN if any(tag.grade is Grade.MAIN for tag in files) else Grade.ALSO,
        tuple(dict.fromkeys(evidence))[:AT_MOST],
    )
