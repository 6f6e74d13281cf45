"""A folder of hostile files: each costs itself at most, and each is accounted for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.catalogue.store import Catalogue
from pipeline.config.workspace import Workspace
from pipeline.core.document import Document
from pipeline.core.failures import Failure
from pipeline.core.query import Query, Word
from pipeline.execution.processes import ProcessExecutor
from pipeline.workflows import library as lookups
from pipeline.workflows.ingest import Progress, ingest
from tests import libraries
from tests.cli.conftest import Fourp
from tests.cli.conftest import fourp as fourp  # a fixture
from tests.faults import hostile

READ = {
    "good", "many pages", "huge", "form in itself", "script", "pdf named as text",
    "text named as pdf", "line end in its name", "escape sequence in its name", "long name",
}  # fmt: skip
TOLD = {
    "encrypted": "is encrypted",
    "cut": r"is cut short: 6 of 9 pages could be read and are kept",
    "no pages": "has no pages|is damaged and cannot be opened",
    "waiting form": "is a form of the XFA kind",
    "picture named as pdf": "is damaged and cannot be opened as an image",
    "empty": "is empty",
    "empty text": "is empty",
    "pipe": "is a pipe, not a file",
    "socket": "is a socket, not a file",
    "device": "is a device, not a file",
    "link to nothing": "is a link to nothing",
    "link to itself": "is a link that leads in a circle",
    "not UTF-8": "has a name that is not UTF-8",
}
# What becomes of these depends on the PDF library and the limits; that they end is what counts.
EITHER = {
    "deflate bomb", "twice deflated bomb", "operators bomb", "forms bomb", "page tree loop",
    "deep page tree", "deep arrays",
}  # fmt: skip


@dataclass(frozen=True)
class Library:
    """What became of the folder."""

    workspace: Workspace
    folder: Path
    paths: dict[str, Path]
    summary: Progress
    documents: dict[str, Document]
    ledger: dict[str, Failure]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = tmp_path_factory.mktemp("hostile")
    workspace = libraries.library(root / "library")
    paths = hostile.make_all(root / "inbox")
    # Limits that a good file of the folder keeps by far, and that bombs reach soon.
    executor = ProcessExecutor(jobs=2, deadline=20, memory=700)
    summary = ingest(workspace, [root / "inbox"], executor=executor)
    with Catalogue.open(workspace.catalogue) as catalogue:
        documents = {d.source.path: d for d in catalogue.documents(catalogue.every_id())}
        ledger = {f.source.path: f for f in catalogue.failures()}
    return Library(workspace, root / "inbox", paths, summary, documents, ledger)


def _failure(library: Library, kind: str) -> Failure:
    path = str(library.paths[kind])
    if kind == "not UTF-8":
        path = str(library.folder / "caf\\xe9.txt")
    return library.ledger[path]


def test_every_kind_is_asked_about() -> None:
    assert READ | TOLD.keys() | EITHER | {"link to its folder"} >= hostile.KINDS.keys()


def test_every_file_is_accounted_for(library: Library) -> None:
    assert library.summary.done == library.summary.found == len(library.paths) - 1
    assert library.summary.links == 1  # the link to a folder, which is told and not followed
    known = library.documents.keys() | library.ledger.keys()
    assert len(known) == library.summary.found


@pytest.mark.parametrize("kind", sorted(READ))
def test_what_only_looks_bad_is_read(library: Library, kind: str) -> None:
    assert str(library.paths[kind]) in library.documents
    assert str(library.paths[kind]) not in library.ledger


@pytest.mark.parametrize("kind", sorted(TOLD.keys() & hostile.KINDS.keys()))
def test_what_is_bad_is_told_with_a_remedy(library: Library, kind: str) -> None:
    failure = _failure(library, kind)
    assert re.match(TOLD[kind], failure.reason)
    assert failure.remedy


@pytest.mark.parametrize("kind", sorted(EITHER))
def test_what_never_ends_or_fills_the_memory_ends_and_costs_one_file(
    library: Library, kind: str
) -> None:
    path = str(library.paths[kind])
    assert path in library.documents or path in library.ledger


def test_the_pages_of_a_cut_file_are_found_with_their_tags(library: Library) -> None:
    path = str(library.paths["cut"])
    hits = lookups.search(library.workspace, Query(Word("sewage"))).hits
    assert [hit.path for hit in hits] == [path]
    assert {tag.concept for tag in library.documents[path].tags} == {"water", "planet"}


def test_all_of_five_thousand_pages_are_there(library: Library) -> None:
    document = library.documents[str(library.paths["many pages"])]
    assert len(document.pages) == 5000
    assert document.quote(document.pages[-1].span) == "Page 5000 of five thousand.\n"


def test_a_second_run_reads_nothing_again_and_tells_the_same(library: Library) -> None:
    again = ingest(library.workspace, [library.folder], jobs=1)
    assert again.ingested == 0
    assert (again.found, again.failed) == (library.summary.found, library.summary.failed)


def test_names_come_out_harmless(library: Library, fourp: Fourp) -> None:
    root = library.workspace.root
    outputs = [
        fourp("--workspace", root, "failures"),
        fourp("--workspace", root, "failures", "--json"),
        fourp("--workspace", root, "search", "towns", "--limit", "50"),
        fourp("--workspace", root, "search", "towns", "--limit", "50", "--json"),
        fourp("--workspace", root, "show", library.paths["escape sequence in its name"].name),
        fourp("--workspace", root, "show", library.paths["line end in its name"].name, "--json"),
        fourp("--workspace", root, "ingest", library.folder, "--dry-run"),
        fourp("--workspace", root, "show", "\x1b[2Jnothing\nfourp: all good"),
        fourp("--workspace", root, "ingest", root / "\x1b[2Jnothing"),
        fourp("read", root / "\x1b[2Jnothing"),
    ]
    for output in outputs:
        for text in (output.out, output.err):
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", text)
            assert "\nfourp: all good" not in text
    assert r"fake\nfourp: all good\n.txt" in outputs[2].out
    assert r"\x1b]0;owned\x07\x1b[2J\u202egpj.txt" in outputs[2].out
