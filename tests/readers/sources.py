"""Sources for tests, made from files that were just written."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.core.document import Source
from pipeline.readers.media_types import media_type_of


def source_of(path: Path) -> Source:
    """Return the source that discovery would make of ``path``."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return Source(str(path), digest, media_type_of(path, content[:4096]), len(content))
