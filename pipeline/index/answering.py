"""Answering: from a query and a shelf to the page of works that it asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.core.query import And, Filters, Hit, Node, Or, Query, Results, Word
from pipeline.index.entries import Row
from pipeline.index.matching import FLAT_SCORE, Scores, match
from pipeline.index.shelf import Shelf
from pipeline.index.snippets import snippet_of

# With fewer works than this that have all the words, works that have some are listed behind
# them: of the 225 Cranfield questions only a few have any document with every word.
# It does not depend on `Query.limit`, so that pages of any size are parts of one list.
ENOUGH_WORKS = 10

FACETS = ("pillar", "file", "language", "year", "kind")


@dataclass(slots=True)
class _Found:
    """The matching passages of one document."""

    document: int
    row: Row
    passages: int = 0
    best: int = -1
    score: float = 0.0
    languages: set[str] = field(default_factory=set)

    @property
    def rank(self) -> tuple[float, str]:
        return -self.score, self.row.document


@dataclass(slots=True)
class _Work:
    """The matching documents of one work, best first once ranked."""

    documents: list[_Found]
    score: float = 0.0

    @property
    def best(self) -> _Found:
        return self.documents[0]


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
    works = _newest(query.filters, shelf) if query.node is None else _ranked(query, shelf)
    page = works[query.offset : query.offset + query.limit]
    return Results(
        hits=tuple(_hit(work, query.node, shelf) for work in page),
        total=len(works),
        facets={name: _counted(name, works, pillars) for name in query.facets},
    )


def passes(row: Row, filters: Filters) -> bool:
    """Return whether a document passes all filters but the languages, which are of passages.

    A date is compared as far as both sides tell it: a document of "2021" passes since 2021-03.
    """
    return (
        (not filters.pillars or not set(filters.pillars).isdisjoint(row.tags))
        and (not filters.files or not set(filters.files).isdisjoint(row.tags))
        and (not filters.kinds or row.kind in filters.kinds)
        and (not (filters.since or filters.until) or bool(row.date))
        and (not filters.since or row.date >= filters.since[: len(row.date)])
        and (not filters.until or row.date[: len(filters.until)] <= filters.until)
    )


def _ranked(query: Query, shelf: Shelf) -> list[_Work]:
    assert query.node is not None
    languages = query.filters.languages or shelf.languages()
    strict = _works(_matches(query.node, languages, shelf), query.filters, shelf)
    looser = _loosened(query.node)
    if len(strict) >= ENOUGH_WORKS or looser is None:
        return strict
    listed = {work.best.row.work for work in strict}
    behind = _works(_matches(looser, languages, shelf), query.filters, shelf)
    behind = [work for work in behind if work.best.row.work not in listed]
    # Scores fall along the list, although the two parts were scored apart.
    lift = behind[0].score if behind else 0.0
    for work in strict:
        work.score += lift
    return strict + behind


def _loosened(node: Node) -> Node | None:
    """Return ``node`` with at least one of its words wanted instead of all, if that differs."""
    if not isinstance(node, And):
        return None
    words = tuple(part for part in node.parts if isinstance(part, Word))
    if len(words) < 2:
        return None
    others = tuple(part for part in node.parts if not isinstance(part, Word))
    return And((Or(words), *others)) if others else Or(words)


def _matches(node: Node, languages: Iterable[str], shelf: Shelf) -> dict[str, Scores]:
    """Return the matching passages by language.

    Where nothing is found, the query may be a stop word of some language; only in those
    languages that it asks for nothing are its stop words looked for.
    """
    found = {code: match(node, code, shelf) for code in languages}
    matches = {code: scores for code, scores in found.items() if scores}
    if matches:
        return matches
    silent = [code for code, scores in found.items() if scores is None]
    return {code: match(node, code, shelf, stop_words=True) or {} for code in silent}


def _works(matches: Mapping[str, Scores], filters: Filters, shelf: Shelf) -> list[_Work]:
    found: dict[int, _Found | None] = {}
    for language, scores in matches.items():
        for passage, score in scores.items():
            document = shelf.document_of(passage)
            if document not in found:
                row = shelf.row(document)
                found[document] = _Found(document, row) if passes(row, filters) else None
            if (one := found[document]) is None:
                continue
            one.passages += 1
            one.languages.add(language)
            if score > one.score or (score == one.score and passage < one.best):
                one.best, one.score = passage, score
    return _folded((one for one in found.values() if one), key=lambda one: one.rank)


def _newest(filters: Filters, shelf: Shelf) -> list[_Work]:
    wanted = set(filters.languages)
    found = []
    for document in shelf.documents():
        row = shelf.row(document)
        kept = [n for n, code in enumerate(row.languages) if not wanted or code in wanted]
        if kept and passes(row, filters):
            best = shelf.first_passage(document) + kept[0]
            languages = {row.languages[n] for n in kept}
            found.append(_Found(document, row, len(kept), best, FLAT_SCORE, languages))
    return _folded(found, key=lambda one: (_backwards(one.row.date), one.row.document))


def _backwards(date: str) -> tuple[int, ...]:
    """Return a key by which later dates come first and no date last."""
    return (*(-ord(character) for character in date), 0)


def _folded(found: Iterable[_Found], *, key: Callable[[_Found], tuple[object, str]]) -> list[_Work]:
    works: dict[str, _Work] = {}
    for one in sorted(found, key=key):
        if one.row.work in works:
            works[one.row.work].documents.append(one)
        else:
            works[one.row.work] = _Work([one], one.score)
    return list(works.values())


def _counted(name: str, works: list[_Work], pillars: Collection[str]) -> dict[str, int]:
    """Return how many works have each value, most first."""
    counts: Counter[str] = Counter()
    for work in works:
        counts.update({value for one in work.documents for value in _values(name, one, pillars)})
    counts.pop("", None)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _values(name: str, found: _Found, pillars: Collection[str]) -> Iterable[str]:
    match name:
        case "pillar":
            return [tag for tag in found.row.tags if tag in pillars]
        case "file":
            return [tag for tag in found.row.tags if tag not in pillars]
        case "language":
            return found.languages
        case "year":
            return [found.row.date[:4]]
        case _:
            return [found.row.kind]


def _hit(work: _Work, node: Node | None, shelf: Shelf) -> Hit:
    best = work.best
    shown = shelf.shown(best.best)
    snippet, highlights = snippet_of(shown.text, shown.language, node)
    return Hit(
        document=best.row.document,
        work=best.row.work,
        path=best.row.path,
        title=best.row.title,
        page=shown.page,
        score=work.score,
        language=shown.language,
        date=best.row.date,
        kind=best.row.kind,
        tags=best.row.tags,
        snippet=snippet,
        highlights=highlights,
        heading_path=shown.heading_path,
        passages=sum(one.passages for one in work.documents),
    )
