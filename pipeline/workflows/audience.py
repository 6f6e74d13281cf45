"""Audience: people say who may read a document, and see why it is as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.config.workspace import Workspace
from pipeline.core.audience import Audience, AudienceDecision, Standing
from pipeline.core.document import Document
from pipeline.workflows import assemble
from pipeline.workflows.indexing import index_documents


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of the audience of one document.

    Attributes:
        before, after: The same where nothing changed.
        inside: How many documents inside it have another audience now.
    """

    document: Document
    before: Standing
    after: Standing
    inside: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of some documents.

    Attributes:
        indexed: Whether the search index knows; if not, the next ingest tells it.
    """

    changed: tuple[Changed, ...]
    indexed: bool


def set_audience(
    workspace: Workspace,
    documents: Sequence[Document],
    audience: Audience | None,
    *,
    by: str,
    note: str = "",
) -> Outcome:
    """Keep who may read documents, and what lies inside them, whatever the rules say.

    Args:
        audience: Nothing takes back what was said before.
        by: Who says so.

    Raises:
        CatalogueError: If the catalogue cannot be used.
    """
    ids = list(dict.fromkeys(document.id for document in documents))
    with assemble.catalogue_of(workspace) as catalogue:
        before = catalogue.audiences.standing(ids)
        changed = {
            id_: catalogue.audiences.decide([AudienceDecision(id_, audience, by, note)])
            for id_ in ids
        }
        after = catalogue.audiences.standing(ids)
    touched = sorted({id_ for some in changed.values() for id_ in some})
    indexed = index_documents(workspace, touched) if touched else True
    return Outcome(
        tuple(
            Changed(
                document,
                before[document.id],
                after[document.id],
                inside=sum(id_ != document.id for id_ in changed[document.id]),
            )
            for document in documents
        ),
        indexed,
    )


def audience_of(workspace: Workspace, document: Document) -> Standing:
    """Return who may read a document of the library, and what says so.

    Raises:
        CatalogueError: If the catalogue cannot be used.
    """
    with assemble.catalogue_of(workspace) as catalogue:
        return catalogue.audiences.standing([document.id])[document.id]
