"""Reviewing: people decide about tags, take decisions back, and what they said can be used."""

from __future__ import annotations

import difflib
import getpass
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.config.workspace import Workspace
from pipeline.core.document import Document
from pipeline.core.errors import ConfigError, DocumentError
from pipeline.core.reviews import Decision, Review, in_force, standing
from pipeline.core.tags import Tag
from pipeline.core.text import fold
from pipeline.workflows import assemble
from pipeline.workflows.indexing import index_documents

if TYPE_CHECKING:
    from pipeline.catalogue.links import Linked
    from pipeline.catalogue.store import Catalogue
    from pipeline.core.concepts import Vocabulary

USER_VARIABLE = "FOURP_USER"
VERSIONS = ("version", "language version", "earlier draft", "later version")


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of decisions about one document.

    Attributes:
        document: As it is stored now.
        kept: The decisions that are new; one that says what holds already is not kept again.
        versions: Language versions and drafts, about which nothing was decided by this.
        indexed: Whether the search index knows; if not, the next ingest tells it.
    """

    document: Document
    kept: tuple[Review, ...]
    versions: tuple[Linked, ...]
    indexed: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document and what people, and nobody else, said of it.

    A policy file that is in none of the three was not decided about: it is neither right nor wrong.

    Attributes:
        main, also, rejected: Ids of policy files, sorted.
    """

    document: Document
    main: tuple[str, ...]
    also: tuple[str, ...]
    rejected: tuple[str, ...]


def reviewer(workspace: Workspace, by: str | None = None) -> str:
    """Return the name that decisions are kept under.

    In this order: ``by``, FOURP_USER, the settings' reviewer, who is logged in.

    Raises:
        ConfigError: If none of them says.
    """
    named = by or os.environ.get(USER_VARIABLE) or workspace.settings.reviewer or _logged_in()
    if named.strip():
        return named.strip()
    raise ConfigError(
        ["nobody's name is known, and a decision has somebody who made it"],
        where="the name of who decides",
        remedy=f'give it with --by NAME, {USER_VARIABLE}, or [review] reviewer = "NAME" in '
        "fourp.toml",
    )


def policy_files(vocabulary: Vocabulary, names: Iterable[str]) -> dict[str, str]:
    """Return the ids of policy files by the names that people gave them: ids or labels.

    Raises:
        ConfigError: If any is unknown or a pillar; all of them are listed.
    """
    found, problems = {}, []
    for name in names:
        id_ = policy_file(vocabulary, name)
        if id_:
            found[name] = id_
        else:
            problems.append(unknown_file(vocabulary, name))
    if problems:
        raise ConfigError(
            problems, where="the list of policy files", remedy="write ids such as circular-economy"
        )
    return found


def policy_file(vocabulary: Vocabulary, name: str) -> str:
    """Return the id of the policy file of that id or label, "" where there is none."""
    wanted = fold(name.strip())
    for file in vocabulary.files:
        if wanted in {fold(file.id), *map(fold, (*file.labels.values(), *file.short.values()))}:
            return file.id
    return ""


def unknown_file(vocabulary: Vocabulary, name: str) -> str:
    """Return what is wrong with a name that is no policy file's, and what may have been meant."""
    if any(fold(name) == fold(pillar.id) for pillar in vocabulary.pillars):
        some = ", ".join(file.id for file in vocabulary.files_of(fold(name)))
        return f"{name} is a pillar, which follows from its files ({some})"
    known = {fold(n): f.id for f in vocabulary.files for n in (f.id, *f.short.values())}
    near = difflib.get_close_matches(fold(name), list(known), n=3, cutoff=0.6)
    meant = " or ".join(dict.fromkeys(known[one] for one in near))
    return f"there is no policy file {name!r}" + (f" (did you mean {meant}?)" if meant else "")


def decide(
    workspace: Workspace,
    document: Document,
    decisions: Mapping[str, Decision],
    *,
    by: str,
    note: str = "",
) -> Decided:
    """Keep a person's decisions about the policy files of a document, and put them into force.

    Args:
        decisions: By id of the policy file.

    Raises:
        CatalogueError: If the catalogue cannot be used.
    """
    asked = [Review(document.id, file, one, by, note) for file, one in decisions.items()]
    with assemble.catalogue_of(workspace) as catalogue:
        kept = catalogue.reviews.add(new_ones(catalogue, asked))
    return _outcome(workspace, document, kept)


def undo(workspace: Workspace, document: Document, *, by: str, note: str = "") -> Decided:
    """Take back the last decision about a document; ``kept`` holds what was taken back.

    Raises:
        DocumentError: If there is none.
        CatalogueError: If the catalogue cannot be used.
    """
    with assemble.catalogue_of(workspace) as catalogue:
        history = in_force(catalogue.reviews.of([document.id]).get(document.id, ()))
        if not history:
            raise DocumentError(
                "has no decision that could be taken back",
                where=document.source.path,
                remedy=f"`fourp tag {document.id[:12]} +file` makes one",
            )
        taken = catalogue.reviews.withdraw(history[-1].number, by=by, note=note)
    return _outcome(workspace, document, [taken] if taken else [])


def new_ones(catalogue: Catalogue, asked: Sequence[Review]) -> list[Review]:
    """Return the decisions that say something that the same person has not said already."""
    held = standing(
        review
        for reviews in catalogue.reviews.of(review.document for review in asked).values()
        for review in reviews
    )
    return [r for r in asked if not _says(held.get((r.document, r.concept)), r)]


def suggestion(document: Document, concept: str) -> Tag | None:
    """Return what is stored of a concept in a document, as a tag or a candidate."""
    everything = (*document.tags, *document.candidates)
    return next((tag for tag in everything if tag.concept == concept), None)


def decisions_about(workspace: Workspace, document: Document) -> dict[str, Review]:
    """Return the decisions that hold for a document, by policy file.

    Raises:
        CatalogueError: If the catalogue cannot be used.
    """
    with assemble.catalogue_of(workspace) as catalogue:
        reviews = catalogue.reviews.of([document.id]).get(document.id, ())
    return {review.concept: review for review in standing(reviews).values()}


def reviewed_labels(workspace: Workspace) -> Iterator[Labelled]:
    """Yield every document about which people decided, by id, with what they said.

    Raises:
        CatalogueError: If the catalogue cannot be used.
    """
    with assemble.catalogue_of(workspace) as catalogue:
        by_document: dict[str, list[Review]] = {}
        for review in catalogue.reviews.standing().values():
            by_document.setdefault(review.document, []).append(review)
        for document in catalogue.documents(sorted(by_document)):
            reviews = by_document[document.id]
            yield Labelled(
                document,
                *(
                    tuple(sorted(r.concept for r in reviews if r.decision is decision))
                    for decision in (Decision.MAIN, Decision.ALSO, Decision.REJECTED)
                ),
            )


def _says(held: Review | None, review: Review) -> bool:
    return held is not None and (held.decision, held.by, held.note) == (
        review.decision,
        review.by,
        review.note,
    )


def _outcome(workspace: Workspace, document: Document, kept: Sequence[Review]) -> Decided:
    indexed = index_documents(workspace, [document.id]) if kept else True
    with assemble.catalogue_of(workspace) as catalogue:
        [now] = catalogue.documents([document.id])
        linked = [one for one in catalogue.links.of(document.id) if one.relation in VERSIONS]
    return Decided(now, tuple(kept), tuple(linked), indexed)


def _logged_in() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user may have no name
        return ""
