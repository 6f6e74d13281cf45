"""Structured text (JSON, JSON lines, YAML): names and values, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pipeline.core.document import Document, Source
from pipeline.readers.blocks import Paragraph, composed, laid_out
from pipeline.readers.decoding import decoded
from pipeline.readers.files import read_bytes


class StructuredReader:
    """Reads JSON and JSON lines as the names and values they hold, YAML as it is written."""

    name = "structured"
    version = "1"
    media_types = frozenset({"application/json", "application/jsonl", "application/yaml"})

    def read(self, source: Source) -> Document:
        """Return the document in sections of about 3,000 characters.

        What does not parse is kept as it is written.

        Raises:
            DocumentError: If it is empty, vanished, not text, or blank.
        """
        text, encoding = decoded(source, read_bytes(source))
        text = text.replace("\x00", "")
        if source.media_type == "application/json":
            lines = _parsed(text)
        elif source.media_type == "application/jsonl":
            lines = (line for record in text.splitlines() for line in _parsed(record))
        else:
            lines = iter(text.splitlines())
        blocks = [Paragraph(laid_out(line)) for line in lines]
        kept = (block for block in blocks if block.text)
        return composed(source, kept, declared={"encoding": encoding})


def _parsed(text: str) -> Iterator[str]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return iter(text.splitlines())
    return _lines(value)


def _lines(value: Any) -> Iterator[str]:
    """Yield "name: value" for each value, in order, of whatever depth."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict | list):
            if name:
                yield f"{name}:"
            pairs = value.items() if isinstance(value, dict) else (("", item) for item in value)
            waiting += reversed([(str(key), item) for key, item in pairs])
        elif value is not None:
            shown = str(value).replace("\n", "\v")
            yield f"{name}: {shown}" if name else shown
