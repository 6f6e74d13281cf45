"""TagStage: gives a document the tags that a tagger suggests."""

from __future__ import annotations

from pipeline.core.document import Document
from pipeline.core.failures import TAGGING
from pipeline.core.ports import Tagger


class TagStage:
    """The last stage of a recipe; what a person said of a document is kept by the catalogue."""

    name = TAGGING

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger
        self.version = f"{tagger.name}-{tagger.version}"

    def __call__(self, document: Document) -> Document:
        """Return the document with the tagger's tags instead of its own."""
        return document.with_tags(self._tagger.suggest(document))
