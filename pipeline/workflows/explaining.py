"""Explaining: why a document has a policy file as its tag, or has not, and who decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.core.document import Document
from pipeline.core.reviews import Review
from pipeline.core.tags import Tag
from pipeline.workflows import assemble, library
from pipeline.workflows.reviewing import policy_files, suggestion

if TYPE_CHECKING:
    from pipeline.config.workspace import Workspace
    from pipeline.core.concepts import Concept
    from pipeline.tagging.explanation import Explanation


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a policy file is or is not a tag of a document.

    Attributes:
        machine: What the tagger says of it now.
        stored: What the catalogue holds; nothing where it is neither tag nor candidate.
        reviews: All that people decided about it, oldest first.
    """

    document: Document
    concept: Concept
    machine: Explanation
    stored: Tag | None
    reviews: tuple[Review, ...]


def explain(workspace: Workspace, name: str, file: str) -> Explained:
    """Return why the document of that name is or is not about a policy file.

    Args:
        file: Its id or label.

    Raises:
        DocumentError: If there is no such document, or several.
        ConfigError: If there is no such policy file.
        CatalogueError: If the catalogue cannot be used.
    """
    from pipeline.tagging.explanation import explain as explained

    vocabulary = assemble.vocabulary_of(workspace)
    id_ = policy_files(vocabulary, [file])[file]
    [concept] = [one for one in vocabulary.files if one.id == id_]
    document = library.document(workspace, name)
    with assemble.catalogue_of(workspace) as catalogue:
        history = catalogue.reviews.of([document.id]).get(document.id, ())
    return Explained(
        document=document,
        concept=concept,
        machine=explained(assemble.tagger_of(workspace, vocabulary), vocabulary, document, concept),
        stored=suggestion(document, id_),
        reviews=tuple(review for review in history if review.concept == id_),
    )
