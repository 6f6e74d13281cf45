"""``fourp topics``: what the vocabulary misses."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import completion
from pipeline.cli.options import PartialDate, as_json, echo_json, workspace_of
from pipeline.core.text import one_line, visible

TITLES = 3  # of a topic's documents; --json has all


@click.command("topics")
@click.option(
    "--file",
    "file",
    shell_complete=completion.files,
    help="Propose terms for this policy file instead.",
)
@click.option("--language", default="", help="Only documents in this language (en, fr, ...).")
@click.option("--since", type=PartialDate(last=False), help="No older documents.")
@click.option(
    "--smallest", type=click.IntRange(2), default=3, show_default=True, help="Documents of a topic."
)
@as_json
@click.pass_context
def command(
    context: click.Context,
    file: str | None,
    language: str,
    since: str | None,
    smallest: int,
    as_json: bool,
) -> None:
    """Group stored documents without a policy file by what they speak of.

    With --file: list phrases that the documents of a policy file use and its vocabulary lacks.

    Example: fourp topics --since 2025

    Exit code 0: something was found; 1: nothing.
    """
    if file:
        found = _propose(context, file, language, as_json=as_json)
    else:
        found = _group(context, language, since or "", smallest, as_json=as_json)
    context.exit(0 if found else 1)


def _group(
    context: click.Context, language: str, since: str, smallest: int, *, as_json: bool
) -> bool:
    from pipeline.workflows.topics import topics

    found = topics(workspace_of(context), language=language, since=since, smallest=smallest)
    for topic in found:
        if as_json:
            echo_json(
                {
                    "language": topic.language,
                    "phrases": topic.phrases,
                    "years": topic.years,
                    "to_review": topic.to_review,
                    "documents": [
                        {
                            "id": one.id,
                            "path": one.path,
                            "title": one.title,
                            "date": one.date,
                        }
                        for one in topic.documents
                    ],
                }
            )
            continue
        years = ", ".join(f"{year or 'no date'}: {count}" for year, count in topic.years.items())
        click.echo(
            f"{len(topic.documents)} documents [{topic.language}], {topic.to_review} to review "
            f"({years})"
        )
        click.echo(visible(f"  {'; '.join(topic.phrases)}"))
        for one in topic.documents[:TITLES]:
            click.echo(visible(f"    {one_line(one.title or Path(one.path).name)[:100]}"))
    if not found and not as_json:
        click.echo("no group of documents without a policy file; --smallest 2 looks for pairs")
    return bool(found)


def _propose(context: click.Context, file: str, language: str, *, as_json: bool) -> bool:
    from pipeline.workflows.topics import phrases

    found = phrases(workspace_of(context), file, language=language)
    if not as_json and found:
        click.echo(f"{'phrase':<50}{'of its documents':>18}{'of others':>11}")
    for one in found:
        if as_json:
            echo_json(
                {"language": one.language, "text": one.text, "inside": one.inside,
                 "outside": one.outside}
            )  # fmt: skip
        else:
            click.echo(visible(f"[{one.language}] {one.text:<45}{one.inside:>18}{one.outside:>11}"))
    if not found and not as_json:
        click.echo("its documents use no phrase often enough that its vocabulary lacks")
    return bool(found)
