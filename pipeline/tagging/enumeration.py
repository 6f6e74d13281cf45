"""Policy files that a list of subjects names: what a work programme treats, one line each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence

from pipeline.core.concepts import Role
from pipeline.core.document import Document
from pipeline.tagging.matching import Match

# Letters and numbers before items are those of acts, whose items are conditions, not subjects.
_MARKS = "•▪◦●■‣➢"
_BULLET = re.compile(rf"^[ \t]*[{_MARKS}][ \t]", re.MULTILINE)
_ITEM_END = re.compile(r"\n[ \t]*\n")
LONGEST_ITEM = 400  # characters; longer ones are paragraphs with a mark
NAMING = 2.0  # weight from which a term names its file
# Named by items of one document. An action plan names up to twelve in passing; the work programme
# that the policy files come from has over thirty.
ENOUGH = 15


def enumerated(
    document: Document, matches: Sequence[Match], concepts: Collection[str]
) -> frozenset[str]:
    """Return the concepts that the document's bullet points name, where there are many of them.

    Args:
        concepts: Those that may be enumerated.
    """
    if sum(map(document.text.count, _MARKS)) < ENOUGH:
        return frozenset()
    starts = [found.start() for found in _BULLET.finditer(document.text)]
    if len(starts) < ENOUGH:
        return frozenset()
    named = {
        match.concept
        for match in matches
        if match.concept in concepts
        and match.role is Role.NAME
        and match.weight >= NAMING
        and _in_item(document.text, starts, match.start)
    }
    return frozenset(named) if len(named) >= ENOUGH else frozenset()


def _in_item(text: str, starts: Sequence[int], at: int) -> bool:
    number = bisect_right(starts, at) - 1
    if number < 0 or at - starts[number] > LONGEST_ITEM:
        return False
    return _ITEM_END.search(text, starts[number], at) is None
