"""Floors of what is said of official documents, and of which are taken for versions of one work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest

from pipeline.core.document import Document
from pipeline.core.fingerprint import Fingerprinted
from pipeline.description.work_stage import WorkStage
from pipeline.description.works import link
from pipeline.workflows.assemble import reading_stages
from tests.quality.description.official import ABSENT, DATA, Official, official, read, same_title

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=ABSENT)

# `scripts/bench metadata` measures all; here one work in so many, so that the test stays short.
EVERY = {"institutions": 1, "html": 1, "eurlex": 10, "rendered": 6}
# Below what is measured on all of them (see docs/benchmarks.md).
FLOORS = {"language": 0.98, "reference": 0.99, "date": 0.96, "kind": 0.99, "title": 0.96}


@cache
def _documents() -> list[tuple[Official, Document]]:
    stages = [*reading_stages(), WorkStage()]
    chosen: list[Official] = []
    for folder, step in EVERY.items():
        found = official(folder)
        works = set(sorted({known.work for known in found})[::step])
        chosen += [known for known in found if known.work in works]
    # The name of the file would tell the number that is asked for.
    return [(known, read(known, stages, name="paper.x")) for known in chosen]


def _right(known: Official, document: Document) -> dict[str, bool]:
    assert document.fingerprint is not None
    facts = {
        "language": (known.language, document.language),
        "reference": (known.reference, document.fingerprint.named),
        "date": (known.date, document.date[: len(known.date or "")]),
        "kind": (known.kind, document.kind),
    }
    right = {name: one == other for name, (one, other) in facts.items() if one is not None}
    return right | ({"title": same_title(document.title, known.title)} if known.title else {})


def test_official_documents_are_described_as_their_publisher_does() -> None:
    answers = defaultdict(list)
    for known, document in _documents():
        for fact, is_right in _right(known, document).items():
            answers[fact].append(is_right)
    assert {fact: len(found) > 50 for fact, found in answers.items()} == dict.fromkeys(FLOORS, True)
    shares = {fact: sum(found) / len(found) for fact, found in answers.items()}
    assert {fact: share for fact, share in shares.items() if share < FLOORS[fact]} == {}


def test_own_numbers_name_one_work_and_no_two_acts_share_one() -> None:
    works = defaultdict(set)
    for known, document in _documents():
        if document.fingerprint and document.fingerprint.named and known.work:
            works[document.fingerprint.named].add(known.work)
    assert len(works) > 80
    assert {name: some for name, some in works.items() if len(some) > 1} == {}


def test_numbers_alone_tell_versions_and_never_two_acts() -> None:
    papers = [
        (known, replace(_compared(document), fingerprint=replace(document.fingerprint, named="")))
        for known, document in _documents()
        if document.fingerprint and known.reference is not None and known.work
    ]
    same = linked = 0
    for (first, one), (second, other) in combinations(papers, 2):
        if one.language == other.language:
            continue
        found = link(one, other) is not None
        if first.work != second.work:
            assert not found, (first.path.name, second.path.name)
        elif first.path.parent == second.path.parent and "eurlex" in first.path.parts[-2]:
            same += 1
            linked += found
    assert same > 30
    assert linked >= 0.95 * same


def _compared(document: Document) -> Fingerprinted:
    assert document.fingerprint is not None
    return Fingerprinted(document.id, document.language, document.fingerprint, document.date)
