"""A recipe makes a document or a failure, never a crash, and its version tells what it is."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace

from pipeline.core.document import Document, Source
from pipeline.core.errors import DocumentError, PartlyReadError, PostponedError
from pipeline.core.failures import Failure
from pipeline.core.recipe import Recipe
from tests.documents import document


@dataclass
class _Reader:
    error: Exception | None = None
    name: str = "fake"
    version: str = "1"
    media_types: frozenset[str] = frozenset({"application/pdf"})

    def read(self, source: Source) -> Document:
        if self.error:
            raise self.error
        return replace(document(), source=source)


@dataclass
class _Stage:
    name: str = "rename"
    version: str = "1"
    error: Exception | None = None

    def __call__(self, given: Document) -> Document:
        if self.error:
            raise self.error
        return replace(given, title=f"{given.title}+{self.name}")


def _recipe(
    reader: _Reader | None = None,
    reading: tuple[_Stage, ...] = (_Stage("a"),),
    tagging: tuple[_Stage, ...] = (_Stage("t"),),
) -> Recipe:
    return Recipe({"application/pdf": reader or _Reader()}, reading, tagging, {})


def test_stages_run_in_order_after_the_reader() -> None:
    done = _recipe(reading=(_Stage("a"), _Stage("b"))).process(document().source)
    assert isinstance(done, Document)
    assert done.title == "A paper+a+b+t"


def test_a_stored_document_is_only_tagged_again() -> None:
    done = _recipe(_Reader(error=OSError("gone"))).process(document(title="Stored"))
    assert isinstance(done, Document)
    assert done.title == "Stored+t"


def test_a_type_without_reader_is_a_failure_with_a_remedy() -> None:
    data = replace(document().source, media_type="application/json")
    done = _recipe().process(data)
    assert isinstance(done, Failure)
    assert (done.stage, done.reason) == ("read", "no reader for application/json")
    assert done.remedy


def test_a_readers_error_keeps_its_words_and_any_other_is_caught_too() -> None:
    error = DocumentError("is encrypted", where="a.pdf", remedy="remove the password")
    told = _recipe(_Reader(error)).process(document().source)
    assert isinstance(told, Failure)
    assert (told.reason, told.remedy) == ("is encrypted", "remove the password")
    for unforeseen, words in ((KeyError("x"), "KeyError"), (MemoryError(), "more memory")):
        caught = _recipe(_Reader(unforeseen)).process(document().source)
        assert isinstance(caught, Failure)
        assert words in caught.reason
        assert caught.remedy


def test_a_partly_read_document_is_a_failure_that_holds_the_finished_rest() -> None:
    told = {"where": "a.pdf", "remedy": "install it"}
    error = PartlyReadError("has 1 of 2 pages of images", **told, document=document())
    for given in (error, pickle.loads(pickle.dumps(error))):
        done = _recipe(_Reader(given)).process(document().source)
        assert isinstance(done, Failure)
        assert (done.stage, done.reason) == ("read", "has 1 of 2 pages of images")
        assert done.partial is not None
        assert done.partial.title == "A paper+a+t"


def test_a_document_that_needs_more_time_says_so() -> None:
    error = PostponedError("has pages of images", where="a.pdf", remedy="wait")
    done = _recipe(_Reader(error)).process(document().source)
    assert isinstance(done, Failure)
    assert done.postponed


def test_a_stage_that_fails_keeps_what_was_made_before() -> None:
    failing = _Stage("t", error=ValueError("bad"))
    done = _recipe(tagging=(failing,)).process(document().source)
    assert isinstance(done, Failure)
    assert done.stage == "t"
    assert done.partial is not None
    assert done.partial.title == "A paper+a"


def test_a_version_changes_with_what_it_is_made_of() -> None:
    base = _recipe()
    tagged = _recipe(tagging=(_Stage("t", "2"),))
    read = _recipe(reading=(_Stage("a", "2"),))
    reader = _recipe(_Reader(version="2"))
    assert _recipe().version == base.version
    assert tagged.version != base.version
    assert tagged.reading_version == base.reading_version
    for other in (read, reader):
        assert other.reading_version != base.reading_version
        assert other.version != base.version
