"""``fourp dates``: what texts announce, by day."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import agenda, completion
from pipeline.cli.options import (
    PartialDate,
    as_json,
    audience_option,
    groups_option,
    report_language,
    workspace_of,
)
from pipeline.core.audience import Audience
from pipeline.core.key_dates import KeyKind


class _Day(PartialDate):
    """A day, a month or a year, or the word TODAY."""

    name = "TODAY|YYYY[-MM[-DD]]"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from datetime import date

        if value.lower() in ("today", "aujourd'hui"):
            return date.today().isoformat()
        return super().convert(value, param, ctx)


@click.command("dates")
@click.option("--from", "since", type=_Day(last=False), default="today", help="Default: today.")
@click.option("--until", type=_Day(last=True), help="Last day (default: no end).")
@click.option("--pillar", "pillars", multiple=True, shell_complete=completion.pillars)
@click.option("--file", "files", multiple=True, shell_complete=completion.files)
@groups_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice([kind.value for kind in KeyKind]))
@audience_option("Who is to read them (default: from fourp.toml).")
@report_language
@click.option("--csv", "as_csv", is_flag=True, help="CSV for a spreadsheet.")
@click.option(
    "--ics",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a calendar to this file instead.",
)
@as_json
@click.pass_context
def command(
    context: click.Context,
    since: str,
    until: str | None,
    pillars: tuple[str, ...],
    files: tuple[str, ...],
    groups: tuple[str, ...],
    kinds: tuple[str, ...],
    audience: Audience | None,
    language: str | None,
    as_csv: bool,
    ics: Path | None,
    as_json: bool,
) -> None:
    """List the days that texts announce, with the sentence and the page that say so.

    Last days for comments, entry into force, application, transposition, meetings, and reports or
    reviews that are due. Only what a sentence says without doubt is listed (docs/dates.md).

    Example: fourp dates --group planet --until 2027 --ics planet.ics

    Exit code 0: there are some; 1: none; 2: not looked for.
    """
    from pipeline.core.files import write_whole
    from pipeline.report.labels import labels
    from pipeline.workflows import dates

    if sum([as_json, as_csv, ics is not None]) > 1:
        raise click.UsageError("choose one of --json, --csv and --ics")
    if until and until < since:
        raise click.UsageError(f"the period begins ({since}) after it ends ({until})")
    workspace = workspace_of(context)
    words = labels(language or workspace.settings.language, workspace.locale)
    items = dates.agenda(
        workspace,
        since=since,
        until=until or "",
        pillars=pillars,
        files=files,
        groups=groups,
        kinds=[KeyKind(kind) for kind in kinds],
        audience=audience or workspace.settings.readers,
        language=words.language,
        progress=agenda.show_progress,
    )
    if ics and (items or ics.exists()):  # what is in it still may not be for its readers any more
        write_whole(ics, dates.calendar(items, words))
        click.echo(f"wrote {ics}: {len(items)} events", err=True)
    elif not items:
        click.echo("no key dates", err=True)
    elif as_csv:
        agenda.show_csv(items, words)
    elif as_json:
        agenda.show_json(items, words)
    else:
        agenda.show(items, words)
    context.exit(0 if items else 1)
