"""Numbers with weights are combined as plain dictionaries would be."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.index.weighed import (
    SATURATION,
    Weighed,
    all_lowest,
    all_summed,
    any_highest,
    any_summed,
    rarity,
    saturated,
    shared,
    within,
)

Model = dict[int, float]

models = st.dictionaries(st.integers(0, 30), st.floats(0.001, 100), max_size=12)
several = st.lists(models, min_size=1, max_size=4)
sets = st.sets(st.integers(0, 30))


def weighed(model: Model) -> Weighed:
    """Return a model as arrays."""
    rising = sorted(model)
    return Weighed(np.array(rising, np.int64), np.array([model[number] for number in rising]))


def model_of(found: Weighed) -> Model:
    """Return arrays as a dictionary, whose order is theirs."""
    return dict(zip(found.numbers.tolist(), found.weights.tolist(), strict=True))


def alike(found: Weighed, wanted: Model) -> None:
    """Fail unless arrays hold what a model does, rising."""
    assert found.numbers.tolist() == sorted(wanted)
    assert model_of(found) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("joined", "plain"), [(all_summed, sum), (all_lowest, min)], ids=["sum", "lowest"]
)
@given(found=several)
def test_what_is_in_all_has_one_weight_of_them(
    joined: Callable[[list[Weighed]], Weighed],
    plain: Callable[[list[float]], float],
    found: list[Model],
) -> None:
    common = set(found[0]).intersection(*found[1:])
    wanted = {number: plain([model[number] for model in found]) for number in common}
    alike(joined([weighed(model) for model in found]), wanted)


@pytest.mark.parametrize(
    ("joined", "plain"), [(any_summed, sum), (any_highest, max)], ids=["sum", "highest"]
)
@given(found=several)
def test_what_is_in_any_has_one_weight_of_those(
    joined: Callable[[list[Weighed]], Weighed],
    plain: Callable[[list[float]], float],
    found: list[Model],
) -> None:
    wanted = {
        number: plain([model[number] for model in found if number in model])
        for number in set().union(*found)
    }
    alike(joined([weighed(model) for model in found]), wanted)


def test_nothing_in_any_is_nothing() -> None:
    assert len(any_summed([])) == len(any_highest([])) == 0


@given(sets, sets)
def test_within_and_shared_are_those_of_sets(one: set[int], other: set[int]) -> None:
    first, second = (np.array(sorted(numbers), np.int64) for numbers in (one, other))
    assert within(first, second).tolist() == [number in other for number in sorted(one)]
    assert shared(first, second).tolist() == sorted(one & other)


@given(models, st.integers(0, 30), st.floats(0, 9))
def test_weights_can_be_chosen_and_multiplied(model: Model, least: int, factor: float) -> None:
    found = weighed(model)
    kept = {number: weight for number, weight in model.items() if number >= least}
    alike(found.chosen(found.numbers >= least), kept)
    alike(found.times(factor), {number: weight * factor for number, weight in model.items()})


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_what_fewer_have_is_rarer_and_nothing_counts_below_0(having: int, size: int) -> None:
    assert rarity(having, size) > rarity(having + 1, size) > 0


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=2).map(sorted))
def test_repeating_counts_more_and_never_more_than_a_bound(weights: list[float]) -> None:
    low, high = saturated(np.array(weights)).tolist()
    assert 0 <= low <= high <= SATURATION + 1
    assert saturated(np.array([1.0])).tolist() == [1.0]
