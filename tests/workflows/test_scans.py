"""Scans in a library: recognised after the rest, kept in part where they must, told in any case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.catalogue.store import Catalogue
from pipeline.config.workspace import Workspace, open_workspace
from pipeline.core.failures import Failure
from pipeline.core.query import Query, Word
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows import library as lookups
from pipeline.workflows.ingest import Progress, ingest
from pipeline.workflows.passes import answered
from tests import libraries
from tests.documents import document
from tests.readers.drawn import ENGLISH, needs_packs, page, scan

COVER = ("Cover letter on urban waste water.", "Towns need another treatment plant.")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return libraries.library(tmp_path / "library")


def _ingest(workspace: Workspace, *paths: Path, retry_failed: bool = False) -> Progress:
    return ingest(workspace, paths, executor=SerialExecutor(), retry_failed=retry_failed)


def _found(workspace: Workspace, word: str) -> list[str]:
    results = lookups.search(workspace, Query(Word(word)))
    return sorted(hit.path.rsplit("/", 1)[-1] for hit in results.hits)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A file of text, and a letter with a scan behind it."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "energy.txt").write_text(libraries.ENERGY, encoding="utf-8")
    scan(folder / "letter.pdf", page(ENGLISH), text=COVER)
    return folder


@needs_packs()
def test_scans_are_read_when_all_else_is(workspace: Workspace, inbox: Path) -> None:
    told: list[str] = []
    summary = ingest(
        workspace,
        [inbox],
        executor=SerialExecutor(),
        on_progress=lambda now: told.append(now.path.rsplit("/", 1)[-1]),
    )
    assert (summary.found, summary.ingested, summary.failed) == (2, 2, 0)
    assert told == ["energy.txt", "letter.pdf"]  # though the larger file would come first
    assert _found(workspace, "municipalities") == ["letter.pdf"]
    assert lookups.failures(workspace) == []


@needs_packs()
def test_worker_processes_read_scans_too(workspace: Workspace, inbox: Path) -> None:
    summary = ingest(workspace, [inbox], jobs=1)
    assert (summary.ingested, summary.failed) == (2, 0)
    assert _found(workspace, "municipalities") == ["letter.pdf"]


def test_what_cannot_be_recognised_is_told_and_the_text_around_it_found(
    workspace: Workspace, inbox: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (_ingest(workspace, inbox).ingested, _found(workspace, "cover")) == (1, ["letter.pdf"])
    [failure] = lookups.failures(workspace)
    assert failure.reason == (
        "has 1 of 2 pages that are images of text, and tesseract is not installed"
    )
    letter = lookups.document(workspace, "letter.pdf")
    assert [tag.concept for tag in letter.tags] == ["water", "planet"]
    [problem] = lookups.problems_of(workspace, letter)
    assert (problem.reason, problem.remedy) == (failure.reason, failure.remedy)
    assert _ingest(workspace, inbox).known_failures == 1


@needs_packs()
def test_when_tesseract_is_there_a_retry_completes_the_document(
    workspace: Workspace, inbox: Path, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        _ingest(workspace, inbox)
    assert _ingest(workspace, inbox, retry_failed=True).ingested == 1
    assert lookups.failures(workspace) == []
    assert _found(workspace, "municipalities") == ["letter.pdf"]


def test_a_new_vocabulary_does_not_make_a_document_look_complete(
    workspace: Workspace, inbox: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    _ingest(workspace, inbox)
    file = workspace.model("vocabulary.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("sewage", "cover letter"))
    summary = _ingest(workspace, inbox)
    assert (summary.failed, summary.known_failures, summary.retagged) == (1, 0, 1)
    assert [f.source.name for f in lookups.failures(workspace)] == ["letter.pdf"]


@needs_packs()
def test_other_languages_of_scans_mean_reading_again(workspace: Workspace, inbox: Path) -> None:
    _ingest(workspace, inbox)
    file = workspace.root / "fourp.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('scan_languages = ["en", "fr", "de"]', 'scan_languages = ["en"]'))
    again = open_workspace(workspace.root)
    assert (_ingest(again, inbox).ingested, _ingest(again, inbox).skipped) == (2, 2)
    with Catalogue.open(workspace.catalogue) as catalogue:
        assert catalogue.count() == 2


def test_what_is_postponed_comes_at_the_end_once() -> None:
    source = document().source

    def quick() -> Callable[[int], Failure]:
        return lambda n: Failure(source, "read", "quick", "", postponed=n % 2 == 0)

    def patient() -> Callable[[int], Failure]:
        return lambda n: Failure(source, "read", "patient", "")

    answers: Iterator[tuple[int, object]] = answered(
        SerialExecutor(), range(5), quick=quick, patient=patient, deadline=1
    )
    told = [(n, answer.reason) for n, answer in answers if isinstance(answer, Failure)]
    assert told == [(1, "quick"), (3, "quick"), (0, "patient"), (2, "patient"), (4, "patient")]
