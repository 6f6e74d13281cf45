"""An explanation adds up to the score, and says what is lacking."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.core.concepts import Concept, Role, Term, Vocabulary
from pipeline.core.document import Document
from pipeline.core.tags import Grade
from pipeline.tagging.explanation import Explanation, explain
from pipeline.tagging.scoring import Calibration
from pipeline.tagging.tag_making import Doubt
from pipeline.tagging.vocabulary_tagger import VocabularyTagger
from tests.documents import document

WATER = Concept(
    "water",
    {"en": "Water"},
    terms={
        "en": (
            Term("waste water", 3.0, Role.NAME),
            Term("sewage"),
            Term("price", 0.5, Role.COMPANY),
        )
    },
    references=("91/271/EEC",),
    broader="planet",
)
ENERGY = Concept("energy", {"en": "Energy"}, terms={"en": (Term("heating"),)}, broader="planet")
VOCABULARY = Vocabulary((Concept("planet", {"en": "Planet"}), WATER, ENERGY), digest="x")


def _explained(paper: Document, concept: Concept) -> Explanation:
    return explain(VocabularyTagger(VOCABULARY), VOCABULARY, paper, concept)


def test_contributions_add_up_to_the_score_that_the_tagger_gives() -> None:
    paper = document(
        "Waste water has a price. Sewage is treated under 91/271/EEC.", "Sewage again.",
        title="On sewage",
    )  # fmt: skip
    told = _explained(paper, WATER)
    total = sum(one.body + one.lead + one.title for one in told.speaking)
    assert total == pytest.approx(told.raw)
    tags = {tag.concept: tag for tag in VocabularyTagger(VOCABULARY).suggest(paper)}
    assert told.score == pytest.approx(tags["water"].score, abs=1e-4)
    assert (told.grade, told.rank, told.files) == (Grade.MAIN, 1, 1)
    speaking = {one.key: one for one in told.speaking}
    assert (speaking["sewage"].count, speaking["sewage"].pages) == (2, (1, 2))
    assert speaking["sewage"].title > 0
    assert speaking["waste water"].title == 0
    assert speaking["91/271/EEC"].reason == "reference"
    assert all(paper.quote(e.span) == e.quote for e in told.sentences)


def test_a_weak_file_is_told_the_bars_that_it_misses() -> None:
    paper = document("Waste water, sewage, waste water. Heating is not our subject.", title="")
    told = _explained(paper, ENERGY)
    assert (told.grade, told.rank, told.files, told.strongest) == (None, 2, 2, "water")
    assert told.score < told.also < told.main
    assert told.sentences


def test_a_file_that_does_not_match_is_told_what_was_looked_for_names_first() -> None:
    told = _explained(document("Football on Sunday.", title=""), WATER)
    assert (told.rank, told.score, told.speaking, told.sentences) == (0, 0.0, (), ())
    assert told.looked_for == ("waste water", "sewage", "price", "91/271/EEC")
    assert told.aside == ()


def test_everyday_words_that_stand_alone_are_named() -> None:
    told = _explained(document("Football has its price.", title=""), WATER)
    assert (told.rank, told.aside) == (0, ("price",))


def test_what_is_for_a_person_to_decide_is_told_why() -> None:
    paper = document("Clubs met. " * 100 + "Heating costs a town its savings.", title="Clubs")
    tagger = VocabularyTagger(VOCABULARY, replace(Calibration(), main=0.0))
    told = explain(tagger, VOCABULARY, paper, ENERGY)
    assert (told.grade, told.doubt) == (Grade.REVIEW, Doubt.LONE)
    [tag] = tagger.suggest(paper)
    assert tag.grade is told.grade
