"""PassageWriter: what goes into a Whoosh index, written in commits that are whole or nothing."""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import FileIndex
from whoosh.reading import IndexReader, SegmentReader
from whoosh.writing import SegmentWriter

from pipeline.core.document import Document
from pipeline.index.batches import not_held, refuse_twice
from pipeline.index.entries import Entry, Row, entry_of, row_of
from pipeline.index.whoosh_codec import PassageCodec
from pipeline.index.whoosh_faults import DAMAGE, told, unwritable
from pipeline.index.whoosh_fields import AMENDMENT_TERM, HEAD_TERM
from pipeline.index.whoosh_folder import clean, opened
from pipeline.index.whoosh_leaves import Leaf, deleted, fields_of, leaves_of, read
from pipeline.index.whoosh_pool import TermPool
from pipeline.index.whoosh_table import facts_of, keys_of

# Bounds of what is written at once; 14 million characters in 13,000 passages took 120 MB.
_SEGMENT_CHARACTERS = 20_000_000
_SEGMENT_PASSAGES = 40_000
# Segments of a size class that are merged: a search looks into each, a merge writes all anew.
_ALIKE = 8
_DELETED = 0.2


class PassageWriter(SegmentWriter):
    """Writes one segment, whose postings it gathers by term, in memory."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, codec=PassageCodec())
        self._terms = TermPool()
        self.pool = self._terms  # type: ignore[assignment]  # it has what the writer calls
        self._merged: list[Any] = []  # readers of segments that are taken over

    def put_entry(self, entry: Entry) -> None:
        """Add a document and its passages."""
        with self._numbered(row=astuple(entry.row)) as number:
            self._put_row(number, entry.row, HEAD_TERM)
            self._terms.add_title(number, entry.row.title, dict.fromkeys(entry.row.languages))
        for place, shown in enumerate(entry.passages):
            with self._numbered(shown=shown.values()) as number:
                self._terms.add("document", number, [entry.row.document])
                self._terms.add("language", number, [shown.language], [shown.page])
                self._terms.add_passage(number, entry, shown, first=place == 0)

    def put_amendment(self, row: Row) -> None:
        """Add what stands for the row of a document that was committed before."""
        with self._numbered(row=astuple(row)) as number:
            self._put_row(number, row, AMENDMENT_TERM)

    def _put_row(self, number: int, row: Row, term: str) -> None:
        self._terms.add("document", number, [row.document])
        self._terms.add("keys", number, [term], keys_of(row))
        self._terms.add("facts", number, list(facts_of(row)))

    def take_over(self, reader: Any) -> None:  # a SegmentReader
        """Take over what another segment holds and has not deleted, a field at a time.

        Whoosh's own way goes posting by posting. The reader stays open until `release`.
        """
        self._merged.append(reader)
        base = self.docnum
        self.write_per_doc(set(self.schema.names()), reader)
        numbers = np.full(reader.doc_count_all(), -1, np.int32)
        live = np.setdiff1d(np.arange(len(numbers)), deleted(reader))
        numbers[live] = np.arange(base, self.docnum)
        self._terms.take_over(fields_of(reader), numbers)
        self._added = True

    def release(self) -> None:
        """Close the segments that were taken over."""
        self._terms.cleanup()
        for reader in self._merged:
            reader.close()
        self._merged.clear()

    @contextmanager
    def _numbered(self, **stored: object) -> Iterator[int]:
        """Give the number of a new document of Whoosh's, which keeps ``stored``.

        Whoosh's `add_document` does the same by way of a call for every term.
        """
        self.perdocwriter.start_doc(self.docnum)
        for name, value in stored.items():
            self.perdocwriter.add_field(name, self.schema[name], value, 0)
        yield self.docnum
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    def take_out_amendments(self, ids: Iterable[str]) -> None:
        """Delete what stood for the rows of documents until now.

        Raises:
            IndexUnusableError: If what the index holds is damaged.
        """
        self._take_out(ids, amendments=True)

    def take_out(self, ids: Iterable[str]) -> None:
        """Delete documents that were committed before; unknown ids are passed over.

        Raises:
            IndexUnusableError: If what the index holds is damaged.
        """
        self._take_out(ids, amendments=False)

    def _take_out(self, ids: Iterable[str], *, amendments: bool) -> None:
        ids = list(ids)
        if not ids:
            return
        with told(_folder(self.storage)), self.reader() as reader:
            leaves = leaves_of(reader)
            amending = read(leaves, "keys", AMENDMENT_TERM).numbers if amendments else None
            for document in ids:
                numbers = read(leaves, "document", document).numbers
                if amending is not None:
                    numbers = np.intersect1d(numbers, amending, assume_unique=True)
                for number in numbers.tolist():
                    self.delete_document(number)


class WhooshBatch:
    """Documents that a writer has taken in; those they replace have still to be taken out."""

    def __init__(self, writer: PassageWriter) -> None:
        self._writer = writer
        self._ids: set[str] = set()
        self._amended: set[str] = set()
        self._held: IndexReader | None = None
        self._leaves: list[Leaf] = []

    def put(self, document: Document) -> None:
        """Add a document.

        Raises:
            ValueError: If it was put into this batch before.
            WriteError: If the files of the index cannot be written.
        """
        refuse_twice(document.id, self._ids, self._amended)
        self._ids.add(document.id)
        entry = entry_of(document)
        with self._writable():
            self._writer.put_entry(entry)

    def amend(self, document: Document) -> None:
        """Replace what is kept of a document besides its passages.

        Raises:
            ValueError: If the index does not hold it, or it was put into this batch before.
            IndexUnusableError: If what the index holds is damaged.
            WriteError: If the files of the index cannot be written.
        """
        refuse_twice(document.id, self._ids, self._amended)
        folder = _folder(self._writer.storage)
        with told(folder):
            if self._held is None:
                self._held = self._writer.reader()
                self._leaves = leaves_of(self._held)
            held = len(read(self._leaves, "document", document.id).numbers) > 0
        if not held:
            raise not_held(document.id)
        self._amended.add(document.id)
        with self._writable():
            self._writer.put_amendment(row_of(document))

    def finish(self) -> None:
        """Take out what the batch replaces.

        Raises:
            IndexUnusableError: If what the index holds is damaged.
        """
        if self._held is not None:
            self._leaves.clear()  # before the files that they lie in
            self._held.close()
        self._writer.take_out(self._ids)
        self._writer.take_out_amendments(self._amended)

    @contextmanager
    def _writable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise unwritable(error, _folder(self._writer.storage)) from error


@contextmanager
def committing(index: FileIndex) -> Iterator[PassageWriter]:
    """Give a writer whose changes are committed at the end, or leave no trace of them.

    Raises:
        IndexUnusableError: If what the index holds already is damaged.
        WriteError: If its files cannot be written.
    """
    folder = _folder(index.storage)
    with told(folder):
        writer = PassageWriter(index)
    try:
        yield writer
        with told(folder):
            writer.commit(mergetype=_merge_alike)
    except BaseException:
        with suppress(OSError, *DAMAGE):  # what is left, the next writer removes
            if not writer.is_closed:
                writer.cancel()
            clean(index)
        raise
    finally:
        writer.release()


def fill(generation: Path, documents: Iterable[Document]) -> int:
    """Put documents into an empty generation, and return how many different ones there were."""
    taken: set[str] = set()
    rest = iter(documents)
    while True:
        characters = 0
        with committing(opened(generation)) as writer:
            for document in rest:
                if document.id in taken:
                    continue
                taken.add(document.id)
                writer.put_entry(entry_of(document))
                characters += len(document.text)
                if characters >= _SEGMENT_CHARACTERS:
                    break
            else:
                return len(taken)


def _folder(storage: Any) -> Path:
    return Path(storage.folder)


def _merge_alike(writer: PassageWriter, segments: Sequence[Any]) -> list[Any]:
    """Merge the new segment with those of its size class once there are `_ALIKE` of them.

    So every passage is written again only once a class, and there are fewer than `_ALIKE`
    segments in each (O'Neil et al. 1996 call it a log-structured merge). Whoosh's own policy
    counts in Fibonacci numbers of passages, and leaves every run of a few hundred as a segment
    of its own. A segment that has lost more than `_DELETED` of its passages is taken over at once.
    """
    waiting = list(segments)
    worn = [s for s in waiting if s.deleted_count() > _DELETED * s.doc_count_all()]
    _take_over(writer, waiting, worn)
    while True:
        alike = [
            s for s in waiting if _size_class(s.doc_count()) <= _size_class(writer.doc_count())
        ]
        passages = sum(segment.doc_count() for segment in alike)
        if len(alike) + 1 < _ALIKE or writer.doc_count() + passages > _SEGMENT_PASSAGES:
            return waiting
        _take_over(writer, waiting, alike)


def _take_over(writer: PassageWriter, waiting: list[Any], segments: Sequence[Any]) -> None:
    for segment in segments:
        waiting.remove(segment)
        writer.take_over(SegmentReader(writer.storage, writer.schema, segment))


def _size_class(passages: int) -> int:
    return int(log(max(passages, 1), _ALIKE))
