"""Fingerprint: the little of a document by which its other versions and drafts are recognised."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is compared of a document; a few kilobytes whatever its length.

    Attributes:
        named: The work that the document's own numbers name ("32021R1057"), or "".
        date: ISO 8601, where the text itself says it; else "".
        figures: The numbers of its title, in their order.
        length: Characters of its text.
        numbers: Sketch of the sequence of its numbers, which every language writes alike.
        words: Sketch of its wording.

    A sketch is the smallest hashes of a set, ascending, eight bytes each in little-endian order;
    empty where there is too little to tell anything by.
    """

    named: str = ""
    date: str = ""
    figures: tuple[str, ...] = ()
    length: int = 0
    numbers: bytes = b""
    words: bytes = b""


@dataclass(frozen=True, slots=True)
class Fingerprinted:
    """A document's id and language with its fingerprint, and what orders its drafts.

    Attributes:
        made: When the document was dated or its file made, ISO 8601; "" where nothing says.
        title: As it is shown.
    """

    id: str
    language: str
    fingerprint: Fingerprint
    made: str = ""
    title: str = ""
