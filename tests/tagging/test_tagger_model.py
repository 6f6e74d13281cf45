"""A model's file gives back the model, and whatever is not that model is refused."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.core.errors import ConfigError
from pipeline.tagging.combined_tagger import CombinedTagger
from pipeline.tagging.tagger_model import (
    CARD,
    MODEL,
    TaggerModel,
    load_model,
    save_model,
    trained_on,
)
from pipeline.tagging.training import prepare, train
from tests.tagging.training_set import examples, vocabulary

VOCABULARY = vocabulary()


@pytest.fixture(scope="module")
def model() -> TaggerModel:
    return train(prepare(examples(), VOCABULARY), VOCABULARY)


def test_a_loaded_model_gives_the_tags_of_the_saved_one(model: TaggerModel, tmp_path: Path) -> None:
    save_model(model, {"documents": ["a", "b"]}, tmp_path)
    loaded = load_model(tmp_path)
    assert loaded is not None
    assert (loaded.files, loaded.words.labels) == (model.files, model.words.labels)
    assert trained_on(tmp_path) == {"a", "b"}
    before, after = CombinedTagger(VOCABULARY, model), CombinedTagger(VOCABULARY, loaded)
    for example in examples():
        given = [(t.concept, t.grade) for t in before.suggest(example.document)]
        assert [(t.concept, t.grade) for t in after.suggest(example.document)] == given
    assert before.version != after.version  # the digest is part of it


def test_no_model_is_no_error(tmp_path: Path) -> None:
    assert load_model(tmp_path / "absent") is None
    assert trained_on(tmp_path / "absent") == frozenset()


def test_a_kill_between_model_and_card_leaves_no_model_that_loads(
    model: TaggerModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_model(model, {}, tmp_path)
    whole, replace = (tmp_path / MODEL).read_bytes(), os.replace

    def killed(old: Any, new: Any) -> None:
        if Path(new).name == CARD:
            raise KeyboardInterrupt
        replace(old, new)

    monkeypatch.setattr(os, "replace", killed)
    other = train(prepare(examples(each=9), VOCABULARY), VOCABULARY)
    with pytest.raises(KeyboardInterrupt):
        save_model(other, {}, tmp_path)
    assert (tmp_path / MODEL).read_bytes() != whole
    with pytest.raises(ConfigError, match="not the one that the card names"):
        load_model(tmp_path)


@pytest.mark.parametrize("harm", ["bytes", "format", "no card", "no json"])
def test_a_damaged_model_is_refused_with_what_to_do(
    model: TaggerModel, tmp_path: Path, harm: str
) -> None:
    save_model(model, {}, tmp_path)
    card = json.loads((tmp_path / CARD).read_text())
    match harm:
        case "bytes":
            (tmp_path / MODEL).write_bytes((tmp_path / MODEL).read_bytes() + b"x")
        case "format":
            (tmp_path / CARD).write_text(json.dumps(card | {"format": 999}))
        case "no card":
            (tmp_path / CARD).unlink()
        case _:
            (tmp_path / CARD).write_text("{")
    with pytest.raises(ConfigError, match="fourp train") as refused:
        load_model(tmp_path)
    assert str(tmp_path) in str(refused.value)


def test_a_model_file_that_holds_python_objects_is_not_opened(
    model: TaggerModel, tmp_path: Path
) -> None:
    import hashlib

    save_model(model, {}, tmp_path)
    with (tmp_path / MODEL).open("wb") as file:
        np.savez(file, seen=np.array([{"a": 1}], dtype=object))
    card = json.loads((tmp_path / CARD).read_text())
    card["model_sha256"] = hashlib.sha256((tmp_path / MODEL).read_bytes()).hexdigest()
    (tmp_path / CARD).write_text(json.dumps(card))
    with pytest.raises(ConfigError, match="cannot be used"):
        load_model(tmp_path)


def test_a_folder_that_cannot_be_written_is_told(model: TaggerModel, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="cannot be written"):
        save_model(model, {}, tmp_path / "file" / "tagger")
