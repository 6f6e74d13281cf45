"""The score of a policy file in a document, from the places where its terms stand.

For a concept with the terms and references t that match, each with weight w(t):

    body(t)  = w(t) * (1 - exp(-n(t) / BODY_SCALE)),  n(t): matches per 1,000 words, in a text
               counted as at least SHORTEST words long
    lead(t)  = w(t) if t stands in the first LEAD characters, else 0
    title(t) = w(t) if t stands in the title, else 0
    raw      = sum over t of  BODY * body(t) + LEAD_WEIGHT * lead(t) + TITLE * title(t)
    score    = raw / (raw + HALF)                       (0..1; 0.5 where raw = HALF)

A term of everyday language (role company) counts only where another term of the concept stands
that is none. The saturation of a repeated term follows the idea of BM25 (Robertson & Zaragoza
2009): its tenth mention says little more than its third.

A file is a main subject where its score reaches MAIN and its raw sum is at least MAIN_SHARE of the
strongest file's; it is also treated where they reach ALSO and ALSO_SHARE.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.core.concepts import Role
from pipeline.core.tags import Grade
from pipeline.tagging.matching import Match

LEAD = 1500  # characters that open a text and say what it is about


@dataclass(frozen=True, slots=True)
class Calibration:
    """The constants of the formula.

    Chosen on the even lines of the development labels; the odd ones, works of even lines left out,
    are for reporting. ``tests/quality/tagging`` holds the floors, docs/benchmarks.md the figures.
    """

    body: float = 0.5
    body_scale: float = 1.2
    shortest: int = 300  # words
    lead: int = LEAD
    lead_weight: float = 1.0
    title: float = 3.0
    half: float = 6.0
    main: float = 0.4
    main_share: float = 0.5
    also: float = 0.3
    also_share: float = 0.2


@dataclass(frozen=True, slots=True)
class Scored:
    """A concept's score in one document.

    Attributes:
        raw: Sum of the formula, at least 0.
        score: From 0 to 1.
        matches: What counted, in the text's order.
        title: What counted in the title.
    """

    concept: str
    raw: float
    score: float
    matches: tuple[Match, ...]
    title: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one term or reference adds to the raw sum of its concept.

    Attributes:
        key: As in `Match`.
        count: Its places in the text.
        body, lead, title: What each part of the formula adds, weighted.
    """

    key: str
    weight: float
    count: int
    body: float
    lead: float
    title: float

    @property
    def total(self) -> float:
        """All that it adds."""
        return self.body + self.lead + self.title


def score_concepts(
    matches: Sequence[Match],
    title_matches: Sequence[Match],
    *,
    words: int,
    calibration: Calibration,
) -> list[Scored]:
    """Return every concept that matched, best first, ties by id.

    Args:
        matches: In the text.
        title_matches: In the title.
        words: Length of the text.
    """
    by_concept: dict[str, tuple[list[Match], list[Match]]] = {}
    for match in matches:
        by_concept.setdefault(match.concept, ([], []))[0].append(match)
    for match in title_matches:
        by_concept.setdefault(match.concept, ([], []))[1].append(match)
    scored = []
    for concept, (body, title) in by_concept.items():
        if all(m.role is Role.COMPANY for m in (*body, *title)):
            continue
        added = contributions(body, title, words=words, calibration=calibration)
        raw = sum(one.total for one in added)
        score = raw / (raw + calibration.half)
        scored.append(Scored(concept, raw, score, tuple(body), tuple(title)))
    return sorted(scored, key=lambda s: (-s.raw, s.concept))


def grade(one: Scored, strongest: float, calibration: Calibration) -> Grade | None:
    """Return the grade of a scored concept, or nothing where it is no tag.

    Args:
        strongest: The raw sum of the strongest policy file of the document.
    """
    if one.score >= calibration.main and one.raw >= calibration.main_share * strongest:
        return Grade.MAIN
    if one.score >= calibration.also and one.raw >= calibration.also_share * strongest:
        return Grade.ALSO
    return None


def contributions(
    body: Iterable[Match], title: Iterable[Match], *, words: int, calibration: Calibration
) -> list[Contribution]:
    """Return what each term and reference of one concept adds, in the order of the text.

    Args:
        body: Its matches in the text.
        title: Its matches in the title.
        words: Length of the text.
    """
    c = calibration
    weights: dict[str, float] = {}
    counts: Counter[str] = Counter()
    lead: set[str] = set()
    in_title: set[str] = set()
    for match in body:
        weights[match.key] = match.weight
        counts[match.key] += 1
        if match.start < c.lead:
            lead.add(match.key)
    for match in title:
        weights[match.key] = match.weight
        in_title.add(match.key)
    per_thousand = 1000 / max(words, c.shortest)
    return [
        Contribution(
            key,
            weight,
            counts[key],
            body=weight * c.body * (1 - math.exp(-counts[key] * per_thousand / c.body_scale)),
            lead=weight * c.lead_weight * (key in lead),
            title=weight * c.title * (key in in_title),
        )
        for key, weight in weights.items()
    ]
