"""Reports: what is new for an expert group, from the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.config.workspace import Workspace
from pipeline.core.audience import Audience
from pipeline.core.errors import ConfigError
from pipeline.core.files import write_whole
from pipeline.workflows import assemble

if TYPE_CHECKING:
    from pipeline.catalogue.store import Catalogue
    from pipeline.core.reported import PastReport
    from pipeline.report.groups import ExpertGroup
    from pipeline.report.render import Format
    from pipeline.report.values import Language, Report

_WHOM = {
    Audience.PUBLIC: "the public",
    Audience.MEMBERS: "members",
    Audience.SECRETARIAT: "the secretariat",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report is wanted.

    Attributes:
        group: Id of the expert group.
        since: First day of the period; "last" for what changed since the group's last report.
        until: Last day of the period.
        language: "" for the group's own, or else that of the settings.
        made_at: When it is made; now where absent.
        audience: Who is to read it; what is not for them is no part of it.
    """

    group: str
    since: date | Literal["last"]
    until: date
    language: Language
    fmt: Format
    made_at: datetime | None = None
    audience: Audience = Audience.MEMBERS


def group_report(workspace: Workspace, asked: Asked) -> str | bytes:
    """Return the report of an expert group, in the language and format asked for.

    Raises:
        ConfigError: If there is no such group, language or earlier report, or vocabulary, groups,
            catalogue or templates are wrong.
        CatalogueError: If the catalogue cannot be used.
    """
    from pipeline.report.render import render

    with assemble.catalogue_of(workspace) as catalogue:
        report, _ = _made(workspace, catalogue, asked)
    return render(report, fmt=asked.fmt, templates=workspace.templates, locale=workspace.locale)


def write_group_report(
    workspace: Workspace, asked: Asked, out: Path, *, draft: bool = False
) -> None:
    """Write the report of an expert group to a file, and note what it lists.

    Args:
        out: Replaced where it is there, in one step.
        draft: Whether to leave no note, so that "last" goes on to mean an earlier report.

    Raises:
        ConfigError, CatalogueError: As `group_report` does.
        WriteError: If the file or the note cannot be written.
    """
    from pipeline.report.render import as_file

    with assemble.catalogue_of(workspace) as catalogue:
        report, listing = _made(workspace, catalogue, asked)
        places = {"templates": workspace.templates, "locale": workspace.locale}
        write_whole(out, as_file(report, fmt=asked.fmt, **places))
        if not draft:
            catalogue.reports.add(listing)


def check_templates(workspace: Workspace) -> list[str]:
    """Try the workspace's templates with made-up reports in each language; return their names.

    Raises:
        ConfigError: If one is wrong.
    """
    from pipeline.report.labels import languages
    from pipeline.report.render import render
    from pipeline.report.specimen import specimen

    places = {"templates": workspace.templates, "locale": workspace.locale}
    for language in languages(workspace.locale):
        for past in (False, True):
            render(specimen(language, past=past), fmt="html", **places)
    return sorted(path.name for path in workspace.templates.glob("report.*"))


def _made(workspace: Workspace, catalogue: Catalogue, asked: Asked) -> tuple[Report, PastReport]:
    """Return the report, and what is to be noted of it."""
    from pipeline.report.changes import listing, since_report
    from pipeline.report.labels import labels
    from pipeline.report.model import build_report

    vocabulary = assemble.vocabulary_of(workspace)
    groups = assemble.groups_of(workspace, vocabulary)
    group = _named(groups, asked.group, str(workspace.model(assemble.GROUPS)))
    language = asked.language or next(iter(group.languages), workspace.settings.language)
    labels(language, workspace.locale)  # told before the work if there are none
    made_at = asked.made_at or datetime.now(UTC)
    past = None
    if asked.since == "last":
        past = _last(catalogue, group, asked, made_at)
        since = date.fromisoformat(past.since)
    else:
        since = asked.since
    first, last = since.isoformat(), asked.until.isoformat()
    ids = catalogue.reports.documents(group.files, since=first, until=last, audience=asked.audience)
    report = build_report(
        group,
        catalogue.reports.extracts(ids, group.files),
        vocabulary,
        since=since,
        until=asked.until,
        failures=catalogue.audiences.readable_failures(catalogue.failures(), asked.audience),
        language=language,
        made_at=made_at,
        reviews=catalogue.reviews.standing(),
        audience=asked.audience,
    )
    told = listing(report)
    if past is None:
        return report, told
    known = {id_ for one in past.listed for id_ in one.documents}
    readable = catalogue.audiences.readable(known, asked.audience)
    return since_report(report, past, hidden=known - readable), told


def _last(catalogue: Catalogue, group: ExpertGroup, asked: Asked, made_at: datetime) -> PastReport:
    """Return the last report of an earlier day for the same audience.

    So the French report of a day tells the same changes as the English one, and a second run the
    same as the first.
    """
    today = made_at.astimezone(UTC).date().isoformat()
    past = catalogue.reports.last(group.id, before=today, audience=asked.audience)
    if past and past.since <= asked.until.isoformat():
        return past
    why = f"that of {past.made_at[:10]} begins on {past.since}, after --until" if past else ""
    raise ConfigError(
        [why or f"no report of {group.id} for {_WHOM[asked.audience]} was written before today"],
        where="--since last",
        remedy="name its first day, as in --since 2021-01-01",
    )


def _named(groups: Sequence[ExpertGroup], group_id: str, where: str) -> ExpertGroup:
    for group in groups:
        if group.id == group_id:
            return group
    raise ConfigError(
        [f"there is no expert group {group_id!r}"],
        where=where,
        remedy="choose one of: " + ", ".join(g.id for g in groups),
    )
