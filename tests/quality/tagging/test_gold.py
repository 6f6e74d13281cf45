"""Floors under the tagger's scores; they may be raised, never lowered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.config.workspace import Workspace, make_workspace, open_workspace
from pipeline.workflows.evaluate import evaluate

ROOT = Path(__file__).resolve().parents[3]
GOLD = ROOT.parent / "shared" / "gold" / "dev.jsonl"
SAMPLE = ROOT / "corpus" / "sample" / "manifest.jsonl"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    make_workspace(tmp_path)  # the default vocabulary, whatever this checkout's workspace holds
    return open_workspace(tmp_path)


def _tables(workspace: Workspace, gold: Path) -> Any:
    return evaluate(workspace, gold)[0].to_json()


@pytest.mark.skipif(not GOLD.exists(), reason="../shared/gold is absent")
def test_scores_on_the_development_labels_stay_above_their_floors(workspace: Workspace) -> None:
    tables = _tables(workspace, GOLD)
    assert tables["pillars"]["micro"]["f1"] >= 0.91
    assert tables["pillars"]["by_language"]["fr"]["f1"] >= 0.84
    assert tables["policy_files"]["micro"]["f1"] >= 0.87
    assert tables["policy_files"]["micro"]["precision"] >= 0.88
    assert tables["policy_files"]["macro_3"]["f1"] >= 0.88
    assert tables["off_topic"]["untagged"] >= 0.79


def test_scores_on_the_sample_corpus_stay_above_their_floors(workspace: Workspace) -> None:
    tables = _tables(workspace, SAMPLE)
    assert tables["pillars"]["micro"]["f1"] >= 0.92
    assert tables["policy_files"]["micro"]["precision"] >= 0.9
    assert tables["off_topic"]["untagged"] == 1.0
