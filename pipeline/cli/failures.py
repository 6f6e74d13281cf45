"""``fourp failures``: what could not be read, why, and what to do about it."""

from __future__ import annotations

import click

from pipeline.cli.options import as_json, echo_json, workspace_of
from pipeline.cli.terminal import tell
from pipeline.core.text import visible


@click.command("failures")
@as_json
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List the documents that failed: file, stage, reason, remedy, tries.

    Example: fourp failures --json | jq -r .path
    """
    from pipeline.workflows.library import failures

    ledger = failures(workspace_of(context))
    for failure in ledger:
        if as_json:
            echo_json(
                {
                    "path": failure.source.path,
                    "stage": failure.stage,
                    "reason": failure.reason,
                    "remedy": failure.remedy,
                    "tries": failure.tries,
                    "sha256": failure.source.sha256,
                }
            )
        else:
            click.echo(visible(failure.source.path))
            reason = visible(failure.reason)
            tell(f"{reason} (stage {failure.stage}, tries: {failure.tries})", indent="  ")
            tell(f"to do: {visible(failure.remedy)}", indent="  ")
    if not ledger and not as_json:
        click.echo("no failures")
