"""What lies inside messages and archives is taken in as files are, and is never lost."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from pipeline.catalogue.store import Catalogue
from pipeline.config.workspace import Workspace
from pipeline.core.document import Document
from pipeline.core.failures import Failure, WorkerLoss
from pipeline.core.ports import Answer, Executor, Item
from pipeline.core.query import Query, Word
from pipeline.execution.serial import SerialExecutor
from pipeline.readers.containers import HARMLESS
from pipeline.workflows import library as lookups
from pipeline.workflows.ingest import Progress, ingest, plan
from pipeline.workflows.plan import Action
from tests import libraries
from tests.readers.mails import encrypted, mail, zipped


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return libraries.library(tmp_path / "library")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Return a folder with a message that holds a text and an archive of two texts."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    archive = zipped({"water.txt": libraries.WATER, "sub/eau.txt": libraries.EAU})
    attachments = {"energy.txt": libraries.ENERGY.encode(), "papers.zip": archive}
    (folder / "mail.eml").write_bytes(mail("See the papers.", attachments=attachments).as_bytes())
    return folder


def _ingest(
    workspace: Workspace,
    *paths: Path,
    executor: Executor | None = None,
    force: bool = False,
    retry_failed: bool = False,
) -> Progress:
    return ingest(
        workspace,
        paths,
        executor=executor or SerialExecutor(),
        force=force,
        retry_failed=retry_failed,
    )


def _documents(workspace: Workspace) -> dict[str, Document]:
    with Catalogue.open(workspace.catalogue) as catalogue:
        return {d.source.name: d for d in catalogue.documents(catalogue.every_id())}


def _ledger(workspace: Workspace) -> dict[str, Failure]:
    return {failure.source.path: failure for failure in lookups.failures(workspace)}


def _figures(progress: Progress) -> tuple[int, int, int, int]:
    return progress.found, progress.ingested, progress.skipped, progress.failed


def test_members_are_read_tagged_stored_and_found(workspace: Workspace, inbox: Path) -> None:
    summary = _ingest(workspace, inbox)
    assert _figures(summary) == (5, 5, 0, 0)
    assert summary.members == 4
    documents = _documents(workspace)
    assert set(documents) == {"mail.eml", "energy.txt", "papers.zip", "water.txt", "eau.txt"}
    assert [tag.concept for tag in documents["water.txt"].tags] == ["water", "planet"]
    path = f"{inbox}/mail.eml!/papers.zip!/sub/eau.txt"
    assert documents["eau.txt"].source.path == path
    assert documents["eau.txt"].source.provenance == "in archive papers.zip"
    [hit] = lookups.search(workspace, Query(Word("assainissement"))).hits
    assert hit.path == path
    assert lookups.document(workspace, path).id == documents["eau.txt"].id
    assert lookups.document(workspace, "papers.zip").members[1].path == path


def test_a_second_run_skips_members_too_and_forcing_reads_them(
    workspace: Workspace, inbox: Path
) -> None:
    _ingest(workspace, inbox)
    before = _documents(workspace)
    assert _figures(_ingest(workspace, inbox)) == (5, 0, 5, 0)
    assert _documents(workspace) == before
    assert _figures(_ingest(workspace, inbox, force=True)) == (5, 5, 0, 0)


def test_worker_processes_take_members_as_they_turn_up(workspace: Workspace, inbox: Path) -> None:
    assert _figures(ingest(workspace, [inbox], jobs=2)) == (5, 5, 0, 0)


def test_progress_adds_up_while_members_turn_up(workspace: Workspace, inbox: Path) -> None:
    told: list[Progress] = []
    ingest(workspace, [inbox], executor=SerialExecutor(), on_progress=told.append)
    assert [(p.done, p.found) for p in told] == [(1, 3), (2, 3), (3, 5), (4, 5), (5, 5)]


def test_the_same_bytes_as_file_and_as_attachment_are_one_document_at_two_paths(
    workspace: Workspace, inbox: Path
) -> None:
    (inbox / "copy.txt").write_text(libraries.WATER, encoding="utf-8")
    assert _figures(_ingest(workspace, inbox)) == (6, 5, 1, 0)
    by_member = lookups.document(workspace, f"{inbox}/mail.eml!/papers.zip!/water.txt")
    assert lookups.document(workspace, f"{inbox}/copy.txt") == by_member


def test_members_that_cannot_be_read_are_in_the_ledger_and_the_rest_goes_on(
    workspace: Workspace, tmp_path: Path
) -> None:
    files: dict[str, bytes | str] = {
        "water.txt": libraries.WATER,
        "one.txt": libraries.EAU,
        "two.txt": libraries.EAU + "x",
        "empty.txt": "",
        "labels.py": "a = 1",
        "zeros.bin": bytes(HARMLESS * 2),
        "noise.dat": random.Random(1).randbytes(400_000),  # or the whole would be a bomb
    }
    content = encrypted(encrypted(zipped(files), "one.txt"), "two.txt")
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    assert _figures(_ingest(workspace, path)) == (8, 2, 0, 6)
    ledger = {p.removeprefix(f"{path}!/"): f for p, f in _ledger(workspace).items()}
    assert {name: f.reason.split(" (")[0] for name, f in ledger.items()} == {
        "one.txt": "is encrypted",
        "two.txt": "is encrypted",
        "empty.txt": "is empty",
        "labels.py": "no reader for text/x-python",
        "zeros.bin": "unpacks to more than 200 times its size, as only a zip bomb does",
        "noise.dat": "no reader for application/octet-stream",
    }
    assert all(f.remedy for f in ledger.values())
    again = _ingest(workspace, path)
    assert (_figures(again), again.known_failures) == ((8, 0, 2, 6), 6)
    retried = _ingest(workspace, path, retry_failed=True)
    assert (_figures(retried), retried.known_failures) == ((8, 0, 2, 6), 0)
    assert {f.tries for f in _ledger(workspace).values()} == {2}


class _Interrupted(SerialExecutor):
    """Stops after some answers, as Ctrl-C does."""

    def __init__(self, after: int) -> None:
        self._after = after

    def map(
        self,
        build: Callable[[], Callable[[Item], Answer]],
        items: Iterable[Item],
    ) -> Iterator[tuple[Item, Answer | WorkerLoss]]:
        for number, answer in enumerate(super().map(build, items)):
            if number == self._after:
                raise KeyboardInterrupt
            yield answer


@pytest.mark.parametrize("after", [1, 2, 3, 4])
def test_a_run_that_ends_between_a_container_and_its_members_loses_none(
    after: int, workspace: Workspace, inbox: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        _ingest(workspace, inbox, executor=_Interrupted(after))
    assert len(_documents(workspace)) == after
    assert _figures(_ingest(workspace, inbox)) == (5, 5 - after, after, 0)
    assert len(_documents(workspace)) == 5


class _FailingLate(SerialExecutor):
    """Fails every message after it was read, as a bad stage does."""

    def map(
        self,
        build: Callable[[], Callable[[Item], Answer]],
        items: Iterable[Item],
    ) -> Iterator[tuple[Item, Answer | WorkerLoss]]:
        for item, answer in super().map(build, items):
            if isinstance(answer, Document) and answer.source.name == "mail.eml":
                failure = Failure(answer.source, "tag", "stopped", "report it", partial=answer)
                yield item, failure  # type: ignore[misc]
            else:
                yield item, answer


def test_members_of_a_container_that_a_later_stage_fails_on_are_read(
    workspace: Workspace, inbox: Path
) -> None:
    assert _figures(_ingest(workspace, inbox, executor=_FailingLate())) == (5, 4, 0, 1)


def test_a_new_vocabulary_tags_members_without_opening_the_container(
    workspace: Workspace, inbox: Path
) -> None:
    _ingest(workspace, inbox)
    file = workspace.model("vocabulary.yaml")
    changed = file.read_text(encoding="utf-8").replace("district heating", "bills")
    file.write_text(changed, encoding="utf-8")
    summary = _ingest(workspace, inbox)
    assert (_figures(summary), summary.retagged) == ((5, 5, 0, 0), 5)


def test_members_are_known_again_where_their_container_was_moved_to(
    workspace: Workspace, inbox: Path
) -> None:
    _ingest(workspace, inbox)
    moved = inbox.rename(inbox.parent / "archive")
    assert _figures(_ingest(workspace, moved)) == (5, 0, 5, 0)
    path = f"{moved}/mail.eml!/papers.zip!/water.txt"
    assert lookups.document(workspace, path).source.name == "water.txt"


def test_a_member_keeps_its_document_when_its_container_vanishes(
    workspace: Workspace, inbox: Path
) -> None:
    _ingest(workspace, inbox)
    shutil.rmtree(inbox)
    inbox.mkdir()
    assert _figures(_ingest(workspace, inbox)) == (0, 0, 0, 0)
    assert len(_documents(workspace)) == 5


def test_copies_of_a_container_are_opened_once(workspace: Workspace, inbox: Path) -> None:
    shutil.copy(inbox / "mail.eml", inbox / "same.eml")
    assert _figures(_ingest(workspace, inbox)) == (6, 5, 1, 0)
    assert _figures(_ingest(workspace, inbox)) == (6, 0, 6, 0)


def test_archives_full_of_copies_of_archives_come_to_an_end(
    workspace: Workspace, tmp_path: Path
) -> None:
    content = zipped({"water.txt": libraries.WATER})
    for level in range(4):  # 16 to the power of 4 files in all
        content = zipped({f"{level}-{copy}.zip": content for copy in range(16)})
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    first = _ingest(workspace, path)
    assert _figures(first) == (66, 6, 60, 0)
    assert _figures(_ingest(workspace, path)) == (66, 0, 66, 0)


def test_a_nest_of_archives_is_read_to_a_depth_and_then_told(
    workspace: Workspace, tmp_path: Path
) -> None:
    content = zipped({"water.txt": libraries.WATER})
    for level in range(7):
        content = zipped({f"{level}.zip": content})
    (tmp_path / "a.zip").write_bytes(content)
    summary = _ingest(workspace, tmp_path / "a.zip")
    assert _figures(summary) == (7, 6, 0, 1)
    [failure] = lookups.failures(workspace)
    assert "lies inside more than 5 containers" in failure.reason


def test_names_that_the_settings_leave_out_are_left_out_inside_too(
    workspace: Workspace, tmp_path: Path
) -> None:
    files: dict[str, bytes | str] = {
        "water.txt": libraries.WATER,
        "__MACOSX/._water.txt": "resource fork",
        ".git/config": "text",
    }
    (tmp_path / "a.zip").write_bytes(zipped(files))
    summary = _ingest(workspace, tmp_path / "a.zip")
    assert (_figures(summary), summary.excluded) == ((2, 2, 0, 0), 2)


def test_a_dry_run_says_what_may_hold_more_and_plans_the_members_it_knows(
    workspace: Workspace, inbox: Path
) -> None:
    [planned] = plan(workspace, [inbox])
    assert (planned.action, planned.may_hold_more) == (Action.READ, True)
    _ingest(workspace, inbox)
    known = list(plan(workspace, [inbox]))
    assert [p.action for p in known] == [Action.SKIP] * 5
    assert not any(p.may_hold_more for p in known)
