"""Feeds: the newest works of a subject, as values, before they are written as Atom."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.core.cards import Card
from pipeline.report.labels import labels
from pipeline.report.text import harmless
from pipeline.report.values import Language
from pipeline.report.wording import Labels

LONGEST = 50  # entries; readers keep what they have seen
NEVER = "1970-01-01T00:00:00+00:00"  # when a feed without entries was updated: Atom asks for a time

_WHAT_IS_NEW = {"en": "What is new: {}", "fr": "Nouveautés\u00a0: {}"}
_LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A work in a feed. All text is harmless.

    Attributes:
        id: A URN that the work always has.
        updated: When its latest version came in, ISO 8601 in UTC.
        summary: Institution, kind, date and languages on one line.
        categories: Names of pillars and policy files.
    """

    id: str
    title: str
    updated: str
    language: str
    summary: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest works of a subject, newest first.

    Attributes:
        id: A URN that the feed always has, another one in each language.
        updated: That of its newest entry.
    """

    id: str
    title: str
    language: Language
    updated: str
    entries: tuple[FeedEntry, ...]


def build_feed(
    key: str, name: str, cards: Iterable[Card], names: Mapping[str, str], language: Language
) -> Feed:
    """Return the feed of a subject; the order of ``cards`` makes no difference.

    Args:
        key: What the subject is, for its id: "pillar/planet", "search/sewers".
        name: Of the subject, in the language asked for.
        cards: Of all documents that are about it.
        names: Of pillars and policy files, by id.
    """
    works: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        works[card.work].append(card)
    words = labels(language)
    entries = [_entry(versions, names, words) for versions in works.values()]
    entries.sort(key=lambda entry: entry.id)
    entries.sort(key=lambda entry: entry.updated, reverse=True)
    return Feed(
        id=_urn(f"feed\n{key}\n{language}"),
        title=_WHAT_IS_NEW[language].format(harmless(name)),
        language=language,
        updated=entries[0].updated if entries else NEVER,
        entries=tuple(entries[:LONGEST]),
    )


def _entry(versions: list[Card], names: Mapping[str, str], words: Labels) -> FeedEntry:
    ordered = sorted(
        versions, key=lambda card: (_preference(card.language, words.language), card.path)
    )
    first = ordered[0]
    about = {concept for card in versions for concept in card.concepts}
    date = next((card.date for card in ordered if card.date), "")
    facts = [
        words.institution_name(first.institution) if first.institution else "",
        words.kind_name(first.kind) if first.kind else "",
        words.day(date) if date else "",
        ", ".join(dict.fromkeys(words.language_name(card.language) for card in ordered)),
    ]
    return FeedEntry(
        id=_urn(f"work\n{first.work}"),
        title=harmless(first.title) or harmless(first.path.rsplit("/", 1)[-1]) or "?",
        updated=max(card.added_at for card in versions),
        language=first.language,
        summary=harmless(" · ".join(fact for fact in facts if fact)),
        categories=tuple(harmless(name) for id_, name in names.items() if id_ in about),
    )


def _preference(code: str, language: Language) -> tuple[int, str]:
    order = (language, *_LANGUAGES)
    return order.index(code) if code in order else len(order), code


def _urn(name: str) -> str:
    """Return a URN by RFC 4122, version 5: the same name has the same one on every machine."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"fourp\n{name}".encode("utf-8", "replace").hex()).urn
