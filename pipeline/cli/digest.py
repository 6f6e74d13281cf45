"""``fourp digest``: one message for each subscriber, of what is new to them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import completion
from pipeline.cli import digest_output as output
from pipeline.cli.options import PartialDate, as_json, workspace_of
from pipeline.cli.progress import counted
from pipeline.cli.searching import with_index

if TYPE_CHECKING:
    from pipeline.config.workspace import Workspace
    from pipeline.workflows.digest import Asked

_LAST = "last"


class _SinceDay(PartialDate):
    """A day, a month, a year, or "last" for what was not told yet."""

    name = "YYYY[-MM[-DD]]|last"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return value if value.lower() == _LAST else super().convert(value, param, ctx)


@click.command("digest")
@click.option(
    "--subscriber",
    "subscribers",
    multiple=True,
    shell_complete=completion.subscribers,
    help="Only them: id or association; several.",
)
@click.option(
    "--since",
    type=_SinceDay(last=False),
    default=_LAST,
    help="Only what came in from that day on (default: last, what they were not told yet).",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write messages into this folder, as .eml files.",
)
@click.option("--send", is_flag=True, help="Send messages, by [mail] of fourp.toml.")
@click.option("--dry-run", is_flag=True, help="Only show, as without --out and --send.")
@click.option("--mark-sent", type=int, help="Message of which --send does not know: it came.")
@click.option(
    "--resend", type=int, help="It did not, or was lost: the next run gives it out again."
)
@as_json
@click.pass_context
def command(
    context: click.Context,
    subscribers: tuple[str, ...],
    since: str,
    out: Path | None,
    send: bool,
    dry_run: bool,
    resend: int | None,
    mark_sent: int | None,
    as_json: bool,
) -> None:
    """Tell the subscribers of models/subscribers.yaml what is new to them, and why.

    Each has one message a day, week, month or quarter at most, and hears of each work once. Without
    --out and --send, it only shows what would be said: docs/digests.md.

    Example: fourp digest --subscriber north --out ~/outbox

    Exit code 1: some messages were not sent.
    """
    from pipeline.workflows.digest import plan_digests
    from pipeline.workflows.posting import post_digests

    workspace = workspace_of(context)
    if resend is not None or mark_sent is not None:
        _decide(workspace, resend, mark_sent, as_json=as_json)
        return
    asked = _asked(subscribers, since)
    if dry_run or not (out or send):
        plans = with_index(workspace, lambda: plan_digests(workspace, asked))
        output.show_plans(plans, as_json=as_json)
        return
    with _progress() as progress:
        outcome = with_index(
            workspace,
            lambda: post_digests(workspace, asked, out=out, send=send, progress=progress),
        )
    output.show_outcome(outcome, as_json=as_json)
    context.exit(1 if outcome.failed else 0)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show how many messages are done, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with counted("messages") as update:
        yield update


def _asked(subscribers: tuple[str, ...], since: str) -> Asked:
    from datetime import date

    from pipeline.workflows.digest import Asked

    day = None if since.lower() == _LAST else date.fromisoformat(since)
    return Asked(subscribers, day)


def _decide(
    workspace: Workspace, resend: int | None, mark_sent: int | None, *, as_json: bool
) -> None:
    from pipeline.workflows.digest import decide

    for number, sent in ((resend, False), (mark_sent, True)):
        if number is not None:
            output.show_decision(decide(workspace, number, sent=sent), sent=sent, as_json=as_json)
