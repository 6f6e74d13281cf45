"""Expert groups: who gets a report, and which policy files it covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.concepts import Vocabulary
from pipeline.core.errors import ConfigError
from pipeline.core.subscribers import is_address
from pipeline.report.listed_file import REMEDY, doubles, entries, meant, text, unknown_keys
from pipeline.report.values import Secretary

LANGUAGES = ("en", "fr")  # a report can be had in these, so a group has a name in each

_KEYS = frozenset({"id", "name", "files", "languages", "secretary"})


@dataclass(frozen=True, slots=True)
class ExpertGroup:
    """People who follow the same policy files.

    Attributes:
        id: Stable id ("planet").
        names: Name by language code, at least in ``LANGUAGES``.
        files: Ids of policy files, in no order that matters.
        languages: In which it wants its reports, the first one first; none where it does not say.
        secretary: Whom to ask, and to send a filled-in form to.
    """

    id: str
    names: Mapping[str, str]
    files: tuple[str, ...]
    languages: tuple[str, ...] = ()
    secretary: Secretary | None = None


def load_groups(
    path: Path, vocabulary: Vocabulary, languages: Collection[str] = LANGUAGES
) -> tuple[ExpertGroup, ...]:
    """Return the expert groups that the YAML file at ``path`` lists, in its order.

    Args:
        languages: In which reports can be had.

    Raises:
        ConfigError: If the file cannot be read, or any group is wrong; with all problems.
    """
    listed = entries(path, "groups", fewest=1)
    problems = [
        p
        for n, entry in enumerate(listed, start=1)
        for p in _wrong(n, entry, vocabulary, languages)
    ]
    problems += doubles("group", listed)
    if problems:
        raise ConfigError(problems, where=str(path), remedy=REMEDY)
    return tuple(_group(entry) for entry in listed if isinstance(entry, dict))


def _group(entry: Mapping[str, Mapping[str, str]]) -> ExpertGroup:
    secretary = entry.get("secretary")
    return ExpertGroup(
        id=text(entry, "id"),
        names={str(code): str(name).strip() for code, name in entry["name"].items()},
        files=tuple(entry["files"]),
        languages=tuple(entry.get("languages", ())),
        secretary=Secretary(text(secretary, "name"), text(secretary, "email"))
        if secretary
        else None,
    )


def _wrong(
    number: int, entry: object, vocabulary: Vocabulary, languages: Collection[str]
) -> list[str]:
    """Return what is wrong with the group that stands at ``number``, counted from 1."""
    who = f"group {text(entry, 'id')!r}" if text(entry, "id") else f"group {number}"
    if not isinstance(entry, dict):
        return [f"{who} is not a mapping of id, name and files"]
    problems = unknown_keys(who, entry, _KEYS)
    if not text(entry, "id"):
        problems.append(f"{who} has no id")
    problems += [
        f"{who} has no name in {code!r}" for code in LANGUAGES if not text(entry.get("name"), code)
    ]
    wrong = _wrong_files(entry, vocabulary) + _wrong_languages(entry, languages)
    wrong += _wrong_secretary(entry)
    return problems + [f"{who} {problem}" for problem in wrong]


def _wrong_files(entry: Mapping[str, object], vocabulary: Vocabulary) -> list[str]:
    files = entry.get("files")
    if not isinstance(files, list) or not files:
        return ["has no files"]
    known = {concept.id for concept in vocabulary.files}
    pillars = {concept.id for concept in vocabulary.pillars}
    problems = [
        f"lists {name!r} {n} times" for name, n in Counter(map(str, files)).items() if n > 1
    ]
    for name in dict.fromkeys(map(str, files)):
        if name in pillars:
            problems.append(f"lists {name!r}, which is a pillar; list its policy files")
        elif name not in known:
            problems.append(f"lists an unknown policy file {name!r}{meant(name, known)}")
    return problems


def _wrong_languages(entry: Mapping[str, object], known: Collection[str]) -> list[str]:
    languages = entry.get("languages", list(LANGUAGES))
    if not isinstance(languages, list) or not languages:
        return [f"has no list of languages; reports can be had in {', '.join(known)}"]
    return [
        f"wants reports in {code!r}; they can be had in {', '.join(known)}"
        for code in dict.fromkeys(map(str, languages))
        if code not in known
    ]


def _wrong_secretary(entry: Mapping[str, object]) -> list[str]:
    secretary = entry.get("secretary")
    if secretary is None:
        return []
    if not isinstance(secretary, dict):
        return ["has a secretary that is not a mapping of name and email"]
    who = "has a secretary who"
    problems = unknown_keys(who, secretary, {"name", "email"})
    if not text(secretary, "name"):
        problems.append(f"{who} has no name")
    if not is_address(text(secretary, "email")):
        problems.append(f"{who} has no e-mail address: {secretary.get('email')!r}")
    return problems
