"""A writer that is killed at any moment leaves a whole index, and the next run completes it.

Run as a program this file is that writer: it kills itself (SIGKILL, nothing is flushed or
cleaned up) at a given one of its operations on files of the index.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from pipeline.core.document import Document
from pipeline.core.errors import IndexUnusableError
from pipeline.core.query import Query, Word
from pipeline.index.whoosh_index import WhooshIndex
from tests.contracts.search_index import document, identity

MOMENTS = 8
KILLS = 50
TURNS = 12  # of each of two writers
FILE_OPERATIONS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"}


def batch(number: int, *, size: int = 4) -> list[Document]:
    """Return documents of which each batch replaces the first of the batch before."""
    names = [max(number * size - 1, 0), *range(number * size, (number + 1) * size)]
    return [document(f"d{name}", f"Common text of batch b{number}.") for name in names]


def states() -> list[dict[str, int]]:
    """Return what a search finds after no batch, after one, and so on."""
    batches = [{d.id: n for d in batch(n)} for n in range(4)]
    kept: dict[str, int] = {}
    found = []
    for one in batches:
        kept |= one
        values = list(kept.values())
        found.append({"common": len(kept)} | {f"b{n}": values.count(n) for n in range(4)})
    return found


def seen(index: WhooshIndex) -> dict[str, int]:
    totals = {w: index.search(Query(Word(w))).total for w in ("common", "b0", "b1", "b2", "b3")}
    assert index.count() == totals["common"]
    return totals


def add_batches(folder: Path) -> None:
    """Add what is missing of three more batches, as a run after a killed one does."""
    index = WhooshIndex.open(folder, writable=True)
    for number in (1, 2, 3):
        index.add(batch(number))
        print(number, flush=True)
    index.delete([identity("nobody")])
    index.close()


def rebuild(folder: Path) -> None:
    """Make the index anew of the last state."""
    WhooshIndex.rebuild(folder, last_documents())


def hold(folder: Path) -> None:
    """Hold the lock until killed."""
    index = WhooshIndex.open(folder, writable=True)
    index.add(batch(1))
    print("holding", flush=True)
    signal.pause()


def last_documents() -> Iterator[Document]:
    kept = {d.id: d for n in range(4) for d in batch(n)}
    yield from kept.values()


def run(job: str, folder: Path, *, kill_at: int = 0) -> tuple[int, list[str]]:
    """Return the exit code and the printed lines of a writer in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, job, str(folder), str(kill_at)],
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode, done.stdout.split()


def started(job: str, folder: Path) -> subprocess.Popen[str]:
    """Start a job in a process of its own, with pipes to all its streams."""
    return subprocess.Popen(
        [sys.executable, __file__, job, str(folder), "0"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index that holds the first batch."""
    WhooshIndex.rebuild(tmp_path / "index", batch(0))
    return tmp_path / "index"


def operations(job: str, folder: Path) -> int:
    """Return how many operations on files a job takes that nobody kills."""
    code, printed = run(job, folder, kill_at=-1)
    assert code == 0
    return int(printed[-1])


def moments(total: int) -> list[int]:
    """Return operations from the first to the last at which to die."""
    return [1 + (total - 1) * n // (MOMENTS - 1) for n in range(MOMENTS)]


def test_a_killed_writer_leaves_the_last_commit_and_the_next_run_completes_it(
    folder: Path, tmp_path: Path
) -> None:
    WhooshIndex.rebuild(tmp_path / "other", batch(0))
    whole = states()
    for moment in moments(operations("add_batches", tmp_path / "other")):
        WhooshIndex.rebuild(folder, batch(0))
        code, printed = run("add_batches", folder, kill_at=moment)
        assert code == -signal.SIGKILL
        committed = len(printed)
        reader = WhooshIndex.open(folder, writable=False)
        # It may have died after a commit and before it could say so.
        assert seen(reader) in whole[committed : committed + 2]
        add_batches(folder)
        assert seen(reader) == whole[-1]
        reader.close()


def test_a_killed_rebuild_leaves_the_old_index_and_the_next_writer_cleans_up(
    folder: Path, tmp_path: Path
) -> None:
    WhooshIndex.rebuild(tmp_path / "other", batch(0))
    whole = states()
    for moment in moments(operations("rebuild", tmp_path / "other")):
        WhooshIndex.rebuild(folder, batch(0))
        code, _ = run("rebuild", folder, kill_at=moment)
        assert code == -signal.SIGKILL
        reader = WhooshIndex.open(folder, writable=False)
        assert seen(reader) in (whole[0], whole[-1])
        WhooshIndex.open(folder, writable=True).close()
        assert len(list(folder.glob("gen-*"))) == 1
        rebuild(folder)
        assert seen(reader) == whole[-1]
        reader.close()


def test_fifty_kills_at_random_moments_leave_a_whole_state_that_a_rerun_completes(
    folder: Path, tmp_path: Path
) -> None:
    WhooshIndex.rebuild(tmp_path / "other", batch(0))
    dice, total = random.Random(50), operations("add_batches", tmp_path / "other")
    whole = states()
    reader = WhooshIndex.open(folder, writable=False)
    with started("die_often", folder) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        for _ in range(KILLS):
            WhooshIndex.rebuild(folder, batch(0))
            writer.stdin.write(f"{dice.randint(1, total)}\n")
            writer.stdin.flush()
            committed = 0
            while (line := writer.stdout.readline()) != "killed\n":
                assert line, "the writer is gone"
                committed += 1
            assert seen(reader) in whole[committed : committed + 2]
            add_batches(folder)
            assert seen(reader) == whole[-1]
        writer.communicate()
    reader.close()


def test_two_writers_at_once_lose_nothing_of_each_other(folder: Path) -> None:
    with started("contend_a", folder) as one, started("contend_b", folder) as other:
        for writer in (one, other):
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        for writer in (one, other):
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
        told = [writer.communicate(timeout=120) for writer in (one, other)]
    assert [one.returncode, other.returncode] == [0, 0], told
    index = WhooshIndex.open(folder, writable=False)
    assert index.count() == states()[0]["common"] + 2 * TURNS
    for name in ("a", "b"):
        assert index.search(Query(Word(name * 5), limit=1)).total == TURNS
    index.close()


def test_a_killed_writer_lets_go_of_the_lock(folder: Path) -> None:
    with started("hold", folder) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        with pytest.raises(IndexUnusableError, match="being written by another process"):
            WhooshIndex.open(folder, writable=True)
        holder.kill()
    index = WhooshIndex.open(folder, writable=True)
    assert seen(index) == states()[1]
    index.close()


def test_a_reader_sees_one_whole_state_after_the_other_while_they_are_swapped(
    folder: Path,
) -> None:
    whole = states()
    with started("watch", folder) as watcher:
        assert watcher.stdout is not None
        assert watcher.stdout.readline() == "watching\n"
        for _ in range(4):
            rebuild(folder)
            WhooshIndex.rebuild(folder, batch(0))
            add_batches(folder)
        out, err = watcher.communicate("enough\n", timeout=120)
    assert watcher.returncode == 0, err
    told = {int(line) for line in out.split()}
    assert told <= {state["common"] for state in whole}
    assert len(told) > 1


def watch(folder: Path) -> None:
    """Print every number of documents that a reader finds, until told that it is enough."""
    import select

    index = WhooshIndex.open(folder, writable=False)
    print("watching", flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        print(index.search(Query(Word("common"), limit=100)).total)
    print(index.search(Query(Word("common"), limit=100)).total)
    index.close()


def die_often(folder: Path) -> None:
    """Begin a writer anew for each line of stdin, and kill it at that operation on files."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            die_at(folder, int(line))
            add_batches(folder)
            os._exit(1)  # it was to die
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
        print("killed", flush=True)


def contend(folder: Path, name: str) -> None:
    """Add documents in turns with another writer, whichever is refused trying again."""
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(TURNS):
        while True:
            try:
                index = WhooshIndex.open(folder, writable=True)
                break
            except IndexUnusableError as error:
                if "being written by another process" not in str(error):
                    raise
        index.add([document(f"{name}{number}", f"Text of {name * 5}.")])
        index.close()


def die_at(folder: Path, kill_at: int) -> Callable[[], int]:
    """Die at the ``kill_at``-th operation on files from now on; return what counts them."""
    done = 0

    def count(event: str, given: tuple[object, ...]) -> None:
        nonlocal done
        if event in FILE_OPERATIONS and str(folder) in str(given[0]):
            done += 1
            if done == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    return lambda: done


def main(job: str, folder: Path, kill_at: int) -> None:
    """Do ``job``; die at the ``kill_at``-th operation on files, or count them if negative."""
    counted = die_at(folder, kill_at)
    jobs: dict[str, Callable[[Path], None]] = {
        "add_batches": add_batches,
        "rebuild": rebuild,
        "hold": hold,
        "watch": watch,
        "die_often": die_often,
        "contend_a": partial(contend, name="a"),
        "contend_b": partial(contend, name="b"),
    }
    jobs[job](folder)
    if kill_at < 0:
        print(counted())


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
