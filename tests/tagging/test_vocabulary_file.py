"""models/vocabulary.yaml: what is read from it, and every problem of a bad one at once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.core.concepts import Role
from pipeline.core.errors import ConfigError
from pipeline.tagging.vocabulary_file import load_vocabulary
from tests import libraries

DEFAULT = Path(__file__).resolve().parents[2] / "models" / "vocabulary.yaml"
POLICY_FILES = DEFAULT.parents[2] / "shared" / "mission" / "policy-files.yaml"


def _write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "vocabulary.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_concepts_have_labels_terms_and_canonical_references(tmp_path: Path) -> None:
    vocabulary = load_vocabulary(_write(tmp_path, libraries.VOCABULARY))
    water = vocabulary.get("water")
    assert water is not None
    assert (water.broader, water.label("fr"), water.label("en")) == ("planet", "Eau", "Water")
    assert water.references == ("91/271/EEC",)
    [name, *field] = water.terms["en"]
    assert (name.text, name.role) == ("urban waste water", Role.NAME)
    assert all(term.role is Role.FIELD and term.weight < name.weight for term in field)
    assert [c.id for c in vocabulary.files_of("planet")] == ["water", "energy"]


def test_a_weight_and_an_exact_spelling_can_be_given(tmp_path: Path) -> None:
    text = libraries.VOCABULARY.replace("[sewage,", "[{text: DEAR, weight: 2.5, exact: true},")
    water = load_vocabulary(_write(tmp_path, text)).get("water")
    assert water is not None
    [dear] = [term for term in water.terms["en"] if term.text == "DEAR"]
    assert (dear.weight, dear.exact_case) == (2.5, True)


def test_another_text_is_another_digest(tmp_path: Path) -> None:
    first = load_vocabulary(_write(tmp_path, libraries.VOCABULARY))
    second = load_vocabulary(_write(tmp_path, libraries.VOCABULARY + "# a comment\n"))
    assert first.digest != second.digest


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    bad = """
concepts:
  - {labels: {en: No id}}
  - {id: a, labels: {en: A, fr: A}, broader: nowhere, colour: red}
  - {id: b, labels: {en: B}, references: [no reference], replaced_by: nothing}
  - id: b
    labels: {en: B, fr: B}
    terms: {en: {strong: [x], field: [x, X, {text: "", weight: 1}]}}
"""
    with pytest.raises(ConfigError) as raised:
        load_vocabulary(_write(tmp_path, bad))
    told = "\n".join(raised.value.problems)
    for part in (
        "no id", "'colour'", "'nowhere'", "no label in 'fr'", "'no reference'", "'nothing'",
        "id stands twice", "en.strong", "'X' stands twice", "bad term",
    ):  # fmt: skip
        assert part in told
    assert len(raised.value.problems) == 10


@pytest.mark.parametrize("text", ["", "concepts: []", "- a", "concepts: [", "\x00"])
def test_a_file_without_concepts_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"vocabulary\.yaml"):
        load_vocabulary(_write(tmp_path, text))


def test_the_default_vocabulary_has_4_pillars_and_38_files_in_both_languages() -> None:
    vocabulary = load_vocabulary(DEFAULT)
    assert (len(vocabulary.pillars), len(vocabulary.files)) == (4, 38)
    for concept in vocabulary.files:
        for language in ("en", "fr"):
            assert len(concept.terms[language]) >= 15, (concept.id, language)
            assert any(t.role is Role.NAME for t in concept.terms[language]), concept.id


@pytest.mark.skipif(not POLICY_FILES.exists(), reason="../shared/mission is absent")
def test_the_default_vocabulary_has_the_work_programmes_files_in_its_order() -> None:
    wanted = yaml.safe_load(POLICY_FILES.read_text(encoding="utf-8"))["pillars"]
    vocabulary = load_vocabulary(DEFAULT)
    assert [p.id for p in vocabulary.pillars] == [pillar["id"] for pillar in wanted]
    for pillar in wanted:
        ids = [file["id"] for file in pillar["files"]]
        assert [c.id for c in vocabulary.files_of(pillar["id"])] == ids


def _language(path: Path, text: str) -> None:
    folder = path.with_suffix("")
    folder.mkdir(exist_ok=True)
    (folder / "de.yaml").write_text(text, encoding="utf-8")


def test_a_language_has_a_file_of_its_own(tmp_path: Path) -> None:
    path = _write(tmp_path, libraries.VOCABULARY)
    _language(path, "language: de\nconcepts:\n  water: {short: Wasser, field: [Abwasser]}\n")
    water = load_vocabulary(path).get("water")
    assert water is not None
    assert water.label("de") == "Wasser"
    assert [term.text for term in water.terms["de"]] == ["Abwasser"]


def test_a_wrong_language_file_is_told_with_its_name(tmp_path: Path) -> None:
    path = _write(tmp_path, libraries.VOCABULARY)
    _language(path, "language: nl\nconcepts:\n  water: {field: [riool]}\n")
    with pytest.raises(ConfigError, match=r"de\.yaml: it needs 'language: de'"):
        load_vocabulary(path)


def test_a_language_may_know_concepts_that_the_vocabulary_has_not(tmp_path: Path) -> None:
    path = _write(tmp_path, libraries.VOCABULARY)
    before = load_vocabulary(path)
    _language(path, "language: de\nconcepts:\n  wine: {field: [Rebe]}\n")
    assert load_vocabulary(path).concepts == before.concepts


def test_phrases_that_do_not_count_are_no_terms(tmp_path: Path) -> None:
    path = _write(tmp_path, libraries.VOCABULARY)
    _language(path, "language: de\nconcepts:\n  water: {field: [Wasser], exclude: [Wasserball]}\n")
    water = load_vocabulary(path).get("water")
    assert water is not None
    assert water.exclusions == {"de": ("Wasserball",)}
    assert [term.text for term in water.terms["de"]] == ["Wasser"]


def test_a_compiled_vocabulary_is_the_one_that_was_read(tmp_path: Path) -> None:
    path = _write(tmp_path, DEFAULT.read_text(encoding="utf-8"))
    read = load_vocabulary(path)
    assert (tmp_path / ".compiled.json").exists()
    assert load_vocabulary(path) == read


def test_a_compiled_copy_of_other_bytes_or_a_damaged_one_is_not_used(tmp_path: Path) -> None:
    path = _write(tmp_path, libraries.VOCABULARY)
    before = load_vocabulary(path)
    changed = load_vocabulary(_write(tmp_path, libraries.VOCABULARY.replace("sewage", "sludge")))
    assert changed != before
    (tmp_path / ".compiled.json").write_text("{", encoding="utf-8")
    assert load_vocabulary(path) == changed
