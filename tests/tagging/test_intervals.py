"""Bootstrap intervals: they hold the score, narrow with the data, and draw whole works."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.concepts import Concept, Vocabulary
from pipeline.tagging.evaluation import evaluate
from pipeline.tagging.gold import GoldLabel
from pipeline.tagging.intervals import difference, intervals

FILES = ("water", "energy", "waste")
VOCABULARY = Vocabulary(
    (
        Concept("planet", {"en": "Planet"}),
        *(Concept(name, {"en": name}, broader="planet") for name in FILES),
    ),
    digest="x",
)
_sets = st.frozensets(st.sampled_from(FILES))


def _label(name: str, primary: frozenset[str], work: str = "") -> GoldLabel:
    return GoldLabel(name, name, work or name, "en", "long", primary, frozenset())


def test_where_everything_is_right_the_interval_is_a_point() -> None:
    labels = [_label(str(n), frozenset({"water"})) for n in range(30)]
    told = intervals(
        labels, {str(n): frozenset({"water", "planet"}) for n in range(30)}, VOCABULARY
    )
    assert set(told["policy_files"].values()) == {(1.0, 1.0)}
    assert told["pillars"]["f1"] == (1.0, 1.0)


@settings(deadline=None, max_examples=30, derandomize=True)
@given(st.lists(st.tuples(_sets, _sets), min_size=30, max_size=40))
def test_the_interval_holds_the_score_of_the_evaluation(
    cases: list[tuple[frozenset[str], frozenset[str]]],
) -> None:
    labels = [_label(str(n), gold) for n, (gold, _) in enumerate(cases)]
    predicted = {str(n): given for n, (_, given) in enumerate(cases)}
    score = evaluate(labels, predicted, VOCABULARY).to_json()["policy_files"]
    assert isinstance(score, dict)
    for name, (low, high) in intervals(labels, predicted, VOCABULARY)["policy_files"].items():
        if name in score["micro"]:
            assert low - 1e-4 <= score["micro"][name] <= high + 1e-4


def test_versions_of_one_work_count_as_one_observation() -> None:
    right, wrong = frozenset({"water"}), frozenset({"waste"})
    predicted = {str(n): right if n % 2 else wrong for n in range(40)}
    apart = [_label(str(n), right) for n in range(40)]
    together = [_label(str(n), right, work=str(n % 4)) for n in range(40)]
    widths = []
    for labels in (apart, together):
        low, high = intervals(labels, predicted, VOCABULARY)["policy_files"]["precision"]
        widths.append(high - low)
    assert widths[1] > 2 * widths[0]


def test_a_gain_on_the_same_documents_is_told_apart_from_chance() -> None:
    right, nothing = frozenset({"water"}), frozenset[str]()
    labels = [_label(str(n), right) for n in range(40)]
    before = {str(n): right if n % 2 else nothing for n in range(40)}
    after = dict.fromkeys(before, right)
    low, high = difference(labels, before, after, VOCABULARY)["policy_files"]["recall"]
    assert 0.3 < low <= 0.5 <= high < 0.7
    assert difference(labels, before, before, VOCABULARY)["policy_files"]["recall"] == (0.0, 0.0)
