from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.index import names
from tests.index.vocabularies import VOCABULARY

NAMES = names.names_of(VOCABULARY)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    models = tmp_path / "models"
    models.mkdir()
    names.keep_made(models, NAMES)
    return models


def test_names_made_in_advance_are_those_that_an_index_would_make(
    tmp_path: Path, models: Path
) -> None:
    assert names.adopted(tmp_path, version=NAMES.version, models=models)
    assert names.kept_version(tmp_path) == NAMES.version
    adopted = (tmp_path / names.FILE).read_bytes()
    names.keep(tmp_path, NAMES)
    assert (tmp_path / names.FILE).read_bytes() == adopted


def test_names_of_another_version_are_not_adopted(tmp_path: Path, models: Path) -> None:
    assert not names.adopted(tmp_path, version=f"{NAMES.version}0", models=models)
    assert not names.adopted(tmp_path, version=NAMES.version, models=tmp_path)
    assert names.kept_version(tmp_path) == ""
