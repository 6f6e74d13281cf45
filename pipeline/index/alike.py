"""Alike: which documents treat the same as one that the index holds, in its language and others.

Documents in the same language are asked for by the words that tell the document apart most, by
tf-idf (Salton and Buckley 1988); those in other languages by the acts that it refers to and by the
names and tags of its policy files. Words of two languages cannot be weighed against each other, so
each list is scored by its best hit, and the two are shuffled together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from math import log

import numpy as np

from pipeline.core.query import Filters, Hit, Node, Or, Query, Results, Subject, Word
from pipeline.index.analysis import analyzer_for
from pipeline.index.answering import answer
from pipeline.index.names import Names
from pipeline.index.shelf import Shelf

WORDS = 20  # that are asked for
TRIED = 200  # of the most frequent words, whose rarity is looked up
PASSAGES = 60  # of the document that are read; its beginning says what it is about
MIN_COUNT = 2  # a word that stands once in a long text tells little


def alike(
    document: str,
    limit: int,
    shelf: Shelf,
    names: Names,
    pillars: Collection[str],
    *,
    audience: str = "",
) -> Results | None:
    """Return the works most like a document, without its own; nothing if it is not held.

    Args:
        document: Its id.
        limit: How many works.
        shelf: Where they are.
        names: By which policy files are asked for.
        pillars: Which concept ids are pillars, which say too little.
        audience: As in `Filters`.
    """
    row = _row_of(document, shelf)
    if row is None:
        return None
    kept = shelf.row(row)
    own = tuple(dict.fromkeys(kept.languages))
    others = tuple(code for code in shelf.languages() if code not in own)
    subject = _subject(tuple(tag for tag in kept.tags if tag not in pillars), names)
    words, references = _telling(row, own, shelf)
    found: list[Hit] = []
    for languages, sought in ((own, [*words, *references]), (others, references)):
        parts: list[Node] = [*map(Word, sought), *subject]
        if parts and languages:
            filters = Filters(languages=languages, audience=audience)
            query = Query(Or(tuple(parts)), filters, limit=limit + 1)
            hits = answer(query, shelf, pillars=pillars).hits
            best = max((hit.score for hit in hits), default=1.0)
            found += [replace(hit, score=hit.score / best) for hit in hits if hit.work != kept.work]
    best_of_works: dict[str, Hit] = {}
    for hit in sorted(found, key=lambda hit: (-hit.score, hit.document)):
        best_of_works.setdefault(hit.work, hit)
    hits = tuple(best_of_works.values())[:limit]
    return Results(hits=hits, total=len(hits))


def _row_of(document: str, shelf: Shelf) -> int | None:
    for row in shelf.rows_like(document):
        if shelf.row(row).document == document:
            return row
    return None


def _subject(concepts: tuple[str, ...], names: Names) -> list[Subject]:
    """Return what asks for each policy file by its names and its tag."""
    return [Subject((), (concept,), names.shown.get(concept, {})) for concept in concepts]


def _telling(row: int, languages: Collection[str], shelf: Shelf) -> tuple[list[str], list[str]]:
    """Return the words, and the references, that tell a document apart most."""
    counts: Counter[tuple[str, str]] = Counter()  # of stems, by language
    written: dict[tuple[str, str], str] = {}
    references: Counter[str] = Counter()
    first = shelf.first_passage(row)
    for passage in range(first, first + min(len(shelf.row(row).languages), PASSAGES)):
        shown = shelf.shown(passage)
        for token in analyzer_for(shown.language).tokens(shown.text):
            if token.exact and token.stem and token.exact.isalpha() and len(token.exact) > 2:
                counts[shown.language, token.stem] += 1
                written.setdefault((shown.language, token.stem), token.exact)
            elif token.stem and not token.exact and not token.stem.startswith("art "):
                references[token.stem] += 1
    weights = {
        key: log(1 + count) * _rarity(key, shelf)
        for key, count in counts.most_common(TRIED)
        if count >= MIN_COUNT or len(counts) < WORDS
    }
    best = sorted(weights, key=lambda key: (-weights[key], key))[:WORDS]
    return [written[key] for key in best], [stem for stem, _ in references.most_common(WORDS)]


def _rarity(key: tuple[str, str], shelf: Shelf) -> float:
    language, stem = key
    having = len(shelf.stems(language, stem))
    return log(1 + int(np.sum(shelf.lengths(language))) / (1 + having))
