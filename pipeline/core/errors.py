"""The one tree of errors; each message says what happened, where, and what to do.

FourpError
├── DocumentError        this document only; the rest goes on
│   ├── MissingExtraError    an optional package or program is needed to read it
│   ├── PartlyReadError      some of its pages cannot be read; the others are kept
│   ├── PostponedError       reading it takes more time than is given now
│   └── TransientError       it may go well next time; the next ingest tries again by itself
├── ConfigError          nothing starts; every problem is listed at once
├── CatalogueError       corpus/catalogue.sqlite cannot be used
├── IndexUnusableError   index/ cannot be used; it can always be rebuilt
│   └── OutdatedIndexError   it is whole, and of another version of fourp
├── MailError            this message was not sent; the others are
│   └── UncertainMailError   nobody knows whether it was
├── MailServerError      no message can be sent
├── WriteError           the disk takes no more; what was stored before is kept
└── QueryError           the words of a search do not parse
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.core.text import visible

if TYPE_CHECKING:
    from pipeline.core.document import Document


class FourpError(Exception):
    """An error told in three parts.

    Args:
        what: What happened, as a verb phrase ("is encrypted").
        where: The file, setting or place it happened to.
        remedy: What the reader can do about it.
    """

    def __init__(self, what: str, *, where: str, remedy: str) -> None:
        super().__init__(what, where, remedy)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{visible(self.where)} {self.what}; {self.remedy}"

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        # Keyword-only arguments do not survive the default pickling between processes.
        return _rebuild, (type(self), self.what, self.where, self.remedy)


def _rebuild(kind: type[FourpError], what: str, where: str, remedy: str) -> FourpError:
    return kind(what, where=where, remedy=remedy)


class DocumentError(FourpError):
    """One document cannot be read or processed."""


class MissingExtraError(DocumentError):
    """A document needs an optional package or program that is not installed."""


class PostponedError(DocumentError):
    """Reading a document takes more time than it has now; it is to be read again with more."""


class PartlyReadError(DocumentError):
    """Some pages of a document cannot be read.

    Args:
        document: What could be read; the pages that could not are empty, or absent where it is
            not known which they are.
    """

    def __init__(self, what: str, *, where: str, remedy: str, document: Document) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.document = document

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _rebuild_partly, (self.what, self.where, self.remedy, self.document)


def _rebuild_partly(what: str, where: str, remedy: str, document: Document) -> PartlyReadError:
    return PartlyReadError(what, where=where, remedy=remedy, document=document)


class TransientError(DocumentError):
    """A document could not be read for a reason that lies outside it and may pass."""


class CatalogueError(FourpError):
    """The catalogue cannot be opened, locked or understood."""


class IndexUnusableError(FourpError):
    """The search index is missing, broken or of another version."""


class OutdatedIndexError(IndexUnusableError):
    """The search index was made by another version of fourp, which kept other things in it."""


class WriteError(FourpError):
    """Work stopped midway because a file of the workspace could not be written."""


class MailError(FourpError):
    """One message was not sent; ``where`` is whom it was for."""


class UncertainMailError(MailError):
    """The connection broke when the server had a whole message and had not said what became of it.

    It may have been sent or not (RFC 1047 has the problem, and no way around it).
    """


class MailServerError(FourpError):
    """The mail server cannot be reached, is not trusted, or lets nobody in."""


class QueryError(FourpError):
    """A search query does not parse; ``where`` shows the place on lines of its own."""

    def __str__(self) -> str:
        return f"{self.where} {self.what}; {self.remedy}"


class ConfigError(FourpError):
    """Settings or vocabulary are wrong; nothing starts.

    Args:
        problems: Every problem found, each a full sentence.
        where: The file that holds them.
    """

    def __init__(self, problems: Sequence[str], *, where: str, remedy: str) -> None:
        super().__init__(_summary(problems), where=where, remedy=remedy)
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _rebuild_config, (self.problems, self.where, self.remedy)


def _rebuild_config(problems: Sequence[str], where: str, remedy: str) -> ConfigError:
    return ConfigError(problems, where=where, remedy=remedy)


def _summary(problems: Sequence[str]) -> str:
    if len(problems) == 1:
        return f"has a problem: {problems[0]}"
    return f"has {len(problems)} problems: " + " | ".join(problems)
