"""WorkStage: the work that a document's numbers name, and what finds its other versions."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.core.document import Document
from pipeline.core.fingerprint import Fingerprint
from pipeline.core.spans import Span
from pipeline.description.own_work import own_work

_FIGURES = re.compile(r"\d+")


class WorkStage:
    """Adds the work that a document's own numbers name, and the fingerprint to be compared."""

    name = "work"
    version = "1"

    def __call__(self, document: Document) -> Document:
        """Return the document with its fingerprint; needs references, date, kind and title."""
        fingerprint = fingerprint_of(document)
        return replace(document, work=fingerprint.named, fingerprint=fingerprint)


def fingerprint_of(document: Document) -> Fingerprint:
    """Return what is compared of ``document``."""
    # NumPy is loaded where documents are read, not where a run is only planned.
    from pipeline.description.sketches import sketch_of_numbers, sketch_of_words

    return Fingerprint(
        named=own_work(document),
        date=document.date if isinstance(document.origins.get("date"), Span) else "",
        figures=tuple(_FIGURES.findall(document.title)),
        length=len(document.text),
        numbers=sketch_of_numbers(document.text),
        words=sketch_of_words(document.text),
    )
