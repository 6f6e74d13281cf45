"""Reading models/vocabulary.yaml: a checked `Vocabulary`, or every problem of the file at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from pipeline.core.concepts import Concept, Role, Term, Vocabulary
from pipeline.core.errors import ConfigError
from pipeline.core.references import canonical

# What one match of a term adds before saturation, where the file names no weight of its own.
DEFAULT_WEIGHT = {Role.NAME: 3.0, Role.FIELD: 1.0, Role.COMPANY: 0.5}

_KEYS = {
    "id", "broader", "labels", "short", "terms", "references", "valid_from", "valid_until",
    "replaced_by",
}  # fmt: skip
_ROLES = frozenset(role.value for role in Role)
_Yaml = Any  # what a YAML file holds is unknown until it is checked below


def load_vocabulary(path: Path) -> Vocabulary:
    """Return the vocabulary of the YAML file at ``path``.

    Raises:
        ConfigError: If it cannot be read or anything in it is wrong; all problems are listed.
    """
    try:
        content = path.read_bytes()
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times as quick
        loaded: _Yaml = yaml.load(content, Loader=loader)
    except (OSError, yaml.YAMLError) as error:
        raise ConfigError(
            [f"it cannot be read: {error}"], where=str(path), remedy="restore or correct the file"
        ) from error
    problems: list[str] = []
    entries = loaded.get("concepts") if isinstance(loaded, dict) else None
    if not isinstance(entries, list) or not entries:
        problems.append("it has no list 'concepts'")
        entries = []
    concepts = [c for entry in entries if (c := _concept(entry, problems)) is not None]
    problems += _wrong_links(concepts)
    if problems:
        raise ConfigError(
            problems, where=str(path), remedy="correct them; models/README.md explains the format"
        )
    ordered = [c for c in concepts if c.is_pillar] + [c for c in concepts if not c.is_pillar]
    return Vocabulary(tuple(ordered), hashlib.sha256(content).hexdigest())


def _concept(entry: _Yaml, problems: list[str]) -> Concept | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        problems.append(f"a concept has no id: {entry!r:.60}")
        return None
    name: str = entry["id"]
    problems += [f"{name}: unknown key {key!r}" for key in entry if key not in _KEYS]
    labels = _texts(entry, "labels", problems)
    problems += [f"{name}: no label in {code!r}" for code in ("en", "fr") if code not in labels]
    return Concept(
        id=name,
        labels=labels,
        short=_texts(entry, "short", problems),
        terms=dict(_terms(name, entry.get("terms") or {}, problems)),
        references=tuple(_references(name, entry.get("references") or (), problems)),
        **{
            key: str(entry.get(key) or "")
            for key in ("broader", "valid_from", "valid_until", "replaced_by")
        },
    )


def _texts(entry: Mapping[str, _Yaml], key: str, problems: list[str]) -> dict[str, str]:
    texts = entry.get(key) or {}
    if isinstance(texts, dict) and all(isinstance(text, str) for text in texts.values()):
        return texts
    problems.append(f"{entry['id']}: {key!r} must be a text by language")
    return {}


def _terms(
    name: str, by_language: _Yaml, problems: list[str]
) -> Iterator[tuple[str, tuple[Term, ...]]]:
    if not isinstance(by_language, dict):
        problems.append(f"{name}: 'terms' must be roles by language")
        return
    for language, by_role in by_language.items():
        terms: dict[str, Term] = {}
        for role, items in (by_role or {}).items():
            if role not in _ROLES or not isinstance(items, list):
                problems.append(f"{name}: {language}.{role} is no list of terms of a known role")
                continue
            for item in items:
                term = _term(item, Role(role))
                if term is None:
                    problems.append(f"{name}: {language}.{role} has a bad term: {item!r:.60}")
                elif (key := term.text if term.exact_case else term.text.casefold()) in terms:
                    problems.append(f"{name}: {term.text!r} stands twice in {language}")
                else:
                    terms[key] = term
        yield str(language), tuple(terms.values())


def _term(item: _Yaml, role: Role) -> Term | None:
    if isinstance(item, str):
        item = {"text": item}
    if not isinstance(item, dict) or not set(item) <= {"text", "weight", "exact"}:
        return None
    text, weight = item.get("text"), item.get("weight", DEFAULT_WEIGHT[role])
    if not isinstance(text, str) or not isinstance(weight, int | float) or not text.strip():
        return None
    return Term(text, float(weight), role, bool(item.get("exact"))) if weight > 0 else None


def _references(name: str, items: Iterable[_Yaml], problems: list[str]) -> Iterator[str]:
    for item in items:
        value = canonical(item) if isinstance(item, str) else None
        if value is None:
            problems.append(f"{name}: no reference is read in {item!r:.60}")
        else:
            yield value


def _wrong_links(concepts: list[Concept]) -> Iterator[str]:
    ids = [c.id for c in concepts]
    pillars = {c.id for c in concepts if c.is_pillar}
    for one in sorted({name for name in ids if ids.count(name) > 1}):
        yield f"{one}: the id stands twice"
    for concept in concepts:
        if concept.broader and concept.broader not in pillars:
            yield f"{concept.id}: broader {concept.broader!r} is no pillar"
        if concept.replaced_by and concept.replaced_by not in ids:
            yield f"{concept.id}: replaced_by {concept.replaced_by!r} is no concept"
