"""Gold labels: documents whose policy files people have given, one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.core.concepts import Vocabulary
from pipeline.core.errors import ConfigError

SHORT_TEXTS = "dossiers"  # folder of titles with a note; everything else is a long text


@dataclass(frozen=True, slots=True)
class GoldLabel:
    """One labelled document.

    Attributes:
        path: Of the file, as the gold file has it: relative to that file's folder.
        work: The act or publication; its versions must stay on one side of every split.
        kind: ``long`` or ``dossier``.
        primary: Policy files that it is about.
        secondary: Policy files that it also treats.
    """

    id: str
    path: str
    work: str
    language: str
    kind: str
    primary: frozenset[str]
    secondary: frozenset[str]


def load_gold(path: Path, vocabulary: Vocabulary) -> tuple[GoldLabel, ...]:
    """Return the labels in the JSON lines file at ``path``.

    Raises:
        ConfigError: If the file or any line of it is wrong; all problems are listed.
    """
    remedy = "correct these lines; each needs id, path, language, primary and secondary"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            [f"it cannot be read: {error}"], where=str(path), remedy=remedy
        ) from error
    known = {c.id for c in vocabulary.files}
    labels: list[GoldLabel] = []
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            label = _label(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            problems.append(f"line {number} is no label: {error!r}")
            continue
        labels.append(label)
        unknown = sorted((label.primary | label.secondary) - known)
        problems += [f"line {number}: {name!r} is no policy file" for name in unknown]
    if not labels and not problems:
        problems.append("it has no labels")
    if problems:
        raise ConfigError(problems, where=str(path), remedy=remedy)
    return tuple(labels)


def _label(row: dict[str, object]) -> GoldLabel:
    path = str(row["path"])
    return GoldLabel(
        id=str(row["id"]),
        path=path,
        work=str(row.get("work") or row["id"]),
        language=str(row["language"]),
        kind="dossier" if SHORT_TEXTS in PurePosixPath(path).parts else "long",
        primary=_concepts(row["primary"]),
        secondary=_concepts(row["secondary"]),
    )


def _concepts(value: object) -> frozenset[str]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list of policy files")
    return frozenset(map(str, value))
