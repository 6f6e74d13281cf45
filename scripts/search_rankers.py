"""fourp and its peers as rankers: records in, and for a question the ids of the best, in order."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import re
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.config.workspace import make_workspace, open_workspace
from pipeline.core.document import Document, Source, tiled
from pipeline.core.query import Query
from pipeline.description.outline import OutlineStage
from pipeline.description.passages import PassageStage
from pipeline.index.query_text import parse_query
from pipeline.workflows import assemble
from scripts.search_collections import Record

Ask = Callable[[str, int], Sequence[str]]  # question, and how many to list, to ids

HAS_TANTIVY = importlib.util.find_spec("tantivy") is not None
NO_TANTIVY = "tantivy is not installed: .venv/bin/pip install tantivy"
# Names of the stemmers and stop words of tantivy and of Snowball for languages measured here.
SNOWBALL = {"en": "english", "fr": "french", "de": "german", "ro": "romanian", "nl": "dutch",
            "it": "italian", "es": "spanish", "sv": "swedish", "da": "danish"}  # fmt: skip
# tantivy has no stop words of these languages.
_NO_STOP_WORDS = ("ro",)
_WRITER_BYTES = 64_000_000
SIGNS_OF_QUERIES = re.compile(r'["“”„«»()*]|(?<!\w)-')


@contextmanager
def fourp(records: Collection[Record], folder: Path) -> Iterator[Ask]:
    """Give fourp's index: each record a document, in passages; a question as a user types it."""
    make_workspace(folder)
    index = assemble.index_of(open_workspace(folder), writable=True)
    try:
        names = {digest(record.id): record.id for record in records}
        index.add(map(document_of, records))

        def ask(question: str, limit: int) -> Sequence[str]:
            # Those who type questions do not mean the signs of the query language.
            node = parse_query(SIGNS_OF_QUERIES.sub(" ", question))
            return [names[hit.document] for hit in index.search(Query(node, limit=limit)).hits]

        yield ask
    finally:
        index.close()


@contextmanager
def fts5(records: Collection[Record], folder: Path) -> Iterator[Ask]:
    """Give SQLite FTS5: whole records, BM25, Porter's stems; any of the words."""
    with ExitStack() as stack:
        folder.mkdir()
        database = sqlite3.connect(folder / "records.sqlite")
        stack.callback(database.close)
        database.execute(
            "CREATE VIRTUAL TABLE records USING fts5 (id UNINDEXED, title, text, "
            "tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        database.executemany(
            "INSERT INTO records VALUES (?, ?, ?)", ((r.id, r.title, r.text) for r in records)
        )
        database.commit()

        def ask(question: str, limit: int) -> Sequence[str]:
            any_word = " OR ".join(f'"{word}"' for word in words_of(question))
            found = database.execute(
                "SELECT id FROM records WHERE records MATCH ? ORDER BY rank LIMIT ?",
                (any_word, limit),
            )
            return [str(row[0]) for row in found]

        yield ask


@contextmanager
def tantivy(
    records: Collection[Record], folder: Path, *, stop_words: bool = False
) -> Iterator[Ask]:
    """Give tantivy: whole records, BM25, stems of the records' language; any of the words.

    Args:
        records: All in one language.
        folder: Where its files go.
        stop_words: Whether stop words are left out, and accents taken away.
    """
    library: Any = importlib.import_module("tantivy")
    folder.mkdir()
    language = SNOWBALL[next(iter(records)).language]
    builder = library.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for field in ("title", "text"):
        builder.add_text_field(field, tokenizer_name="words")
    index = library.Index(builder.build(), path=str(folder))
    index.register_tokenizer("words", analyzer(library, language, stop_words=stop_words))
    writer = index.writer(_WRITER_BYTES, 1)
    for record in records:
        writer.add_document(library.Document(id=record.id, title=record.title, text=record.text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(question: str, limit: int) -> Sequence[str]:
        query = index.parse_query(" ".join(words_of(question)), ["title", "text"])
        found = searcher.search(query, limit).hits
        return [searcher.doc(address)["id"][0] for _, address in found]

    yield ask


def analyzer(library: Any, language: str, *, stop_words: bool) -> Any:
    """Return tantivy's analysis for a language by its English name."""
    filters = library.Filter
    builder = library.TextAnalyzerBuilder(library.Tokenizer.simple())
    builder = builder.filter(filters.remove_long(40)).filter(filters.lowercase())
    if stop_words:
        if language not in [SNOWBALL[code] for code in _NO_STOP_WORDS]:
            builder = builder.filter(filters.stopword(language))
        builder = builder.filter(filters.ascii_fold())
    return builder.filter(filters.stemmer(language)).build()


def words_of(question: str) -> list[str]:
    """Return the words of a question without any sign, in lower case."""
    return re.findall(r"\w+", question.lower())


def digest(name: str) -> str:
    """Return what stands for the digest of the bytes of a record."""
    return hashlib.sha256(name.encode()).hexdigest()


def document_of(record: Record) -> Document:
    """Return a record as fourp reads plain text: outline and passages, its language known."""
    text, pages = tiled([record.text])
    document = Document(
        source=Source(f"/records/{record.id}", digest(record.id), "text/plain", len(text)),
        text=text,
        pages=tuple(replace(page, language=record.language) for page in pages),
        title=record.title,
        languages=(record.language,),
    )
    return PassageStage()(OutlineStage()(document))
