"""Checking a vocabulary: each kind of finding is found, and nothing that is all right."""

from __future__ import annotations

from datetime import date

from pipeline.core.concepts import Concept, Role, Term, Vocabulary
from pipeline.tagging.vocabulary_check import (
    Kind,
    Usage,
    check_usage,
    check_vocabulary,
    count_usage,
    coverage,
)
from tests.documents import document

TODAY = date(2026, 6, 1)


def _name(text: str, *, exact: bool = False) -> Term:
    return Term(text, 3.0, Role.NAME, exact)


def _file(id_: str, *terms: Term, language: str = "en", **more: object) -> Concept:
    values = {"labels": {"en": id_.title()}, "terms": {language: terms}, "broader": "planet"}
    return Concept(id_, **values | more)  # type: ignore[arg-type]  # a test's shorthand


def _found(*files: Concept) -> list[tuple[Kind, str, str, str]]:
    vocabulary = Vocabulary((Concept("planet", {"en": "Planet"}), *files), digest="")
    return [
        (f.kind, f.concept, f.language, f.what) for f in check_vocabulary(vocabulary, today=TODAY)
    ]


def test_a_sound_vocabulary_has_nothing_to_look_at() -> None:
    water = _file("water", _name("waste water"), Term("sewage"))
    assert _found(water, _file("energy", _name("energy efficiency"))) == []


def test_terms_of_the_same_words_in_a_concept_are_doubles() -> None:
    water = _file("water", _name("waste water"), Term("waste-waters"), _name("WHO", exact=True))
    assert _found(water) == [(Kind.TWICE, "water", "en", "waste-waters")]


def test_a_name_of_two_files_is_ambiguous_and_a_term_of_two_fields_is_not() -> None:
    assert _found(
        _file("water", _name("reuse"), Term("sludge"), _name("DEAR", exact=True)),
        _file("waste", _name("re-use"), _name("Reuse"), Term("sludge"), _name("dear")),
    ) == [(Kind.AMBIGUOUS, "waste", "en", "Reuse")]


def test_a_reference_of_two_files_is_ambiguous() -> None:
    water = _file("water", _name("water"), references=("COM(2020) 98",))
    waste = _file("waste", _name("waste"), references=("COM(2020) 98",))
    assert _found(water, waste) == [(Kind.AMBIGUOUS, "waste", "", "COM(2020) 98")]


def test_a_language_without_label_names_or_enough_terms_has_a_gap() -> None:
    english = (_name("waste water"), *(Term(word) for word in ("sewage", "sludge", "drain")))
    labels = {"en": "Water", "de": "Wasser", "it": "Acqua", "nl": "Water"}
    terms = {
        "en": english,
        "de": (_name("Abwasser"), Term("Schlamm")),
        "it": (Term("fanghi"), Term("scarichi")),
        "nl": (_name("afvalwater"),),
        "sv": (_name("avloppsvatten"), Term("slam")),
    }
    water = Concept("water", labels, terms=terms, broader="planet")
    assert [(kind, language) for kind, _, language, _ in _found(water)] == [
        (Kind.GAP, "it"),  # no name
        (Kind.GAP, "nl"),  # one term of four
        (Kind.GAP, "sv"),  # no label
    ]


def test_a_file_whose_last_day_is_over_is_told_with_what_follows() -> None:
    old = _file("old", _name("strategy"), valid_until="2025-12-31", replaced_by="new")
    bare = _file("bare", _name("plan"), valid_until="2026-05-31")
    current = _file("new", _name("roadmap"), valid_until="2026-06-01")
    vocabulary = Vocabulary((old, bare, current), digest="")
    found = check_vocabulary(vocabulary, today=TODAY)
    assert [(f.kind, f.concept) for f in found] == [(Kind.ENDED, "bare"), (Kind.ENDED, "old")]
    assert "tagged new" in found[1].told
    assert "replaced_by" in found[0].told


def test_terms_are_counted_once_a_document_and_by_its_language() -> None:
    water = _file("water", _name("waste water"), Term("sewage"))
    papers = [document("Sewage, sewage and waste water."), document("Sewage.")]
    usage = count_usage(Vocabulary((water,), digest=""), papers)
    assert usage.documents == {"en": 2}
    assert usage.terms == {("en", "water", "sewage"): 2, ("en", "water", "waste water"): 1}


def test_terms_in_too_many_documents_and_in_none_are_told() -> None:
    water = _file("water", _name("waste water"), Term("sewage"), Term("price", 0.5, Role.COMPANY))
    german = _file("water", _name("Abwasser"), language="de")
    usage = Usage({"en": 100}, {("en", "water", "sewage"): 40, ("en", "water", "price"): 90})
    found = check_usage(Vocabulary((water,), digest=""), usage)
    assert [(f.kind, f.what) for f in found] == [
        (Kind.ALWAYS, "sewage"),
        (Kind.NEVER, "waste water"),
    ]
    assert check_usage(Vocabulary((german,), digest=""), usage) == []  # no German document


def test_a_few_documents_do_not_tell_that_a_term_is_everywhere_or_nowhere() -> None:
    water = _file("water", Term("sewage"))
    usage = Usage({"en": 5}, {("en", "water", "sewage"): 5})
    assert check_usage(Vocabulary((_file("water", Term("sludge")),), digest=""), usage) == []
    assert check_usage(Vocabulary((water,), digest=""), usage) == []


def test_terms_are_counted_by_language_and_role_english_first() -> None:
    water = _file("water", _name("waste water"), Term("sewage"), Term("sludge"))
    german = _file("energy", _name("Energieeffizienz"), language="de")
    counts = coverage(Vocabulary((german, water), digest=""))
    assert list(counts) == ["en", "de"]
    assert counts["en"] == {Role.NAME: 1, Role.FIELD: 2, Role.COMPANY: 0}
