"""The review queue: what to ask people first, so that few answers teach much."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from pipeline.core.errors import ConfigError
from pipeline.core.reviews import Review
from pipeline.core.tags import Grade
from pipeline.workflows import assemble
from pipeline.workflows.reviewing import policy_file, unknown_file

if TYPE_CHECKING:
    from pipeline.catalogue.store import Catalogue
    from pipeline.config.workspace import Workspace

# Chosen by what they mean, not measured: they decide what is asked first, not what is true.
WIDTH = 0.1  # of a score: so far from the bar, a suggestion is worth 1/e of one at the bar
HALF_LIFE = 3.0  # years after which the part of the weight that ages has halved
AGELESS = 0.5  # part of the weight that does not age
DAYS_OF_YEAR = 365.25
VERSION = 2.0  # times: a version of what somebody decided about is decided about quickly


@dataclass(frozen=True, slots=True)
class Question:
    """Is this document about that policy file?

    Attributes:
        score, grade: What the machine says; nothing where it suggests nothing, and only a decision
            about another version asks.
        elsewhere: The decisions about other versions of it.
        usefulness: How much an answer is worth, above 0.
    """

    document: str
    concept: str
    score: float | None
    grade: Grade | None
    date: str
    elsewhere: tuple[Review, ...] = ()
    usefulness: float = 0.0


def usefulness(
    score: float | None, *, bars: Collection[float], labels: int, years: float, version: bool
) -> float:
    """Return how much an answer about a suggestion is worth, from 0 to `VERSION`.

        exp(-|score - nearest bar| / WIDTH)             unsure suggestions first
        * 1 / sqrt(1 + labels)                          files that people said little about
        * (AGELESS + (1 - AGELESS) * 2 ** (-years / HALF_LIFE))        recent documents
        * VERSION, where somebody decided about another version

    Asking where the machine is least sure is uncertainty sampling (Lewis and Gale 1994).

    Args:
        score: The machine's, 0..1; nothing where it suggests nothing.
        bars: Scores at which a suggestion becomes a tag, and a tag a main subject.
        labels: Decisions about this policy file so far.
        years: Age of the document.
        version: Whether somebody decided about another version of it.
    """
    sure = 0.0 if score is None else min(abs(score - bar) for bar in bars)
    aged = AGELESS + (1 - AGELESS) * math.pow(0.5, max(years, 0.0) / HALF_LIFE)
    weight = math.exp(-sure / WIDTH) * aged / math.sqrt(1 + labels)
    return weight * VERSION if version else weight


def questions(
    workspace: Workspace,
    catalogue: Catalogue,
    *,
    file: str | None = None,
    group: str | None = None,
    limit: int,
) -> list[Question]:
    """Return the most useful questions, most useful first, ties by document and file.

    Args:
        file: Only about this policy file, by id or label.
        group: Only about the files of this expert group.

    Raises:
        ConfigError: If there is no such file or group.
        CatalogueError: If the catalogue cannot be used.
    """
    concepts = _concepts(workspace, file, group)
    standing = catalogue.reviews.standing()
    labels = Counter(concept for _, concept in standing)
    bars, today = assemble.bars(workspace), datetime.now(UTC).date()
    asked = [
        replace(
            question,
            usefulness=usefulness(
                question.score,
                bars=bars,
                labels=labels[question.concept],
                years=age(question.date, today),
                version=bool(question.elsewhere),
            ),
        )
        for question in _open(catalogue, standing, concepts)
    ]
    asked.sort(key=lambda one: (-one.usefulness, one.document, one.concept))
    return asked[:limit]


def age(day: str, today: date) -> float:
    """Return the years from an ISO date, as far as it is known, to ``today``; never below 0."""
    year, month, of_month = [*map(int, day.split("-")), 1, 1][:3]
    return max((today - date(year, month, of_month)).days / DAYS_OF_YEAR, 0.0)


def _open(
    catalogue: Catalogue, standing: Mapping[tuple[str, str], Review], concepts: Collection[str]
) -> Iterable[Question]:
    """Return what nobody decided: the machine's suggestions, and the versions of decided ones."""
    elsewhere = _elsewhere(catalogue, standing.values(), concepts)
    found = {
        (one.document, one.concept): Question(
            one.document, one.concept, one.score, one.grade, one.date
        )
        for one in catalogue.reviews.suggested(concepts)
    }
    dates = catalogue.reviews.dates(document for document, _ in elsewhere)
    for (document, concept), reviews in elsewhere.items():
        asked = found.get((document, concept))
        if asked is None:
            asked = Question(document, concept, None, None, dates[document])
        found[document, concept] = replace(asked, elsewhere=tuple(reviews))
    return (question for key, question in found.items() if key not in standing)


def _elsewhere(
    catalogue: Catalogue, standing: Iterable[Review], concepts: Collection[str]
) -> dict[tuple[str, str], list[Review]]:
    """Return the decisions about other versions, by the document and file they may hold for."""
    decided = [review for review in standing if review.concept in concepts]
    versions = catalogue.links.versions(review.document for review in decided)
    found: dict[tuple[str, str], list[Review]] = {}
    for review in decided:
        for other in versions.get(review.document, ()):
            found.setdefault((other, review.concept), []).append(review)
    return found


def _concepts(workspace: Workspace, file: str | None, group: str | None) -> frozenset[str]:
    vocabulary = assemble.vocabulary_of(workspace)
    wanted: Sequence[str] = [one.id for one in vocabulary.files]
    problems = []
    if group is not None:
        groups = {one.id: one.files for one in assemble.groups_of(workspace, vocabulary)}
        wanted = groups.get(group, ())
        if group not in groups:
            problems.append(f"there is no group {group!r} (there are: {', '.join(groups)})")
    if file is not None:
        id_ = policy_file(vocabulary, file)
        if not id_:
            problems.append(unknown_file(vocabulary, file))
        wanted = [one for one in [id_] if one in wanted or group is None]
    if problems:
        raise ConfigError(problems, where="what to review", remedy="correct it, or leave it out")
    return frozenset(wanted)
