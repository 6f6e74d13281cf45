"""Every search index keeps the promises of the classes in these modules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.core.ports import SearchIndex
from pipeline.index.memory_index import MemoryIndex
from pipeline.index.whoosh_index import WhooshIndex
from tests.contracts.search_index import PILLARS, SearchIndexContract, closing
from tests.contracts.search_lists import Changes, Lists
from tests.contracts.search_nodes import Compounds, NearlyRightWords, References, Titles


class InMemory:
    """The fixtures of an index in memory."""

    @pytest.fixture
    def index(self) -> Iterator[SearchIndex]:
        yield from closing(MemoryIndex(pillars=PILLARS))

    @pytest.fixture
    def other(self) -> Iterator[SearchIndex]:
        yield from closing(MemoryIndex(pillars=PILLARS))


class InFiles:
    """The fixtures of an index in files."""

    @pytest.fixture
    def index(self, tmp_path: Path) -> Iterator[SearchIndex]:
        yield from closing(WhooshIndex.open(tmp_path / "index", writable=True, pillars=PILLARS))

    @pytest.fixture
    def other(self, tmp_path: Path) -> Iterator[SearchIndex]:
        yield from closing(WhooshIndex.open(tmp_path / "other", writable=True, pillars=PILLARS))


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
