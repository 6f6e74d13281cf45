"""The audit of a library: what it covers and what in it wants care, each line with a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from pipeline.config.workspace import Workspace
from pipeline.workflows import assemble
from pipeline.workflows.audit_lines import (
    coverage_of,
    folders_of,
    languages_of,
    missing_of,
    pairs_of,
    terms_of,
    works_of,
    years_of,
)

if TYPE_CHECKING:
    from pipeline.report.audit_render import AuditFormat
    from pipeline.report.audit_values import Audit, Listed, Terms
    from pipeline.report.values import Language

OWN = "cemr"  # the institution of the Secretariat's own papers, as documents are described
AGEING = ("study", "report", "guide")  # kinds of documents that say how things are at their time
OLD = 5  # years
LINES = 50  # of a list
LANGUAGES = ("fr", "en")  # in which every publication should be there


@dataclass(frozen=True, slots=True)
class Scope:
    """What an audit looks at.

    Attributes:
        since, until: First and last day of the period in which something should have come in.
        old: Years after which a study is old.
        lines: Most lines of a list; what is left out is counted.
        vocabulary: Whether terms are counted, which reads every text.
    """

    since: date
    until: date
    old: int = OLD
    lines: int = LINES
    vocabulary: bool = False


def quarter_of(day: date) -> date:
    """Return the first day of the quarter that holds ``day``."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def years_before(day: date, years: int) -> date:
    """Return the same day so many years earlier; of a 29 February the 28 where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def audit_library(
    workspace: Workspace,
    scope: Scope,
    *,
    language: Language,
    fmt: AuditFormat,
    made_at: datetime | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> bytes:
    """Return the audit of a library, in the language and format asked for.

    Args:
        made_at: When it is made; now where absent.
        on_progress: Called with the documents whose terms are counted, and their total.

    Raises:
        CatalogueError: If the catalogue cannot be used.
        ConfigError: If vocabulary or language is wrong, or PDF needs what is not installed.
    """
    from pipeline.report.audit_render import render_audit
    from pipeline.report.labels import labels

    labels(language, workspace.locale)  # told before the work if there are none
    terms = _terms(workspace, language, scope, on_progress) if scope.vocabulary else None
    at = (made_at or datetime.now(UTC)).replace(microsecond=0)
    audit = _audit(workspace, scope, language, at, terms)
    return render_audit(audit, fmt=fmt, locale=workspace.locale)


def _audit(
    workspace: Workspace,
    scope: Scope,
    language: Language,
    made_at: datetime,
    terms: Listed[Terms] | None,
) -> Audit:
    from pipeline.catalogue.coverage import Coverage
    from pipeline.catalogue.figures import Figures
    from pipeline.catalogue.gaps import EARLIER_DRAFT, NEAR_DUPLICATE, Gaps
    from pipeline.catalogue.quality import Quality
    from pipeline.report import audit_commands as commands
    from pipeline.report.audit_values import Audit

    vocabulary = assemble.vocabulary_of(workspace)
    since, until = scope.since.isoformat(), scope.until.isoformat()
    before, most = years_before(scope.until, scope.old).isoformat(), scope.lines
    with assemble.catalogue_of(workspace) as catalogue, catalogue.snapshot() as state:
        coverage, gaps, figures = Coverage(state), Gaps(state), Figures(state)
        sizes = figures.sizes()
        folders = Quality(state).folders()
        return Audit(
            language=language,
            since=scope.since,
            until=scope.until,
            made_at=made_at,
            old=scope.old,
            documents=sizes.documents,
            works=sizes.works,
            pages=sizes.pages,
            coverage=coverage_of(vocabulary, coverage.by_concept(since, until), since, language),
            languages=languages_of(figures.languages()),
            years=years_of(coverage.by_year()),
            untagged=coverage.untagged(),
            names_untagged=commands.SHOW_UNTAGGED,
            missing=tuple(
                missing_of(
                    code,
                    gaps.without(code, institution=OWN, most=most),
                    gaps.without(code, most=most),
                )
                for code in LANGUAGES
            ),
            lacking=gaps.lacking(LANGUAGES),
            duplicates=pairs_of(gaps.linked(NEAR_DUPLICATE, most=most)),
            drafts=pairs_of(gaps.linked(EARLIER_DRAFT, most=most)),
            aged=works_of(gaps.aged(AGEING, before=before, most=most)),
            folders=folders_of(folders, most),
            troubled=sum(folder.troubles > 0 for folder in folders),
            terms=terms,
        )


def _terms(
    workspace: Workspace,
    language: Language,
    scope: Scope,
    on_progress: Callable[[int, int], None],
) -> Listed[Terms]:
    from pipeline.workflows.vocabulary import check

    checked = check(workspace, on_progress=on_progress)
    return terms_of(assemble.vocabulary_of(workspace), checked.findings, language, scope.lines)
