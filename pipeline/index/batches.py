"""Batches: what every index does alike when documents are put into it."""

from __future__ import annotations

from collections.abc import Container, Iterable

from pipeline.core.document import Document
from pipeline.core.ports import SearchIndex


def add_all(index: SearchIndex, documents: Iterable[Document]) -> int:
    """Put each document once, the last of an id, in one batch; return how many there were."""
    by_id = {document.id: document for document in documents}
    if by_id:
        with index.batch() as batch:
            for document in by_id.values():
                batch.put(document)
    return len(by_id)


def refuse_twice(document: str, *taken: Container[str]) -> None:
    """Raise a ValueError if a document is in a batch already."""
    if any(document in ids for ids in taken):
        raise ValueError(f"{document} is in this batch already")


def not_held(document: str) -> ValueError:
    """Return the error of a document that the index should hold and does not."""
    return ValueError(f"{document} is not in the index")
