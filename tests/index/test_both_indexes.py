"""Both indexes give the same answers, whatever the library and whatever is asked."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.core.document import Document, Passage
from pipeline.core.ports import SearchIndex
from pipeline.core.query import (
    And,
    Filters,
    Fuzzy,
    Hit,
    InTitle,
    Node,
    Not,
    Or,
    Order,
    Phrase,
    Prefix,
    Query,
    Results,
    Word,
)
from pipeline.core.tags import Grade, Origin, Tag
from pipeline.index.facets import FACETS
from pipeline.index.memory_index import MemoryIndex
from pipeline.index.names import keep, names_of
from pipeline.index.whoosh_index import WhooshIndex
from tests.contracts.search_index import document, identity
from tests.index.vocabularies import PILLARS, VOCABULARY

IDS = "abcdefgh"
LANGUAGES = ("en", "fr", "de")
WORDS = (
    "water", "waters", "waste", "waste water", "the", "towns", "town", "l'eau", "eaux", "des",
    "usées", "Wasser", "Trinkwasser", "Wasserrecht", "Trinken", "Recht", "die", "Städte",
    "article 12", "art. 120", "COM(2020) 98", "2018/1999", "1999", "circular economy",
    "économie circulaire", "Kreislaufwirtschaft",
)  # fmt: skip
DATES = ("", "2020", "2020-03", "2020-03-11", "2021", "2021-05-31", "1999-12-31")
KINDS = ("", "position", "staff working document", "two\nlines")
INSTITUTIONS = ("", "commission", "council")
TAGS = (*PILLARS, "water", "waste", "other")

texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


@dataclass(frozen=True)
class Facts:
    """What can be amended of a document."""

    date: str
    kind: str
    institution: str
    work: str
    tags: tuple[str, ...]

    def of(self, document: Document) -> Document:
        """Return ``document`` with these facts."""
        tags = tuple(Tag(concept, 0.9, Origin.PERSON, Grade.MAIN) for concept in self.tags)
        return replace(
            document, date=self.date, kind=self.kind, institution=self.institution,
            work=self.work, tags=tags,
        )  # fmt: skip


facts = st.builds(
    Facts,
    date=st.sampled_from(DATES),
    kind=st.sampled_from(KINDS),
    institution=st.sampled_from(INSTITUTIONS),
    work=st.sampled_from(["", "", "work-1", "work-2"]),
    tags=st.lists(st.sampled_from(TAGS), unique=True, max_size=3).map(tuple),
)


@st.composite
def documents(draw: st.DrawFn, name: str) -> Document:
    """Draw a document of that name, whose pages are in one language or several."""
    made = document(name, *draw(st.lists(texts, max_size=4)), title=draw(texts))
    languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=4, max_size=4))
    pages = tuple(
        replace(page, language=language)
        for page, language in zip(made.pages, languages, strict=False)
    )
    heading = draw(texts)
    passages = tuple(Passage(p.span, p.number, p.language, (heading,)) for p in pages)
    return draw(facts).of(replace(made, pages=pages, passages=passages if heading else ()))


@dataclass(frozen=True)
class Step:
    """What is done to an index at once; what is deleted goes last."""

    put: tuple[Document, ...]
    amend: tuple[Document, ...]
    delete: tuple[str, ...]


@st.composite
def steps(draw: st.DrawFn) -> list[Step]:
    """Draw what is done to an index, one after the other; what is amended is there."""
    done: list[Step] = []
    there: dict[str, Document] = {}
    for _ in range(draw(st.integers(1, 4))):
        put = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=4))
        held = sorted(set(there).difference(put))
        amend = draw(st.lists(st.sampled_from(held), unique=True, max_size=2)) if held else []
        delete = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=1))
        changed = {name: draw(facts).of(there[name]) for name in amend}
        added = {name: draw(documents(name)) for name in put}
        there |= changed | added
        done.append(
            Step(tuple(added.values()), tuple(changed.values()), tuple(map(identity, delete)))
        )
        for name in delete:
            there.pop(name, None)
    return done


words = st.sampled_from([*WORDS, "wasser", "eau", "nowhere", "water-law", "!"])
simple = (
    words.map(Word)
    | st.lists(words, min_size=1, max_size=2).map(lambda found: Phrase(tuple(found)))
    | words.map(lambda word: Prefix(word[:4]))
    | st.builds(Fuzzy, words, st.integers(1, 2))
)
nodes: st.SearchStrategy[Node] = st.recursive(
    simple | simple.map(InTitle),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: And(tuple(parts)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
        | inner.map(Not)
    ),
    max_leaves=6,
)


def some(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw no values, mostly, or a few."""
    return st.just(()) | st.lists(st.sampled_from(values), max_size=2).map(tuple)


queries = st.builds(
    Query,
    st.none() | nodes,
    filters=st.just(Filters())
    | st.builds(
        Filters,
        pillars=some(PILLARS),
        files=some(TAGS),
        languages=some(LANGUAGES),
        kinds=some(KINDS[1:]),
        institutions=some(INSTITUTIONS[1:]),
        since=st.sampled_from(DATES),
        until=st.sampled_from(DATES),
    ),
    offset=st.integers(0, 2),
    limit=st.integers(0, 20),
    facets=st.just(FACETS),
    order=st.sampled_from(get_args(Order)),
    pages=st.booleans(),
    loosen=st.booleans(),
    exact_language=st.booleans(),
)


def take(index: SearchIndex, step: Step) -> None:
    """Do one step to an index."""
    with index.batch() as batch:
        for one in step.put:
            batch.put(one)
        for one in step.amend:
            batch.amend(one)
    index.delete(step.delete)


@contextmanager
def both() -> Iterator[tuple[MemoryIndex, WhooshIndex]]:
    """Give an empty index of each kind, with the same names."""
    names = names_of(VOCABULARY)
    with tempfile.TemporaryDirectory() as folder:
        keep(Path(folder), names)
        whoosh = WhooshIndex.open(Path(folder), writable=True, pillars=PILLARS)
        try:
            yield MemoryIndex(pillars=PILLARS, names=names), whoosh
        finally:
            whoosh.close()


def alike(one: Results, other: Results) -> None:
    """Fail unless two answers are the same, their scores but for what rounding does."""
    assert one.total == other.total
    assert one.facets == other.facets
    assert [unscored(hit) for hit in one.hits] == [unscored(hit) for hit in other.hits]
    scores = [[hit.score for hit in found.hits] for found in (one, other)]
    assert scores[0] == pytest.approx(scores[1])


def unscored(hit: Hit) -> Hit:
    """Return a hit without its score."""
    return replace(hit, score=0.0)


bounded = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(steps(), st.lists(queries, min_size=1, max_size=8))
@bounded
def test_both_indexes_give_the_same_answers_with_the_same_scores(
    done: list[Step], asked: list[Query]
) -> None:
    with both() as (memory, whoosh):
        for step in done:
            take(memory, step)
            take(whoosh, step)
        assert memory.count() == whoosh.count()
        for query in asked:
            alike(memory.search(query), whoosh.search(query))
