"""Fields in columns: what goes in comes out, as from a plain dictionary."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.index.columns import Columns, Field, Held, gathered, joined, packed, renumbered

Posting = tuple[float, tuple[int, ...]]
Model = Mapping[bytes, Mapping[int, Posting]]  # by term and number, weight and items

terms = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=5).map(
    str.encode
)
numbers = st.integers(0, 400)
items = st.lists(st.integers(0, 70_000), min_size=1, max_size=3).map(tuple)


def models(*, with_items: bool, weights: st.SearchStrategy[float]) -> st.SearchStrategy[Model]:
    """Draw the postings of a few terms, each of which has at least one."""
    one = st.tuples(weights, items if with_items else st.just(()))
    return st.dictionaries(terms, st.dictionaries(numbers, one, min_size=1, max_size=5), max_size=6)


thousandths = st.integers(1, 3_000).map(lambda number: number / 1000)
any_model = st.one_of(
    [
        models(with_items=some, weights=weights)
        for some in (False, True)
        for weights in (st.just(1.0), thousandths)
    ]
)


def columns_of(model: Model) -> Columns:
    """Return a model as columns, given in the order of the numbers."""
    known = list(model)
    flat = sorted((number, known.index(term)) for term in known for number in model[term])
    found = [model[known[place]][number] for number, place in flat]
    held = Held(
        np.array([number for number, _ in flat], np.int64),
        np.array([weight for weight, _ in found]),
        np.array([len(of) for _, of in found if of], np.int64),
        np.array([item for _, of in found for item in of], np.int64),
    )
    return gathered(known, np.array([place for _, place in flat], np.int64), held)


def model_of(held: Held) -> dict[int, Posting]:
    """Return the postings of a term as a dictionary."""
    sizes = held.sizes if len(held.sizes) else np.zeros(len(held.numbers), np.int64)
    ends = np.cumsum(sizes)
    return {
        int(number): (float(weight), tuple(held.items[end - size : end].tolist()))
        for number, weight, size, end in zip(held.numbers, held.weights, sizes, ends, strict=True)
    }


def read(field: Field) -> dict[bytes, dict[int, Posting]]:
    """Return all that a field holds, term by term."""
    return {field[place]: model_of(field.held(place)) for place in range(len(field))}


def near(found: Model, wanted: Model) -> None:
    """Fail unless two models are the same, their weights but for what rounding does."""
    assert list(found) == sorted(wanted)
    for term, postings in wanted.items():
        assert list(found[term]) == sorted(postings)
        for number, (weight, of) in postings.items():
            assert found[term][number][0] == pytest.approx(weight)
            assert found[term][number][1] == of


@given(any_model)
def test_a_field_gives_back_what_was_packed(model: Model) -> None:
    field = Field(memoryview(packed(columns_of(model))))
    near(read(field), model)
    assert [field.find(term) for term in sorted(model)] == list(range(len(model)))


@given(any_model)
def test_columns_of_a_field_pack_to_the_same_bytes(model: Model) -> None:
    data = packed(columns_of(model))
    assert packed(Field(memoryview(data)).columns()) == data


@given(any_model, terms)
def test_terms_are_found_by_how_they_begin(model: Model, prefix: bytes) -> None:
    field = Field(memoryview(packed(columns_of(model))))
    assert field.beginning(prefix) == sorted(t for t in model if t.startswith(prefix))
    assert field.beginning(b"") == sorted(model)
    assert (field.find(prefix) is not None) == (prefix in model)


@given(any_model, terms, st.sets(numbers))
def test_terms_of_documents_that_are_gone_do_not_begin_so(
    model: Model, prefix: bytes, gone: set[int]
) -> None:
    live = np.array([number not in gone for number in range(401)])
    field = Field(memoryview(packed(columns_of(model))))
    kept = (term for term, of in model.items() if term.startswith(prefix) and set(of) - gone)
    assert field.beginning(prefix, live) == sorted(kept)


@given(any_model, st.lists(st.integers(-1, 0), min_size=401, max_size=401))
def test_renumbering_moves_postings_and_drops_those_without_a_number(
    model: Model, steps: list[int]
) -> None:
    # Numbers that are kept rise, as those of a segment that is taken over.
    new = np.where(np.array(steps) < 0, -1, np.cumsum(np.array(steps) + 1) + 6)
    moved = {
        term: {int(new[n]): posting for n, posting in of.items() if new[n] >= 0}
        for term, of in model.items()
    }
    field = Field(memoryview(packed(renumbered(columns_of(model), new))))
    near(read(field), {term: of for term, of in moved.items() if of})


@given(st.booleans(), st.data())
def test_joined_parts_hold_what_each_holds(with_items: bool, data: st.DataObject) -> None:
    strategy = models(with_items=with_items, weights=thousandths)
    parts = data.draw(st.lists(strategy.filter(bool), min_size=1, max_size=3))
    wanted: dict[bytes, dict[int, Posting]] = {}
    shifted = []
    for at, part in enumerate(parts):
        base = 1000 * at
        shifted.append(renumbered(columns_of(part), np.arange(401) + base))
        for term, of in part.items():
            wanted.setdefault(term, {}).update({number + base: of[number] for number in of})
    near(read(Field(memoryview(packed(joined(shifted))))), wanted)


@given(any_model, st.integers(0, 400))
def test_chosen_postings_are_those_of_the_mask(model: Model, least: int) -> None:
    field = Field(memoryview(packed(columns_of(model))))
    for place, (term, of) in enumerate(sorted(model.items())):
        held = field.held(place)
        found = model_of(held.chosen(held.numbers >= least))
        near({term: found}, {term: {n: posting for n, posting in of.items() if n >= least}})


# Damage


@given(any_model, st.data())
def test_a_field_that_is_cut_or_has_bytes_behind_it_is_refused(
    model: Model, data: st.DataObject
) -> None:
    whole = packed(columns_of(model))
    cut = data.draw(st.integers(0, len(whole) - 1))
    for broken in (whole[:cut], whole + b"\0"):
        with pytest.raises(ValueError):  # noqa: PT011
            Field(memoryview(broken))


@given(st.binary(max_size=80))
def test_bytes_that_are_no_field_are_refused(data: bytes) -> None:
    mark = packed(columns_of({}))[:4]
    for broken in (data, mark + data, mark + len(data).to_bytes(4, "little") + data):
        with pytest.raises(ValueError):  # noqa: PT011
            Field(memoryview(broken))


@pytest.mark.parametrize(
    "head",
    [
        [], 5, None, "terms", {"terms": 5}, {"terms": ["|u1"]}, {"terms": ["nothing", 0]},
        {"terms": ["|u1", -1]}, {"terms": ["|u1", 0]}, {"terms": ["|O", 0]}, {"terms": [5, "a"]},
        {"terms": ["|u1", 10**30]},
    ],
)  # fmt: skip
def test_a_head_that_says_something_else_is_refused(head: object) -> None:
    told = json.dumps(head).encode()
    mark = packed(columns_of({}))[:4]
    with pytest.raises(ValueError):  # noqa: PT011
        Field(memoryview(mark + len(told).to_bytes(4, "little") + told))


@given(any_model, st.data())
def test_a_head_with_a_changed_byte_is_refused_or_read(model: Model, data: st.DataObject) -> None:
    whole = bytearray(packed(columns_of(model)))
    size = int.from_bytes(whole[4:8], "little")
    at, byte = data.draw(st.integers(0, 7 + size)), data.draw(st.integers(0, 255))
    assume(whole[at] != byte)
    whole[at] = byte
    try:
        Field(memoryview(bytes(whole)))
    except ValueError:
        return
