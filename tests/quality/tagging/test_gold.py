"""Floors under the tagger's scores; they may be raised, never lowered.

The model that the project brings learned from these very labels, so its own answers about them say
nothing. What is measured is the vocabulary alone, and models that did not see the document's work.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.config.workspace import make_workspace, open_workspace
from pipeline.core.concepts import Vocabulary
from pipeline.core.document import Document
from pipeline.tagging.evaluation import evaluate, main_subjects
from pipeline.tagging.gold import GoldLabel, load_gold
from pipeline.tagging.training import Example, cross_validated, prepare
from pipeline.workflows import assemble
from pipeline.workflows.labelled import read_labelled

ROOT = Path(__file__).resolve().parents[3]
GOLD = ROOT.parent / "shared" / "gold" / "dev.jsonl"
SAMPLE = ROOT / "corpus" / "sample" / "manifest.jsonl"

Labelled = list[tuple[GoldLabel, Document]]


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    root = tmp_path_factory.mktemp("workspace")
    make_workspace(root)  # the default vocabulary, whatever this checkout's workspace holds
    return assemble.vocabulary_of(open_workspace(root))


def _read(gold: Path, vocabulary: Vocabulary, root: Path) -> Labelled:
    labels = load_gold(gold, vocabulary)
    answers = dict(read_labelled(open_workspace(root), gold, labels))
    return [(one, doc) for one in labels if isinstance(doc := answers[one.id], Document)]


@pytest.fixture(scope="module")
def sample(vocabulary: Vocabulary, tmp_path_factory: pytest.TempPathFactory) -> Labelled:
    make_workspace(root := tmp_path_factory.mktemp("sample"))
    return _read(SAMPLE, vocabulary, root)


@pytest.fixture(scope="module")
def development(vocabulary: Vocabulary, tmp_path_factory: pytest.TempPathFactory) -> Labelled:
    if not GOLD.exists():
        pytest.skip("../shared/gold is absent")
    make_workspace(root := tmp_path_factory.mktemp("gold"))
    return _read(GOLD, vocabulary, root)


@pytest.fixture(scope="module")
def unseen(
    vocabulary: Vocabulary, development: Labelled, sample: Labelled
) -> dict[str, frozenset[str]]:
    """Return what models say of documents whose work they did not see, by document."""
    examples = [
        Example(doc, one.work, one.primary, one.secondary) for one, doc in [*development, *sample]
    ]
    answers = cross_validated(prepare(examples, vocabulary), vocabulary)
    return {p.example.document.id: main_subjects(tags) for p, tags in answers}


def _tables(labelled: Labelled, answers: dict[str, frozenset[str]], vocabulary: Vocabulary) -> Any:
    predicted = {one.id: answers[doc.id] for one, doc in labelled}
    return evaluate([one for one, _ in labelled], predicted, vocabulary).to_json()


def _alone(labelled: Labelled, vocabulary: Vocabulary) -> Any:
    rules = assemble.rules_of(vocabulary)
    answers = {doc.id: main_subjects(rules.suggest(doc)) for _, doc in labelled}
    return _tables(labelled, answers, vocabulary)


def test_models_that_did_not_see_the_work_stay_above_their_floors(
    development: Labelled, unseen: dict[str, frozenset[str]], vocabulary: Vocabulary
) -> None:
    tables = _tables(development, unseen, vocabulary)
    assert tables["pillars"]["micro"]["f1"] >= 0.955
    assert tables["pillars"]["by_language"]["fr"]["f1"] >= 0.9
    assert tables["policy_files"]["micro"]["f1"] >= 0.915
    assert tables["policy_files"]["micro"]["precision"] >= 0.92
    assert tables["policy_files"]["macro_3"]["f1"] >= 0.92
    assert tables["off_topic"]["untagged"] >= 0.9


def test_the_vocabulary_alone_stays_above_its_floors(
    development: Labelled, vocabulary: Vocabulary
) -> None:
    tables = _alone(development, vocabulary)
    assert tables["pillars"]["micro"]["f1"] >= 0.93
    assert tables["pillars"]["by_language"]["fr"]["f1"] >= 0.9
    assert tables["policy_files"]["micro"]["f1"] >= 0.89
    assert tables["policy_files"]["micro"]["precision"] >= 0.9
    assert tables["policy_files"]["macro_3"]["f1"] >= 0.9
    assert tables["off_topic"]["untagged"] >= 0.84


def test_the_sample_corpus_stays_above_its_floors(sample: Labelled, vocabulary: Vocabulary) -> None:
    tables = _alone(sample, vocabulary)
    assert tables["pillars"]["micro"]["f1"] >= 0.92
    assert tables["policy_files"]["micro"]["precision"] >= 0.9
    assert tables["off_topic"]["untagged"] == 1.0


def test_models_that_did_not_see_the_sample_corpus_stay_above_its_floors(
    sample: Labelled, unseen: dict[str, frozenset[str]], vocabulary: Vocabulary
) -> None:
    tables = _tables(sample, unseen, vocabulary)
    assert tables["pillars"]["micro"]["f1"] >= 0.92
    assert tables["policy_files"]["micro"]["precision"] >= 0.9
    assert tables["off_topic"]["untagged"] == 1.0
