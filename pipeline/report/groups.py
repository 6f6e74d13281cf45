"""Expert groups: who gets a report, and which policy files it covers."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from pipeline.core.concepts import Vocabulary
from pipeline.core.errors import ConfigError

LANGUAGES = ("en", "fr")  # a report can be had in these, so a group has a name in each

_REMEDY = "correct it and start again"
_KEYS = frozenset({"id", "name", "files"})


@dataclass(frozen=True, slots=True)
class ExpertGroup:
    """People who follow the same policy files.

    Attributes:
        id: Stable id ("planet").
        names: Name by language code, at least in ``LANGUAGES``.
        files: Ids of policy files, in no order that matters.
    """

    id: str
    names: Mapping[str, str]
    files: tuple[str, ...]


def load_groups(path: Path, vocabulary: Vocabulary) -> tuple[ExpertGroup, ...]:
    """Return the expert groups that the YAML file at ``path`` lists, in its order.

    Raises:
        ConfigError: If the file cannot be read, or any group is wrong; with all problems.
    """
    entries = _entries(path)
    problems = [p for n, entry in enumerate(entries, start=1) for p in _wrong(n, entry, vocabulary)]
    ids = Counter(name for entry in entries if (name := _text(entry, "id")))
    problems += [f"group id {name!r} is used {n} times" for name, n in ids.items() if n > 1]
    if problems:
        raise ConfigError(problems, where=str(path), remedy=_REMEDY)
    return tuple(
        ExpertGroup(
            id=_text(entry, "id"),
            names={str(code): str(name).strip() for code, name in entry["name"].items()},
            files=tuple(entry["files"]),
        )
        for entry in entries
        if isinstance(entry, dict)
    )


def _entries(path: Path) -> list[object]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            [f"it cannot be read: {error}"], where=str(path), remedy="check that it is there"
        ) from error
    except yaml.YAMLError as error:
        told = " ".join(str(error).split())
        raise ConfigError([f"it is not YAML: {told}"], where=str(path), remedy=_REMEDY) from error
    groups = content.get("groups") if isinstance(content, dict) else None
    if not isinstance(groups, list) or not groups:
        raise ConfigError(
            ["it has no list `groups:` with at least one group"], where=str(path), remedy=_REMEDY
        )
    return groups


def _text(entry: object, key: str) -> str:
    value = entry.get(key) if isinstance(entry, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _wrong(number: int, entry: object, vocabulary: Vocabulary) -> list[str]:
    """Return what is wrong with the group that stands at ``number``, counted from 1."""
    who = f"group {_text(entry, 'id')!r}" if _text(entry, "id") else f"group {number}"
    if not isinstance(entry, dict):
        return [f"{who} is not a mapping of id, name and files"]
    problems = [
        f"{who} has an unknown key {key!r}{_meant(str(key), _KEYS)}"
        for key in entry
        if key not in _KEYS
    ]
    if not _text(entry, "id"):
        problems.append(f"{who} has no id")
    problems += [
        f"{who} has no name in {code!r}" for code in LANGUAGES if not _text(entry.get("name"), code)
    ]
    return problems + [f"{who} {problem}" for problem in _wrong_files(entry, vocabulary)]


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
            problems.append(f"lists an unknown policy file {name!r}{_meant(name, known)}")
    return problems


def _meant(word: str, known: frozenset[str] | set[str]) -> str:
    close = difflib.get_close_matches(word, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
