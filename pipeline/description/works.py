"""Works: which documents are versions of one publication, and which are drafts or near-duplicates.

Precision comes first: two documents taken for one hide one of them from readers, two versions not
recognised are only listed twice. What the constants below separate is measured by
`scripts/bench metadata`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.core.document import UNKNOWN_LANGUAGE
from pipeline.core.fingerprint import Fingerprint, Fingerprinted
from pipeline.core.text import fold, words
from pipeline.description.likeness import similarity

# Share of common numbers of two languages. Of 426 pairs of acts in English and French three in
# four have more; of pairs of different acts the most alike has .72 (two programmes, a year apart).
SAME_NUMBERS = 0.8
# Where both texts bear the same date and the same numbers in their titles, less is enough.
SAME_NUMBERS_AND_DATE = 0.6
FEWEST_SHARED = 8  # hashes of numbers; fewer are those of an address and a year
LONGER = 2.0  # a translation is never twice as long

# Share of common wording in one language: letters of about five words in a row.
NEAR = 0.8
DRAFT = 0.5  # a draft may be rewritten by half, if it has the same title
SAME_TITLE = 0.6  # of the words of both titles

_VERSION = re.compile(r"\b(?:draft|version|rev(?:ised|ision)?|final|projet|entwurf|v)\b|[\d_]+")


class Relation(StrEnum):
    """What one document is to another."""

    LANGUAGE_VERSION = "language version"
    NEAR_DUPLICATE = "near-duplicate"
    EARLIER_DRAFT = "earlier draft"  # the first of the other


@dataclass(frozen=True, slots=True)
class Link:
    """Two documents and what the first is to the second; ``similarity`` is 0 to 1."""

    one: str
    other: str
    relation: Relation
    similarity: float


def link(one: Fingerprinted, other: Fingerprinted) -> Link | None:
    """Return what two documents are to each other by their contents, or nothing.

    Language versions of one numbered act need no link: the number of their work is the same.
    """
    first, second = one.fingerprint, other.fingerprint
    if UNKNOWN_LANGUAGE in (one.language, other.language):
        return None
    if one.language != other.language:
        if first.named and second.named:
            return None
        alike = _alike_in_numbers(first, second)
        return Link(one.id, other.id, Relation.LANGUAGE_VERSION, alike) if alike else None
    alike, _ = similarity(first.words, second.words)
    if alike < DRAFT:
        return None
    if _is_draft_of(one, other):
        early, late = sorted((one, other), key=lambda d: (d.made, d.id))
        return Link(early.id, late.id, Relation.EARLIER_DRAFT, round(alike, 3))
    if alike < NEAR:
        return None
    return Link(one.id, other.id, Relation.NEAR_DUPLICATE, round(alike, 3))


def works_of(documents: Mapping[str, Fingerprinted], links: Iterable[Link]) -> dict[str, str]:
    """Return the work of each document, by its id.

    A document whose numbers name its work is of that work. Others are grouped with those that
    are best matched in numbers, each the other's best of its language, and share the work's name;
    a group that matches two named works, or none, is named by the smallest id. A document that
    is alone has itself as its work ("").

    Args:
        documents: By id; every document that a link of one of them names.
        links: Of these documents, in any order.
    """
    best = _best_links(documents, links)
    named = {id_: d.fingerprint.named for id_, d in documents.items() if d.fingerprint.named}
    works = dict(named)
    for group in _groups(set(documents) - set(named), best):
        names = {named[other] for id_ in group for other in best[id_] if other in named}
        own = min(group) if len(group) > 1 else ""
        works.update(dict.fromkeys(group, names.pop() if len(names) == 1 else own))
    return works


def _alike_in_numbers(first: Fingerprint, second: Fingerprint) -> float:
    """Return how alike two languages' documents are in numbers, or 0 if something speaks against.

    Two editions of one publication differ in their dates or in the numbers of their titles.
    """
    lengths = sorted((first.length, second.length))
    if lengths[1] > LONGER * lengths[0]:
        return 0.0
    if first.date and second.date and first.date != second.date:
        return 0.0
    if set(first.figures) != set(second.figures):
        return 0.0
    alike, shared = similarity(first.numbers, second.numbers)
    dated = bool(first.date and second.date)
    if shared < FEWEST_SHARED or alike < (SAME_NUMBERS_AND_DATE if dated else SAME_NUMBERS):
        return 0.0
    return round(alike, 3)


def _is_draft_of(one: Fingerprinted, other: Fingerprinted) -> bool:
    """Whether one is a draft of the other: same title, another day, not two acts."""
    first, second = one.fingerprint.named, other.fingerprint.named
    if (first and second and first != second) or not (one.made and other.made):
        return False
    titles = [{word[0] for word in words(_VERSION.sub(" ", fold(d.title)))} for d in (one, other)]
    common, all_ = titles[0] & titles[1], titles[0] | titles[1]
    return one.made != other.made and bool(all_) and len(common) >= SAME_TITLE * len(all_)


def _best_links(
    documents: Mapping[str, Fingerprinted], links: Iterable[Link]
) -> dict[str, set[str]]:
    """Return by id the language versions that are each other's best match, equals included."""
    best: dict[tuple[str, str], float] = defaultdict(float)
    versions = [link for link in links if link.relation is Relation.LANGUAGE_VERSION]
    for found in versions:
        for id_, opposite in ((found.one, found.other), (found.other, found.one)):
            key = id_, documents[opposite].language
            best[key] = max(best[key], found.similarity)
    matched: dict[str, set[str]] = defaultdict(set)
    for found in versions:
        one, other = documents[found.one], documents[found.other]
        if found.similarity == best[one.id, other.language] == best[other.id, one.language]:
            matched[one.id].add(other.id)
            matched[other.id].add(one.id)
    return matched


def _groups(ids: set[str], matched: Mapping[str, set[str]]) -> Iterable[set[str]]:
    """Yield the connected groups of ``ids``."""
    left = set(ids)
    while left:
        group, new = set(), {left.pop()}
        while new:
            group |= new
            new = {other for id_ in new for other in matched.get(id_, ()) if other in left}
            left -= new
        yield group
