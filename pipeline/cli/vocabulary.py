"""``fourp vocabulary``: check the vocabulary, and exchange it with other tools."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.options import as_json, echo_json, workspace_of
from pipeline.core.text import visible

SHOWN = 20  # findings of a kind; --all shows the rest
MEANING = {
    "twice": "matched by the same words as another term of the concept",
    "ambiguous": "a name or a reference of two policy files",
    "gap": "a language lacks a label, a name or half of the terms",
    "ended": "its last day is over",
    "always": "stands in too many documents to say anything",
    "never": "stands in no stored document of its language",
}


@click.group("vocabulary")
def command() -> None:
    """Check the vocabulary (models/vocabulary.yaml), or exchange it as SKOS."""


@command.command("check")
@click.option("--no-usage", is_flag=True, help="Do not count terms in the stored documents.")
@click.option("--all", "everything", is_flag=True, help="Show every finding.")
@as_json
@click.pass_context
def check(context: click.Context, no_usage: bool, everything: bool, as_json: bool) -> None:
    """List what an editor should look at: doubles, ambiguous names, gaps, ended files, and terms
    that stand in every stored document or in none.

    Example: fourp vocabulary check --no-usage

    Exit code 0: nothing but terms that stand in no document; 1: there is something to look at.
    """
    from pipeline.cli.progress import counted
    from pipeline.workflows.vocabulary import check as look

    workspace = workspace_of(context)
    if no_usage:
        done = look(workspace, usage=False)
    else:
        with counted("counting terms in stored documents") as on_progress:
            done = look(workspace, on_progress=on_progress)
    if as_json:
        for finding in done.findings:
            echo_json(asdict(finding))
    else:
        click.echo(f"{'terms':<6}{'name':>7}{'field':>7}{'company':>9}")
        for code, roles in done.terms.items():
            name, field, company = roles.values()
            click.echo(f"{code:<6}{name:>7}{field:>7}{company:>9}")
        kinds = Counter(finding.kind for finding in done.findings)
        for kind, count in kinds.items():
            click.echo(f"\n{kind}: {count} ({MEANING[kind]})")
            findings = [finding for finding in done.findings if finding.kind == kind]
            for f in findings if everything else findings[:SHOWN]:
                where = f"{f.concept} [{f.language}]" if f.language else f.concept
                click.echo(visible(f"  {where}: {f.what!r} {f.told}"))
            if count > SHOWN and not everything:
                click.echo(f"  and {count - SHOWN} more: --all")
        if done.documents:
            click.echo(f"\nterms were counted in {done.documents} stored documents")
    context.exit(1 if any(finding.kind != "never" for finding in done.findings) else 0)


@command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_context
def export(context: click.Context, file: Path) -> None:
    """Write the vocabulary to FILE as SKOS: .ttl (which Annif reads), .rdf, .nt or .jsonld.

    Example: fourp vocabulary export vocabulary.ttl
    """
    from pipeline.workflows.vocabulary import export as write

    vocabulary = write(workspace_of(context), file)
    click.echo(visible(f"{len(vocabulary.concepts)} concepts in {file}"))


@command.command("import")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change; change nothing.")
@as_json
@click.pass_context
def import_(context: click.Context, file: Path, dry_run: bool, as_json: bool) -> None:
    """Take concepts from FILE (SKOS) into the vocabulary.

    What `fourp vocabulary export` wrote and another tool edited replaces the concepts of its ids.
    From EuroVoc's own files every policy file gains the labels of the EuroVoc concepts that its
    ``eurovoc`` lists, as terms of its field, in every language. A file that changes is kept as it
    was beside the new one (.old), because comments in it do not survive.

    Example: fourp vocabulary import eurovoc.rdf --dry-run
    """
    from pipeline.workflows.vocabulary import import_file

    done = import_file(workspace_of(context), file, dry_run=dry_run)
    if as_json:
        for change in done.changes:
            echo_json(asdict(change))
        return
    for change in done.changes:
        new = "new, " if change.new else ""
        click.echo(
            visible(f"{change.concept}: {new}+{len(change.gained)} -{len(change.lost)} terms")
        )
    click.echo(f"{len(done.changes)} concepts changed, {done.unchanged} the same")
    if dry_run:
        click.echo("nothing was written; leave --dry-run out to do it")
    elif done.written:
        click.echo("`fourp retag` gives stored documents the new tags")
