"""Linking: compares new documents with the library's, and notes versions, drafts and duplicates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.core.fingerprint import Fingerprint, Fingerprinted

if TYPE_CHECKING:
    from pipeline.catalogue.links import Change
    from pipeline.catalogue.store import Catalogue
    from pipeline.description.works import Link

AT_ONCE = 500  # documents in one transaction; each holds a few kilobytes and its candidates'
# Hashes by which a document is looked up. Two of them in common are enough to be compared, which
# misses one pair in a thousand of those that are to be linked (similarity .8, or .5 of drafts).
HASHES_OF_WORDS = 12
HASHES_OF_NUMBERS = 16


def link_documents(catalogue: Catalogue) -> int:
    """Compare the documents that are new or changed with all others, and group them into works.

    Each batch is noted whole or not at all, and doing it again changes nothing; what a killed
    run left out is done by the next.

    Returns:
        How many documents belong to another work than before; the index has to learn of them.
    """
    changed = 0
    while True:
        with catalogue.links.changing() as change:
            batch = change.waiting(AT_ONCE)
            if not batch:
                return changed
            changed += _linked(change, batch)


def _linked(change: Change, batch: list[str]) -> int:
    from pipeline.description.works import Link, Relation, works_of

    documents = change.fingerprints(batch)
    touched = set(batch) | change.forget(batch)
    hashes = {id_: _hashes(document.fingerprint) for id_, document in documents.items()}
    change.note(hashes)
    found = _found(change, documents, change.candidates(hashes))
    change.add([(link.one, link.other, link.relation.value, link.similarity) for link in found])
    reached, rows = change.connected(touched, Relation.LANGUAGE_VERSION.value)
    links = [Link(one, other, Relation(relation), alike) for one, other, relation, alike in rows]
    works = works_of({**documents, **change.fingerprints(reached - set(documents))}, links)
    change.settle(batch)
    return change.assign(works)


def _hashes(fingerprint: Fingerprint) -> list[int]:
    from pipeline.description.likeness import hashes

    words = hashes(fingerprint.words, HASHES_OF_WORDS)
    return words + hashes(fingerprint.numbers, HASHES_OF_NUMBERS)


def _found(
    change: Change, new: Mapping[str, Fingerprinted], candidates: Mapping[str, set[str]]
) -> list[Link]:
    """Return the links of new documents to others, each pair once."""
    from pipeline.description.works import link

    pairs = {(min(a, b), max(a, b)) for a, others in candidates.items() for b in others}
    old = change.fingerprints({id_ for pair in pairs for id_ in pair} - set(new))
    known = {**old, **new}
    found = (link(known[a], known[b]) for a, b in sorted(pairs) if a in known and b in known)
    return [one for one in found if one is not None]
