"""``fourp audit``: what the library covers, and what in it wants care."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import PartialDate, report_language, workspace_of

if TYPE_CHECKING:
    from pipeline.report.audit_render import AuditFormat
    from pipeline.workflows.audit import Scope


_FORMATS = ("html", "pdf", "md", "json")


@click.command("audit")
@click.option("--since", type=PartialDate(last=False), help="First day (default: this quarter's).")
@click.option("--until", type=PartialDate(last=True), help="Last day (default: today).")
@click.option(
    "--older-than", "old", type=click.IntRange(1, 100), default=5, show_default=True,
    metavar="YEARS", help="When studies, reports and guides are old.",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(1), default=50, show_default=True,
    help="Lines of a list; the others are counted.",
)  # fmt: skip
@click.option("--vocabulary", is_flag=True, help="Count terms too; that reads every text.")
@report_language
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
    since: str | None,
    until: str | None,
    old: int,
    limit: int,
    vocabulary: bool,
    language: str | None,
    fmt: AuditFormat | None,
    out: Path | None,
) -> None:
    """Audit the library: coverage, gaps, duplicates, old studies, tags to review, reading quality.

    Every line has the command that mends it, or shows what there is to mend.

    Example: fourp audit --language fr --out audit.html

    Exit code 0: the audit was made, whatever it found; 2: it was not made; 3: its file could not be
    written, and what was there before is as it was.
    """
    from pipeline.cli.progress import counted
    from pipeline.core.files import write_whole
    from pipeline.workflows.audit import audit_library

    workspace = workspace_of(context)
    scope = _scope(since, until, old=old, limit=limit, vocabulary=vocabulary)
    spoken, chosen = language or workspace.settings.language, fmt or _format_of(out)
    if vocabulary:
        with counted("counting terms in stored documents") as on_progress:
            made = audit_library(
                workspace, scope, language=spoken, fmt=chosen, on_progress=on_progress
            )
    else:
        made = audit_library(workspace, scope, language=spoken, fmt=chosen)
    if out is None:
        if chosen == "pdf" and sys.stdout.isatty():
            raise click.UsageError("pdf is nothing to look at in a terminal; name a file: --out")
        click.echo(made, nl=False)
        return
    write_whole(out, made)
    click.echo(f"wrote {out}", err=True)


def _scope(
    since: str | None, until: str | None, *, old: int, limit: int, vocabulary: bool
) -> Scope:
    from datetime import date

    from pipeline.workflows.audit import Scope, quarter_of

    last = date.fromisoformat(until) if until else date.today()
    first = date.fromisoformat(since) if since else quarter_of(last)
    if first > last:
        raise click.UsageError(
            f"the period begins ({first}) after it ends ({last}); give an earlier --since"
        )
    if old >= last.year:
        raise click.UsageError(f"--until {last} has no {old} years before it; give a later day")
    return Scope(first, last, old=old, lines=limit, vocabulary=vocabulary)


def _format_of(out: Path | None) -> AuditFormat:
    match out.suffix.lower() if out else "":
        case ".pdf":
            return "pdf"
        case ".md":
            return "md"
        case ".json":
            return "json"
        case "" | ".html" | ".htm":
            return "html"
        case ending:
            raise click.UsageError(
                f"no format goes with {ending}; name a file that ends in {', '.join(_FORMATS)}, "
                "or choose one with --format"
            )
