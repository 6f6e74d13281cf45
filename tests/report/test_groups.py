"""Expert groups load whole, or every problem of the file is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.errors import ConfigError
from pipeline.report.groups import ExpertGroup, load_groups
from pipeline.report.values import Secretary
from pipeline.tagging.vocabulary_file import load_vocabulary
from tests.report.sample import VOCABULARY

ROOT = Path(__file__).parents[2]


def _problems(path: Path, text: str) -> tuple[str, ...]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_groups(path, VOCABULARY)
    assert raised.value.where == str(path)
    return raised.value.problems


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "expert-groups.yaml"


def test_groups_come_in_the_order_of_the_file(path: Path) -> None:
    path.write_text(
        """
groups:
  - {id: planet, name: {en: Planet, fr: Planète}, files: [water, energy]}
  - {id: mixed, name: {en: Mixed, fr: Mixte}, files: [water, digital]}
""",
        encoding="utf-8",
    )
    assert load_groups(path, VOCABULARY) == (
        ExpertGroup("planet", {"en": "Planet", "fr": "Planète"}, ("water", "energy")),
        ExpertGroup("mixed", {"en": "Mixed", "fr": "Mixte"}, ("water", "digital")),
    )


def test_a_group_may_say_its_languages_and_its_secretary(path: Path) -> None:
    path.write_text(
        """
groups:
  - id: planet
    name: {en: Planet, fr: Planète}
    files: [water]
    languages: [fr]
    secretary: {name: Ann Ek, email: ann@example.org}
""",
        encoding="utf-8",
    )
    [group] = load_groups(path, VOCABULARY)
    assert group.languages == ("fr",)
    assert group.secretary == Secretary("Ann Ek", "ann@example.org")


def test_all_problems_are_told_at_once(path: Path) -> None:
    problems = _problems(
        path,
        """
groups:
  - {id: one, name: {en: One}, files: [watr, planet, water, water]}
  - {id: one, name: {en: One, fr: Un}, files: []}
  - {nam: {en: Three, fr: Trois}, files: [energy]}
  - just words
  - {id: two, name: {en: T, fr: D}, files: [water], languages: [de], secretary: {nam: A, email: a}}
  - {id: six, name: {en: S, fr: S}, files: [water], languages: fr, secretary: Ann}
""",
    )
    assert set(problems) == {
        "group 'two' wants reports in 'de'; they can be had in en, fr",
        "group 'two' has a secretary who has an unknown key 'nam'; did you mean 'name'?",
        "group 'two' has a secretary who has no name",
        "group 'two' has a secretary who has no e-mail address: 'a'",
        "group 'six' has no list of languages; reports can be had in en, fr",
        "group 'six' has a secretary that is not a mapping of name and email",
        "group 'one' has no name in 'fr'",
        "group 'one' lists 'water' 2 times",
        "group 'one' lists an unknown policy file 'watr'; did you mean 'water'?",
        "group 'one' lists 'planet', which is a pillar; list its policy files",
        "group 'one' has no files",
        "group 3 has an unknown key 'nam'; did you mean 'name'?",
        "group 3 has no id",
        "group 3 has no name in 'en'",
        "group 3 has no name in 'fr'",
        "group 4 is not a mapping of id, name and files",
        "group id 'one' is used 2 times",
    }


@pytest.mark.parametrize("text", ["", "groups: []", "groups: water", "- water", "other: 1"])
def test_file_without_groups_is_refused(path: Path, text: str) -> None:
    assert "no list `groups:`" in _problems(path, text)[0]


def test_what_is_no_yaml_is_refused_with_its_line(path: Path) -> None:
    assert "line 3" in _problems(path, "groups:\n  - {id: planet\n  - {id: places}\n")[0]


def test_missing_file_and_wrong_bytes_are_refused(path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_groups(path, VOCABULARY)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_groups(path, VOCABULARY)


def test_default_groups_are_one_per_pillar_and_cover_every_policy_file() -> None:
    vocabulary = load_vocabulary(ROOT / "models" / "vocabulary.yaml")
    groups = load_groups(ROOT / "models" / "expert-groups.yaml", vocabulary)
    assert [(group.id, group.files) for group in groups] == [
        (pillar.id, tuple(file.id for file in vocabulary.files_of(pillar.id)))
        for pillar in vocabulary.pillars
    ]
    assert sum(len(group.files) for group in groups) == 38


def test_a_group_may_want_any_language_that_reports_can_be_had_in(tmp_path: Path) -> None:
    path = tmp_path / "groups.yaml"
    path.write_text(
        "groups:\n  - {id: two, name: {en: T, fr: D}, files: [water], languages: [de, fr]}\n",
        encoding="utf-8",
    )
    [group] = load_groups(path, VOCABULARY, ("en", "fr", "de"))
    assert group.languages == ("de", "fr")
