"""The compiled vocabulary: what was read and checked once, in a form that loads at once.

YAML of 24 languages takes seconds to read; every worker process needs it. The terms of a language
are a line of JSON each and are read when they are asked for. The copy is only used for the very
bytes it was made from, and can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from pipeline.core.concepts import Concept, Role, Term, Vocabulary

FILE = ".compiled.json"
FORMAT = 2  # raise it when the same bytes would compile to something else

_PLAIN = (
    "id", "labels", "short", "references", "eurovoc", "broader", "valid_from", "valid_until",
    "replaced_by",
)  # fmt: skip
_Json = Any  # our own file, but a stranger may have written over it


def load_compiled(folder: Path, digest: str) -> Vocabulary | None:
    """Return the vocabulary compiled from the bytes of that digest, or nothing."""
    try:
        head, _, body = (folder / FILE).read_bytes().partition(b"\n")
        told: _Json = json.loads(head)
        sha256 = hashlib.sha256(body).hexdigest()
        if (told["format"], told["digest"], told["sha256"]) != (FORMAT, digest, sha256):
            return None
        concepts, *languages = body.split(b"\n")
        terms = _Languages(dict(zip(told["languages"], languages, strict=True)))
        entries: _Json = json.loads(concepts)
        return Vocabulary(tuple(_concept(entry, terms) for entry in entries), digest)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_compiled(folder: Path, vocabulary: Vocabulary) -> None:
    """Keep a vocabulary for `load_compiled`; where the folder cannot be written, do nothing."""
    codes = sorted({code for concept in vocabulary for code in concept.terms})
    body = b"\n".join(
        [_dump([_entry(concept) for concept in vocabulary])]
        + [_dump(_terms_in(code, vocabulary)) for code in codes]
    )
    head = {
        "format": FORMAT,
        "digest": vocabulary.digest,
        "sha256": hashlib.sha256(body).hexdigest(),
        "languages": codes,
    }
    with suppress(OSError):
        with NamedTemporaryFile("wb", dir=folder, prefix=FILE, suffix=".new", delete=False) as file:
            file.write(_dump(head) + b"\n" + body)
        os.replace(file.name, folder / FILE)


class _Languages(dict[str, dict[str, tuple[Term, ...]]]):
    """The terms of a language by concept, read when they are asked for."""

    def __init__(self, lines: Mapping[str, bytes]) -> None:
        self._lines = lines

    def __missing__(self, code: str) -> dict[str, tuple[Term, ...]]:
        roles = {role.value: role for role in Role}
        read: dict[str, list[tuple[str, float, str, bool]]] = json.loads(self._lines[code])
        terms = self[code] = {
            concept: tuple(
                Term(text, weight, roles[role], exact) for text, weight, role, exact in own
            )
            for concept, own in read.items()
        }
        return terms


class _Terms(Mapping[str, tuple[Term, ...]]):
    """The terms of a concept by language."""

    def __init__(self, concept: str, codes: Sequence[str], languages: _Languages) -> None:
        self._concept = concept
        self._codes = codes
        self._languages = languages

    def __getitem__(self, code: str) -> tuple[Term, ...]:
        if code not in self._codes:
            raise KeyError(code)
        return self._languages[code][self._concept]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def __contains__(self, code: object) -> bool:
        return code in self._codes


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _entry(concept: Concept) -> dict[str, object]:
    return {name: getattr(concept, name) for name in _PLAIN} | {
        "exclusions": concept.exclusions,
        "languages": list(concept.terms),
    }


def _terms_in(code: str, vocabulary: Vocabulary) -> dict[str, list[tuple[str, float, str, bool]]]:
    return {
        concept.id: [(t.text, t.weight, t.role.value, t.exact_case) for t in concept.terms[code]]
        for concept in vocabulary
        if code in concept.terms
    }


def _concept(entry: _Json, languages: _Languages) -> Concept:
    plain: dict[str, _Json] = {
        name: tuple(value) if isinstance(value := entry[name], list) else value for name in _PLAIN
    }
    return Concept(
        **plain,
        exclusions={code: tuple(phrases) for code, phrases in entry["exclusions"].items()},
        terms=_Terms(entry["id"], tuple(entry["languages"]), languages),
    )
