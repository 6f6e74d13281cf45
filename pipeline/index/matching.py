"""Matching: which passages of one language a query tree matches, and how well."""

from __future__ import annotations

import numpy as np

from pipeline.core.query import And, Node, Not, Or, Subject
from pipeline.index.terms import Sought
from pipeline.index.weighed import Weighed, all_summed, any_summed, rarity, saturated

FLAT_SCORE = 1.0  # of what matches without a word: everything, or everything but something


def match(node: Node, language: str, sought: Sought, *, stop_words: bool = False) -> Weighed | None:
    """Return the score, above 0, of each passage of ``language`` that matches.

    Args:
        node: What to match.
        language: Of the passages.
        sought: Where its terms stand.
        stop_words: Whether stop words are looked for too, as they stand.

    Returns:
        Nothing where the query has only words that ask for nothing in this language.
    """
    return _Matcher(language, sought, stop_words).match(node)


class _Matcher:
    def __init__(self, language: str, sought: Sought, stop_words: bool) -> None:
        self._language = language
        self._sought = sought
        self._stop_words = stop_words
        self._passages = sought.shelf.in_language(language)

    def match(self, node: Node) -> Weighed | None:
        match node:
            case And(parts):
                return self._all(parts)
            case Or(parts):
                found = [one for part in parts if (one := self.match(part)) is not None]
                return any_summed(found) if found else None
            case Not():
                return self._all((node,))
            case Subject():
                return self._sought.subjects.scored(node, self._language)
        terms = self._sought.terms(node, self._language, stop_words=self._stop_words)
        return all_summed([self._ranked(term) for term in terms]) if terms else None

    def _all(self, parts: tuple[Node, ...]) -> Weighed | None:
        kept = [
            found for p in parts if not isinstance(p, Not) and (found := self.match(p)) is not None
        ]
        dropped = [
            found for p in parts if isinstance(p, Not) and (found := self.match(p.part)) is not None
        ]
        if not kept and not dropped:
            return None
        if kept:
            found = all_summed(kept)
        else:
            found = Weighed(self._passages, np.full(len(self._passages), FLAT_SCORE))
        table = self._sought.shelf.table
        for out in dropped:  # whole documents: who excludes a word wants nothing about it
            unwanted = np.zeros(len(table), np.bool_)
            unwanted[table.rows_of(out.numbers)] = True
            found = found.chosen(~unwanted[table.rows_of(found.numbers)])
        return found

    def _ranked(self, term: Weighed) -> Weighed:
        """Return BM25 scores; how rare a word is counts within its language."""
        scale = rarity(len(term), len(self._passages))
        return Weighed(term.numbers, scale * saturated(term.weights))
