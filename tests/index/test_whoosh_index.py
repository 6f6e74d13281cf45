"""The index in files is safe: one writer, whole states only, nothing opened that is not ours."""

from __future__ import annotations

import json
import pickle
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import whoosh.writing

from pipeline.core.document import Document
from pipeline.core.errors import IndexUnusableError, WriteError
from pipeline.core.query import Query, Word
from pipeline.index.whoosh_folder import CURRENT, META
from pipeline.index.whoosh_index import WhooshIndex
from tests.contracts.search_index import CIRCULAIRE, CIRCULAR, STADT, WATER, document, identity


def found(index: WhooshIndex, word: str) -> int:
    return index.search(Query(Word(word))).total


def generations(folder: Path) -> list[Path]:
    return sorted(folder.glob("gen-*"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an index that holds `WATER`."""
    WhooshIndex.rebuild(tmp_path / "index", [WATER])
    return tmp_path / "index"


# What is refused


def test_reading_needs_an_index_and_the_error_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError, match="fourp index rebuild"):
        WhooshIndex.open(tmp_path / "nowhere", writable=False)
    assert not (tmp_path / "nowhere").exists()


def test_a_second_writer_is_refused_until_the_first_is_closed(folder: Path) -> None:
    first = WhooshIndex.open(folder, writable=True)
    with pytest.raises(IndexUnusableError, match="being written by another process"):
        WhooshIndex.open(folder, writable=True)
    with pytest.raises(IndexUnusableError, match="being written by another process"):
        WhooshIndex.rebuild(folder, [CIRCULAR])
    first.close()
    second = WhooshIndex.open(folder, writable=True)
    assert second.add([CIRCULAR]) == 1
    second.close()


def test_a_reader_cannot_write(folder: Path) -> None:
    reader = WhooshIndex.open(folder, writable=False)
    with pytest.raises(IndexUnusableError, match="opened for reading"):
        reader.add([CIRCULAR])
    with pytest.raises(IndexUnusableError, match="opened for reading"):
        reader.delete([WATER.id])
    assert reader.count() == 1
    reader.close()


@pytest.mark.parametrize("field", ["format", "analysis", "whoosh"])
def test_an_index_of_another_version_is_refused(folder: Path, field: str) -> None:
    (generation,) = generations(folder)
    meta = json.loads((generation / META).read_text())
    (generation / META).write_text(json.dumps(meta | {field: "0"}))
    for writable in (False, True):
        with pytest.raises(IndexUnusableError, match=r"another version.*fourp index rebuild"):
            WhooshIndex.open(folder, writable=writable)
    assert WhooshIndex.rebuild(folder, [WATER]) == 1
    WhooshIndex.open(folder, writable=True).close()


class _Trap:
    """Runs code when it is unpickled, as a hostile index would."""

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return (_spring, ())


def _spring() -> None:
    raise AssertionError("a pickle that we did not write was loaded")


@pytest.mark.parametrize("meta", [None, "", "no json", "[]", "{}"])
def test_a_folder_that_we_did_not_write_is_never_unpickled(folder: Path, meta: str | None) -> None:
    (generation,) = generations(folder)
    for path in generation.glob("*.toc"):
        path.write_bytes(pickle.dumps(_Trap()))
    (generation / META).unlink()
    if meta is not None:
        (generation / META).write_text(meta)
    for writable in (False, True):
        with pytest.raises(IndexUnusableError, match="fourp index rebuild"):
            WhooshIndex.open(folder, writable=writable)


@pytest.mark.parametrize("name", ["", "gen-1", "../elsewhere", "gen-" + "0" * 32, "\x00"])
def test_a_current_that_names_no_generation_is_refused(folder: Path, name: str) -> None:
    (folder / CURRENT).write_text(name)
    with pytest.raises(IndexUnusableError, match="fourp index rebuild"):
        WhooshIndex.open(folder, writable=False)


# Whoosh does not close a file that it finds damaged.
@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
def test_a_damaged_index_is_told_and_can_be_rebuilt(folder: Path) -> None:
    (generation,) = generations(folder)
    whole = {p: p.read_bytes() for p in generation.iterdir() if p.name != META and p.is_file()}
    dice = random.Random(7)
    told = 0
    for path, content in sorted(whole.items()):
        for cut in range(0, len(content), 31):
            broken = dice.choice([content[:cut], content[:cut] + b"\xff" + content[cut + 1 :]])
            path.write_bytes(broken)
            try:
                index = WhooshIndex.open(folder, writable=dice.random() < 0.5)
                found(index, "river")
                index.close()
            except IndexUnusableError as error:
                told += "fourp index rebuild" in error.remedy
        path.write_bytes(content)
    assert told > 5
    assert WhooshIndex.rebuild(folder, [WATER]) == 1
    index = WhooshIndex.open(folder, writable=False)
    assert found(index, "river") == 1
    index.close()


# Committed states


def test_what_is_committed_is_there_for_who_opens_next_and_for_who_reads_now(folder: Path) -> None:
    reader = WhooshIndex.open(folder, writable=False)
    assert found(reader, "economy") == 0
    writer = WhooshIndex.open(folder, writable=True)
    writer.add([CIRCULAR])
    assert found(reader, "economy") == found(writer, "economy") == 1
    writer.delete([WATER.id])
    assert (reader.count(), writer.count(), found(reader, "river")) == (1, 1, 0)
    writer.close()
    later = WhooshIndex.open(folder, writable=False)
    assert found(later, "economy") == 1
    later.close()
    reader.close()


def test_documents_that_fail_on_their_way_in_leave_no_trace(folder: Path) -> None:
    writer = WhooshIndex.open(folder, writable=True)

    def breaking() -> Iterator[Document]:
        yield CIRCULAR
        raise RuntimeError("the source has dried up")

    with pytest.raises(RuntimeError, match="dried up"):
        writer.add(breaking())
    assert (writer.count(), found(writer, "economy")) == (1, 0)
    assert writer.add([CIRCULAR]) == 1
    writer.close()


def test_a_commit_that_fails_leaves_the_last_state_and_no_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = WhooshIndex.open(folder, writable=True)
    (generation,) = generations(folder)
    before = {path.name for path in generation.iterdir()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(whoosh.writing.SegmentWriter, "_commit_toc", full)
        with pytest.raises(WriteError, match="the disk is full; make room"):
            writer.add([CIRCULAR])
    left = {path.name for path in generation.iterdir()}
    assert not [name for name in left - before if "WRITELOCK" not in name]
    assert (writer.count(), found(writer, "economy")) == (1, 0)
    assert writer.add([CIRCULAR]) == 1
    assert found(writer, "economy") == 1
    writer.close()


def test_leftovers_of_a_killed_writer_are_removed_by_the_next(folder: Path) -> None:
    (generation,) = generations(folder)
    dead = folder / f"gen-{'0' * 32}"
    dead.mkdir()
    leftovers = [
        dead / "MAIN_x.seg",
        generation / "MAIN_0123456789abcdef.trm",
        generation / "_MAIN_7.toc.123.45",
        generation / "MAIN.tmp" / "x.run",
        folder / f"{CURRENT}.new",
    ]
    (generation / "MAIN.tmp").mkdir()
    for path in leftovers:
        path.write_bytes(b"?")
    index = WhooshIndex.open(folder, writable=True)
    assert [path for path in (*leftovers, dead) if path.exists()] == []
    assert found(index, "river") == 1
    index.close()


def test_many_small_commits_make_few_segments_and_lose_nothing(tmp_path: Path) -> None:
    index = WhooshIndex.open(tmp_path, writable=True)
    for n in range(40):
        index.add([document(f"d{n}", f"Common text number n{n}.")])
    for n in range(0, 40, 4):
        index.delete([identity(f"d{n}")])
    (generation,) = generations(tmp_path)
    assert len(list(generation.glob("*.seg"))) <= 6
    assert index.count() == found(index, "common") == 30
    assert [found(index, f"n{n}") for n in range(8)] == [0, 1, 1, 1, 0, 1, 1, 1]
    index.close()


# Rebuilding


def test_a_rebuilt_index_holds_the_new_documents_under_a_new_generation(folder: Path) -> None:
    reader = WhooshIndex.open(folder, writable=False)
    before = reader.generation
    assert WhooshIndex.rebuild(folder, iter([CIRCULAR, CIRCULAIRE, CIRCULAR])) == 2
    assert reader.generation != before
    assert (reader.count(), found(reader, "river"), found(reader, "economy")) == (2, 0, 1)
    assert len(generations(folder)) == 1
    reader.close()


def test_a_rebuild_that_fails_leaves_the_old_index(folder: Path) -> None:
    def breaking() -> Iterator[Document]:
        yield CIRCULAR
        raise RuntimeError("the catalogue is gone")

    (before,) = generations(folder)
    with pytest.raises(RuntimeError, match="catalogue is gone"):
        WhooshIndex.rebuild(folder, breaking())
    assert generations(folder) == [before]
    index = WhooshIndex.open(folder, writable=True)
    assert (index.count(), found(index, "river")) == (1, 1)
    index.close()


def test_a_reader_answers_all_through_a_rebuild(folder: Path) -> None:
    reader = WhooshIndex.open(folder, writable=False)
    seen: list[int] = []

    def watched() -> Iterator[Document]:
        for one in (WATER, CIRCULAR, STADT):
            yield one
            seen.append(reader.count())

    WhooshIndex.rebuild(folder, watched())
    assert seen == [1, 1, 1]
    assert reader.count() == 3
    reader.close()


def test_a_large_rebuild_is_written_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.index.whoosh_writer._SEGMENT_CHARACTERS", 50)
    monkeypatch.setattr("pipeline.index.whoosh_writer._SEGMENT_PASSAGES", 0)
    many = [document(f"d{n}", f"Common text number n{n}.") for n in range(9)]
    assert WhooshIndex.rebuild(tmp_path, many) == 9
    (generation,) = generations(tmp_path)
    assert len(list(generation.glob("*.seg"))) > 1
    index = WhooshIndex.open(tmp_path, writable=False)
    assert (index.count(), found(index, "common"), found(index, "n7")) == (9, 9, 1)
    index.close()


# What a search costs


def test_a_search_loads_none_of_the_heavy_libraries(folder: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from pipeline.core.query import Query\n"
        "from pipeline.index.query_text import parse_query\n"
        "from pipeline.index.whoosh_index import WhooshIndex\n"
        f"index = WhooshIndex.open(Path({str(folder)!r}), writable=False)\n"
        "print(index.search(Query(parse_query('river'))).total)\n"
        "index.close()\n"
        "heavy = {'sqlalchemy', 'spacy', 'rich', 'sklearn', 'click', 'pdfplumber'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.split("\n")[:2] == ["1", "[]"]
