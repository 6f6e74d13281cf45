"""YAML files that hold one list of mappings: read, and their problems told in the same words."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path

import yaml

from pipeline.core.errors import ConfigError

REMEDY = "correct it and start again"


def entries(path: Path, key: str, *, fewest: int) -> list[object]:
    """Return what the list ``key`` of the YAML file at ``path`` holds.

    Raises:
        ConfigError: If the file cannot be read, or has no such list of at least ``fewest``.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            [f"it cannot be read: {error}"], where=str(path), remedy="check that it is there"
        ) from error
    except yaml.YAMLError as error:
        told = " ".join(str(error).split())
        raise ConfigError([f"it is not YAML: {told}"], where=str(path), remedy=REMEDY) from error
    listed = content.get(key) if isinstance(content, dict) else None
    if isinstance(listed, list) and len(listed) >= fewest:
        return listed
    some = f" with at least one {key.removesuffix('s')}" if fewest else ""
    raise ConfigError([f"it has no list `{key}:`{some}"], where=str(path), remedy=REMEDY)


def text(entry: object, key: str) -> str:
    """Return the text under a key of an entry without the space around it, or ""."""
    value = entry.get(key) if isinstance(entry, dict) else None
    return value.strip() if isinstance(value, str) else ""


def unknown_keys(who: str, entry: Iterable[object], known: Collection[str]) -> list[str]:
    """Return the keys of an entry that are none, as problems."""
    return [
        f"{who} has an unknown key {key!r}{meant(str(key), known)}"
        for key in entry
        if key not in known
    ]


def doubles(what: str, listed: Iterable[object]) -> list[str]:
    """Return the ids that several entries have, as problems."""
    ids = Counter(name for entry in listed if (name := text(entry, "id")))
    return [f"{what} id {name!r} is used {n} times" for name, n in ids.items() if n > 1]


def meant(word: str, known: Collection[str]) -> str:
    """Return "; did you mean 'water'?" where a known word is like one, or ""."""
    close = difflib.get_close_matches(word, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
