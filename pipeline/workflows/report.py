"""Reports: what is new for an expert group, from the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from pipeline.config.workspace import Workspace
from pipeline.core.errors import ConfigError
from pipeline.workflows import assemble

if TYPE_CHECKING:
    from pipeline.report.groups import ExpertGroup
    from pipeline.report.render import Format
    from pipeline.report.values import Language


def group_report(
    workspace: Workspace,
    group_id: str,
    *,
    since: date,
    until: date,
    language: Language,
    fmt: Format,
    made_at: datetime | None = None,
) -> str | bytes:
    """Return the report of an expert group, in the language and format asked for.

    Args:
        since: First day of the period.
        until: Last day of the period.
        made_at: When it is made; now where absent.

    Raises:
        ConfigError: If there is no such group, or vocabulary or groups are wrong.
        CatalogueError: If the catalogue cannot be used.
    """
    from pipeline.report.model import build_report
    from pipeline.report.render import render

    vocabulary = assemble.vocabulary_of(workspace)
    groups = assemble.groups_of(workspace, vocabulary)
    group = _named(groups, group_id, str(workspace.model(assemble.GROUPS)))
    with assemble.catalogue_of(workspace) as catalogue:
        ids = catalogue.reports.documents(
            group.files, since=since.isoformat(), until=until.isoformat()
        )
        report = build_report(
            group,
            catalogue.documents(ids),
            vocabulary,
            since=since,
            until=until,
            failures=catalogue.failures(),
            language=language,
            made_at=made_at or datetime.now(UTC),
            added=catalogue.added(ids),
            reviews=catalogue.reviews.standing(),
        )
    return render(report, fmt=fmt)


def _named(groups: Sequence[ExpertGroup], group_id: str, where: str) -> ExpertGroup:
    for group in groups:
        if group.id == group_id:
            return group
    raise ConfigError(
        [f"there is no expert group {group_id!r}"],
        where=where,
        remedy="choose one of: " + ", ".join(g.id for g in groups),
    )
