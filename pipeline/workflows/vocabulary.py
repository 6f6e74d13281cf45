"""Care of the vocabulary: what to look at in it, and its exchange with other tools as SKOS."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline.config.workspace import Workspace
from pipeline.core.concepts import Concept, Role, Vocabulary
from pipeline.core.document import Document
from pipeline.core.errors import ConfigError, WriteError
from pipeline.core.files import write_whole
from pipeline.workflows import assemble

if TYPE_CHECKING:
    from rdflib import Graph

    from pipeline.tagging.vocabulary_check import Finding

# By the ending of a file; rdflib's names of the formats.
FORMATS = {
    ".ttl": "turtle", ".rdf": "xml", ".xml": "xml", ".nt": "nt", ".jsonld": "json-ld",
    ".n3": "n3",
}  # fmt: skip
INSTALL = "install it: pip install 'fourp[skos]'"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Attributes:
        findings: By kind, language and concept.
        terms: Their number by language and role.
        documents: Stored documents in which the terms were counted.
    """

    findings: list[Finding]
    terms: dict[str, dict[Role, int]]
    documents: int


@dataclass(frozen=True, slots=True)
class Change:
    """What an import does to a concept.

    Attributes:
        new: Whether the vocabulary did not have it.
        gained, lost: Terms, as "language: words".
    """

    concept: str
    new: bool
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do.

    Attributes:
        unchanged: Concepts of the file that are the same already.
        written: The files that changed; none for a dry run.
    """

    changes: list[Change]
    unchanged: int
    written: list[Path]


def check(
    workspace: Workspace,
    *,
    usage: bool = True,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Checked:
    """Look through the vocabulary, and count its terms in the stored documents.

    Args:
        usage: Whether terms are counted; that takes a second for 50 documents of 25 pages.
        on_progress: Called with the documents done and their total.

    Raises:
        ConfigError: If the vocabulary is wrong.
        CatalogueError: If the catalogue cannot be used.
    """
    from pipeline.tagging.vocabulary_check import (
        check_usage,
        check_vocabulary,
        count_usage,
        coverage,
    )

    vocabulary = assemble.vocabulary_of(workspace)
    findings = check_vocabulary(vocabulary)
    documents = 0
    if usage and workspace.catalogue.exists():
        with assemble.catalogue_of(workspace) as catalogue:
            ids = catalogue.every_id()
            documents = len(ids)

            def counted() -> Iterator[Document]:
                for done, document in enumerate(catalogue.documents(ids), 1):
                    yield document
                    on_progress(done, documents)

            findings += check_usage(vocabulary, count_usage(vocabulary, counted()))
    return Checked(findings, coverage(vocabulary), documents)


def export(workspace: Workspace, file: Path) -> Vocabulary:
    """Write the vocabulary as SKOS, in the format of the file's ending, and return it.

    Raises:
        ConfigError: If the vocabulary is wrong, the ending names no format or rdflib is missing.
        WriteError: If the file cannot be written.
    """
    form = _format(file)
    vocabulary = assemble.vocabulary_of(workspace)
    from pipeline.tagging.skos import to_graph

    text = to_graph(vocabulary).serialize(format=form)
    write_whole(file, text.encode("utf-8"))
    return vocabulary


def import_file(workspace: Workspace, file: Path, *, dry_run: bool = False) -> Imported:
    """Take concepts of a SKOS file into the vocabulary.

    A concept of fourp's own replaces the one of its id, or is new. From a file of EuroVoc each
    concept gains the labels of the EuroVoc concepts that it covers, as terms of its field.
    Concepts that the file does not have stay as they are.

    Raises:
        ConfigError: If file or vocabulary are wrong, or rdflib is missing.
        WriteError: If the vocabulary cannot be written.
    """
    from pipeline.tagging.vocabulary_writing import write_vocabulary

    graph = _graph(file)
    from pipeline.tagging.skos import from_graph, with_eurovoc

    vocabulary = assemble.vocabulary_of(workspace)
    before = {concept.id: concept for concept in vocabulary}
    try:
        found = from_graph(graph) or with_eurovoc(vocabulary, graph)
    except ValueError as error:
        raise _wrong(file, str(error)) from error
    taken = {concept.id: concept for concept in found}
    if not taken:
        raise _wrong(file, "has no concept of the vocabulary, nor of EuroVoc that adds to one")
    after = before | taken
    _check(file, after.values())
    changes = [
        change for id_, concept in taken.items() if (change := _change(before.get(id_), concept))
    ]
    written: list[Path] = []
    if changes and not dry_run:
        path = workspace.model(assemble.VOCABULARY)
        try:
            written = write_vocabulary(path, after.values())
        except OSError as error:
            raise WriteError(
                str(error.strerror), where=str(path.parent), remedy="allow writing there"
            ) from error
    return Imported(changes, len(taken) - len(changes), written)


def _check(file: Path, concepts: Iterable[Concept]) -> None:
    """Refuse concepts that would be refused when the vocabulary is read the next time."""
    from pipeline.tagging.vocabulary_file import load_vocabulary
    from pipeline.tagging.vocabulary_writing import write_vocabulary

    with TemporaryDirectory() as folder:
        draft = Path(folder) / assemble.VOCABULARY
        write_vocabulary(draft, concepts)
        try:
            load_vocabulary(draft)
        except ConfigError as error:
            remedy = "correct them in the tool it came from"
            raise ConfigError(error.problems, where=str(file), remedy=remedy) from error


def _change(before: Concept | None, after: Concept) -> Change | None:
    if before is not None and _told(before) == _told(after):
        return None
    had = _term_lines(before) if before else set()
    has = _term_lines(after)
    gained, lost = tuple(sorted(has - had)), tuple(sorted(had - has))
    return Change(after.id, before is None, gained, lost)


def _told(concept: Concept) -> tuple[object, ...]:
    """Return all that a concept says, without the order in which it says it."""
    terms = {code: frozenset(terms) for code, terms in concept.terms.items() if terms}
    exclusions = {code: frozenset(own) for code, own in concept.exclusions.items() if own}
    sets = frozenset(concept.references), frozenset(concept.eurovoc)
    texts = concept.broader, concept.valid_from, concept.valid_until, concept.replaced_by
    return dict(concept.labels), dict(concept.short), terms, exclusions, sets, texts


def _term_lines(concept: Concept) -> set[str]:
    return {f"{code}: {term.text}" for code, terms in concept.terms.items() for term in terms}


def _graph(file: Path) -> Graph:
    form = _format(file)
    from rdflib import Graph

    try:
        return Graph().parse(data=file.read_bytes(), format=form)
    except OSError as error:
        raise _wrong(file, f"cannot be read: {error.strerror}") from error
    except Exception as error:  # each of rdflib's parsers has errors of its own
        raise _wrong(file, f"is no {form}: {error}".splitlines()[0][:200]) from error


def _format(file: Path) -> str:
    try:
        import rdflib  # noqa: F401
    except ImportError as error:
        raise ConfigError(["SKOS needs rdflib"], where="fourp", remedy=INSTALL) from error
    if file.suffix.lower() not in FORMATS:
        raise _wrong(file, f"must end in {', '.join(FORMATS)}")
    return FORMATS[file.suffix.lower()]


def _wrong(file: Path, what: str) -> ConfigError:
    return ConfigError([what], where=str(file), remedy="name a SKOS file: fourp vocabulary -h")
