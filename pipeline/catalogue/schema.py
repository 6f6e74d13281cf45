"""The catalogue's tables, and the steps that bring an older catalogue up to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    case,
    text,
)

metadata = MetaData()


def _of_document() -> Column[str]:
    return Column(
        "digest", Text, ForeignKey("documents.digest", ondelete="CASCADE"), primary_key=True
    )


AMENDED = "amended "

documents = Table(
    "documents",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("path", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("provenance", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("institution", Text, nullable=False),
    Column("languages", Text, nullable=False),  # JSON list
    Column("declared", Text, nullable=False),  # JSON object
    Column("work", Text, nullable=False),
    Column("reading_version", Text, nullable=False),
    Column("recipe_version", Text, nullable=False),  # "" where a failure left it unfinished
    Column("added_at", Text, nullable=False),  # UTC, ISO 8601, first time only
    Column("updated_at", Text, nullable=False),
    # JSON lists: [start, end, level] of each heading; the source of each member.
    Column("headings", Text, nullable=False, server_default="[]"),
    Column("members", Text, nullable=False, server_default="[]"),
    # JSON object: [start, end] in the text, or what else says it, by the fact's name.
    Column("origins", Text, nullable=False, server_default="{}"),
    # Generation of the search index that holds this very state; "" until it does, and with
    # `AMENDED` before it where it holds all but the latest tags or work.
    Column("indexed_in", Text, nullable=False, server_default=""),
    # Generation of an index under construction that holds this very state; "" until it does.
    Column("built_in", Text, nullable=False, server_default=""),
    Index("documents_by_date", "date"),
    Index("documents_by_work", "work"),
)

# What is counted of documents: SQLite reads a column behind the text through the whole text.
Index(
    "documents_facts",
    *(
        documents.c[name]
        for name in (
            "digest", "path", "date", "added_at", "kind", "institution", "languages", "work",
            "recipe_version", "indexed_in", "built_in",
        )
    ),
)  # fmt: skip


def amended_in_index() -> dict[str, Any]:
    """Return what is noted when a document's tags or work change, not its passages, by column."""
    held = documents.c.indexed_in
    keeps = (held == "") | held.startswith(AMENDED)
    return {"indexed_in": case((keeps, held), else_=AMENDED + held), "built_in": ""}


pages = Table(
    "pages",
    metadata,
    _of_document(),
    Column("number", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("language", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("layout", Text, nullable=False),  # JSON object
)

passages = Table(
    "passages",
    metadata,
    _of_document(),
    Column("rank", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("language", Text, nullable=False),
    Column("heading_path", Text, nullable=False),  # JSON list
)

references = Table(
    "document_references",
    metadata,
    _of_document(),
    Column("rank", Integer, primary_key=True),
    Column("scheme", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("own", Integer, nullable=False),
    Index("references_by_value", "value"),
)

tags = Table(
    "tags",
    metadata,
    _of_document(),
    Column("concept", Text, primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("origin", Text, nullable=False),
    Column("grade", Text, nullable=False),
    Index("tags_by_concept", "concept"),
)

evidence = Table(
    "evidence",
    metadata,
    _of_document(),
    Column("concept", Text, primary_key=True),
    Column("rank", Integer, primary_key=True),
    # The quote is the slice of the text from start to end, so it cannot differ from it.
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("match", Text, nullable=False),
    Column("weight", Float, nullable=False),
)

# What is compared of a document to find its versions and drafts.
fingerprints = Table(
    "fingerprints",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "digest", Text, ForeignKey("documents.digest", ondelete="CASCADE"), nullable=False,
        unique=True,
    ),
    Column("named", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("figures", Text, nullable=False),  # JSON list
    Column("length", Integer, nullable=False),
    Column("numbers", LargeBinary, nullable=False),
    Column("words", LargeBinary, nullable=False),
    Column("compared", Integer, nullable=False),  # 0 until links and work are those of this state
    Index("fingerprints_to_compare", "compared", sqlite_where=text("compared = 0")),
)  # fmt: skip

# The smallest hashes of both sketches, by which documents that may be alike are looked up.
fingerprint_hashes = Table(
    "fingerprint_hashes",
    metadata,
    Column("hash", Integer, primary_key=True),
    Column(
        "fingerprint", Integer, ForeignKey("fingerprints.id", ondelete="CASCADE"),
        primary_key=True, index=True,
    ),
    sqlite_with_rowid=False,
)  # fmt: skip

links = Table(
    "links",
    metadata,
    _of_document(),
    Column(
        "other", Text, ForeignKey("documents.digest", ondelete="CASCADE"), primary_key=True,
        index=True,
    ),
    Column("relation", Text, nullable=False),  # of the first to the other
    Column("similarity", Float, nullable=False),
)  # fmt: skip

paths = Table(
    "paths",
    metadata,
    Column("path", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Index("paths_by_digest", "digest"),
)

failures = Table(
    "failures",
    metadata,
    Column("path", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("recipe", Text, nullable=False),
    Column("first_at", Text, nullable=False),
    Column("last_at", Text, nullable=False),
)

# What people decided about tags: only ever added to, and no part of a document, which may go and
# come back.
reviews = Table(
    "reviews",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("document", Text, nullable=False),  # its digest
    Column("work", Text, nullable=False),
    Column("concept", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),  # UTC, ISO 8601
    Column("note", Text, nullable=False),
    Column("recipe", Text, nullable=False),  # version that gave what the person saw
    Column("score", Float),  # NULL where the machine had not suggested it
    Column("grade", Text, nullable=False),
    Column("undoes", Integer, nullable=False),  # number of the decision taken back, or 0
    Index("reviews_by_document", "document"),
    sqlite_autoincrement=True,
)

# What the machine suggests for documents about which people decided; their tags are what both make.
suggestions = Table(
    "suggestions",
    metadata,
    _of_document(),
    Column("tags", Text, nullable=False),  # JSON list
)

# Who may read each document; what makes it so is in the rules and the decisions.
audiences = Table(
    "audiences",
    metadata,
    _of_document(),
    Column("audience", Text, nullable=False),
)

# What people said of who may read documents: only ever added to, as reviews are.
audience_decisions = Table(
    "audience_decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("document", Text, nullable=False),  # its digest
    Column("audience", Text, nullable=False),  # "" takes back what was said before
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),  # UTC, ISO 8601
    Column("note", Text, nullable=False),
    sqlite_autoincrement=True,
)

# The rules by which the audiences were computed, one row: JSON object.
audience_rules = Table("audience_rules", metadata, Column("rules", Text, primary_key=True))

# Searches that somebody wants to hear of again, and what each of them has shown.
saved_searches = Table(
    "saved_searches",
    metadata,
    Column("name", Text, primary_key=True),
    Column("line", Text, nullable=False),  # as it was typed
    Column("filters", Text, nullable=False),  # JSON object of those that are set
    Column("saved_at", Text, nullable=False),  # UTC, ISO 8601
    Column("looked_at", Text, nullable=False),
)

seen = Table(
    "seen",
    metadata,
    Column("search", Text, ForeignKey("saved_searches.name", ondelete="CASCADE"), primary_key=True),
    Column("id", Text, primary_key=True),  # of a work or a document, whether it is there or not
    sqlite_with_rowid=False,
)

# Reports that were written, and what each listed.
reports = Table(
    "reports",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("group_id", Text, nullable=False),
    Column("made_at", Text, nullable=False),  # UTC, ISO 8601
    Column("since", Text, nullable=False),
    Column("until", Text, nullable=False),
    # Whom it was for; before there were audiences, everything was for all members.
    Column("audience", Text, nullable=False, server_default="members"),
    Index("reports_by_group", "group_id", "made_at"),
)

reported = Table(
    "reported",
    metadata,
    Column("report", Integer, ForeignKey("reports.number", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("grade", Text, nullable=False),
    Column("decided", Text, nullable=False),
    Column("documents", Text, nullable=False),  # JSON list of digests
)

# What documents announce for which day: can always be made again from their text.
key_dates = Table(
    "key_dates",
    metadata,
    _of_document(),
    Column("rank", Integer, primary_key=True),
    Column("day", Text, nullable=False),  # ISO 8601
    Column("kind", Text, nullable=False),
    Column("start", Integer, nullable=False),  # of the sentence
    Column("end", Integer, nullable=False),
    Column("date_start", Integer, nullable=False),
    Column("date_end", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Index("key_dates_by_day", "day"),
)

# Documents whose key dates are those of their text as it is, and what found them.
key_dates_found = Table(
    "key_dates_found",
    metadata,
    _of_document(),
    Column("version", Text, nullable=False),
)

# Messages to subscribers, the last of each whole, so that what was begun is finished as it was.
digests = Table(
    "digests",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("subscriber", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("recipients", Text, nullable=False),  # JSON list of addresses
    Column("subject", Text, nullable=False),
    Column("works", Integer, nullable=False),
    Column("documents", Text, nullable=False),  # JSON list of the digests of what it tells of
    Column("message", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("made_at", Text, nullable=False),  # UTC, ISO 8601
    Column("changed_at", Text, nullable=False),
    Column("problem", Text, nullable=False),  # why it was not sent the last time, or ""
    Index("digests_by_period", "subscriber", "period", unique=True),
    sqlite_autoincrement=True,
)

# What each subscriber has been told of.
announced = Table(
    "announced",
    metadata,
    Column("subscriber", Text, primary_key=True),
    Column("id", Text, primary_key=True),  # of a work or a document, whether it is there or not
    Column(
        "digest", Integer, ForeignKey("digests.number", ondelete="CASCADE"), nullable=False,
        index=True,
    ),
    sqlite_with_rowid=False,
)  # fmt: skip

# Since when each subscriber follows what; what came in before that day is no news to them.
followed = Table(
    "followed",
    metadata,
    Column("subscriber", Text, primary_key=True),
    Column("interest", Text, primary_key=True),
    Column("since", Text, nullable=False),  # ISO date
    sqlite_with_rowid=False,
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", Text, nullable=False),
    Column("ended_at", Text, nullable=False),
    Column("recipe", Text, nullable=False),
    Column("found", Integer, nullable=False),
    Column("ingested", Integer, nullable=False),
    Column("skipped", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
)


def _create(connection: Connection) -> None:
    metadata.create_all(connection)


def _add_outline(connection: Connection) -> None:
    _add_columns(connection, "documents", {"headings": "[]", "members": "[]"})


def _add_columns(connection: Connection, table: str, columns: Mapping[str, str]) -> None:
    """Add columns of text with their default; one that a new catalogue has already is left."""
    there = {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")}
    for name, default in columns.items():
        if name not in there:
            connection.exec_driver_sql(
                f"ALTER TABLE {table} ADD COLUMN {name} TEXT NOT NULL DEFAULT '{default}'"
            )


def _add_works(connection: Connection) -> None:
    _add_columns(connection, "documents", {"origins": "{}"})
    metadata.create_all(connection)


def _add_reviews(connection: Connection) -> None:
    metadata.create_all(connection)


def _add_searches(connection: Connection) -> None:
    metadata.create_all(connection)


def _add_builds(connection: Connection) -> None:
    _add_columns(connection, "documents", {"built_in": ""})


def _add_facts(connection: Connection) -> None:
    for index in documents.indexes:
        if index.name == "documents_facts":
            index.create(connection, checkfirst=True)


def _add_reports(connection: Connection) -> None:
    metadata.create_all(connection)


def _add_key_dates(connection: Connection) -> None:
    metadata.create_all(connection)


def _add_audiences(connection: Connection) -> None:
    metadata.create_all(connection)
    _add_columns(connection, "reports", {"audience": "members"})


def _add_digests(connection: Connection) -> None:
    metadata.create_all(connection)


# Step n brings a catalogue of version n to version n + 1; PRAGMA user_version says where one is.
# A step that is released is never changed: add another one.
MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    _create,
    _add_outline,
    _add_works,
    _add_reviews,
    _add_searches,
    _add_builds,
    _add_facts,
    _add_reports,
    _add_key_dates,
    _add_audiences,
    _add_digests,
)
VERSION = len(MIGRATIONS)
