"""Texts that nobody looked at when terms were chosen: all policy files, 24 languages.

``unseen/`` holds 92 short papers, letters, minutes and notices, with their labels, by writers who
knew the list of policy files but neither the vocabulary nor the tagger. Before anybody looked, the
tagger scored .950 on them (files, micro-F1) and left all off-topic ones untagged. Floors may be
raised, never lowered; a term that is taken from these texts makes them less worth.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.config.workspace import make_workspace, open_workspace
from pipeline.core.document import Document
from pipeline.core.tags import Grade
from pipeline.tagging.evaluation import evaluate, main_subjects
from pipeline.tagging.gold import load_gold
from pipeline.workflows import assemble
from pipeline.workflows.labelled import read_labelled

LABELS = Path(__file__).parent / "unseen" / "labels.jsonl"


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = tmp_path_factory.mktemp("workspace")
    make_workspace(root)  # the default vocabulary and model, whatever this checkout's hold
    workspace = open_workspace(root)
    vocabulary = assemble.vocabulary_of(workspace)
    tagger = assemble.tagger_of(workspace, vocabulary)
    labels = load_gold(LABELS, vocabulary)
    answers = {}
    for name, document in read_labelled(workspace, LABELS, labels):
        assert isinstance(document, Document), document
        tags = tagger.suggest(document)
        assert all(tag.evidence for tag in tags if tag.grade is not Grade.REVIEW)
        answers[name] = main_subjects(tags)
    return evaluate(labels, answers, vocabulary).to_json()


def test_every_policy_file_and_language_is_among_them() -> None:
    assert len(LABELS.read_text(encoding="utf-8").splitlines()) == 92
    assert len({path.name.split(".")[1] for path in LABELS.parent.glob("*.txt")}) == 24


def test_unseen_texts_get_their_main_subjects(tables: Any) -> None:
    assert tables["pillars"]["micro"]["f1"] >= 0.95
    assert tables["policy_files"]["micro"]["f1"] >= 0.94
    assert tables["policy_files"]["micro"]["precision"] >= 0.92
    assert tables["policy_files"]["macro"]["f1"] >= 0.9


def test_unseen_texts_off_topic_stay_untagged(tables: Any) -> None:
    assert tables["off_topic"]["documents"] == 13
    assert tables["off_topic"]["untagged"] == 1.0
