"""Answering: from a query and a shelf to the hits that it asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.core.query import And, Hit, Node, Or, Query, Results, Subject, Word
from pipeline.index.evidence import mixed
from pipeline.index.facets import FACETS, Counting, different
from pipeline.index.filtering import passing
from pipeline.index.matching import FLAT_SCORE, match
from pipeline.index.shelf import Shelf
from pipeline.index.snippets import snippet_of
from pipeline.index.table import counted_from_0
from pipeline.index.terms import Sought, leaves_of
from pipeline.index.weighed import NO_NUMBERS, Numbers, Weighed, Weights

# With fewer works than this that have all the words, works that have some are listed behind
# them: of the 225 Cranfield questions only a few have any document with every word.
# It does not depend on `Query.limit`, so that pages of any size are parts of one list.
ENOUGH_WORKS = 10

# From this many words on people ask a question, of which no word must be there: what has all of
# them in one passage need not come first.
QUESTION_WORDS = 4

Matches = Mapping[str, Weighed]  # passages by their language


@dataclass(frozen=True, slots=True)
class _Group:
    """Hits to be: a work, or a page of a document; one after the other, best first.

    Attributes:
        best: The passage to show of each.
        scores: Of each.
        passages: How many passages each has that match.
        rows: Of the document that is shown of each.
    """

    best: Numbers
    scores: Weights
    passages: Numbers
    rows: Numbers


def check(query: Query) -> None:
    """Refuse what no index can answer.

    Raises:
        ValueError: If a facet is none of `FACETS`.
    """
    if unknown := [name for name in query.facets if name not in FACETS]:
        raise ValueError(f"no facet {unknown[0]!r}; there are {', '.join(FACETS)}")


def answer(query: Query, shelf: Shelf, *, pillars: Collection[str] = ()) -> Results:
    """Return the matching works, best first, without words newest first; ties by document id.

    Args:
        query: What to look for; `check` lets it pass.
        shelf: Where to look.
        pillars: Which concept ids are pillars; the facet ``pillar`` counts these only, the
            facet ``file`` all others.
    """
    return _Answer(query, shelf, frozenset(pillars)).results()


class _Answer:
    def __init__(self, query: Query, shelf: Shelf, pillars: frozenset[str]) -> None:
        self._query = query
        self._shelf = shelf
        self._pillars = pillars
        known = shelf.languages()
        wanted = query.filters.languages
        self._languages = [code for code in known if not wanted or code in wanted]
        self._sought = Sought(shelf, self._languages)
        self._passing = passing(query.filters, shelf)

    def results(self) -> Results:
        parts = self._parts()
        groups = [self._grouped(matches) for matches in parts]
        if len(groups) == 2:
            groups = self._behind(*groups)
        best = np.concatenate([group.best for group in groups])
        scores = np.concatenate([group.scores for group in groups])
        passages = np.concatenate([group.passages for group in groups])
        partly = np.arange(len(best)) >= (len(groups[0].best) if len(groups) == 2 else len(best))
        page = slice(self._query.offset, self._query.offset + self._query.limit)
        columns = (best, scores, passages, partly)
        hits = zip(*(column[page].tolist() for column in columns), strict=True)
        facets = self._query.facets
        return Results(
            hits=tuple(self._hit(*hit) for hit in hits),
            total=len(best),
            facets=self._counted(facets, parts) if facets else {},
        )

    def _parts(self) -> list[Matches]:
        """Return the passages that match, and where those are few the ones that nearly do."""
        node, shelf = self._query.node, self._shelf
        if node is None:
            return [self._filtered({c: _flat(shelf.in_language(c)) for c in self._languages})]
        strict = self._filtered(self._matches(node))
        looser = _loosened(node) if self._query.loosen else None
        works = self._works(strict)
        # A list by date is one list: nothing follows behind it.
        if looser is None or works >= ENOUGH_WORKS or (works and self._query.order != "relevance"):
            return [self._mixed(strict)]
        nearly = self._mixed(self._filtered(self._matches(looser)))
        if sum(isinstance(leaf, Word) for leaf in leaves_of(looser)) >= QUESTION_WORDS:
            return [nearly]
        return [self._mixed(strict), nearly]

    def _mixed(self, matches: Matches) -> Matches:
        assert self._query.node is not None
        return mixed(self._query.node, matches, self._sought)

    def _matches(self, node: Node) -> Matches:
        """Return the matching passages by language.

        Where nothing is found, the query may be a stop word of some language; only in those
        languages that it asks for nothing are its stop words looked for.
        """
        found = {code: match(node, code, self._sought) for code in self._languages}
        if any(found.values()):
            return {code: matches for code, matches in found.items() if matches}
        silent = [code for code, matches in found.items() if matches is None]
        again = {code: match(node, code, self._sought, stop_words=True) for code in silent}
        return {code: matches for code, matches in again.items() if matches}

    def _filtered(self, matches: Matches) -> Matches:
        passing, table = self._passing, self._shelf.table
        if passing is None:
            return matches
        return {
            code: found.chosen(passing[table.rows_of(found.numbers)])
            for code, found in matches.items()
        }

    def _works(self, matches: Matches) -> int:
        return different(self._shelf.table.works[self._rows(matches)])

    def _rows(self, matches: Matches) -> Numbers:
        rows = [self._shelf.table.rows_of(found.numbers) for found in matches.values()]
        return np.concatenate([NO_NUMBERS, *rows])

    def _grouped(self, matches: Matches) -> _Group:
        """Return the works or pages that passages are of, in the order that is asked for."""
        numbers = np.concatenate([NO_NUMBERS, *(found.numbers for found in matches.values())])
        scores = np.concatenate([np.zeros(0), *(found.weights for found in matches.values())])
        table = self._shelf.table
        rows = table.rows_of(numbers)
        if self._query.pages:
            keys = counted_from_0(rows.astype(np.int64) * (1 << 32) + self._pages(matches))
        else:
            keys = table.works[rows]
        best = _best(keys, scores, table.ids[rows], numbers)
        best = best[self._ordered(rows[best], scores[best], numbers[best])]
        counts = np.bincount(keys)[keys[best]]
        return _Group(numbers[best], scores[best], counts, rows[best])

    def _pages(self, matches: Matches) -> Numbers:
        pages = [NO_NUMBERS]
        for language, found in matches.items():
            at = np.searchsorted(self._shelf.in_language(language), found.numbers)
            pages.append(self._shelf.pages(language)[at])
        return np.concatenate(pages)

    def _ordered(self, rows: Numbers, scores: Weights, numbers: Numbers) -> Numbers:
        """Return the order of hits."""
        table = self._shelf.table
        ties = (numbers, table.ids[rows], -scores)
        days = table.days[rows]
        match self._query.order:
            case "newest":
                return np.lexsort((*ties, -days))
            case "oldest":
                return np.lexsort((*ties, np.where(days == 0, np.iinfo(np.int64).max, days)))
            case "pillar":
                return np.lexsort((*ties, self._first_pillars()[rows]))
            case _ if not any(leaves_of(self._query.node)):
                return np.lexsort((*ties, -days))
        return _sorted_first(self._query.offset + self._query.limit, scores, ties)

    def _first_pillars(self) -> Numbers:
        """Return a number for each document: of its first pillar, or the highest."""
        pillars = sorted(self._pillars)
        first = np.full(len(self._shelf.table), len(pillars))
        for number, pillar in reversed(list(enumerate(pillars))):
            first[self._shelf.having("tag", pillar)] = number
        return first

    def _behind(self, strict: _Group, looser: _Group) -> list[_Group]:
        """Return both, the second without what is in the first, and its scores below."""
        works = self._shelf.table.works
        new = ~np.isin(works[looser.rows], works[strict.rows])
        behind = _Group(
            looser.best[new], looser.scores[new], looser.passages[new], looser.rows[new]
        )
        # Scores fall along the list, although the two parts were scored apart.
        lift = float(behind.scores.max()) if len(behind.scores) else 0.0
        return [_Group(strict.best, strict.scores + lift, strict.passages, strict.rows), behind]

    def _hit(self, passage: int, score: float, passages: int, partly: bool) -> Hit:
        shown = self._shelf.shown(passage)
        row = self._shelf.row(int(self._shelf.table.rows_of(np.array([passage]))[0]))
        snippet, highlights = snippet_of(shown.text, shown.language, self._query.node)
        return Hit(
            document=row.document,
            work=row.work,
            path=row.path,
            title=row.title,
            page=shown.page,
            score=score,
            language=shown.language,
            date=row.date,
            kind=row.kind,
            tags=row.tags,
            snippet=snippet,
            highlights=highlights,
            heading_path=shown.heading_path,
            passages=passages,
            institution=row.institution,
            audience=row.audience,
            partly=partly,
            via=self._sought.subjects.via(self._query.node, shown.language, passage),
        )

    def _counted(self, facets: Iterable[str], parts: list[Matches]) -> dict[str, dict[str, int]]:
        """Return how many works have each value, most first."""
        matches = [parts[0]]
        if len(parts) == 2:
            matches.append(self._not_of(parts[0], parts[1]))
        found = Counting(self._shelf, [self._by_language(one) for one in matches])
        return {name: found.counted(name, self._pillars) for name in facets}

    def _not_of(self, first: Matches, second: Matches) -> Matches:
        table = self._shelf.table
        listed = table.works[self._rows(first)]
        return {
            code: found.chosen(~np.isin(table.works[table.rows_of(found.numbers)], listed))
            for code, found in second.items()
        }

    def _by_language(self, matches: Matches) -> dict[str, Numbers]:
        return {c: np.unique(self._shelf.table.rows_of(f.numbers)) for c, f in matches.items()}


def _best(keys: Numbers, scores: Weights, ids: NDArray[np.uint64], numbers: Numbers) -> Numbers:
    """Return the place of the best of each key: by score, then document, then place in it."""
    if not len(keys):
        return NO_NUMBERS
    highest = np.zeros(int(keys.max()) + 1)
    np.maximum.at(highest, keys, scores)
    best = np.flatnonzero(scores == highest[keys])
    order = np.lexsort((numbers[best], ids[best], keys[best]))
    best = best[order]
    first = np.flatnonzero(np.concatenate([[True], keys[best][1:] != keys[best][:-1]]))
    return best[first]


def _sorted_first(count: int, scores: Weights, keys: tuple[NDArray[Any], ...]) -> Numbers:
    """Return an order in which the best ``count`` are sorted by ``keys`` and come before others."""
    if count >= len(scores):
        return np.lexsort(keys)
    bar = np.partition(scores, len(scores) - count - 1)[len(scores) - count - 1]
    ahead = np.flatnonzero(scores >= bar)
    order = ahead[np.lexsort(tuple(key[ahead] for key in keys))]
    return np.concatenate([order, np.flatnonzero(scores < bar)])


def _flat(numbers: Numbers) -> Weighed:
    return Weighed(numbers, np.full(len(numbers), FLAT_SCORE))


def _loosened(node: Node) -> Node | None:
    """Return ``node`` with at least one of its words wanted instead of all, if that differs."""
    parts = node.parts if isinstance(node, And) else (node,)
    words: list[Node] = [part for part in parts if isinstance(part, Word)]
    for part in parts:
        if isinstance(part, Subject):
            words += [*part.words, part]
    if len(words) < 2:
        return None
    others = tuple(part for part in parts if not isinstance(part, Word | Subject))
    return And((Or(tuple(words)), *others)) if others else Or(tuple(words))
