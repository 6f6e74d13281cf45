"""Fields: how the index's own postings go into Whoosh, whose own analysis is not used.

Analysis is done before (`index.entries`), once for both fields; Whoosh's analyzers and formats
took half of the time of indexing (measured: 156 documents of 5-10 kB a CPU second against 325).
The names of this module and its classes are pickled into every index; keep them.
"""

from __future__ import annotations

from whoosh.fields import STORED, FieldType, Schema
from whoosh.formats import Existence, Format

# Every posting belongs to one language; its words are a space apart from the others'.
SEPARATOR = " "

WORDS = "words"
LEXICON = "lexicon"
HEAD_TERM = "head"
AMENDMENT_TERM = "amendment"


class Weighted(FieldType):
    """Terms with a weight each."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None)  # type: ignore[arg-type]


class Placed(FieldType):
    """Terms with a weight and items, such as the positions of a word."""

    def __init__(self) -> None:
        super().__init__(format=Format(), analyzer=None)  # type: ignore[arg-type]


def schema() -> Schema:
    """Return the schema: a head for every document, then its passages one after the other.

    A stem that is also a word of the passage is not posted twice: the posting of the word has the
    weight of the stem, and a word that is not its own stem has none. That saves a third of all
    postings, and of the time to write them.
    """
    return Schema(
        document=Weighted(),  # id, on the head, on every passage and on an amendment
        # `HEAD_TERM` on the head, `AMENDMENT_TERM` on what stands for the row of a head that was
        # written earlier, both with the items of `whoosh_table.keys_of`.
        keys=Placed(),
        facts=Weighted(),  # "tag water", "kind opinion" ..., on a head or amendment
        language=Placed(),  # on every passage, with its page
        stems=Weighted(),  # those that are no word of the passage
        words=Placed(),
        lexicon=Placed(),  # language, with the bytes of all its words; on no document
        title_stems=Weighted(),  # on the head
        title_words=Placed(),  # on the head
        row=STORED(),  # on the head and on an amendment: the values of `entries.Row`
        shown=STORED(),  # on every passage: the values of `entries.Shown`
    )
