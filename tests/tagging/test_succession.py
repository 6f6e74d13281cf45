"""Succession: what has ended is tagged as what replaced it, from the day after."""

from __future__ import annotations

from dataclasses import replace

from pipeline.core.concepts import Concept, Role, Term, Vocabulary
from pipeline.tagging.succession import Succession
from pipeline.tagging.vocabulary_tagger import VocabularyTagger
from tests.documents import document

NAME = Term("equality strategy", 3.0, Role.NAME)
PEOPLE = Concept("people", {"en": "People"})


def _file(id_: str, until: str = "", then: str = "", terms: tuple[Term, ...] = ()) -> Concept:
    return Concept(
        id_, {"en": id_}, terms={"en": terms}, broader="people", valid_until=until, replaced_by=then
    )


def test_a_successor_stands_in_from_the_day_after_the_last() -> None:
    succession = Succession(Vocabulary((_file("old", "2025-12-31", "new"), _file("new")), ""))
    assert succession.on("2025-12-31") == {}
    assert succession.on("2026-01-01") == {"old": "new"}
    assert succession.on("") == {}


def test_successors_of_successors_are_followed_as_far_as_the_date_goes() -> None:
    files = (_file("a", "2015-12-31", "b"), _file("b", "2020-12-31", "c"), _file("c"))
    succession = Succession(Vocabulary(files, ""))
    assert succession.on("2018-01-01") == {"a": "b"}
    assert succession.on("2021-01-01") == {"a": "c", "b": "c"}


def test_files_that_replace_one_another_do_not_hang() -> None:
    files = (_file("a", "2015-12-31", "b"), _file("b", "2015-12-31", "a"))
    assert set(Succession(Vocabulary(files, "")).on("2018-01-01")) == {"a", "b"}


def test_an_ended_file_without_a_successor_stays_a_tag() -> None:
    assert Succession(Vocabulary((_file("old", "2025-12-31"),), "")).on("2026-06-01") == {}


def test_a_document_is_tagged_with_what_was_valid_at_its_date() -> None:
    files = (_file("old", "2025-12-31", "new", (NAME,)), _file("new"))
    tagger = VocabularyTagger(Vocabulary((PEOPLE, *files), digest="x"))
    paper = document("The equality strategy is ours. We like it.", title="Equality strategy")
    before = tagger.suggest(replace(paper, date="2024-05-01"))
    after = tagger.suggest(replace(paper, date="2026-05-01"))
    assert [tag.concept for tag in before] == ["old", "people"]
    assert [tag.concept for tag in after] == ["new", "people"]
    assert after[0].evidence == before[0].evidence
