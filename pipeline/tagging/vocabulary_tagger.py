"""VocabularyTagger: tags by the vocabulary's terms and references, each with its proof."""

from __future__ import annotations

import hashlib
from functools import cached_property

from pipeline.core.concepts import Vocabulary
from pipeline.core.document import Document
from pipeline.core.tags import Evidence, Grade, Origin, Tag
from pipeline.tagging.matching import Match, TermMatcher
from pipeline.tagging.proof import AT_MOST, proof
from pipeline.tagging.scoring import Calibration, Scored, grade, score_concepts
from pipeline.tagging.tokens import count_words

REFERENCE_WEIGHT = 2.0  # between a term of the field and a name; a cited act is not the subject
ALGORITHM = "3"  # raise it when the same vocabulary and calibration would give other tags


class VocabularyTagger:
    """The tagger that needs no training; spaCy is loaded with the first document."""

    name = "vocabulary"

    def __init__(self, vocabulary: Vocabulary, calibration: Calibration | None = None) -> None:
        self._vocabulary = vocabulary
        self.calibration = calibration or Calibration()
        recipe = f"{ALGORITHM} {vocabulary.digest} {self.calibration}"
        self.version = hashlib.sha256(recipe.encode()).hexdigest()[:16]

    @cached_property
    def _matcher(self) -> TermMatcher:
        return TermMatcher(self._vocabulary, reference_weight=REFERENCE_WEIGHT)

    def suggest(self, document: Document) -> tuple[Tag, ...]:
        """Return the document's policy files, then its pillars, each best first.

        No tag at all is an answer: the document is about something else.
        """
        scored = self.scores(document)
        broader = {c.id: c.broader for c in self._vocabulary}
        files = [s for s in scored if broader[s.concept]]
        strongest = files[0].raw if files else 0.0
        tags = [tag for s in files if (tag := self._tag(document, s, strongest)) is not None]
        own = {s.concept: s for s in scored if not broader[s.concept]}
        pillars = [
            tag
            for pillar in self._vocabulary.pillars
            if (
                tag := self._pillar(
                    document,
                    pillar.id,
                    [t for t in tags if broader[t.concept] == pillar.id],
                    own.get(pillar.id),
                )
            )
            is not None
        ]
        return (*tags, *sorted(pillars, key=lambda t: (-t.score, t.concept)))

    def matches(self, document: Document) -> list[Match]:
        """Return all terms and references that stand in the text, also those that do not count."""
        return self._matcher.in_document(document)

    def scores(self, document: Document) -> list[Scored]:
        """Return every concept that matched, also those that are no tags, best first."""
        return score_concepts(
            self.matches(document),
            self._matcher.in_title(document.title, document.language),
            words=count_words(document.text),
            calibration=self.calibration,
        )

    def _tag(self, document: Document, scored: Scored, strongest: float) -> Tag | None:
        given = grade(scored, strongest, self.calibration)
        # A title that the file declares but the text lacks proves nothing that can be shown.
        evidence = proof(document, scored.matches) if given else ()
        if given is None or not evidence:
            return None
        return Tag(scored.concept, round(scored.score, 4), Origin.RULE, given, evidence)

    def _pillar(
        self, document: Document, pillar: str, files: list[Tag], own: Scored | None
    ) -> Tag | None:
        """Return a pillar's tag from its files and its own terms.

        The grade is its best file's; its own terms alone make it treated, never a main subject.
        The score is the probability that not all of these are wrong, taken as independent.
        """
        evidence: list[Evidence] = [e for tag in files for e in tag.evidence[:2]]
        score = max((t.score for t in files), default=0.0)
        if own is not None and own.score >= self.calibration.also:
            evidence += proof(document, own.matches)[:2]
            score = 1 - (1 - score) * (1 - own.score)
        if not evidence:
            return None
        main = any(t.grade is Grade.MAIN for t in files)
        return Tag(
            pillar,
            round(score, 4),
            Origin.RULE,
            Grade.MAIN if main else Grade.ALSO,
            tuple(dict.fromkeys(evidence))[:AT_MOST],
        )
