"""``fourp feeds``: what is new, for feed readers."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import audience_option, workspace_of
from pipeline.cli.searching import with_index
from pipeline.core.audience import Audience


@click.command("feeds")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for the feeds, such as one that a web server shows.",
)
@audience_option("Who is to read them (default: from fourp.toml).")
@click.pass_context
def command(context: click.Context, out: Path, audience: Audience | None) -> None:
    """Write an Atom feed of each pillar, policy file and saved search, in English and French.

    Works stand by the day on which they came in, newest first. What has not changed is not written.

    Example: fourp feeds --out ~/public/feeds
    """
    from pipeline.workflows.feeds import write_feeds

    workspace = workspace_of(context)
    whom = audience or workspace.settings.readers
    found, changed = with_index(workspace, lambda: write_feeds(workspace, out, whom))
    click.echo(f"{found} feeds in {out}, {changed} of them changed", err=True)
