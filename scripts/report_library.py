"""A library of any size to make reports of: real texts, each tag proved by sentences of them.

    python -m scripts.report_library FOLDER COUNT DATA

Texts, dates and policy files are those of scripts/search_library.py, from DATA. Each tag has the
first sentences of six passages to prove it.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from itertools import islice
from pathlib import Path

from pipeline.config.workspace import make_workspace, open_workspace
from pipeline.core.document import Document, Passage
from pipeline.core.spans import Span
from pipeline.core.tags import Evidence, Grade, Origin, Reason, Tag
from pipeline.core.text import sentence_around
from pipeline.workflows import assemble
from scripts.search_collections import Record
from scripts.search_library import Made, read, write
from scripts.search_rankers import document_of

PROOFS = 6  # sentences for each tag
STORED_AT_ONCE = 200


def make(library: Path, count: int, data: Path) -> None:
    """Make a workspace whose catalogue has ``count`` documents.

    Args:
        library: A folder that is not there yet.
        count: How many.
        data: Folder with ``eurlex`` and ``eurlex-works.jsonl``.
    """
    make_workspace(library)
    workspace = open_workspace(library)
    pillars = {file.id: file.broader for file in assemble.vocabulary_of(workspace).files}
    with tempfile.TemporaryDirectory() as scratch:
        lines = Path(scratch, "library.jsonl")
        texts, works = data / "eurlex", data / "eurlex-works.jsonl"
        write(lines, count, texts=texts, works=works, pillars=pillars)
        made = map(_document, read(lines))
        with assemble.catalogue_of(workspace) as catalogue:
            while batch := list(islice(made, STORED_AT_ONCE)):
                catalogue.store(batch, reading_version="r", recipe_version="v")


def _document(made: Made) -> Document:
    """Return a document as fourp's pipeline would, with sentences of it to prove its tags."""
    document = document_of(Record(made.id, made.title, made.text, made.language))
    proofs = [_proof(document, passage) for passage in document.passages[:PROOFS]]
    tags = tuple(
        Tag(concept, 0.9, Origin.RULE, Grade.MAIN, tuple(proofs))
        for concept in (*made.files, *made.pillars)
        if proofs
    )
    return replace(document, date=made.date, kind=made.kind, tags=tags)


def _proof(document: Document, passage: Passage) -> Evidence:
    first = Span(passage.span.start, passage.span.start + 1)
    span = sentence_around(document.text, first, within=passage.span)
    quote = span.of(document.text)
    return Evidence(span, passage.page, quote, Reason.TERM, quote.split()[0], 1.0)


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
