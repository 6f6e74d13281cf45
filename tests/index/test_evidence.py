"""A document whose passages have the words of a question between them beats one that has fewer."""

from __future__ import annotations

import pytest

from pipeline.core.query import And, Not, Or, Query, Word
from pipeline.index.memory_index import MemoryIndex
from tests.contracts.search_index import document, every_word, names

QUESTION = ("harbour", "lighthouse", "ferry", "island")
REST = " and other things are told here at some length too"


def page(*words: str) -> str:
    """Return a page with these words and others."""
    return f"Of the {' and the '.join(words) or 'sky'}{REST}."


@pytest.fixture
def index() -> MemoryIndex:
    index = MemoryIndex()
    index.add(document(f"filler{n}", page()) for n in range(8))
    return index


def test_words_that_are_spread_over_a_document_count_together(index: MemoryIndex) -> None:
    spread = document("spread", *(page(word) for word in QUESTION))
    fewer = document("fewer", page(QUESTION[0]), page(QUESTION[1]), page(), page())
    one = document("one", page(QUESTION[0]), page(), page(), page())
    index.add([one, fewer, spread])
    for node in (every_word(*QUESTION), Or(tuple(map(Word, QUESTION)))):
        hits = index.search(Query(node)).hits
        assert names(hits) == ["spread", "fewer", "one"]


def test_of_documents_with_the_same_words_the_shorter_comes_first(index: MemoryIndex) -> None:
    short = document("short", page("harbour"), page("ferry"))
    long = document("long", page("harbour"), page("ferry"), *[page()] * 12)
    index.add([long, short])
    hits = index.search(Query(Or((Word("harbour"), Word("ferry"))))).hits
    assert names(hits) == ["short", "long"]


def test_the_passage_that_is_shown_is_still_the_one_with_most_of_the_words(
    index: MemoryIndex,
) -> None:
    index.add([document("spread", page("harbour"), page("harbour", "ferry"), page("island"))])
    (hit,) = index.search(Query(every_word(*QUESTION))).hits
    assert (hit.page, hit.passages) == (2, 3)


def test_what_is_left_out_adds_nothing(index: MemoryIndex) -> None:
    index.add([document("a", page("harbour"), page("ferry")), document("b", page("harbour"))])
    plain = {h.path: h.score for h in index.search(Query(Word("harbour"))).hits}
    without = index.search(Query(And((Word("harbour"), Not(Word("ferry")))))).hits
    [kept] = without
    assert kept.score == pytest.approx(plain[kept.path])
