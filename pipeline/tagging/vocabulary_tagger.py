"""VocabularyTagger: tags by the vocabulary's terms and references, each with its proof."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property

from pipeline.core.concepts import Vocabulary
from pipeline.core.document import Document
from pipeline.core.tags import Origin, Tag
from pipeline.core.text import count_words
from pipeline.tagging.matching import Match, TermMatcher
from pipeline.tagging.scoring import Calibration, Scored, grade, score_concepts
from pipeline.tagging.succession import Succession
from pipeline.tagging.tag_making import Graded, make_tags

REFERENCE_WEIGHT = 2.0  # between a term of the field and a name; a cited act is not the subject
ALGORITHM = "8"  # raise it when the same vocabulary and calibration would give other tags


class VocabularyTagger:
    """The tagger that needs no training; spaCy is loaded with the first document."""

    name = "vocabulary"

    def __init__(self, vocabulary: Vocabulary, calibration: Calibration | None = None) -> None:
        self._vocabulary = vocabulary
        self._succession = Succession(vocabulary)
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
        ids = {file.id for file in self._vocabulary.files}
        files = [one for one in scored if one.concept in ids]
        strongest = files[0].raw if files else 0.0
        graded = [
            Graded(one, given, one.score)
            for one in files
            if (given := grade(one, strongest, self.calibration)) is not None
        ]
        return make_tags(
            document,
            self._vocabulary,
            graded,
            {one.concept: one for one in scored if one.concept not in ids},
            origin=Origin.RULE,
            bar=self.calibration.also,
        )

    def matches(self, document: Document) -> list[Match]:
        """Return all terms and references that stand in the text, also those that do not count."""
        return self._renamed(document, self._matcher.in_document(document))

    def _renamed(self, document: Document, matches: list[Match]) -> list[Match]:
        """Return the matches with what was replaced by the document's date under its successor."""
        successors = self._succession.on(document.date)
        if not successors:
            return matches
        return [m._replace(concept=successors.get(m.concept, m.concept)) for m in matches]

    def scores(self, document: Document) -> list[Scored]:
        """Return every concept that matched, also those that are no tags, best first."""
        return self.scored(document, self.matches(document))

    def scored(self, document: Document, matches: Sequence[Match]) -> list[Scored]:
        """Return the scores of what matched in the text, and of what matches in the title."""
        return score_concepts(
            matches,
            self._renamed(document, self._matcher.in_title(document.title, document.language)),
            words=count_words(document.text),
            calibration=self.calibration,
        )
