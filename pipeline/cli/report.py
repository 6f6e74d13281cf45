"""``fourp report``: what is new for an expert group."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import PartialDate, workspace_of

if TYPE_CHECKING:
    from pipeline.report.render import Format
    from pipeline.report.values import Language


_FORMATS = ("html", "docx", "xlsx", "md", "csv", "json")


@click.command("report")
@click.option("--group", required=True, help="Expert group of models/expert-groups.yaml.")
@click.option("--since", type=PartialDate(last=False), help="First day (default: a year ago).")
@click.option("--until", type=PartialDate(last=True), help="Last day (default: today).")
@click.option("--language", type=click.Choice(["en", "fr"]), help="Default: from fourp.toml.")
@click.option(
    "--format",
    "fmt",
    type=click.Choice(_FORMATS),
    help="Default: by the ending of --out, else html.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Default: stdout.")
@click.pass_context
def command(
    context: click.Context,
    group: str,
    since: str | None,
    until: str | None,
    language: Language | None,
    fmt: Format | None,
    out: Path | None,
) -> None:
    """Report what is new in the policy files of an expert group, with quotes and pages.

    Example: fourp report --group planet --since 2021 --language fr --out planet.html
    """
    from datetime import date, timedelta

    from pipeline.report.render import as_file
    from pipeline.workflows.report import group_report

    workspace = workspace_of(context)
    last = date.fromisoformat(until) if until else date.today()
    first = date.fromisoformat(since) if since else last - timedelta(days=365)
    if first > last:
        raise click.UsageError(f"the period begins ({first}) after it ends ({last})")
    chosen = fmt or _format_of(out)
    if out is None and chosen in ("docx", "xlsx") and sys.stdout.isatty():
        raise click.UsageError(f"{chosen} is nothing to look at in a terminal; name a file: --out")
    made = group_report(
        workspace,
        group,
        since=first,
        until=last,
        language=language or workspace.settings.language,
        fmt=chosen,
    )
    if out is None:
        click.echo(made, nl=False)
    else:
        try:
            out.write_bytes(as_file(made, fmt=chosen))
        except OSError as error:
            raise click.FileError(str(out), f"{error.strerror}; name another file") from error
        click.echo(f"wrote {out}", err=True)


def _format_of(out: Path | None) -> Format:
    match out.suffix.lower() if out else "":
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
