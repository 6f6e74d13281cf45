"""Topics: what the vocabulary misses, in the stored documents."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.config.workspace import Workspace
from pipeline.core.document import Document
from pipeline.core.errors import CatalogueError
from pipeline.core.tags import Grade
from pipeline.tagging.topics import SMALLEST, Paper, Phrase, Topic, missing_terms, paper_of
from pipeline.tagging.topics import topics as grouped
from pipeline.workflows import assemble
from pipeline.workflows.reviewing import policy_files


def topics(
    workspace: Workspace, *, language: str = "", since: str = "", smallest: int = SMALLEST
) -> list[Topic]:
    """Return groups of stored documents that have no policy file as their main subject.

    Args:
        language: Of the documents; all where "".
        since: ISO date; older documents do not count, and those without a date.

    Raises:
        ConfigError: If the vocabulary is wrong.
        CatalogueError: If nothing is stored, or the catalogue cannot be used.
    """
    files = {file.id for file in assemble.vocabulary_of(workspace).files}
    tagged: list[Paper] = []
    untagged: list[Paper] = []
    for document in _stored(workspace, language):
        mains = {tag.concept for tag in document.tags if tag.grade is Grade.MAIN}
        if mains & files:
            tagged.append(paper_of(document))
        elif document.date >= since:
            untagged.append(paper_of(document))
    return grouped(untagged, tagged, smallest=smallest)


def phrases(workspace: Workspace, name: str, *, language: str = "") -> list[Phrase]:
    """Return what a policy file's documents say that its vocabulary lacks.

    Args:
        name: Id or name of the policy file.

    Raises:
        ConfigError: If the vocabulary is wrong or has no such file.
        CatalogueError: If nothing is stored, or the catalogue cannot be used.
    """
    vocabulary = assemble.vocabulary_of(workspace)
    file = policy_files(vocabulary, [name])[name]
    inside: list[Paper] = []
    outside: list[Paper] = []
    for document in _stored(workspace, language):
        mains = {tag.concept for tag in document.tags if tag.grade is Grade.MAIN}
        (inside if file in mains else outside).append(paper_of(document))
    return missing_terms(inside, outside, vocabulary, file)


def _stored(workspace: Workspace, language: str) -> Iterator[Document]:
    if not workspace.catalogue.exists():
        raise CatalogueError(
            "is not there", where=str(workspace.catalogue), remedy="ingest documents first"
        )
    with assemble.catalogue_of(workspace) as catalogue:
        for document in catalogue.documents(catalogue.every_id()):
            if not language or document.language == language:
                yield document
