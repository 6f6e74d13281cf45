"""The compiled vocabulary: what was read and checked once, in a form that loads at once.

YAML of 24 languages takes a second to read, JSON a fiftieth; every worker process needs it. The
copy is only used for the very bytes it was made from, and can be deleted at any time.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from pipeline.core.concepts import Concept, Role, Term, Vocabulary

FILE = ".compiled.json"
FORMAT = 1  # raise it when the same bytes would compile to something else

_PLAIN = (
    "id", "labels", "short", "references", "eurovoc", "broader", "valid_from", "valid_until",
    "replaced_by",
)  # fmt: skip
_Json = Any  # our own file, but a stranger may have written over it


def load_compiled(folder: Path, digest: str) -> Vocabulary | None:
    """Return the vocabulary compiled from the bytes of that digest, or nothing."""
    try:
        content: _Json = json.loads((folder / FILE).read_bytes())
        if content["format"] != FORMAT or content["digest"] != digest:
            return None
        return Vocabulary(tuple(map(_concept, content["concepts"])), digest)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_compiled(folder: Path, vocabulary: Vocabulary) -> None:
    """Keep a vocabulary for `load_compiled`; where the folder cannot be written, do nothing."""
    content = {
        "format": FORMAT,
        "digest": vocabulary.digest,
        "concepts": [_entry(concept) for concept in vocabulary],
    }
    with suppress(OSError):
        with NamedTemporaryFile(
            "w", dir=folder, prefix=FILE, suffix=".new", encoding="utf-8", delete=False
        ) as file:
            json.dump(content, file, ensure_ascii=False, separators=(",", ":"))
        os.replace(file.name, folder / FILE)


def _entry(concept: Concept) -> dict[str, object]:
    return {name: getattr(concept, name) for name in _PLAIN} | {
        "exclusions": concept.exclusions,
        "terms": {
            language: [(t.text, t.weight, t.role.value, t.exact_case) for t in terms]
            for language, terms in concept.terms.items()
        },
    }


def _concept(entry: _Json) -> Concept:
    roles = {role.value: role for role in Role}
    plain: dict[str, _Json] = {
        name: tuple(value) if isinstance(value := entry[name], list) else value for name in _PLAIN
    }
    return Concept(
        **plain,
        exclusions={code: tuple(phrases) for code, phrases in entry["exclusions"].items()},
        terms={
            code: tuple(Term(text, weight, roles[role], exact) for text, weight, role, exact in ts)
            for code, ts in entry["terms"].items()
        },
    )
