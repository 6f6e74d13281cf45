"""What the model sees of a policy file in a document: a dozen numbers without any language."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.core.concepts import Role
from pipeline.core.document import Document
from pipeline.tagging.scoring import LEAD, Scored

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEATURES = (
    "score",  # of the vocabulary's formula
    "share of the strongest",  # raw sum by that of the strongest file
    "share of all",  # raw sum by that of all files together
    "margin",  # to the strongest other file, logarithms
    "names",  # different names that stand in the text, logarithm
    "names per 1,000 words",  # logarithm
    "matches per 1,000 words",  # logarithm
    "name in the title",
    "terms in the opening",  # different ones, logarithm
    "matches in headings",  # logarithm
    "share of the passages",  # in which anything of it stands
    "length",  # words of the document, logarithm
)
SHORTEST = 300  # words: a text counts as at least this long
LOOKED_AT = 400  # matches that are looked up among the headings, however long the document


def pair_features(
    document: Document, scored: Sequence[Scored], *, words: int
) -> NDArray[np.float64]:
    """Return one row of `FEATURES` for each scored policy file.

    Args:
        scored: Policy files, strongest first.
        words: Length of the text.

    Returns:
        Shape (files, features).
    """
    import numpy as np

    total = sum(one.raw for one in scored)
    starts = [heading.span.start for heading in document.headings]
    rows = []
    for number, one in enumerate(scored):
        rival = scored[1 if number == 0 else 0].raw if len(scored) > 1 else 0.0
        telling = [m for m in one.matches if m.role is not Role.COMPANY]
        names = [m for m in telling if m.role is Role.NAME]
        length = max(words, SHORTEST) / 1000
        heads = sum(_in_heading(document, starts, m.start) for m in telling[:LOOKED_AT])
        rows.append(
            (
                one.score,
                one.raw / scored[0].raw,
                one.raw / total,
                math.log1p(one.raw) - math.log1p(rival),
                math.log1p(len({m.key for m in names})),
                math.log1p(len(names) / length),
                math.log1p(len(one.matches) / length),
                float(any(m.role is Role.NAME for m in one.title)),
                math.log1p(len({m.key for m in telling if m.start < LEAD})),
                math.log1p(heads),
                len({m.passage for m in telling}) / max(len(document.passages), 1),
                math.log(max(words, 50)),
            )
        )
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


def _in_heading(document: Document, starts: Sequence[int], at: int) -> bool:
    number = bisect_right(starts, at) - 1
    return number >= 0 and at < document.headings[number].span.end
