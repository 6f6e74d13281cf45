"""Writing models/vocabulary.yaml and its languages, in the form that `vocabulary_file` reads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import yaml

from pipeline.core.concepts import Concept, Role, Term
from pipeline.tagging.vocabulary_file import DEFAULT_WEIGHT, EXCLUDE

MAIN_LANGUAGES = ("mul", "en", "fr")  # stand in the main file
BEFORE = ".old"  # what a file was before it was written over
_WIDTH = 160
_LISTS = ("references", "eurovoc")
_TEXTS = ("valid_from", "valid_until", "replaced_by")

_Yaml = dict[str, Any]


def write_vocabulary(path: Path, concepts: Iterable[Concept]) -> list[Path]:
    """Write the concepts' files, each in one step, and return those that changed.

    The comment at the head of a file stays; comments further down are lost, so the file as it was
    is kept beside it, with ".old" behind its name.

    Raises:
        OSError: If a file cannot be written.
    """
    concepts = list(concepts)
    wanted = {path: _dump({"concepts": [_entry(concept) for concept in concepts]})}
    folder = path.with_suffix("")
    codes = {
        code
        for c in concepts
        for part in (c.labels, c.short, c.terms, c.exclusions)
        for code in part
    }
    for code in sorted(codes - set(MAIN_LANGUAGES)):
        entries = {c.id: entry for c in concepts if (entry := _in_language(c, code))}
        wanted[folder / f"{code}.yaml"] = _dump({"language": code, "concepts": entries})
    return [one for one, text in wanted.items() if _replaced(one, text)]


def _replaced(path: Path, text: str) -> bool:
    """Write a file unless it says the same already."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if before and yaml.safe_load(before) == yaml.safe_load(text):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    if before:
        _write(path.with_name(path.name + BEFORE), before)
    _write(path, _head(before) + text)
    return True


def _write(path: Path, text: str) -> None:
    with NamedTemporaryFile(
        "w", dir=path.parent, prefix=path.name, suffix=".new", encoding="utf-8", delete=False
    ) as file:
        file.write(text)
    os.replace(file.name, path)


def _head(text: str) -> str:
    lines = text.splitlines(keepends=True)
    end = next((n for n, line in enumerate(lines) if line.strip() and line[0] != "#"), 0)
    return "".join(lines[:end])


def _dump(content: _Yaml) -> str:
    return yaml.safe_dump(
        content, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=None
    )


def _entry(concept: Concept) -> _Yaml:
    entry: _Yaml = {"id": concept.id}
    if concept.broader:
        entry["broader"] = concept.broader
    for name in ("labels", "short"):
        texts: Mapping[str, str] = getattr(concept, name)
        if own := {code: texts[code] for code in MAIN_LANGUAGES if code in texts}:
            entry[name] = own
    for name in _LISTS:
        if getattr(concept, name):
            entry[name] = list(getattr(concept, name))
    for name in _TEXTS:
        if getattr(concept, name):
            entry[name] = getattr(concept, name)
    terms = {code: roles for code in MAIN_LANGUAGES if (roles := _roles(concept, code))}
    return entry | ({"terms": terms} if terms else {})


def _in_language(concept: Concept, code: str) -> _Yaml:
    names = {"label": concept.labels.get(code), "short": concept.short.get(code)}
    return {key: text for key, text in names.items() if text} | _roles(concept, code)


def _roles(concept: Concept, code: str) -> _Yaml:
    roles: _Yaml = {
        role.value: own
        for role in Role
        if (own := [_term(t) for t in concept.terms.get(code, ()) if t.role is role])
    }
    if code in concept.exclusions:
        roles[EXCLUDE] = list(concept.exclusions[code])
    return roles


def _term(term: Term) -> str | _Yaml:
    more: _Yaml = {}
    if term.weight != DEFAULT_WEIGHT[term.role]:
        more["weight"] = term.weight
    if term.exact_case:
        more["exact"] = True
    return {"text": term.text} | more if more else term.text
