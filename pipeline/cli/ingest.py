"""``fourp ingest``: reads, tags, stores and indexes documents."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import as_json, echo_json, workspace_of
from pipeline.core.text import visible

if TYPE_CHECKING:
    from pipeline.config.workspace import Workspace
    from pipeline.workflows.ingest import Progress


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes (default: all cores).")
@click.option("--dry-run", is_flag=True, help="Say what would be done; change nothing.")
@click.option("--retry-failed", is_flag=True, help="Try again what failed before.")
@click.option("--force", is_flag=True, help="Read even what is known and unchanged.")
@as_json
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    jobs: int | None,
    dry_run: bool,
    retry_failed: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Take files and folders into the library; what it knows already is skipped.

    Attachments of messages and files in archives are documents of their own.

    Example: fourp ingest ~/Documents/EU report.pdf --jobs 4

    Exit code 0: all good; 1: some documents failed (see fourp failures); 2: nothing started;
    3: stopped midway, as on a full disk: what was stored is kept, run it again to go on.
    """
    from pipeline.workflows.ingest import ingest

    workspace = workspace_of(context)
    if dry_run:
        _show_plan(workspace, paths, retry_failed=retry_failed, force=force, as_json=as_json)
        return
    from pipeline.cli.progress import shown

    with shown() as on_progress:
        summary = ingest(
            workspace,
            paths,
            jobs=jobs,
            retry_failed=retry_failed,
            force=force,
            on_progress=on_progress,
        )
    _show_summary(summary, as_json=as_json)
    context.exit(1 if summary.failed else 0)


def _show_plan(
    workspace: Workspace,
    paths: tuple[Path, ...],
    *,
    retry_failed: bool,
    force: bool,
    as_json: bool,
) -> None:
    from pipeline.workflows.ingest import plan

    counts: Counter[str] = Counter()
    unopened = 0
    for planned in plan(workspace, paths, retry_failed=retry_failed, force=force):
        counts[planned.action] += 1
        unopened += planned.may_hold_more
        if as_json:
            echo_json(
                {
                    "path": planned.path,
                    "action": planned.action,
                    "may_hold_more": planned.may_hold_more,
                }
            )
        else:
            more = " (and what is inside it)" if planned.may_hold_more else ""
            click.echo(f"{planned.action}: {visible(planned.path)}{more}")
    told = ", ".join(f"{count} {action}" for action, count in counts.most_common())
    click.echo(f"dry run: {counts.total()} found: {told or 'nothing to do'}", err=True)
    if unopened:
        click.echo(
            f"{unopened} of them messages or archives; what is inside is known when they are read",
            err=True,
        )


def _show_summary(summary: Progress, *, as_json: bool) -> None:
    figures = {
        "found": summary.found,
        "ingested": summary.ingested,
        "skipped": summary.skipped,
        "failed": summary.failed,
        "pages": summary.pages,
        "retagged": summary.retagged,
        "known_failures": summary.known_failures,
        "excluded": summary.excluded,
        "members": summary.members,
        "links": summary.links,
        "index_remade": summary.index_remade,
    }
    if as_json:
        echo_json(figures)
        return
    click.echo(
        f"{summary.found} found = {summary.ingested} ingested ({summary.pages} pages)"
        f" + {summary.skipped} skipped (known) + {summary.failed} failed"
    )
    if summary.members:
        click.echo(f"{summary.members} of them inside messages and archives")
    if summary.retagged:
        click.echo(f"{summary.retagged} of the ingested were tagged anew from their stored text")
    if summary.excluded:
        click.echo(f"{summary.excluded} more left out by 'exclude' in fourp.toml")
    if summary.index_remade:
        reason = visible(summary.index_remade)
        click.echo(f"the search index was made anew from the catalogue: {reason}")
    if summary.links:
        click.echo(f"{summary.links} links to folders were not followed; name the folders instead")
    if summary.failed:
        click.echo("see why: fourp failures")
    if summary.known_failures:
        click.echo(
            f"{summary.known_failures} of them failed before and were not tried again; "
            "--retry-failed does"
        )
