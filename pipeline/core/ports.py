"""The promises of the extension points: reader, language detector, tagger, index, executor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pipeline.core.document import Document, Source
from pipeline.core.failures import WorkerLoss
from pipeline.core.query import Query, Results
from pipeline.core.tags import Tag

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Reader(Protocol):
    """Bytes to text, pages and layout."""

    name: str
    version: str
    media_types: frozenset[str]

    def read(self, source: Source) -> Document:
        """Return the document that the file at ``source.path`` holds.

        Raises:
            DocumentError: If it cannot be read; a `PartlyReadError` holds what can be, a
                `PostponedError` asks for more time.
        """
        ...


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """A language and how sure the detector is, 0..1; ``und`` where it does not know."""

    language: str
    confidence: float


class LanguageDetector(Protocol):
    """Text to language; the same text always gets the same answer."""

    name: str
    version: str

    def detect(self, text: str) -> LanguageGuess:
        """Return the language of most of ``text``; ``und`` where there is too little of it."""
        ...


class Tagger(Protocol):
    """Document to tags with evidence."""

    name: str
    version: str

    def suggest(self, document: Document) -> tuple[Tag, ...]:
        """Return tags and candidates, policy files and pillars, each best first."""
        ...


class Stage(Protocol):
    """A step that makes a new document out of a document."""

    name: str
    version: str

    def __call__(self, document: Document, /) -> Document:
        """Return the document with what this stage adds.

        Raises:
            DocumentError: If this document cannot be processed.
        """
        ...


class Batch(Protocol):
    """Documents on their way into an index, committed together."""

    def put(self, document: Document) -> None:
        """Add a document, or replace the one with its id; nobody finds it before the commit."""
        ...

    def amend(self, document: Document) -> None:
        """Replace the tags, work, date, kind, audience and place of a document that is held.

        Its title and passages must be those that the index holds; they are not written again.

        Raises:
            ValueError: If the index does not hold it.
        """
        ...


class SearchIndex(Protocol):
    """Passages of documents, found by words and filters, folded by work."""

    def batch(self) -> AbstractContextManager[Batch]:
        """Give a batch that is committed at the end of the block, or leaves no trace if it fails.

        One batch at a time. Putting documents as they come spreads the work that `add` does
        at once.
        """
        ...

    def add(self, documents: Iterable[Document]) -> int:
        """Add or replace documents by id, commit them, and return how many there were.

        Adding a document twice is adding it once.
        """
        ...

    def delete(self, ids: Iterable[str]) -> None:
        """Take documents out and commit; unknown ids are passed over."""
        ...

    def search(self, query: Query) -> Results:
        """Return the matching works, best first, ties by document id."""
        ...

    def similar(self, document: str, limit: int = 10, *, audience: str = "") -> Results:
        """Return the works most like a document of the index, in any language, without its own.

        Args:
            audience: As in `Filters`.

        Raises:
            ValueError: If the index does not hold it.
        """
        ...

    def suggest(self, word: str, limit: int = 3) -> tuple[str, ...]:
        """Return words of the index that ``word`` may have been meant to be."""
        ...

    @property
    def generation(self) -> str:
        """An id given when the index was made; another one means that it was made anew."""
        ...

    def count(self) -> int:
        """Return the number of documents."""
        ...

    def close(self) -> None:
        """Release files; the index cannot be used afterwards."""
        ...


class Executor(Protocol):
    """Runs one function over many items, somewhere."""

    def map(
        self,
        build: Callable[[], Callable[[Item], Answer]],
        items: Iterable[Item],
    ) -> Iterator[tuple[Item, Answer | WorkerLoss]]:
        """Yield every item once with its answer, in the order in which they are ready.

        ``build`` runs once per worker, so models load where they are used. An item whose
        worker dies or overruns gets a `WorkerLoss`; the others go on.

        ``items`` may be an iterator that grows by the answers (documents found inside others):
        after it was exhausted it is asked again whenever an answer was consumed, until nothing
        is under way. It must then bear being asked after a ``StopIteration``, which a generator
        does, but without ever yielding again.
        """
        ...

    def with_deadline(self, seconds: float) -> Executor:
        """Return the same executor with another deadline for one item, where it has any."""
        ...
