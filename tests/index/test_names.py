from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from pipeline.core.query import Query
from pipeline.index import names
from pipeline.index.query_text import parse_query
from pipeline.index.whoosh_index import WhooshIndex
from tests.contracts.search_index import document
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


def test_an_open_index_knows_the_names_that_are_kept_now(tmp_path: Path) -> None:
    about_water = document("eau", "Les communes.", language="fr", tags=("water",))
    with closing(WhooshIndex.open(tmp_path, writable=True)) as writing:
        writing.add([about_water])
    with closing(WhooshIndex.open(tmp_path, writable=False)) as index:
        sewage = Query(parse_query("waste water"))
        assert not index.search(sewage).hits
        names.keep(tmp_path, NAMES)
        [hit] = index.search(sewage).hits
        assert hit.via == ("water",)
