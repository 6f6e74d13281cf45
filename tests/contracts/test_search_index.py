"""Every search index keeps the promises of the classes in these modules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.core.ports import SearchIndex
from pipeline.core.query import Query
from pipeline.index.memory_index import MemoryIndex
from pipeline.index.names import FILE, keep, names_of
from pipeline.index.whoosh_index import WhooshIndex
from tests.contracts.search_index import PILLARS, SearchIndexContract, closing, document, names
from tests.contracts.search_lists import Changes, Lists
from tests.contracts.search_nodes import Compounds, NearlyRightWords, References, Titles
from tests.contracts.search_subjects import CIRCULAIRE, Subjects
from tests.index.vocabularies import VOCABULARY


class InMemory:
    """The fixtures of an index in memory."""

    @pytest.fixture
    def index(self) -> Iterator[SearchIndex]:
        yield from closing(MemoryIndex(pillars=PILLARS))

    @pytest.fixture
    def other(self) -> Iterator[SearchIndex]:
        yield from closing(MemoryIndex(pillars=PILLARS))

    @pytest.fixture
    def named(self) -> Iterator[SearchIndex]:
        yield from closing(MemoryIndex(names=names_of(VOCABULARY)))


class InFiles:
    """The fixtures of an index in files."""

    @pytest.fixture
    def index(self, tmp_path: Path) -> Iterator[SearchIndex]:
        yield from closing(WhooshIndex.open(tmp_path / "index", writable=True, pillars=PILLARS))

    @pytest.fixture
    def other(self, tmp_path: Path) -> Iterator[SearchIndex]:
        yield from closing(WhooshIndex.open(tmp_path / "other", writable=True, pillars=PILLARS))

    @pytest.fixture
    def named(self, tmp_path: Path) -> Iterator[SearchIndex]:
        index = WhooshIndex.open(tmp_path / "named", writable=True)
        keep(tmp_path / "named", names_of(VOCABULARY))
        yield from closing(index)


class TestMemoryIndex(InMemory, SearchIndexContract):
    pass


class TestWhooshIndex(InFiles, SearchIndexContract):
    pass


class TestNearlyRightWordsInMemory(InMemory, NearlyRightWords):
    pass


class TestNearlyRightWordsInFiles(InFiles, NearlyRightWords):
    pass


class TestTitlesInMemory(InMemory, Titles):
    pass


class TestTitlesInFiles(InFiles, Titles):
    pass


class TestCompoundsInMemory(InMemory, Compounds):
    pass


class TestCompoundsInFiles(InFiles, Compounds):
    pass


class TestReferencesInMemory(InMemory, References):
    pass


class TestReferencesInFiles(InFiles, References):
    pass


class TestListsInMemory(InMemory, Lists):
    pass


class TestListsInFiles(InFiles, Lists):
    pass


class TestChangesInMemory(InMemory, Changes):
    pass


class TestChangesInFiles(InFiles, Changes):
    pass


class TestSubjectsInMemory(InMemory, Subjects):
    pass


class TestSubjectsInFiles(InFiles, Subjects):
    pass


@pytest.mark.parametrize(
    "kept",
    [
        None, "", "no json", "[]", "{}", "null", "\xff",
        json.dumps({"version": "1", "shown": [], "known": {}}),
        json.dumps({"version": "1", "shown": {}, "known": []}),
        json.dumps({"version": "1", "shown": {}, "known": {"fr": 5}}),
        json.dumps({"version": "1", "shown": {}, "known": {"fr": {"econom circulair": 5}}}),
        json.dumps({"version": "1", "shown": {}, "known": {"fr": {"econom circulair": [5]}}}),
        json.dumps({"version": "1", "shown": {"waste": 5}, "known": {}}),
    ],
)  # fmt: skip
def test_names_that_cannot_be_read_name_nothing(tmp_path: Path, kept: str | None) -> None:
    index = WhooshIndex.open(tmp_path, writable=True)
    if kept is not None:
        (tmp_path / FILE).write_bytes(kept.encode("latin-1"))
    index.add(
        [
            document("french", "L'économie circulaire.", language="fr"),
            document("english", "A circular economy.", tags=("waste",)),
        ]
    )
    assert names(index.search(Query(CIRCULAIRE, loosen=False)).hits) == ["french"]
    index.close()
