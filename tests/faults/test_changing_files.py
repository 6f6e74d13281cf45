"""Files that change, vanish or close while they are taken in are tried again by the next run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from pipeline.catalogue.store import Catalogue
from pipeline.config.workspace import Workspace
from pipeline.core.document import Source
from pipeline.core.failures import Failure, WorkerLoss
from pipeline.core.ports import Answer, Item
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows.discover import sources
from pipeline.workflows.ingest import ingest
from tests import libraries
from tests.readers.broken_pdfs import file_of, pages


class Meddler:
    """An executor that does something to each file between its discovery and its reading."""

    def __init__(self, meddle: Callable[[Path], object]) -> None:
        self._meddle = meddle

    def map(
        self, build: Callable[[], Callable[[Item], Answer]], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Answer | WorkerLoss]]:
        def meddled() -> Iterator[Item]:
            for item in items:
                assert isinstance(item, Source)
                self._meddle(Path(item.path))
                yield item

        yield from SerialExecutor().map(build, meddled())

    def with_deadline(self, seconds: float) -> Meddler:
        return self


class Loser:
    """An executor whose workers are all ended from outside."""

    def map(
        self, build: Callable[[], Callable[[Item], Answer]], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Answer | WorkerLoss]]:
        for item in items:
            yield item, WorkerLoss("was not finished", "run it again", transient=True)

    def with_deadline(self, seconds: float) -> Loser:
        return self


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return libraries.library(tmp_path / "library")


def _ledger(workspace: Workspace) -> list[str]:
    with Catalogue.open(workspace.catalogue) as catalogue:
        return [failure.reason for failure in catalogue.failures()]


def _texts(workspace: Workspace) -> list[str]:
    with Catalogue.open(workspace.catalogue) as catalogue:
        return [document.text for document in catalogue.documents(catalogue.every_id())]


def _is_taken_in_by_the_next_run(workspace: Workspace, file: Path) -> bool:
    summary = ingest(workspace, [file], executor=SerialExecutor())
    return (summary.ingested, summary.failed) == (1, 0) and not _ledger(workspace)


def test_a_file_that_is_still_written_is_not_stored_under_the_digest_of_other_bytes(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "growing.txt"
    file.write_text(libraries.WATER)

    def grow(path: Path) -> None:
        path.write_text(path.read_text() + "Another sentence comes.\n")

    ingest(workspace, [file], executor=Meddler(grow))
    assert _ledger(workspace) == ["changed while it was read"]
    assert _texts(workspace) == []
    assert _is_taken_in_by_the_next_run(workspace, file)


def test_a_file_that_was_half_there_is_told_as_changing_and_not_as_cut_short(
    workspace: Workspace, tmp_path: Path
) -> None:
    whole = file_of(pages(["One.", "Two."], tree_first=True))
    file = tmp_path / "download.pdf"
    file.write_bytes(whole[: whole.index(b"(Two.)")])

    def complete(path: Path) -> None:
        path.write_bytes(whole)

    ingest(workspace, [file], executor=Meddler(complete))
    assert _ledger(workspace) == ["changed while it was read"]
    assert _is_taken_in_by_the_next_run(workspace, file)
    assert _texts(workspace) == ["One.\nTwo.\n"]


def test_a_file_that_vanishes_is_taken_in_when_it_is_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "water.txt"
    file.write_text(libraries.WATER)
    ingest(workspace, [file], executor=Meddler(Path.unlink))
    assert _ledger(workspace) == ["has vanished"]
    file.write_text(libraries.WATER)
    assert _is_taken_in_by_the_next_run(workspace, file)


def test_a_file_whose_worker_was_ended_from_outside_is_tried_again(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "water.txt"
    file.write_text(libraries.WATER)
    ingest(workspace, [file], executor=Loser())
    assert _ledger(workspace) == ["was not finished"]
    assert _is_taken_in_by_the_next_run(workspace, file)


def test_pages_that_could_be_read_are_asked_about_again_when_the_vocabulary_changes(
    workspace: Workspace, tmp_path: Path
) -> None:
    whole = file_of(pages(["One.", "Two."], tree_first=True))
    file = tmp_path / "cut.pdf"
    file.write_bytes(whole[: whole.index(b"(Two.)")])
    ingest(workspace, [file], executor=SerialExecutor())
    vocabulary = workspace.model("vocabulary.yaml")
    vocabulary.write_text(vocabulary.read_text().replace("district heating", "boilers"))
    summary = ingest(workspace, [file], executor=SerialExecutor())
    assert (summary.failed, summary.retagged) == (1, 0)
    assert "1 of 2 pages" in _ledger(workspace)[0]
    assert _texts(workspace) == ["One.\n"]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads a file of /proc")
def test_a_file_with_more_bytes_than_it_says_is_not_read_for_ever() -> None:
    [failure] = sources([Path("/proc/self/status")])  # says that it has none
    assert isinstance(failure, Failure)
    assert failure.reason == "changed while it was read"


def test_what_may_not_be_read_is_told_with_what_to_do() -> None:
    # Not below pytest's own folder: nobody but its owner may enter that.
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        secret = Path(folder, "secret.txt")
        secret.write_text(libraries.WATER)
        secret.chmod(0)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(65534)  # root may read everything; nobody may not
        try:
            [failure] = sources([secret])
        finally:
            if is_root:
                os.seteuid(0)
    assert isinstance(failure, Failure)
    assert failure.reason == "may not be read"
    assert "chmod u+r" in failure.remedy
