"""The codec: segments are read where they lie, and say what Whoosh's own reading says."""

# mypy: allow-untyped-calls

from __future__ import annotations

from io import SEEK_CUR, SEEK_END, SEEK_SET, BytesIO
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.structfile import BufferFile

from pipeline.index import whoosh_folder
from pipeline.index.whoosh_codec import PassageSegment, _MappedFile
from pipeline.index.whoosh_index import WhooshIndex
from tests.documents import document

_steps = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.integers(0, 30), st.just(0)),
        st.tuples(st.just("seek"), st.integers(0, 30), st.sampled_from([SEEK_SET, SEEK_END])),
        st.tuples(st.just("seek"), st.just(0), st.just(SEEK_CUR)),
    ),
    max_size=8,
)


@given(st.binary(max_size=25), _steps)
def test_a_mapped_file_reads_like_the_bytes_that_it_shows(
    given: bytes, steps: list[tuple[str, int, int]]
) -> None:
    mapped, plain = _MappedFile(memoryview(given), name="x"), BytesIO(given)
    for what, number, whence in steps:
        if what == "read":
            assert mapped.read(number) == plain.read(number)
        else:
            mapped.seek(number, whence)
            plain.seek(number, whence)
        assert mapped.tell() == plain.tell()


def test_a_segment_is_not_copied_to_be_read(tmp_path: Path) -> None:
    index = WhooshIndex.open(tmp_path, writable=True)
    index.add([document("Towns treat waste water.", title="Water")])
    index.close()
    folder = whoosh_folder.live_generation(tmp_path)
    [segment] = whoosh_folder.opened(folder)._segments()
    assert isinstance(segment, PassageSegment)
    storage = whoosh_folder.DurableStorage(str(folder))
    files = segment.open_compound_file(storage)
    for name in files.list():
        with files.open_file(name) as file:
            assert isinstance(file, BufferFile)
            assert not isinstance(file.file, BytesIO)  # which holds a copy
            assert len(file.get(0, 10**6)) == files.file_length(name)
    files.close()
