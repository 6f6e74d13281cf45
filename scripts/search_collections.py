"""Test collections for search: records, queries, and which records answer which query."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# An act's text begins with who enacts it, or on what ground; all before is its title block.
_ENACTED = re.compile(
    r"^[ \t]*(?:THE (?:EUROPEAN|COUNCIL|COMMISSION|HIGH|MEMBERS|GOVERNING|REPRESENTATIVES|EEA)"
    r"|(?:LE|LA|LES|L['’]) ?(?:CONSEIL|PARLEMENT|COMMISSION|BANQUE|COMITÉ|HAUTE|REPRÉSENTANTS)"
    r"|[Hh]aving regard|HAVING REGARD|[Vv]u (?:le|la|les|l['’])|Whereas|considérant"
    r"|Article (?:1|premier)\b)",
    re.MULTILINE,
)
_LONGEST_BLOCK = 4_000  # characters; forms and corrigenda have no such words
_LINES_OF_BLOCK = 15  # taken away from those


@dataclass(frozen=True, slots=True)
class Record:
    """A document of a collection, in one language."""

    id: str
    title: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Records of one language with queries.

    Attributes:
        queries: Text by id.
        relevant: Ids of the records that answer a query, by its id; of every query some.
    """

    name: str
    language: str
    records: tuple[Record, ...]
    queries: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]


def from_folder(folder: Path, *, name: str = "", language: str = "en") -> Collection:
    """Return a collection that is kept in the way of BEIR.

    ``corpus.jsonl`` and ``queries.jsonl`` have ``id`` or ``_id``, ``text`` and perhaps ``title``;
    the judgements are ``qrels.tsv`` or ``qrels/test.tsv`` with a head: query, document, score.
    A score above 0 is relevant. Queries without anything relevant are left out.
    """
    relevant: dict[str, set[str]] = defaultdict(set)
    judged = folder / "qrels.tsv"
    with (judged if judged.exists() else folder / "qrels" / "test.tsv").open() as lines:
        for query, document, score in list(csv.reader(lines, delimiter="\t"))[1:]:
            if float(score) > 0:
                relevant[query].add(document)
    queries = {_id(row): row["text"] for row in _rows(folder / "queries.jsonl")}
    return Collection(
        name or folder.name,
        language,
        tuple(
            Record(_id(row), row.get("title", ""), row["text"], row.get("lang", language))
            for row in _rows(folder / "corpus.jsonl")
        ),
        {query: queries[query] for query in relevant},
        {query: frozenset(found) for query, found in relevant.items()},
    )


def known_items(queries: Path, texts: Path) -> Iterator[Collection]:
    """Yield a collection for each language: acts, and parts of their titles as queries.

    Args:
        queries: Lines of query id, language, query and CELEX number of the act.
        texts: Folder of ``<celex>.<language>.txt``; they are taken without their title block, and
            without a title, since the queries are cut from it.
    """
    with queries.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for language in sorted({row["lang"] for row in rows}):
        records = tuple(
            Record(path.name.split(".")[0].upper(), "", body(path.read_text()), language)
            for path in sorted(texts.glob(f"*.{language}.txt"))
        )
        there = {record.id for record in records}
        asked = [r for r in rows if r["lang"] == language and r["relevant_celex"] in there]
        yield Collection(
            f"known-item {language}",
            language,
            records,
            {row["query_id"]: row["query"] for row in asked},
            {row["query_id"]: frozenset([row["relevant_celex"]]) for row in asked},
        )


def body(text: str) -> str:
    """Return the text of an act without its title block."""
    enacted = _ENACTED.search(text, 0, _LONGEST_BLOCK)
    if enacted:
        return text[enacted.start() :]
    return "".join(text.splitlines(keepends=True)[_LINES_OF_BLOCK:])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _id(row: Mapping[str, Any]) -> str:
    return str(row["id"] if "id" in row else row["_id"])
