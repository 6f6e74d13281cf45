"""Ranking figures: small cases that can be counted by hand."""

from __future__ import annotations

from math import log2
from typing import Any

import pytest

from pipeline.core.concepts import Concept, Vocabulary
from pipeline.core.spans import Span
from pipeline.core.tags import Evidence, Grade, Origin, Reason, Tag
from pipeline.tagging.gold import GoldLabel
from pipeline.tagging.ranking import ranking

FILES = ("water", "energy", "waste")
VOCABULARY = Vocabulary(
    (
        Concept("planet", {"en": "Planet"}),
        *(Concept(name, {"en": name}, broader="planet") for name in FILES),
    ),
    digest="x",
)
PROOF = (Evidence(Span(0, 8), 1, "A sentence.", Reason.TERM, "sentence"),)


def _label(name: str, primary: str = "", secondary: str = "") -> GoldLabel:
    return GoldLabel(
        name, name, name, "en", "long", frozenset(primary.split()), frozenset(secondary.split())
    )


def _tag(concept: str, score: float = 0.9, grade: Grade = Grade.MAIN) -> Tag:
    return Tag(concept, score, Origin.MODEL, grade, PROOF)


def _figures(*rows: tuple[GoldLabel, list[Tag]]) -> Any:
    labels = [label for label, _ in rows]
    return ranking(labels, {label.id: tags for label, tags in rows}, VOCABULARY)


def test_r_precision_looks_at_as_many_suggestions_as_there_are_primary_files() -> None:
    right = _figures((_label("1", "water energy"), [_tag("energy"), _tag("water")]))
    half = _figures((_label("1", "water energy"), [_tag("water"), _tag("waste"), _tag("energy")]))
    assert right["r_precision"] == 1.0
    assert half["r_precision"] == 0.5


def test_a_secondary_file_or_a_pillar_before_a_primary_one_costs_no_r_precision() -> None:
    tags = [_tag("planet"), _tag("waste"), _tag("water")]
    assert _figures((_label("1", "water", "waste"), tags))["r_precision"] == 1.0


def test_ndcg_is_one_for_the_best_order_and_falls_with_the_place_of_a_primary_file() -> None:
    label = _label("1", "water", "waste")
    best = _figures((label, [_tag("water"), _tag("waste", grade=Grade.REVIEW)]))
    turned = _figures((label, [_tag("waste"), _tag("water")]))
    ideal = 2 + 1 / log2(3)
    assert best["ndcg"] == 1.0
    assert turned["ndcg"] == pytest.approx((1 + 2 / log2(3)) / ideal, abs=1e-4)


def test_documents_without_labels_count_in_no_mean() -> None:
    figures = _figures((_label("1", "water"), [_tag("water")]), (_label("2"), [_tag("waste")]))
    assert (figures["r_precision"], figures["ndcg"]) == (1.0, 1.0)


def test_fewer_tags_are_shown_and_more_of_them_right_as_confidence_grows() -> None:
    figures = _figures(
        (_label("1", "water"), [_tag("water", 0.97), _tag("waste", 0.55)]),
        (_label("2", "energy"), [_tag("energy", 0.65)]),
        (_label("3", "", "energy"), [_tag("energy", 0.99)]),
    )
    rows = {row["confidence"]: row for row in figures["abstention"]}
    assert (rows[0.0]["tags"], rows[0.0]["coverage"]) == (3, 1.0)
    assert rows[0.0]["precision"] == pytest.approx(2 / 3, abs=1e-4)
    assert (rows[0.6]["coverage"], rows[0.6]["precision"]) == (1.0, 1.0)
    assert (rows[0.95]["tags"], rows[0.95]["coverage"]) == (1, 0.5)


def test_a_wrong_main_subject_is_told_with_what_was_missed() -> None:
    figures = _figures(
        (_label("1", "water"), [_tag("waste")]),
        (_label("2", "water"), [_tag("waste"), _tag("energy", grade=Grade.ALSO)]),
        (_label("3", "water"), [_tag("water"), _tag("energy")]),
    )
    assert figures["confusion"] == [
        {"missed": "water", "given": "waste", "documents": 2},
        {"missed": "", "given": "energy", "documents": 1},
    ]
