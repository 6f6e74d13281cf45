"""More like this: the same in every search index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.core.audience import Audience
from pipeline.core.concepts import Concept, Vocabulary
from pipeline.core.ports import SearchIndex
from pipeline.index import names
from pipeline.index.memory_index import MemoryIndex
from pipeline.index.whoosh_index import WhooshIndex
from tests.contracts.search_index import closing, document, identity
from tests.contracts.search_index import names as names_of

VOCABULARY = Vocabulary(
    (
        Concept("planet", {"en": "Planet"}),
        Concept("water", {"en": "Water", "fr": "Eau", "de": "Wasser"}, broader="planet"),
        Concept("energy", {"en": "Energy", "fr": "Énergie", "de": "Energie"}, broader="planet"),
    ),
    digest="1",
)
SEWERS = document(
    "sewers", "Sewers and sewage sludge. Sewage is treated.", "Sludge from sewers, 91/271/EEC.",
    work="sewers", tags=("water", "planet"),
)  # fmt: skip
TREATED = document("treated", "How sewage sludge is treated.", tags=("water", "planet"))
LIGHT = document("light", "Street lamps and light bulbs.", tags=("energy", "planet"))
EAUX = document("eaux", "Les eaux usées.", language="fr", tags=("water", "planet"))
NUMBER = document("nummer", "Siehe 91/271/EWG.", language="de")
LAMPEN = document("lampen", "Lampen.", language="de", tags=("energy", "planet"))
OWN = document("own", "Sewers and sewage sludge.", work="sewers", language="en")


@pytest.fixture(params=["memory", "whoosh"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    known = names.names_of(VOCABULARY)
    made: dict[str, Callable[[], SearchIndex]] = {
        "memory": lambda: MemoryIndex(pillars=["planet"], names=known),
        "whoosh": lambda: WhooshIndex.open(tmp_path, writable=True, pillars=["planet"]),
    }
    names.keep(tmp_path, known)
    index = made[request.param]()
    index.add([SEWERS, TREATED, LIGHT, EAUX, NUMBER, LAMPEN, OWN])
    yield from closing(index)


def test_what_treats_the_same_is_found_in_its_language_and_in_others(index: SearchIndex) -> None:
    found = names_of(index.similar(SEWERS.id).hits)
    assert set(found[:2]) <= {"treated", "eaux", "nummer"}
    assert {"treated", "eaux", "nummer"} <= set(found)
    assert "lampen" not in found  # nothing but the pillar is the same


def test_its_own_work_is_never_among_them(index: SearchIndex) -> None:
    assert not {"sewers", "own"} & set(names_of(index.similar(SEWERS.id).hits))


def test_what_an_audience_may_not_read_is_not_among_them(index: SearchIndex) -> None:
    index.add(
        [replace(TREATED, audience=Audience.MEMBERS), replace(EAUX, audience=Audience.PUBLIC)]
    )
    assert names_of(index.similar(SEWERS.id, audience="public").hits) == ["eaux"]
    assert set(names_of(index.similar(SEWERS.id, audience="members").hits)) == {"treated", "eaux"}


def test_at_most_as_many_as_are_asked_for_best_first(index: SearchIndex) -> None:
    found = index.similar(SEWERS.id, limit=2)
    assert len(found.hits) == found.total == 2
    assert [hit.score for hit in found.hits] == sorted(
        (hit.score for hit in found.hits), reverse=True
    )


def test_a_document_that_is_not_there_is_told(index: SearchIndex) -> None:
    with pytest.raises(ValueError, match="is not in the index"):
        index.similar(identity("nowhere"))
