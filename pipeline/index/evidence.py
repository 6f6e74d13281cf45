"""Evidence: how much a whole document is about what is looked for.

A passage is scored by its own words, but the words of a question may be spread over a document. So
the score of a passage is mixed with that of its document, by BM25 with the document's passages as
its length (passage and document evidence mixed: Callan, SIGIR 1994).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from pipeline.core.query import Leaf, Node, Subject
from pipeline.index.terms import Sought, leaves_of
from pipeline.index.weighed import Numbers, Weighed, Weights, rarity, saturated

# Measured by scripts/bench search: success@1 on the known items is .58 and .50 (en, fr) with a
# share of 0, .73 and .69 with this; nDCG@10 on Cranfield is .401 and .404.
DOCUMENT_SHARE = 0.7
LENGTH_SLOPE = 0.75  # "b" of BM25: how much longer documents are held back


def mixed(node: Node, matches: Mapping[str, Weighed], sought: Sought) -> dict[str, Weighed]:
    """Return the matching passages by language with the scores of their documents mixed in."""
    table = sought.shelf.table
    rows = {code: table.rows_of(found.numbers) for code, found in matches.items()}
    whole = _Documents(sought).scores(dict.fromkeys(leaves_of(node)))
    return {
        code: Weighed(
            found.numbers,
            (1 - DOCUMENT_SHARE) * found.weights + DOCUMENT_SHARE * whole[rows[code]],
        )
        for code, found in matches.items()
    }


class _Documents:
    """Scores whole documents."""

    def __init__(self, sought: Sought) -> None:
        self._sought = sought
        self._lengths = {code: sought.shelf.lengths(code) for code in sought.languages}

    def scores(self, leaves: Iterable[Leaf]) -> Weights:
        """Return the sum of what each leaf counts, for each row of the table."""
        total = np.zeros(len(self._sought.shelf.table))
        for leaf in leaves:
            found = {code: self._sought.terms(leaf, code) or () for code in self._sought.languages}
            if isinstance(leaf, Subject):  # counts over all languages together
                lengths = np.sum(list(self._lengths.values()), axis=0)
                total += self._score([term for terms in found.values() for term in terms], lengths)
                continue
            for code, terms in found.items():
                for term in terms:
                    if len(term):
                        total += self._score([term], self._lengths[code])
        return total

    def _score(self, terms: Iterable[Weighed], lengths: Numbers) -> Weights:
        """Return BM25 scores of what stands in the passages of ``terms``."""
        table = self._sought.shelf.table
        weights = np.zeros(len(table))
        for term in terms:
            weights += np.bincount(
                table.rows_of(term.numbers), weights=term.weights, minlength=len(table)
            )
        documents = int(np.count_nonzero(lengths))
        usual = lengths.sum() / max(documents, 1)
        slope = 1 - LENGTH_SLOPE + LENGTH_SLOPE * lengths / max(usual, 1.0)
        scale = rarity(int(np.count_nonzero(weights)), documents)
        return scale * saturated(weights / slope)
