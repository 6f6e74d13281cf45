"""Every search index keeps the promises of `SearchIndexContract`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.core.ports import SearchIndex
from pipeline.core.query import Query, Word
from pipeline.index.memory_index import MemoryIndex
from pipeline.index.whoosh_index import WhooshIndex
from tests.contracts.search_index import (
    CIRCULAIRE,
    CIRCULAR,
    PILLARS,
    STADT,
    WATER,
    SearchIndexContract,
    closing,
)


class TestMemoryIndex(SearchIndexContract):
    @pytest.fixture
    def index(self) -> Iterator[SearchIndex]:
        yield from closing(MemoryIndex(pillars=PILLARS))


class TestWhooshIndex(SearchIndexContract):
    @pytest.fixture
    def index(self, tmp_path: Path) -> Iterator[SearchIndex]:
        yield from closing(WhooshIndex.open(tmp_path / "index", writable=True, pillars=PILLARS))


def test_both_give_the_same_answers_with_the_same_scores(tmp_path: Path) -> None:
    memory = MemoryIndex()
    whoosh = WhooshIndex.open(tmp_path, writable=True)
    for batch in ([WATER, CIRCULAR], [CIRCULAIRE, WATER], [STADT]):
        memory.add(batch)
        whoosh.add(batch)
    for query in (Query(None), Query(Word("waste")), Query(Word("économie"))):
        ours, theirs = memory.search(query), whoosh.search(query)
        assert [(h.document, h.snippet) for h in ours.hits] == [
            (h.document, h.snippet) for h in theirs.hits
        ]
        assert [h.score for h in ours.hits] == pytest.approx([h.score for h in theirs.hits])
    whoosh.close()
