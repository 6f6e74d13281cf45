"""fourp, tantivy and SQLite FTS5 as they are timed: build, open, ask, add one.

The peers hold whole documents with their texts, English stems, and facts to filter and to count;
fourp holds passages as its pipeline cuts them, and answers in documents. fourp makes a snippet of
each hit and counts all matches for every search; the peers do so only where it is asked for.
"""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from scripts.search_library import Made, Search

if TYPE_CHECKING:
    from pipeline.core.document import Document

LIMIT = 10
_COMMITTED_AT_ONCE = 4_000_000  # characters, as fourp's ingest does
_WRITER_BYTES = 64_000_000
_FACETS = ("pillar", "file", "language", "year")
_VALUES = 50  # of a facet


class Engine(Protocol):
    """A search index in a folder."""

    def prepared(self, made: Made) -> Any:
        """Return a document as the engine takes it in; a pipeline does that before, elsewhere."""
        ...

    def build(self, documents: Iterable[Any]) -> None:
        """Index documents that are prepared in an empty folder."""
        ...

    def open(self) -> None:
        """Open what was built, to ask."""
        ...

    def ask(self, search: Search) -> int:
        """Fetch ten hits with title and date, and return how many there were."""
        ...

    def add(self, document: Any) -> None:
        """Add one document that is prepared, so that the next search finds it."""
        ...


class Fourp:
    """fourp's index in a workspace."""

    def __init__(self, folder: Path) -> None:
        from pipeline.config.workspace import make_workspace, open_workspace

        make_workspace(folder)
        self._workspace = open_workspace(folder)
        self._index: Any = None

    def prepared(self, made: Made) -> Document:
        return _document(made)

    def build(self, documents: Iterable[Document]) -> None:
        from pipeline.workflows import assemble

        index = assemble.index_of(self._workspace, writable=True)
        rest = iter(documents)
        while (first := next(rest, None)) is not None:
            characters = 0
            with index.batch() as batch:
                for document in chain([first], rest):
                    batch.put(document)
                    characters += len(document.text)
                    if characters > _COMMITTED_AT_ONCE:
                        break
        index.close()

    def open(self) -> None:
        from pipeline.workflows import assemble

        self._index = assemble.index_of(self._workspace, writable=False)

    def ask(self, search: Search) -> int:
        from pipeline.core.query import Filters, Query
        from pipeline.index.query_text import parse_query

        pillars = (search.pillar,) if search.pillar else ()
        since, until = (str(year) for year in search.years) if search.years else ("", "")
        filters = Filters(pillars=pillars, since=since, until=until)
        facets = _FACETS if search.facets else ()
        query = Query(parse_query(line_of(search)), filters, limit=LIMIT, facets=facets)
        return len(self._index.search(query).hits)

    def add(self, document: Document) -> None:
        from pipeline.workflows import assemble

        index = assemble.index_of(self._workspace, writable=True)
        index.add([document])
        index.close()


class Tantivy:
    """tantivy, one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tantivy: Any = importlib.import_module("tantivy")
        self._index: Any = None
        self._searcher: Any = None

    def prepared(self, made: Made) -> Made:
        return made

    def build(self, documents: Iterable[Made]) -> None:
        self._folder.mkdir(parents=True)
        builder = self._tantivy.SchemaBuilder()
        for field in ("id", "date"):
            builder.add_text_field(field, stored=True, tokenizer_name="raw")
        for field in ("title", "text"):
            builder.add_text_field(field, stored=True, tokenizer_name="en_stem")
        for field in ("pillar", "file", "language", "kind"):
            builder.add_text_field(field, tokenizer_name="raw", fast=True)
        builder.add_integer_field("year", indexed=True, fast=True)
        self._index = self._tantivy.Index(builder.build(), path=str(self._folder))
        self._write(documents)

    def open(self) -> None:
        self._index = self._tantivy.Index.open(str(self._folder))
        self._searcher = self._index.searcher()

    def ask(self, search: Search) -> int:
        query = self._query(search)
        documents = [
            self._searcher.doc(place) for _, place in self._searcher.search(query, LIMIT).hits
        ]
        if search.facets:
            counts = {name: {"terms": {"field": name, "size": _VALUES}} for name in _FACETS}
            self._searcher.aggregate(query, counts)
        if search.highlights:
            make = self._tantivy.SnippetGenerator.create
            snippets = make(self._searcher, query, self._index.schema, "text")
            for document in documents:
                snippets.snippet_from_doc(document).highlighted()
        return len([(document["title"], document["date"]) for document in documents])

    def add(self, document: Made) -> None:
        self.open()
        self._write([document])
        self._index.reload()

    def _write(self, documents: Iterable[Made]) -> None:
        writer = self._index.writer(_WRITER_BYTES, 1)
        for made in documents:
            writer.add_document(
                self._tantivy.Document(
                    id=made.id,
                    title=made.title,
                    text=made.text,
                    date=made.date,
                    pillar=list(made.pillars),
                    file=list(made.files),
                    language=made.language,
                    kind=made.kind,
                    year=int(made.date[:4]),
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def _query(self, search: Search) -> Any:
        query, must = self._tantivy.Query, self._tantivy.Occur.Must
        if search.join == "prefix":
            return query.regex_query(self._index.schema, "text", f"{search.words[0]}.*")
        line = f'"{" ".join(search.words)}"' if search.join == "phrase" else " ".join(search.words)
        all_of = search.join == "and"
        parts = [self._index.parse_query(line, ["title", "text"], conjunction_by_default=all_of)]
        if search.pillar:
            parts.append(query.term_query(self._index.schema, "pillar", search.pillar))
        if search.years:
            whole = self._tantivy.FieldType.Integer
            parts.append(query.range_query(self._index.schema, "year", whole, *search.years))
        return parts[0] if len(parts) == 1 else query.boolean_query([(must, p) for p in parts])


class Fts5:
    """SQLite FTS5, with tables of facts beside it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "library.sqlite"
        self._database: Any = None

    def prepared(self, made: Made) -> Made:
        return made

    def build(self, documents: Iterable[Made]) -> None:
        self._path.parent.mkdir(parents=True)
        self._database = sqlite3.connect(self._path)
        self._database.executescript(
            "CREATE VIRTUAL TABLE texts USING fts5 (title, text, "
            "  tokenize = 'porter unicode61 remove_diacritics 2', prefix = '5');"
            "CREATE TABLE facts (id INTEGER PRIMARY KEY, name, date, year INTEGER, language, kind);"
            "CREATE TABLE tags (id INTEGER, field, tag, PRIMARY KEY (id, field, tag)) "
            "  WITHOUT ROWID;"
        )
        self._write(documents)
        self._database.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        self._database.commit()
        self._database.close()

    def open(self) -> None:
        self._database = sqlite3.connect(self._path)

    def ask(self, search: Search) -> int:
        where, values = self._where(search)
        shown = "snippet(texts, 1, '[', ']', '…', 40)" if search.highlights else "1"
        found = self._database.execute(
            f"SELECT facts.name, texts.title, facts.date, {shown} FROM texts "
            f"CROSS JOIN facts ON facts.id = texts.rowid WHERE {where} ORDER BY rank LIMIT {LIMIT}",
            values,
        ).fetchall()
        if search.facets:
            self._count(where, values)
        return len(found)

    def add(self, document: Made) -> None:
        self.open()
        self._write([document])
        self._database.close()

    def _write(self, documents: Iterable[Made]) -> None:
        run = self._database.execute
        for made in documents:
            fact = (made.id, made.date, int(made.date[:4]), made.language, made.kind)
            number = run("INSERT INTO facts VALUES (NULL, ?, ?, ?, ?, ?)", fact).lastrowid
            run(
                "INSERT INTO texts (rowid, title, text) VALUES (?, ?, ?)",
                (number, made.title, made.text),
            )
            for field, tags in (("pillar", made.pillars), ("file", made.files)):
                for tag in tags:
                    run("INSERT INTO tags VALUES (?, ?, ?)", (number, field, tag))
        self._database.commit()

    def _count(self, where: str, values: Sequence[str | int]) -> None:
        """Count the four facets over all that matches."""
        run = self._database.execute
        run("CREATE TEMP TABLE matching (id INTEGER PRIMARY KEY)")
        run(
            "INSERT INTO matching SELECT texts.rowid FROM texts "
            f"CROSS JOIN facts ON facts.id = texts.rowid WHERE {where}",
            values,
        )
        for column in ("language", "year"):
            run(
                f"SELECT {column}, count(*) FROM matching CROSS JOIN facts USING (id) "
                f"GROUP BY {column}"
            ).fetchall()
        for field in ("pillar", "file"):
            run(
                "SELECT tag, count(*) FROM matching CROSS JOIN tags USING (id) WHERE field = ? "
                "GROUP BY tag",
                (field,),
            ).fetchall()
        run("DROP TABLE matching")

    def _where(self, search: Search) -> tuple[str, list[str | int]]:
        match search.join:
            case "phrase":
                line = f'"{" ".join(search.words)}"'
            case "prefix":
                line = f"{search.words[0]}*"
            case join:
                line = f" {join.upper()} ".join(search.words)
        where, values = "texts MATCH ?", [line]
        bounds: list[str | int] = [*values]
        if search.pillar:
            where += (
                " AND EXISTS (SELECT 1 FROM tags"
                " WHERE field = 'pillar' AND tag = ? AND id = texts.rowid)"
            )
            bounds.append(search.pillar)
        if search.years:
            where += " AND facts.year BETWEEN ? AND ?"
            bounds += search.years
        return where, bounds


def line_of(search: Search) -> str:
    """Return a search as people type it in fourp and in Recoll."""
    match search.join:
        case "phrase":
            return f'"{" ".join(search.words)}"'
        case "prefix":
            return f"{search.words[0]}*"
        case "or":
            return " OR ".join(search.words)
        case _:
            return " ".join(search.words)


def _document(made: Made) -> Document:
    """Return a document as fourp's pipeline would, but for the evidence of its tags."""
    from dataclasses import replace

    from pipeline.core.tags import Grade, Origin, Tag
    from scripts.search_collections import Record
    from scripts.search_rankers import document_of

    document = document_of(Record(made.id, made.title, made.text, made.language))
    tags = tuple(Tag(t, 0.9, Origin.PERSON, Grade.MAIN) for t in (*made.files, *made.pillars))
    return replace(document, date=made.date, kind=made.kind, tags=tags)


ENGINES: dict[str, Callable[[Path], Engine]] = {
    "fourp": Fourp,
    "tantivy": Tantivy,
    "SQLite FTS5": Fts5,
}
