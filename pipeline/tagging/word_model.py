"""WordModel: how much the words of a document look like those of a policy file's documents.

One linear model for each policy file over TF-IDF of words and pairs of words (scikit-learn's
LogisticRegression, one against the rest). It is applied with NumPy alone: scikit-learn takes a
second to import, which every worker would pay.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.core.document import Document
from pipeline.core.text import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OPENING = 6000  # characters of the text, where it says what it is about; the title counts twice
_WORD = re.compile(r"[^\W\d_]{2,}")
# Of a probability p: log((p + SOFT) / (1 + SOFT - p)), so that 0 and 1 have one.
SOFT = 0.02


@dataclass(frozen=True, slots=True)
class WordModel:
    """The fitted models.

    Attributes:
        places: Column of each word or pair of words.
        idf: Inverse document frequency by column, shape (columns,).
        labels: Policy files that have a model.
        coefficients: Shape (labels, columns).
        intercepts: Shape (labels,).
    """

    places: dict[str, int]
    idf: NDArray[np.float64]
    labels: tuple[str, ...]
    coefficients: NDArray[np.float32]
    intercepts: NDArray[np.float64]

    def logits(self, document: Document) -> dict[str, float]:
        """Return the softened logit of each policy file's probability."""
        import numpy as np

        counts = Counter(g for g in grams(document) if g in self.places)
        columns = np.array([self.places[gram] for gram in counts], dtype=np.intp)
        if not len(columns):
            values = self.intercepts
        else:
            weights = np.array([1 + math.log(n) for n in counts.values()]) * self.idf[columns]
            weights /= np.linalg.norm(weights)
            values = self.coefficients[:, columns] @ weights + self.intercepts
        chances = 1 / (1 + np.exp(-values))
        return dict(zip(self.labels, softened(chances).tolist(), strict=True))


def softened(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the softened logits of probabilities."""
    import numpy as np

    return np.log((chances + SOFT) / (1 + SOFT - chances))


def unknown_logit() -> float:
    """Return the softened logit of a policy file without a model."""
    return math.log(SOFT / (1 + SOFT))


def grams(document: Document) -> list[str]:
    """Return the folded words and pairs of neighbouring words of title and opening."""
    text = f"{document.title}\n{document.title}\n{document.text[:OPENING]}"
    # Word by word, as most have been folded before; whole texts would stay in the cache of words.
    words = [fold(word) for word in _WORD.findall(text)]
    return [*words, *(f"{a} {b}" for a, b in pairwise(words))]
