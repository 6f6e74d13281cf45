"""``fourp report``: what is new for an expert group."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import completion
from pipeline.cli.options import PartialDate, audience_option, report_language, workspace_of

if TYPE_CHECKING:
    from pipeline.config.workspace import Workspace
    from pipeline.core.audience import Audience
    from pipeline.report.render import Format
    from pipeline.workflows.report import Asked

_FORMATS = ("html", "pdf", "docx", "xlsx", "md", "csv", "json")
_LAST = "last"


class _FirstDay(PartialDate):
    """A day, a month, a year, or "last" for the group's last report."""

    name = "YYYY[-MM[-DD]]|last"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return value if value == _LAST else super().convert(value, param, ctx)


@click.command("report")
@click.option(
    "--group",
    shell_complete=completion.groups,
    help="Expert group of models/expert-groups.yaml.",
)
@click.option(
    "--since",
    type=_FirstDay(last=False),
    help="First day (default: a year ago), or last: what changed since the group's last report.",
)
@click.option("--until", type=PartialDate(last=True), help="Last day (default: today).")
@report_language
@click.option(
    "--format",
    "fmt",
    type=click.Choice(_FORMATS),
    help="Default: by the ending of --out, else html.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Default: stdout.")
@audience_option("Who is to read it (default: from fourp.toml).")
@click.option("--draft", is_flag=True, help="With --out: let --since last pass this report over.")
@click.option(
    "--check-templates", is_flag=True, help="Only try the templates of the workspace's own."
)
@click.pass_context
def command(
    context: click.Context,
    group: str | None,
    since: str | None,
    until: str | None,
    language: str | None,
    fmt: Format | None,
    out: Path | None,
    audience: Audience | None,
    draft: bool,
    check_templates: bool,
) -> None:
    """Report what is new in the policy files of an expert group, with quotes and pages.

    Example: fourp report --group planet --since 2021 --language fr --out planet.html
    """
    from pipeline.workflows.report import group_report, write_group_report

    workspace = workspace_of(context)
    if check_templates:
        _check_templates(workspace)
        return
    if group is None:
        raise click.UsageError("name an expert group: --group")
    chosen = fmt or _format_of(out)
    settings = workspace.settings
    asked = _asked(group, since, until, language or "", chosen, audience or settings.readers)
    if out is not None:
        write_group_report(workspace, asked, out, draft=draft)
        click.echo(f"wrote {out}", err=True)
        return
    if chosen in ("pdf", "docx", "xlsx") and sys.stdout.isatty():
        raise click.UsageError(f"{chosen} is nothing to look at in a terminal; name a file: --out")
    click.echo(group_report(workspace, asked), nl=False)


def _check_templates(workspace: Workspace) -> None:
    from pipeline.workflows.report import check_templates

    names = check_templates(workspace)
    click.echo(f"good: {', '.join(names)}" if names else "no templates of its own; docs/reports.md")


def _asked(
    group: str,
    since: str | None,
    until: str | None,
    language: str,
    fmt: Format,
    audience: Audience,
) -> Asked:
    from datetime import date, timedelta

    from pipeline.workflows.report import Asked

    last = date.fromisoformat(until) if until else date.today()
    if since == _LAST:
        return Asked(group, "last", last, language, fmt, audience=audience)
    first = date.fromisoformat(since) if since else last - timedelta(days=365)
    if first > last:
        raise click.UsageError(f"the period begins ({first}) after it ends ({last})")
    return Asked(group, first, last, language, fmt, audience=audience)


def _format_of(out: Path | None) -> Format:
    match out.suffix.lower() if out else "":
        case ".pdf":
            return "pdf"
        case ".docx":
            return "docx"
        case ".xlsx":
            return "xlsx"
        case ".md":
            return "md"
        case ".csv":
            return "csv"
        case ".json":
            return "json"
        case "" | ".html" | ".htm":
            return "html"
        case ending:
            raise click.UsageError(
                f"no format goes with {ending}; name a file that ends in {', '.join(_FORMATS)}, "
                "or choose one with --format"
            )
