"""``fourp retag``: stored documents get the tags of today's vocabulary and model."""

from __future__ import annotations

from dataclasses import asdict

import click

from pipeline.cli.options import as_json, echo_json, workspace_of


@click.command("retag")
@click.option("--all", "everything", is_flag=True, help="Also those that have today's tags.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes (default: all cores).")
@click.option("--dry-run", is_flag=True, help="Say how many there are; change nothing.")
@as_json
@click.pass_context
def command(
    context: click.Context, everything: bool, jobs: int | None, dry_run: bool, as_json: bool
) -> None:
    """Tag what is stored anew, after a change of the vocabulary or `fourp train`; reads no file.

    What people decided stays.

    Example: fourp train labels.jsonl && fourp retag

    Exit code 0: all good; 1: some documents failed and keep the tags that they had.
    """
    from pipeline.cli.progress import counted
    from pipeline.workflows.retag import outdated, retag

    workspace = workspace_of(context)
    if dry_run:
        ids, current = outdated(workspace, everything=everything)
        if as_json:
            echo_json({"found": len(ids), "current": current})
        else:
            click.echo(f"dry run: {len(ids)} to be tagged anew, {current} have today's tags")
        return
    with counted("tagging stored documents") as on_progress:
        done = retag(workspace, everything=everything, jobs=jobs, on_progress=on_progress)
    if as_json:
        echo_json(asdict(done))
    else:
        click.echo(
            f"{done.found} found = {done.retagged} tagged anew ({done.changed} with other tags) "
            f"+ {done.failed} failed; {done.current} had today's tags"
        )
        if done.failed:
            click.echo("see why: fourp failures")
    context.exit(1 if done.failed else 0)
