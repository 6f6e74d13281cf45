"""Delimited text (CSV, TSV): rows are lines and a table, in pages of about 3,000 characters."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice

from pipeline.core.document import Document, Source, Table
from pipeline.core.text import one_line
from pipeline.readers.blocks import Block, Paragraph, composed, laid_out
from pipeline.readers.cleaning import cleaned
from pipeline.readers.decoding import decoded
from pipeline.readers.files import read_bytes

DELIMITERS = ",;\t|"
SAMPLE = 64  # rows that tell the delimiter
_NAMED = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)  # Excel writes it for itself


class DelimitedReader:
    """Reads CSV and TSV with whatever delimiter the file has."""

    name = "delimited"
    version = "1"
    media_types = frozenset({"text/csv", "text/tab-separated-values"})

    def read(self, source: Source) -> Document:
        """Return the document; rows that no delimiter parts are lines of text.

        Raises:
            DocumentError: If it is empty, vanished, not text, or blank.
        """
        content, encoding = decoded(source, read_bytes(source))
        text = content.replace("\x00", "")
        named = _NAMED.match(text)
        if named:
            text = text[named.end() :]
        tabbed = source.media_type == "text/tab-separated-values"
        delimiter = named[1] if named else "\t" if tabbed else _delimiter(text)
        declared = {"encoding": encoding}
        return composed(source, _rows(text, delimiter), declared=declared)


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts the first rows into equally many cells, the most of them.

    csv.Sniffer looks at the frequencies of signs and takes a letter for one now and then.
    """

    def regularity(delimiter: str) -> tuple[float, int]:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            lengths = Counter(len(row) for row in islice(rows, SAMPLE) if row)
        except csv.Error:
            return 0.0, 0
        (length, count), *_ = lengths.most_common(1) or [(0, 0)]
        return (count / lengths.total() if length > 1 else 0.0), length

    return max(DELIMITERS, key=regularity)


def _rows(text: str, delimiter: str) -> list[Block]:
    try:
        rows = [
            tuple(one_line(cleaned(cell)) for cell in row)
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error:  # a cell longer than 128 kB: a quotation mark that nothing closes
        rows = []
    if max(map(len, rows), default=0) < 2:
        return [Paragraph(line) for line in map(laid_out, text.splitlines()) if line]
    return [Table(tuple(row for row in rows if any(row)))]
