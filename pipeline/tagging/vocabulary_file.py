"""Reading models/vocabulary.yaml and its languages, with every problem of them told at once."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from pipeline.core.concepts import Concept, Role, Term, Vocabulary
from pipeline.core.errors import ConfigError
from pipeline.core.references import canonical
from pipeline.tagging.compiled_vocabulary import keep_compiled, load_compiled

# What one match of a term adds before saturation, where the file names no weight of its own.
DEFAULT_WEIGHT = {Role.NAME: 3.0, Role.FIELD: 1.0, Role.COMPANY: 0.5}

_KEYS = {
    "id", "broader", "labels", "short", "terms", "references", "eurovoc", "valid_from",
    "valid_until", "replaced_by",
}  # fmt: skip
EXCLUDE = "exclude"  # stands among the roles of a language
_ROLES = frozenset(role.value for role in Role)
logger = logging.getLogger(__name__)

_Yaml = Any  # what a YAML file holds is unknown until it is checked below


def load_vocabulary(path: Path, *, copies: Iterable[Path] = ()) -> Vocabulary:
    """Return the vocabulary of the YAML file at ``path``.

    The languages other than its own stand beside it, one file each, in a folder of its name
    without the ending. What was found right once is read from a compiled copy.

    Args:
        copies: Folders besides that of the file where a compiled copy of the same bytes may be.

    Raises:
        ConfigError: If a file cannot be read or anything in it is wrong; all problems are listed.
    """
    problems: list[str] = []
    try:
        files = {path: path.read_bytes()}
        files |= {one: one.read_bytes() for one in sorted(path.with_suffix("").glob("*.yaml"))}
    except OSError as error:
        raise _wrong([f"it cannot be read: {error}"], path) from error
    digest = _digest(files)
    for folder in (path.parent, *copies):
        compiled = load_compiled(folder, digest)
        if compiled is not None:
            return compiled
    loaded = {one: _parsed(one, content, path, problems) for one, content in files.items()}
    main = loaded.pop(path)
    entries = main.get("concepts") if isinstance(main, dict) else None
    if not isinstance(entries, list) or not entries:
        problems.append("it has no list 'concepts'")
        entries = []
    _add_languages(entries, loaded, problems)
    concepts = [c for entry in entries if (c := _concept(entry, problems)) is not None]
    problems += _wrong_links(concepts)
    if problems:
        raise _wrong(problems, path)
    ordered = [c for c in concepts if c.is_pillar] + [c for c in concepts if not c.is_pillar]
    vocabulary = Vocabulary(tuple(ordered), digest)
    keep_compiled(path.parent, vocabulary)
    return vocabulary


def _wrong(problems: list[str], path: Path) -> ConfigError:
    return ConfigError(
        problems, where=str(path), remedy="correct them; models/README.md explains the format"
    )


def _digest(files: Mapping[Path, bytes]) -> str:
    digest = hashlib.sha256()
    for one, content in files.items():
        digest.update(f"{one.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _parsed(one: Path, content: bytes, main: Path, problems: list[str]) -> _Yaml:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times as quick
    try:
        return yaml.load(content, Loader=loader)
    except yaml.YAMLError as error:
        where = "it" if one == main else one.name
        problems.append(f"{where} cannot be read: {error}")
        return {}


def _add_languages(
    entries: list[_Yaml], languages: Mapping[Path, _Yaml], problems: list[str]
) -> None:
    """Put what the languages' files say of the concepts into the concepts' entries."""
    by_id = {e["id"]: e for e in entries if isinstance(e, dict) and isinstance(e.get("id"), str)}
    for one, loaded in languages.items():
        concepts = loaded.get("concepts") if isinstance(loaded, dict) else None
        if not isinstance(concepts, dict) or loaded.get("language") != one.stem:
            problems.append(f"{one.name}: it needs 'language: {one.stem}' and 'concepts'")
            continue
        for name, entry in concepts.items():
            if not isinstance(entry, dict):
                problems.append(f"{one.name}: {name!r} has no label and no terms")
                continue
            if name not in by_id:  # whoever takes a concept out need not edit every language
                logger.info("%s: %r is no concept of the vocabulary", one.name, name)
                continue
            for key, part in (("label", "labels"), ("short", "short")):
                if key in entry:
                    by_id[name].setdefault(part, {})[one.stem] = entry[key]
            roles = {k: v for k, v in entry.items() if k not in ("label", "short")}
            by_id[name].setdefault("terms", {})[one.stem] = roles


def _concept(entry: _Yaml, problems: list[str]) -> Concept | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        problems.append(f"a concept has no id: {entry!r:.60}")
        return None
    name: str = entry["id"]
    problems += [f"{name}: unknown key {key!r}" for key in entry if key not in _KEYS]
    labels = _texts(entry, "labels", problems)
    problems += [f"{name}: no label in {code!r}" for code in ("en", "fr") if code not in labels]
    terms = entry.get("terms") or {}
    return Concept(
        id=name,
        labels=labels,
        short=_texts(entry, "short", problems),
        terms=dict(_terms(name, terms, problems)),
        references=tuple(_references(name, entry.get("references") or (), problems)),
        exclusions=dict(_exclusions(name, terms, problems)),
        eurovoc=tuple(map(str, entry.get("eurovoc") or ())),
        **{
            key: str(entry.get(key) or "")
            for key in ("broader", "valid_from", "valid_until", "replaced_by")
        },
    )


def _exclusions(
    name: str, by_language: _Yaml, problems: list[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for language, by_role in by_language.items() if isinstance(by_language, dict) else ():
        phrases = (by_role or {}).get(EXCLUDE)
        if phrases is None:
            continue
        if not isinstance(phrases, list) or not all(isinstance(p, str) for p in phrases):
            problems.append(f"{name}: {language}.{EXCLUDE} is no list of phrases")
            continue
        yield str(language), tuple(phrases)


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
            if role == EXCLUDE:
                continue
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
