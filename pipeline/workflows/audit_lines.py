"""The lines of an audit: what the catalogue counted, with names and with the command that mends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.core.concepts import Vocabulary
from pipeline.report import audit_commands as commands
from pipeline.report.audit_values import (
    Count,
    Coverage,
    Folder,
    Listed,
    Missing,
    Pair,
    Paper,
    Terms,
    Work,
)
from pipeline.report.text import harmless
from pipeline.report.values import Language, Named, Subject

if TYPE_CHECKING:
    from pipeline.catalogue import coverage, gaps, quality
    from pipeline.tagging.vocabulary_check import Finding

EXAMPLES = 5  # terms that a line names


def coverage_of(
    vocabulary: Vocabulary, held: Mapping[str, coverage.Held], since: str, language: Language
) -> tuple[Coverage, ...]:
    """Return a line for each policy file, in the vocabulary's order."""
    lines = []
    for file in vocabulary.files:
        of = held.get(file.id)
        pillar = vocabulary.get(file.broader)
        name = Named(file.broader, harmless(pillar.label(language) if pillar else file.broader))
        waiting = of.waiting if of else 0
        lines.append(
            Coverage(
                subject=Subject(Named(file.id, harmless(file.label(language))), name),
                works=of.works if of else 0,
                documents=of.documents if of else 0,
                languages=tuple(of.languages.most_common()) if of else (),
                years=tuple(sorted(of.years.items(), reverse=True)) if of else (),
                last=of.last if of else "",
                recent=of.recent if of else 0,
                reviewed=of.by_person if of else 0,
                waiting=waiting,
                ended=bool(file.valid_until) and file.valid_until < since,
                shows=commands.show_file(file.id),
                fills=commands.review(file.id) if waiting else commands.find_terms(file.id),
                reviews=commands.review(file.id),
            )
        )
    return tuple(lines)


def languages_of(rows: Iterable[tuple[str, int, int]]) -> tuple[Count, ...]:
    """Return a line for each language."""
    return tuple(
        Count(code, documents, works, commands.show_language(code))
        for code, documents, works in rows
    )


def years_of(rows: Iterable[coverage.Year]) -> tuple[Count, ...]:
    """Return a line for each year; undated documents have no command of their own."""
    return tuple(
        Count(one.year, one.documents, one.works, commands.show_year(one.year) if one.year else "")
        for one in rows
    )


def missing_of(language: str, own: gaps.Some[gaps.Work], every: gaps.Some[gaps.Work]) -> Missing:
    """Return the works that lack a language."""
    return Missing(language, works_of(own), works_of(every))


def works_of(works: gaps.Some[gaps.Work]) -> Listed[Work]:
    """Return a line for each work."""
    return Listed(
        works.total,
        tuple(
            Work(_paper(one.paper), one.languages, one.date, commands.similar(one.paper.id))
            for one in works.first
        ),
    )


def pairs_of(pairs: gaps.Some[gaps.Pair]) -> Listed[Pair]:
    """Return a line for each pair."""
    return Listed(
        pairs.total,
        tuple(
            Pair(_paper(p.one), _paper(p.other), p.similarity, commands.show(p.one.id))
            for p in pairs.first
        ),
    )


def folders_of(folders: Sequence[quality.Folder], most: int) -> Listed[Folder]:
    """Return a line for each of the folders that come first."""
    return Listed(
        len(folders),
        tuple(
            Folder(
                one.path, one.documents, one.pages, one.failed, one.partly, one.recognised,
                one.unsure, one.unknown, _mending(one),
            )
            for one in folders[:most]
        ),
    )  # fmt: skip


def terms_of(
    vocabulary: Vocabulary, findings: Iterable[Finding], language: Language, most: int
) -> Listed[Terms]:
    """Return a line for each concept and language with terms that stand in no document."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in findings:
        if one.kind == "never":
            found.setdefault((one.concept, one.language), []).append(harmless(one.what))
    lines = []
    for (id_, code), terms in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        concept = vocabulary.get(id_)
        name = Named(id_, harmless(concept.label(language) if concept else id_))
        lines.append(Terms(name, code, len(terms), tuple(terms[:EXAMPLES]), commands.CHECK_TERMS))
    return Listed(len(lines), tuple(lines[:most]))


def _paper(paper: gaps.Paper) -> Paper:
    return Paper(
        paper.id[: commands.ID], harmless(paper.title), paper.language, paper.date,
        harmless(paper.kind),
    )  # fmt: skip


def _mending(folder: quality.Folder) -> str:
    if folder.failed or folder.partly:
        return commands.retry(folder.path)
    if folder.unsure:
        return commands.reread(folder.path)
    return commands.SHOW_UNKNOWN_LANGUAGE if folder.unknown else ""
