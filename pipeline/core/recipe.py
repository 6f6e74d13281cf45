"""Recipe: the stages that a document goes through, and the one place where a bad one is caught."""

from __future__ import annotations

import hashlib
import logging
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.core.document import Document, Source
from pipeline.core.errors import (
    DocumentError,
    PartlyReadError,
    PostponedError,
    TransientError,
)
from pipeline.core.failures import Failure
from pipeline.core.ports import Reader, Stage

log = logging.getLogger(__name__)

REPORT_IT = "please report it with the file, or leave the file out"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Readers, then reading stages, then tagging stages.

    The reading half needs the file; the tagging half needs only the stored document, so a new
    vocabulary does not mean reading everything again.

    Attributes:
        readers: By media type.
        reading: Stages after the reader: languages, description, passages.
        tagging: Stages that depend on vocabulary and models.
        settings: What else the result depends on, by name; part of the versions.
    """

    readers: Mapping[str, Reader]
    reading: Sequence[Stage]
    tagging: Sequence[Stage]
    settings: Mapping[str, str]

    @property
    def reading_version(self) -> str:
        """Digest of readers, reading stages and settings, 16 hex characters."""
        readers = sorted({f"{r.name}={r.version}" for r in self.readers.values()})
        stages = [f"{s.name}={s.version}" for s in self.reading]
        settings = [f"{name}={value}" for name, value in sorted(self.settings.items())]
        return _digest([*readers, *stages, *settings])

    @property
    def version(self) -> str:
        """Digest of the reading version and the tagging stages, 16 hex characters."""
        return _digest([self.reading_version, *(f"{s.name}={s.version}" for s in self.tagging)])

    def process(self, item: Source | Document) -> Document | Failure:
        """Return the finished document, or the failure with what was made until then.

        Args:
            item: A source to read, or a stored document that only needs tagging again.
        """
        if isinstance(item, Document):
            return self._staged(item, self.tagging)
        reader = self.readers.get(item.media_type)
        if reader is None:
            return Failure(
                item,
                "read",
                f"no reader for {item.media_type}",
                "convert it to PDF, HTML or text, or leave it out with 'exclude' in fourp.toml",
                recipe=self.version,
            )
        try:
            document = reader.read(item)
        except PartlyReadError as error:
            return self._partly(item, error)
        except DocumentError as error:
            return Failure(
                item,
                "read",
                error.what,
                error.remedy,
                recipe="" if isinstance(error, TransientError) else self.version,
                postponed=isinstance(error, PostponedError),
            )
        except Exception as error:  # the one place where anything a file can cause is caught
            log.debug("reading %s", item.path, exc_info=True)
            return Failure(item, "read", _told(error), REPORT_IT, recipe=self.version)
        return self._staged(document, [*self.reading, *self.tagging])

    def _partly(self, source: Source, error: PartlyReadError) -> Failure:
        """Return the failure of a document of which some pages were read; these are finished."""
        finished = self._staged(error.document, [*self.reading, *self.tagging])
        if isinstance(finished, Failure):
            return replace(finished, reason=f"{error.what}; then {finished.reason}")
        return Failure(
            source, "read", error.what, error.remedy, recipe=self.version, partial=finished
        )

    def _staged(self, document: Document, stages: Sequence[Stage]) -> Document | Failure:
        for stage in stages:
            try:
                document = stage(document)
            except DocumentError as error:
                return self._failed(document, stage, error.what, error.remedy)
            except Exception as error:  # as above
                log.debug("%s of %s", stage.name, document.source.path, exc_info=True)
                return self._failed(document, stage, _told(error), REPORT_IT)
        return document

    def _failed(self, document: Document, stage: Stage, reason: str, remedy: str) -> Failure:
        return Failure(
            document.source, stage.name, reason, remedy, recipe=self.version, partial=document
        )


def _told(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "needs more memory than one document may have"
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"stopped with {type(error).__name__}: {error}{place}"


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
