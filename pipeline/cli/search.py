"""``fourp search``: finds the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.cli import completion, hits
from pipeline.cli.options import (
    PartialDate,
    WordsCommand,
    as_json,
    audience_option,
    echo_json,
    groups_option,
    workspace_of,
)
from pipeline.cli.searching import answer
from pipeline.cli.terminal import is_bare

if TYPE_CHECKING:
    from pipeline.config.workspace import Workspace
    from pipeline.core.audience import Audience
    from pipeline.core.query import Order, Query


@click.command("search", cls=WordsCommand)
@click.argument("words", nargs=-1)
@click.option(
    "--pillar",
    "pillars",
    multiple=True,
    shell_complete=completion.pillars,
    help="people, partnership, places, planet.",
)
@click.option(
    "--file",
    "files",
    multiple=True,
    shell_complete=completion.files,
    help="Policy file id, such as circular-economy.",
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    shell_complete=completion.languages,
    help="Language code, such as fr.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    shell_complete=completion.kinds,
    help='Such as "communication".',
)
@click.option("--institution", "institutions", multiple=True, help="Such as commission.")
@groups_option
@audience_option("Only what these people may read (default: everything).")
@click.option("--since", type=PartialDate(last=False), help="2021, 2021-03 ...")
@click.option("--until", type=PartialDate(last=True), help="2022, 2022-06-30 ...")
@click.option("--pages", is_flag=True, help="Show every page that matches, not one of each work.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest", "pillar"]),
    default="relevance",
    help="Order of the works (default: relevance).",
)
@click.option("--exact-language", is_flag=True, help="Only the words, not what they name.")
@click.option("--limit", type=click.IntRange(1, 1000), help="Works shown (default: 10).")
@click.option("--offset", type=click.IntRange(0), default=0, help="Works passed over.")
@click.option("--csv", "as_csv", is_flag=True, help="A table for spreadsheets.")
@as_json
@click.pass_context
def command(
    context: click.Context,
    words: tuple[str, ...],
    pillars: tuple[str, ...],
    files: tuple[str, ...],
    languages: tuple[str, ...],
    kinds: tuple[str, ...],
    institutions: tuple[str, ...],
    groups: tuple[str, ...],
    audience: Audience | None,
    since: str | None,
    until: str | None,
    pages: bool,
    sort: Order,
    exact_language: bool,
    limit: int | None,
    offset: int,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Find pages by WORDS; accents and endings do not matter.

    \b
      '"side by side"'       a phrase, word for word; the outer quotes are for the shell
      water AND NOT sewage   also OR, ET OU SAUF, parentheses, -sewage
      regenerat* resilence~  words that begin so, or are nearly so
      "COM(2020) 652"        a reference; ref:2020/652, article 12
      'title:"water policy"' in the title
      pillar:planet file:water group:planet lang:fr,en year:2021..2023 since:2021-03
      kind:opinion institution:commission audience:public   filters, as the options below

    Words that name a policy file ("économie circulaire") also find what is about it in other
    languages, marked "about"; --exact-language switches that off.

    Without words: everything that the filters let through, newest first; without anything, on a
    terminal: a prompt that answers one search after the other.

    Example: fourp search economie circulaire --pillar planet --lang fr --since 2021

    Exit code 0: found; 1: nothing found; 2: not searched.
    """
    from pipeline.cli.state import remember_hits
    from pipeline.core.query import Filters, Query
    from pipeline.workflows.asking import asked

    if as_csv and as_json:
        raise click.UsageError("--csv is a table and --json is lines of JSON: choose one")
    if is_bare(context):
        from pipeline.cli.prompt import ask

        ask(context)
        context.exit()
    workspace = workspace_of(context)
    line = " ".join(words)
    given = Filters(
        pillars=pillars,
        files=files,
        languages=languages,
        kinds=kinds,
        institutions=institutions,
        since=since or "",
        until=until or "",
        audience=audience or "",
    )
    node, filters = asked(workspace, line, given, groups)
    query = Query(
        node=node,
        filters=filters,
        order=sort,
        pages=pages,
        exact_language=exact_language,
        offset=offset,
        limit=limit or workspace.settings.limit,
        facets=hits.FACETS,
    )
    results = answer(context, workspace, query)
    if results.hits:
        remember_hits(workspace.root, query, results.hits)
    if as_json:
        for hit in results.hits:
            echo_json(hits.as_json(hit))
    elif as_csv:
        hits.show_csv(results)
    else:
        hits.show_results(results, offset=offset, pages=pages)
    if not results.hits:
        _hint(workspace, line, query)
    context.exit(0 if results.hits else 1)


def _hint(workspace: Workspace, line: str, query: Query) -> None:
    """Say on stderr that nothing was found, and which words the library lacks."""
    from pipeline.core.query import Filters
    from pipeline.workflows.library import unknown_values, unknown_words

    if query.offset:
        click.echo(f"no more works for: {line or 'these filters'}", err=True)
        return
    click.echo(f"nothing found for: {line or 'these filters'}", err=True)
    for word, near in unknown_words(workspace, query.node).items():
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        click.echo(f"  no document has {word}{meant}", err=True)
    if query.filters != Filters():
        for what, known in unknown_values(workspace, query.filters).items():
            click.echo(f"  no document has {what}; there are {', '.join(known)}", err=True)
        click.echo("  fewer filters may find more", err=True)
