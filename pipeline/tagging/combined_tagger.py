"""CombinedTagger: the vocabulary finds and proves, a model trained on people's labels decides."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from pipeline.core.concepts import Vocabulary
from pipeline.core.document import Document
from pipeline.core.tags import Grade, Origin, Tag
from pipeline.core.text import count_words
from pipeline.tagging.enumeration import enumerated
from pipeline.tagging.scoring import Scored
from pipeline.tagging.tag_making import Graded, make_tags
from pipeline.tagging.tagger_model import TaggerModel
from pipeline.tagging.vocabulary_tagger import VocabularyTagger

ALGORITHM = "4"  # raise it when the same vocabulary and model would give other tags
CANDIDATES = 5  # shown to reviewers of one document at most: the likeliest


class CombinedTagger:
    """Tags that the vocabulary proves, graded by a model's probabilities.

    A policy file of which nothing stands in the document is never a tag: nothing would prove it.
    """

    name = "combined"

    def __init__(self, vocabulary: Vocabulary, model: TaggerModel) -> None:
        self.rules = VocabularyTagger(vocabulary)
        self.model = model
        self._vocabulary = vocabulary
        self._files = frozenset(file.id for file in vocabulary.files)
        recipe = f"{ALGORITHM} {self.rules.version} {model.digest}"
        self.version = hashlib.sha256(recipe.encode()).hexdigest()[:16]

    def suggest(self, document: Document) -> tuple[Tag, ...]:
        """Return policy files and candidates, then pillars, each best first."""
        matches = self.rules.matches(document)
        everything = self.rules.scored(document, matches)
        scored = [one for one in everything if one.concept in self._files]
        listed = enumerated(document, matches, self._files)
        return make_tags(
            document,
            self._vocabulary,
            self.graded(document, scored, listed),
            {one.concept: one for one in everything if one.concept not in self._files},
            origin=Origin.MODEL,
            bar=self.rules.calibration.also,
        )

    def graded(
        self, document: Document, scored: Sequence[Scored], listed: frozenset[str] = frozenset()
    ) -> list[Graded]:
        """Return what becomes a tag or a candidate: main subjects first, each grade best first.

        Args:
            scored: Policy files, strongest first.
            listed: Those that the document names in a list of subjects.
        """
        if not scored:
            return []
        bars = self.model.bars
        rows = self.model.rows(document, scored, words=count_words(document.text))
        mains, treated = self.model.main.chances(rows), self.model.treated.chances(rows)
        graded, candidates = [], []
        for one, main, any_ in zip(scored, mains.tolist(), treated.tolist(), strict=True):
            if main >= bars.main_of(one.concept):
                graded.append(Graded(one, Grade.MAIN, main))
            elif any_ >= bars.also or one.concept in listed:
                listed_here = one.concept in listed
                graded.append(Graded(one, Grade.ALSO, max(any_, bars.also), listed_here))
            elif any_ >= bars.review:
                candidates.append(Graded(one, Grade.REVIEW, any_))
        graded.sort(key=lambda g: (g.grade is not Grade.MAIN, -g.score, g.scored.concept))
        candidates.sort(key=lambda g: (-g.score, g.scored.concept))
        return [*graded, *candidates[:CANDIDATES]]
