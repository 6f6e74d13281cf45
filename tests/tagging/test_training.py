"""Training learns from people's labels, keeps works apart, and refuses what teaches too little."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.core.errors import ConfigError
from pipeline.core.tags import Grade, Origin
from pipeline.tagging.combined_tagger import CombinedTagger
from pipeline.tagging.evaluation import main_subjects
from pipeline.tagging.explanation import explain
from pipeline.tagging.tagger_model import SEEN, Bars, TaggerModel
from pipeline.tagging.training import cross_validated, folds, prepare, train
from tests.documents import document
from tests.tagging.training_set import SUBJECTS, examples, vocabulary

VOCABULARY = vocabulary()


@pytest.fixture(scope="module")
def model() -> TaggerModel:
    return train(prepare(examples(), VOCABULARY), VOCABULARY)


def test_models_that_did_not_see_a_paper_name_its_subject_and_not_the_mention() -> None:
    prepared = prepare(examples(), VOCABULARY)
    answers = list(cross_validated(prepared, VOCABULARY))
    assert len(answers) == len(prepared)
    files = {file.id for file in VOCABULARY.files}
    right = [main_subjects(tags) & files == p.example.primary for p, tags in answers]
    assert sum(right) / len(right) > 0.95


def test_no_fold_learns_from_another_version_of_a_work_that_it_is_asked_about() -> None:
    pairs = [replace(e, work=e.work.rsplit("-", 1)[0] + str(n // 2 % 5))
             for n, e in enumerate(examples())]  # fmt: skip
    prepared = prepare(pairs, VOCABULARY)
    for learn, ask in folds(prepared):
        learned = {prepared[n].example.work for n in learn}
        assert learned.isdisjoint(prepared[n].example.work for n in ask)


def test_words_that_the_vocabulary_does_not_know_raise_the_probability(model: TaggerModel) -> None:
    tagger = CombinedTagger(VOCABULARY, model)
    files = {file.id for file in VOCABULARY.files}

    def chance(words: str) -> float:
        paper = document(f"Sewage is a matter of {words}.", title="")
        scored = [s for s in tagger.rules.scores(paper) if s.concept in files]
        rows = model.rows(paper, scored, words=8)
        return float(model.main.chances(rows)[0])

    assert chance("basins pumps drains") > chance("boilers radiators meters")


def test_tags_carry_proof_and_pillars_and_what_nothing_names_is_no_tag(model: TaggerModel) -> None:
    tagger = CombinedTagger(VOCABULARY, model)
    tags = tagger.suggest(examples()[0].document)
    given = {tag.concept: tag for tag in tags}
    assert given["water"].grade is Grade.MAIN
    assert given["water"].origin is Origin.MODEL
    assert given["planet"].grade is Grade.MAIN
    assert all(tag.evidence for tag in tags)
    assert tagger.suggest(document("basins pumps drains", title="basins pumps drains")) == ()


def test_a_decision_left_open_teaches_nothing(model: TaggerModel) -> None:
    unsaid = frozenset(SUBJECTS) - {"water"}
    opened = [replace(e, undecided=unsaid - e.primary) for e in examples()]
    learned = train(prepare(opened, VOCABULARY), VOCABULARY)
    # Nobody said that the mentions are no subjects, so the model has no reason to doubt them.
    assert learned.bars != model.bars or not (learned.main.weights == model.main.weights).all()


def test_too_few_documents_are_refused_with_what_is_lacking() -> None:
    with pytest.raises(ConfigError) as refused:
        train(prepare(examples(each=2), VOCABULARY), VOCABULARY)
    text = str(refused.value)
    assert "12 labelled documents are too few: 40 are needed" in text
    assert "0 policy files have 3 documents or more: 5 are needed" in text
    assert "fourp review" in text


def test_labels_in_which_the_vocabulary_is_never_wrong_are_refused() -> None:
    plain = [e for e in examples(each=20) if "another day" not in e.document.text]
    with pytest.raises(ConfigError, match="everything that the vocabulary finds is right"):
        train(prepare(plain, VOCABULARY), VOCABULARY)


def test_an_explanation_tells_the_models_reasons_and_agrees_with_its_tags(
    model: TaggerModel,
) -> None:
    tagger = CombinedTagger(VOCABULARY, model)
    paper = examples()[1].document  # on water; it mentions heating
    tags = {tag.concept: tag for tag in tagger.suggest(paper)}
    for file in VOCABULARY.files:
        told = explain(tagger, VOCABULARY, paper, file)
        assert told.grade == (tags[file.id].grade if file.id in tags else None)
        if told.learned:
            assert {name for name, _ in told.learned.adds} == set(SEEN)
            assert 0 < told.learned.main < 1
    water = explain(tagger, VOCABULARY, paper, next(f for f in VOCABULARY.files if f.id == "water"))
    assert water.learned is not None
    assert water.learned.main >= water.learned.main_bar


def test_a_file_in_a_list_of_subjects_is_treated_whatever_the_model_says(
    model: TaggerModel,
) -> None:
    strict = replace(model, bars=Bars({}, usual_main=1.0, also=1.0, review=1.0))
    tagger = CombinedTagger(VOCABULARY, strict)
    paper = document("Heating.", title="")
    scored = tagger.rules.scores(paper)
    assert tagger.graded(paper, scored) == []
    [listed] = tagger.graded(paper, scored, frozenset({"energy"}))
    assert (listed.scored.concept, listed.grade) == ("energy", Grade.ALSO)
