"""Fields: how the index's own postings go into Whoosh, whose own analysis is not used.

Analysis is done before (`index.entries`), once for both fields; Whoosh's analyzers and formats
took half of the time of indexing (measured: 156 documents of 5-10 kB a CPU second against 325).
The names of this module and its classes are pickled into every index; keep them.
"""

from __future__ import annotations

from whoosh.fields import STORED, FieldType, Schema
from whoosh.formats import Existence

# Every posting belongs to one language; its words are a space apart from the others'.
SEPARATOR = " "

HEAD_TERM = "head"
AMENDMENT_TERM = "amendment"


class Posted(FieldType):
    """A field that is found by terms; what is kept of each, `index.columns` says."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None)  # type: ignore[arg-type]


def schema() -> Schema:
    """Return the schema: a head for every document, then its passages one after the other."""
    return Schema(
        document=Posted(),  # id, on the head, on every passage and on an amendment
        # `HEAD_TERM` on the head, `AMENDMENT_TERM` on what stands for the row of a head that was
        # written earlier, both with the items of `whoosh_table.keys_of`.
        keys=Posted(),
        facts=Posted(),  # "tag water", "kind opinion" ..., on a head or amendment
        language=Posted(),  # on every passage, with its page
        stems=Posted(),  # of a passage, with their weights
        words=Posted(),  # of a passage, with their positions
        title_stems=Posted(),  # on the head
        title_words=Posted(),  # on the head, with their positions
        row=STORED(),  # on the head and on an amendment: the values of `entries.Row`
        shown=STORED(),  # on every passage: the values of `entries.Shown`
    )
