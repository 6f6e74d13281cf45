"""``fourp review``: people decide about what the machine is least sure of."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import completion
from pipeline.cli.decisions import DECISIONS, SEARCH_LEARNS_LATER, TRAIN_NEXT
from pipeline.cli.options import workspace_of
from pipeline.core.text import visible

if TYPE_CHECKING:
    from pipeline.config.workspace import Workspace
    from pipeline.core.reviews import Decision

LIMIT = 100


@click.command("review")
@click.option(
    "--file", metavar="ID", shell_complete=completion.files, help="Only about this policy file."
)
@click.option("--group", metavar="ID", help="Only about the files of this expert group.")
@click.option(
    "--limit", type=click.IntRange(1), default=LIMIT, show_default=True, help="Questions at most."
)
@click.option("--by", metavar="NAME", help="Who decides (default: FOURP_USER, or your login).")
@click.option(
    "--export",
    "export_to",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the questions to FILE.xlsx or FILE.csv instead.",
)
@click.option(
    "--import",
    "import_from",
    metavar="FILE",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="Take the decisions that somebody filled in.",
)
@click.option("--dry-run", is_flag=True, help="With --import: only say what would be decided.")
@click.pass_context
def command(
    context: click.Context,
    file: str | None,
    group: str | None,
    limit: int,
    by: str | None,
    export_to: Path | None,
    import_from: Path | None,
    dry_run: bool,
) -> None:
    """Decide about suggested tags, the most useful questions first.

    \b
    a  main subject    o  also treated    r  not about it    +  another file
    s  skip            u  undo            q  quit

    Every answer is kept at once. From a pipe, each line is an answer. Colleagues who work in
    Excel fill in what --export writes, and --import takes it.

    Example: fourp review --group planet --limit 20
    """
    workspace = workspace_of(context)
    if export_to and import_from:
        raise click.UsageError("--export writes and --import reads: choose one")
    if dry_run and not import_from:
        raise click.UsageError("--dry-run goes with --import")
    if export_to:
        _export(workspace, export_to, file=file, group=group, limit=limit)
    elif import_from:
        _import(workspace, import_from, by=by, dry_run=dry_run)
    else:
        _ask(workspace, file=file, group=group, limit=limit, by=by)


def _ask(
    workspace: Workspace, *, file: str | None, group: str | None, limit: int, by: str | None
) -> None:
    from pipeline.cli.review_loop import go_through, keyboard
    from pipeline.workflows.assemble import catalogue_of, vocabulary_of
    from pipeline.workflows.indexing import index_documents
    from pipeline.workflows.review_queue import questions
    from pipeline.workflows.review_session import Session
    from pipeline.workflows.reviewing import reviewer

    name, vocabulary = reviewer(workspace, by), vocabulary_of(workspace)
    with catalogue_of(workspace) as catalogue:
        asked = questions(workspace, catalogue, file=file, group=group, limit=limit)
        session = Session(catalogue, asked, by=name)
        try:
            go_through(session, vocabulary, keyboard(), language=workspace.settings.language)
        finally:  # what was answered is kept, whatever ended the session
            indexed = not session.changed or index_documents(workspace, sorted(session.changed))
            _tell(session.tally, session.skipped, indexed=indexed)


def _tell(tally: Counter[Decision], skipped: int, *, indexed: bool) -> None:
    parts = [f"{count} {DECISIONS[decision]}" for decision, count in tally.items() if count]
    click.echo(f"\n{tally.total()} decided" + (f": {', '.join(parts)}" if parts else ""))
    if skipped:
        click.echo(f"{skipped} skipped")
    if tally.total():
        click.echo(TRAIN_NEXT)
    if not indexed:
        click.echo(SEARCH_LEARNS_LATER, err=True)


def _export(
    workspace: Workspace, path: Path, *, file: str | None, group: str | None, limit: int
) -> None:
    from pipeline.workflows.review_sheet import export_questions

    count = export_questions(workspace, path, file=file, group=group, limit=limit)
    click.echo(f"{count} questions in {visible(str(path))}")
    click.echo(f"next: fill in the column decision, then fourp review --import {path}", err=True)


def _import(workspace: Workspace, path: Path, *, by: str | None, dry_run: bool) -> None:
    from pipeline.workflows.review_sheet import import_decisions

    done = import_decisions(workspace, path, by=by, dry_run=dry_run)
    for review in done.decided:
        said = DECISIONS[review.decision]
        click.echo(f"{review.document[:12]} {review.concept}: {said}, by {visible(review.by)}")
    would = "would be " if dry_run else ""
    click.echo(
        f"{len(done.decided)} {would}decided, {done.unchanged} as decided before, "
        f"{done.empty} left empty, {len(done.overtaken)} overtaken"
    )
    for told in done.overtaken:
        click.echo(visible(told), err=True)
    if done.decided and not dry_run:
        click.echo(TRAIN_NEXT)
    if not done.indexed:
        click.echo(SEARCH_LEARNS_LATER, err=True)
