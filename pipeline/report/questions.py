"""What a report asks people: works that may be about a file, where the machine is not sure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.core.reviews import Review
from pipeline.core.text import fold
from pipeline.report.values import Language, Question, Subject, Version, Waiting
from pipeline.report.works import Finding, Seen

MOST = 50  # what a group goes through between two meetings; `fourp review` asks the rest

_LANGUAGES = ("en", "fr")  # read by most of the secretariat when the report's own is not there


def waiting(
    new: Mapping[str, Sequence[Seen]],
    subjects: Mapping[str, Subject],
    reviews: Mapping[tuple[str, str], Review],
    language: Language,
) -> Waiting:
    """Return what nobody has decided of the works of a period, each work once for each file.

    Args:
        new: The versions that make each work new.
        subjects: The group's files.
        reviews: The decisions that hold, by document and file.
    """
    found = [
        _question(work, subject, *best)
        for file, subject in subjects.items()
        for work, seen in new.items()
        if (best := _best(seen, file, reviews, language))
    ]
    found.sort(key=lambda one: (-one.score, fold(one.title), one.work, one.subject.file.id))
    seen = max((review.number for review in reviews.values()), default=0)
    return Waiting(tuple(found[:MOST]), max(len(found) - MOST, 0), seen)


def preference(version: Version, language: Language) -> tuple[int, str, str, str]:
    """Return by what versions are ordered: the report's language first."""
    order = (language, *_LANGUAGES)
    rank = order.index(version.language) if version.language in order else len(order)
    return rank, version.language, version.path, version.document


def _best(
    seen: Sequence[Seen],
    file: str,
    reviews: Mapping[tuple[str, str], Review],
    language: Language,
) -> tuple[Seen, Finding] | None:
    """Return the version to ask about; none if the work has the file, or somebody has decided."""
    if any(finding.file == file for one in seen for finding in one.findings):
        return None
    if any((one.version.document, file) in reviews for one in seen):
        return None
    found = _suggestions(seen, file)
    return min(
        found,
        key=lambda pair: (preference(pair[0].version, language), -pair[1].score),
        default=None,
    )


def _suggestions(seen: Sequence[Seen], file: str) -> Iterator[tuple[Seen, Finding]]:
    return ((one, finding) for one in seen for finding in one.candidates if finding.file == file)


def _question(work: str, subject: Subject, seen: Seen, finding: Finding) -> Question:
    return Question(
        work=work,
        subject=subject,
        title=seen.version.title,
        date=seen.written,
        score=finding.score,
        version=seen.version,
        quotes=finding.quotes,
    )
