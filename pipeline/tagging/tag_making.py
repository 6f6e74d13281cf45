"""From graded concepts to tags: each with its proof, and the pillars that follow from the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.core.concepts import Role, Vocabulary
from pipeline.core.document import Document
from pipeline.core.tags import Evidence, Grade, Origin, Tag
from pipeline.core.text import count_words
from pipeline.tagging.proof import AT_MOST, Proof, proof
from pipeline.tagging.scoring import Scored
from pipeline.tagging.trust import Trust

# Mentions of a single term that are in passing. Of the tags of labelled documents that rested on no
# more, outside the title, one of seven was right.
LONE = 2
BRIEF = 60  # words; a text that has no more says nothing in passing


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


class Doubt(StrEnum):
    """Why a person should decide about a tag that its score would give."""

    UNPROVEN = "only footnotes, fragments or numbers of acts speak of it"
    LONE = "one term speaks of it, in passing, and the title does not"


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
    trust = Trust(document)
    tags = [tag for one in graded if (tag := _tag(document, one, trust, origin)) is not None]
    given = [tag for tag in tags if tag.grade is not Grade.REVIEW]
    pillars = []
    for pillar in vocabulary.pillars:
        files = [tag for tag in given if broader[tag.concept] == pillar.id]
        tag = _pillar(document, pillar.id, files, own.get(pillar.id), origin=origin, bar=bar)
        if tag is not None:
            pillars.append(tag)
    return (*tags, *sorted(pillars, key=lambda tag: (-tag.score, tag.concept)))


def doubt(document: Document, one: Graded, proved: Proof) -> Doubt | None:
    """Return why a tag is for a person to decide, whatever its score; nothing where it is not.

    What the document names in a list of its subjects is beyond doubt.
    """
    if one.grade is Grade.REVIEW or one.listed:
        return None
    brief = count_words(document.text) <= BRIEF
    titled = any(match.role is not Role.COMPANY for match in one.scored.title)
    if not (proved.convincing or (one.grade is Grade.MAIN and (titled or brief))):
        return Doubt.UNPROVEN
    telling = [match.key for match in one.scored.matches if match.role is not Role.COMPANY]
    if len(telling) <= LONE and len(set(telling)) == 1 and not (titled or brief):
        return Doubt.LONE
    return None


def _tag(document: Document, one: Graded, trust: Trust, origin: Origin) -> Tag | None:
    # A title that the file declares but the text lacks proves nothing that can be shown.
    proved = proof(document, one.scored.matches, trust)
    if not proved.evidence:
        return None
    grade = Grade.REVIEW if doubt(document, one, proved) else one.grade
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
