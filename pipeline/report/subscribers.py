"""Subscribers: who gets digests, as models/subscribers.yaml lists them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pipeline.core.audience import Audience
from pipeline.core.concepts import Vocabulary
from pipeline.core.errors import ConfigError
from pipeline.core.languages import EU_LANGUAGES
from pipeline.core.subscribers import Frequency, Interest, Subscriber, is_address
from pipeline.report.groups import ExpertGroup
from pipeline.report.listed_file import REMEDY, doubles, entries, meant, text, unknown_keys

_KEYS = frozenset({"id", "association", "email", "languages", "interests", "frequency", "audience"})
_KINDS = {
    "files": "policy file",
    "pillars": "pillar",
    "groups": "expert group",
    "searches": "saved search",
}
_LANGUAGES = frozenset(EU_LANGUAGES)


def load_subscribers(
    path: Path,
    vocabulary: Vocabulary,
    groups: Sequence[ExpertGroup],
    searches: Collection[str],
) -> tuple[Subscriber, ...]:
    """Return the subscribers that the YAML file at ``path`` lists, in its order.

    Args:
        searches: Names of the saved searches.

    Raises:
        ConfigError: If the file cannot be read, or any subscriber is wrong; with all problems.
    """
    listed = entries(path, "subscribers", fewest=0)
    known = {
        "files": [concept.id for concept in vocabulary.files],
        "pillars": [concept.id for concept in vocabulary.pillars],
        "groups": [group.id for group in groups],
        "searches": list(searches),
    }
    problems = [p for n, entry in enumerate(listed, start=1) for p in _wrong(n, entry, known)]
    problems += doubles("subscriber", listed)
    if problems:
        raise ConfigError(problems, where=str(path), remedy=REMEDY)
    return tuple(
        _subscriber(entry, vocabulary, groups) for entry in listed if isinstance(entry, dict)
    )


def _subscriber(
    entry: Mapping[str, object], vocabulary: Vocabulary, groups: Sequence[ExpertGroup]
) -> Subscriber:
    wanted = entry["interests"]
    assert isinstance(wanted, dict)
    interests: dict[str, Interest] = {}
    for interest in _interests(wanted, vocabulary, groups):
        interests.setdefault(interest.key, interest)
    return Subscriber(
        id=text(entry, "id"),
        association=text(entry, "association"),
        emails=tuple(dict.fromkeys(_listed(entry.get("email")))),
        languages=tuple(dict.fromkeys(_listed(entry.get("languages")))),
        interests=tuple(interests.values()),
        frequency=Frequency(text(entry, "frequency")),
        audience=Audience(text(entry, "audience")),
        groups=tuple(dict.fromkeys(_listed(wanted.get("groups")))),
    )


def _interests(
    wanted: Mapping[str, object], vocabulary: Vocabulary, groups: Sequence[ExpertGroup]
) -> Iterator[Interest]:
    """Yield files and searches in the order in which they, or what they are in, are written."""
    of_group = {group.id: group.files for group in groups}
    for kind, value in wanted.items():
        for name in _listed(value):
            match kind:
                case "files":
                    yield Interest("file", name)
                case "pillars":
                    for file in vocabulary.files_of(name):
                        yield Interest("file", file.id, f"pillar/{name}")
                case "groups":
                    for id_ in of_group[name]:
                        yield Interest("file", id_, f"group/{name}")
                case _:
                    yield Interest("search", name)


def _listed(value: object) -> list[str]:
    """Return what a list holds, or the one text that stands in its place."""
    items = value if isinstance(value, list) else [value]
    return [item.strip() for item in items if isinstance(item, str) and item.strip()]


def _wrong(number: int, entry: object, known: Mapping[str, Sequence[str]]) -> list[str]:
    """Return what is wrong with the subscriber that stands at ``number``, counted from 1."""
    who = f"subscriber {text(entry, 'id')!r}" if text(entry, "id") else f"subscriber {number}"
    if not isinstance(entry, dict):
        return [f"{who} is not a mapping of id, association, email and so on"]
    problems = unknown_keys(who, entry, _KEYS)
    problems += [f"{who} has no {key}" for key in ("id", "association") if not text(entry, key)]
    wrong = [
        *_wrong_list(entry, "email"),
        *(
            f"has no e-mail address: {one!r}"
            for one in _listed(entry.get("email"))
            if not is_address(one)
        ),
        *_wrong_list(entry, "languages"),
        *(
            f"reads an unknown language {one!r}{meant(one, _LANGUAGES)}"
            for one in _listed(entry.get("languages"))
            if one not in _LANGUAGES
        ),
        *_wrong_interests(entry.get("interests"), known),
        *_wrong_choice(entry, "frequency", Frequency),
        *_wrong_choice(entry, "audience", Audience),
    ]
    return problems + [f"{who} {problem}" for problem in wrong]


def _wrong_list(entry: Mapping[str, object], key: Literal["email", "languages"]) -> list[str]:
    value = entry.get(key)
    items = value if isinstance(value, list) else [value]
    if items and all(isinstance(item, str) and item.strip() for item in items):
        return []
    return [f"has no {key}: {value!r}" if value else f"has no {key}"]


def _wrong_interests(wanted: object, known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if not isinstance(wanted, dict) or not any(_listed(value) for value in wanted.values()):
        yield f"has no interests: a mapping of {', '.join(_KINDS)}, with something in one of them"
        return
    for kind, value in wanted.items():
        if kind not in _KINDS:
            yield f"has an unknown kind of interest {kind!r}{meant(str(kind), _KINDS)}"
            continue
        for item in value if isinstance(value, list) else [value]:
            name = item.strip() if isinstance(item, str) else str(item)
            if not isinstance(item, str) or name not in known[kind]:
                yield f"follows an unknown {_KINDS[kind]} {name!r}{_other(name, kind, known)}"


def _other(name: str, kind: str, known: Mapping[str, Sequence[str]]) -> str:
    """Return what was meant: the same name elsewhere, or one that is like it."""
    elsewhere = [other for other in _KINDS if other != kind and name in known[other]]
    if elsewhere:
        return f", which is a {_KINDS[elsewhere[0]]}; list it under `{elsewhere[0]}:`"
    return meant(name, known[kind])


def _wrong_choice(
    entry: Mapping[str, object], key: str, allowed: type[Frequency] | type[Audience]
) -> list[str]:
    value = entry.get(key)
    choices = [one.value for one in allowed]
    if text(entry, key) in choices:
        return []
    told = f"has an unknown {key} {value!r}{meant(str(value), choices)}" if value else None
    return [f"{told or f'has no {key}'}; it is one of {', '.join(choices)}"]
