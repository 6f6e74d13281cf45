"""Floors under the ranking of public test collections; raised, never lowered.

`scripts/bench search` measures the same beside other search engines.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import log2
from pathlib import Path
from statistics import mean

import pytest

from pipeline.core.query import Query
from pipeline.index.query_text import parse_query
from pipeline.index.whoosh_index import WhooshIndex
from tests.contracts.search_index import document, identity

RETRIEVAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "retrieval"
SIGNS = str.maketrans(dict.fromkeys('"“”„«»()*', " "))  # who asks a question does not mean them
HITS = 10

needs_data = pytest.mark.skipif(not RETRIEVAL.is_dir(), reason="../shared/data is absent")


@needs_data
@pytest.mark.slow
def test_abstracts_that_answer_a_question_come_first(tmp_path: Path) -> None:
    answers = _answered(RETRIEVAL / "cranfield", "en", tmp_path)
    assert mean(_ndcg(found, relevant) for found, relevant in answers) >= 0.4


@needs_data
@pytest.mark.slow
@pytest.mark.parametrize(("language", "floor"), [("en", 0.94), ("de", 0.9), ("ro", 0.92)])
def test_the_paragraph_that_answers_a_question_comes_first(
    language: str, floor: float, tmp_path: Path
) -> None:
    answers = _answered(RETRIEVAL / "xquad" / language, language, tmp_path)
    assert mean(found[:1] == [True] for found, _ in answers) >= floor


def _answered(folder: Path, language: str, index: Path) -> list[tuple[list[bool], int]]:
    """Return for each question which of the first hits answer it, and how many records do."""
    records = {str(line["id"]): line for line in _lines(folder / "corpus.jsonl")}
    names = {identity(name): name for name in records}
    opened = WhooshIndex.open(index, writable=True)
    opened.add(
        document(name, record["text"], language=language, title=record.get("title", ""))
        for name, record in records.items()
    )
    judged = _judged(folder / "qrels.tsv")
    answered = []
    for line in _lines(folder / "queries.jsonl"):
        if relevant := judged[str(line["id"])]:
            node = parse_query(line["text"].translate(SIGNS))
            hits = opened.search(Query(node, limit=HITS)).hits
            answered.append(([names[hit.document] in relevant for hit in hits], len(relevant)))
    opened.close()
    return answered


def _ndcg(found: list[bool], relevant: int) -> float:
    """Return the normalised discounted cumulative gain of a list of hits, 0..1."""
    gain = sum(1 / log2(place + 2) for place, answers in enumerate(found) if answers)
    return gain / sum(1 / log2(place + 2) for place in range(min(relevant, HITS)))


def _judged(path: Path) -> Mapping[str, set[str]]:
    """Return the records that answer each question, by their ids."""
    relevant: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if int(row["score"]) > 0:
                relevant[row["query_id"]].add(row["doc_id"])
    return relevant


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
