"""Search across languages: policy files asked for by their names in 24 languages.

The library is what people labelled: gold documents and the sample corpus, taken in by the ingest.
A work is relevant for a policy file that is one of its primary labels. All figures are recall@20:
the relevant works among the first 20 hits, over all relevant works or 20, whichever is less.

    all     the name in the query's language, no filter, all relevant works; mean over files
    cross   the name in the query's language, over pairs of another language T and a file that has
            relevant documents in T: the search is limited to passages in T, and only documents in
            T count; mean over pairs
    same    the same pairs, filters and documents, but the name in T itself
    ratio   cross / same: what is lost by not asking in the language of the documents

So the two sides differ by the language of the name and by nothing else, and a query language in
which the library has no document gets a ratio as well. Languages of documents are those of their
labels. A work in two languages counts in both. "Alone" is the index without what
`workflows.library.search` adds to a query.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.config.workspace import make_workspace, open_workspace
from pipeline.core.concepts import Vocabulary
from pipeline.core.document import Document
from pipeline.core.query import Filters, Query
from pipeline.index.query_text import parse_query
from pipeline.tagging.gold import load_gold
from pipeline.workflows import assemble, library
from pipeline.workflows.ingest import ingest
from scripts.search_measures import mean
from scripts.search_rankers import HAS_TANTIVY, SIGNS_OF_QUERIES, words_of

HITS = 20
LANGUAGES = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()

Ask = Callable[[str, str], Sequence[str]]  # name and language of passages ("": all) to documents


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with labels.

    Attributes:
        id: Digest of its bytes, as fourp has it.
    """

    id: str
    path: Path
    work: str
    language: str
    files: frozenset[str]


def measure(gold: Path, sample: Path, folder: Path) -> None:
    """Print a row for each language.

    Args:
        gold: The file of labels.
        sample: The folder of the sample corpus.
        folder: Of the workspace that is made, or that was made by a run before and is used again.
    """
    made = not (folder / "fourp.toml").exists()
    make_workspace(folder)
    workspace = open_workspace(folder)
    vocabulary = assemble.vocabulary_of(workspace)
    labelled = [*_gold(gold, vocabulary), *_sample(sample)]
    if made:
        ingest(workspace, sorted({one.path for one in labelled}))
    with assemble.catalogue_of(workspace) as catalogue:
        documents = list(catalogue.documents(list(dict.fromkeys(one.id for one in labelled))))
    there = {document.id for document in documents}
    labelled = [one for one in labelled if one.id in there]
    relevant = _relevant(labelled)
    works = {one.id: one.work for one in labelled}
    pairs = sorted(key for key in relevant if key[0] and key[1])
    print(
        f"\nlanguages: {len(there)} documents, {len(vocabulary.files)} policy files, "
        f"{sum(not t for t, _ in relevant)} of them with documents; "
        f"{len(pairs)} pairs of a file and a language of its documents"
    )
    names = {
        (code, file.id): SIGNS_OF_QUERIES.sub(" ", file.label(code))
        for code in LANGUAGES
        for file in vocabulary.files
    }
    index = assemble.index_of(workspace, writable=False)
    spent = Spent()

    def searched(name: str, language: str) -> Sequence[str]:
        begun = time.process_time()
        found = library.search(workspace, _query(name, language))
        spent.add(time.process_time() - begun)
        return [hit.document for hit in found.hits]

    def alone(name: str, language: str) -> Sequence[str]:
        return [hit.document for hit in index.search(_query(name, language)).hits]

    peers: dict[str, Ask] = {"SQLite FTS5": _fts5(documents)}
    if HAS_TANTIVY:
        peers = {"tantivy": _tantivy(documents)} | peers

    def found(ask: Ask, code: str, file: str, target: str = "") -> float:
        hits = dict.fromkeys(works.get(id_, id_) for id_ in ask(names[code, file], target))
        wanted = relevant[target, file]
        return sum(work in wanted for work in hits) / min(len(wanted), HITS)

    files = [file for target, file in relevant if not target]
    columns = ("all", "cross", "same", "ratio", "alone: all", "cross", "ratio", *peers)
    print(f"{'':8}" + "".join(f"{column:>12}" for column in columns))
    in_full, in_alone = cache(searched), cache(alone)
    rows = []
    for code in LANGUAGES:
        others = [(target, file) for target, file in pairs if target != code]
        row = []
        for ask in (in_full, in_alone):
            overall = mean([found(ask, code, file) for file in files])
            cross = mean([found(ask, code, file, target) for target, file in others])
            same = mean([found(ask, target, file, target) for target, file in others])
            row += [overall, cross, same, cross / same]
        del row[6]  # of the index alone
        row += [mean([found(ask, code, file) for file in files]) for ask in peers.values()]
        rows.append(row)
        print(f"{code:8}" + _figures(row), flush=True)
    print(f"{'mean':8}" + _figures([mean(column) for column in zip(*rows, strict=True)]))
    print(f"{'lowest':8}" + _figures([min(column) for column in zip(*rows, strict=True)]))
    told = []
    for target in sorted({target for target, _ in pairs}):
        own = [found(in_full, target, file, target) for code, file in pairs if code == target]
        told.append(f"{target} {mean(own):.3f} of {len(own)}")
    print(f"same, by language of the documents, of files: {', '.join(told)}")
    print(f"fourp: {1000 * spent.seconds / spent.times:.0f} ms of CPU a search, opening included")
    index.close()


@dataclass(slots=True)
class Spent:
    """CPU seconds of searches."""

    seconds: float = 0.0
    times: int = 0

    def add(self, seconds: float) -> None:
        """Note one more search."""
        self.seconds += seconds
        self.times += 1


def _figures(row: Sequence[float]) -> str:
    return "".join(f"{figure:>12.3f}" for figure in row)


def _query(name: str, language: str) -> Query:
    filters = Filters(languages=(language,) if language else ())
    return Query(parse_query(name), filters, limit=HITS)


def _gold(gold: Path, vocabulary: Vocabulary) -> Iterator[Labelled]:
    for label in load_gold(gold, vocabulary):
        path = (gold.parent / label.path).resolve()
        yield Labelled(_digest(path), path, label.work, label.language, label.primary)


def _sample(folder: Path) -> Iterator[Labelled]:
    """Yield the sample corpus but for what nobody can read."""
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not row["note"].startswith("corrupt"):
            path = (folder / row["path"]).resolve()
            files = frozenset(row["primary"])
            yield Labelled(_digest(path), path, row["work"], row["language"], files)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _relevant(labelled: Sequence[Labelled]) -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the relevant works by language of their documents ("": any) and policy file."""
    relevant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in labelled:
        for file in one.files:
            relevant["", file].add(one.work)
            relevant[one.language, file].add(one.work)
    return {key: frozenset(works) for key, works in relevant.items()}


def _tantivy(documents: Sequence[Document]) -> Ask:
    """Return tantivy over whole texts, folded and not stemmed, as it suits many languages."""
    tantivy: Any = importlib.import_module("tantivy")
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for field in ("title", "text"):
        builder.add_text_field(field, tokenizer_name="folded")
    index = tantivy.Index(builder.build())
    filters = tantivy.Filter
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    analyzer = analyzer.filter(filters.lowercase()).filter(filters.ascii_fold()).build()
    index.register_tokenizer("folded", analyzer)
    writer = index.writer(64_000_000, 1)
    for document in documents:
        writer.add_document(
            tantivy.Document(id=document.id, title=document.title, text=document.text)
        )
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(name: str, language: str) -> Sequence[str]:
        query = index.parse_query(" ".join(words_of(name)), ["title", "text"])
        return [searcher.doc(place)["id"][0] for _, place in searcher.search(query, HITS).hits]

    return ask


def _fts5(documents: Sequence[Document]) -> Ask:
    """Return SQLite FTS5 over whole texts, folded and not stemmed."""
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE records USING fts5 (id UNINDEXED, title, text, "
        "tokenize = 'unicode61 remove_diacritics 2')"
    )
    database.executemany(
        "INSERT INTO records VALUES (?, ?, ?)", ((d.id, d.title, d.text) for d in documents)
    )

    def ask(name: str, language: str) -> Sequence[str]:
        any_word = " OR ".join(f'"{word}"' for word in words_of(name))
        sql = "SELECT id FROM records WHERE records MATCH ? ORDER BY rank LIMIT ?"
        with closing(database.execute(sql, (any_word, HITS))) as found:
            return [str(row[0]) for row in found]

    return ask
