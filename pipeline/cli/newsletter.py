"""``fourp newsletter``: one issue for the public, or for members."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import agenda
from pipeline.cli.options import PartialDate, workspace_of
from pipeline.core.audience import Audience

if TYPE_CHECKING:
    from pipeline.report.values import Language
    from pipeline.workflows.newsletter import Form, Issue

_READERS = [Audience.PUBLIC.value, Audience.MEMBERS.value]


@click.command("newsletter")
@click.option(
    "--audience",
    type=click.Choice(_READERS),
    default=Audience.PUBLIC.value,
    show_default=True,
    help="Who is to read it; each has a layout of its own.",
)
@click.option(
    "--since", type=PartialDate(last=False), help="First day (default: 90 days before the last)."
)
@click.option("--until", type=PartialDate(last=True), help="Last day (default: today).")
@click.option("--language", type=click.Choice(["en", "fr"]), help="Default: from fourp.toml.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File that ends in .html or .eml (default: HTML to stdout).",
)
@click.pass_context
def command(
    context: click.Context,
    audience: str,
    since: str | None,
    until: str | None,
    language: Language | None,
    out: Path | None,
) -> None:
    """Write a newsletter: what is new by pillar, with the best sentence of each work.

    A work is new if it is dated in the period, as in a report; main subjects alone count. Members
    read policy files and key dates, too: docs/digests.md.

    Example: fourp newsletter --audience members --since 2026-10 --language fr --out oct.html
    """
    from pipeline.workflows.newsletter import newsletter, write_newsletter

    workspace = workspace_of(context)
    issue = _issue(Audience(audience), since, until, language or workspace.settings.language)
    form = _form_of(out)
    if out is None:
        click.echo(newsletter(workspace, issue, form, agenda.show_progress), nl=False)
        return
    write_newsletter(workspace, issue, form, out, agenda.show_progress)
    click.echo(f"wrote {out}", err=True)


def _issue(audience: Audience, since: str | None, until: str | None, language: Language) -> Issue:
    from datetime import date, timedelta

    from pipeline.workflows.newsletter import Issue

    last = date.fromisoformat(until) if until else date.today()
    first = date.fromisoformat(since) if since else last - timedelta(days=90)
    if first > last:
        raise click.UsageError(f"the period begins ({first}) after it ends ({last})")
    return Issue(audience, first, last, language)


def _form_of(out: Path | None) -> Form:
    match out.suffix.lower() if out else "":
        case ".eml":
            return "eml"
        case "" | ".html" | ".htm":
            return "html"
        case ending:
            raise click.UsageError(f"no newsletter ends in {ending}; name one in .html or .eml")
