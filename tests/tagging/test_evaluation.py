"""Evaluation: the figures of small cases that can be counted by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.core.concepts import Concept, Vocabulary
from pipeline.core.errors import ConfigError
from pipeline.tagging.evaluation import evaluate
from pipeline.tagging.gold import GoldLabel, load_gold

VOCABULARY = Vocabulary(
    (
        Concept("planet", {"en": "Planet"}),
        Concept("people", {"en": "People"}),
        *(Concept(name, {"en": name}, broader="planet") for name in ("water", "energy")),
        Concept("disability", {"en": "disability"}, broader="people"),
    ),
    digest="x",
)


def _label(
    name: str, primary: str = "", secondary: str = "", *, language: str = "en", kind: str = "long"
) -> GoldLabel:
    return GoldLabel(
        name, f"{name}.pdf", name, language, kind,
        frozenset(primary.split()), frozenset(secondary.split()),
    )  # fmt: skip


def _scores(labels: list[GoldLabel], predicted: dict[str, str]) -> Any:
    given = {name: frozenset(tags.split()) for name, tags in predicted.items()}
    return evaluate(labels, given, VOCABULARY).to_json()


def test_micro_counts_tags_and_macro_counts_labels() -> None:
    labels = [_label("1", "water"), _label("2", "water"), _label("3", "energy")]
    tables = _scores(labels, {"1": "water planet", "2": "energy planet", "3": "energy planet"})
    files = tables["policy_files"]
    assert files["micro"] == {"precision": 0.6667, "recall": 0.6667, "f1": 0.6667, "support": 3}
    assert files["by_label"]["water"]["f1"] == pytest.approx(2 / 3, abs=1e-4)
    assert files["by_label"]["energy"]["f1"] == pytest.approx(2 / 3, abs=1e-4)
    assert files["macro"]["f1"] == pytest.approx(2 / 3, abs=1e-4)
    assert tables["pillars"]["micro"]["f1"] == 1.0


def test_a_secondary_file_is_neither_right_nor_wrong_but_told() -> None:
    labels = [_label("1", "water", "energy disability")]
    tables = _scores(labels, {"1": "water energy disability planet people"})
    assert tables["policy_files"]["micro"]["precision"] == 1.0
    assert tables["policy_files"]["micro_strict"]["precision"] == pytest.approx(1 / 3, abs=1e-4)
    assert tables["pillars"]["micro"]["precision"] == 1.0
    assert tables["pillars"]["micro_strict"]["precision"] == 0.5
    assert tables["secondary_share"] == pytest.approx(2 / 3, abs=1e-4)


def test_documents_without_tags_count_against_recall() -> None:
    labels = [_label("1", "water"), _label("2", "water")]
    micro = _scores(labels, {"1": "water"})["policy_files"]["micro"]
    assert (micro["precision"], micro["recall"]) == (1.0, 0.5)


def test_off_topic_documents_left_untagged_are_counted() -> None:
    labels = [_label("1"), _label("2"), _label("3", "", "water")]
    tables = _scores(labels, {"1": "water"})
    assert tables["off_topic"] == {"documents": 2, "untagged": 0.5}


def test_scores_are_given_by_language_and_kind() -> None:
    labels = [_label("1", "water", language="fr"), _label("2", "water", kind="dossier")]
    files = _scores(labels, {"1": "water"})["policy_files"]
    assert files["by_language"]["fr"]["f1"] == 1.0
    assert files["by_language"]["en"]["f1"] == 0.0
    assert files["by_kind"]["dossier"]["documents"] == 1


def test_labels_are_read_with_their_kind(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    row = {"id": "1", "path": "../data/dossiers/1.txt", "language": "en"}
    gold.write_text(json.dumps(row | {"primary": ["water"], "secondary": []}) + "\n\n")
    [label] = load_gold(gold, VOCABULARY)
    assert (label.kind, label.work, set(label.primary)) == ("dossier", "1", {"water"})


def test_all_bad_lines_are_told_at_once(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    good = {"id": "1", "path": "a", "language": "en", "primary": [], "secondary": ["wine"]}
    gold.write_text("\n".join(["{", json.dumps(good), '{"id": "2"}', "[]"]))
    with pytest.raises(ConfigError) as raised:
        load_gold(gold, VOCABULARY)
    assert len(raised.value.problems) == 4
    with pytest.raises(ConfigError, match="cannot be read"):
        load_gold(tmp_path / "none.jsonl", VOCABULARY)
