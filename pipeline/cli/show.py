"""``fourp show``: one document with its tags and the sentences that prove them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import as_json, echo_json, workspace_of

if TYPE_CHECKING:
    from pipeline.core.concepts import Vocabulary
    from pipeline.core.document import Document
    from pipeline.core.tags import Tag


@click.command("show")
@click.argument("document")
@click.option("--language", type=click.Choice(["en", "fr"]), help="Of the policy files' names.")
@click.option("--references", is_flag=True, help="List the legal references too.")
@click.option("--tables", is_flag=True, help="Print the ruled tables too.")
@as_json
@click.pass_context
def command(
    context: click.Context,
    document: str,
    language: str | None,
    references: bool,
    tables: bool,
    as_json: bool,
) -> None:
    """Show DOCUMENT (id, path, file name or title): what it is, its tags and their evidence.

    Example: fourp show waste-water-position.pdf
    """
    from pipeline.workflows.assemble import vocabulary_of
    from pipeline.workflows.library import document as find
    from pipeline.workflows.library import problems_of

    workspace = workspace_of(context)
    found = find(workspace, document)
    problems = problems_of(workspace, found)
    if as_json:
        echo_json(_as_json(found) | {"problems": [asdict(problem) for problem in problems]})
        return
    _show_facts(found)
    for problem in problems:
        click.echo(f"not complete: {problem.reason}")
        click.echo(f"       to do: {problem.remedy}\n")
    vocabulary = vocabulary_of(workspace)
    for tag in found.tags:
        _show_tag(tag, vocabulary, language or workspace.settings.language)
    if not found.tags:
        click.echo("no tags: nothing in it speaks clearly for a policy file")
    if references:
        click.echo("references (* its own):")
        for value in dict.fromkeys(
            f"{r.value}{' *' if r.own else ''}, page {found.page_at(r.span.start).number}"
            for r in found.references
        ):
            click.echo(f"  {value}")
    if tables:
        _show_tables(found)


def _show_facts(document: Document) -> None:
    source = document.source
    facts = {
        "title": document.title,
        "path": source.path,
        "id": document.id[:12],
        "date": document.date,
        "kind": document.kind,
        "institution": document.institution,
        "languages": ", ".join(document.languages),
        "pages": str(len(document.pages)),
        "tables": str(sum(len(page.layout.tables) for page in document.pages) or ""),
        "recognised": _recognised(document),
    }
    for name, value in facts.items():
        if value:
            click.echo(f"{name:>12}: {value}")
    click.echo()


def _recognised(document: Document) -> str:
    """Return how many pages were recognised from images, and how sure their words are."""
    sure = [page.layout.ocr_confidence for page in document.pages if page.layout.ocr]
    if not sure:
        return ""
    lacking = document.declared.get("ocr_languages_missing", "")
    told = f"{len(sure)} of its pages from images, words {sum(sure) / len(sure):.0%} sure"
    return f"{told}; no language pack: {lacking}" if lacking else told


def _show_tag(tag: Tag, vocabulary: Vocabulary, language: str) -> None:
    from pipeline.core.text import one_line

    concept = vocabulary.get(tag.concept)
    label = concept.label(language) if concept else tag.concept
    what = "pillar" if concept and concept.is_pillar else "policy file"
    grade = "main subject" if tag.grade == "main" else "also treated"
    click.echo(
        f"{click.style(label, bold=True)} [{tag.concept}] {what}, {grade}, "
        f"{tag.score:.0%}, by {tag.origin}"
    )
    for item in tag.evidence:
        click.echo(f"    p. {item.page}: “{one_line(item.quote)}” ({item.reason}: {item.match})")


def _show_tables(document: Document) -> None:
    for page in document.pages:
        for table in page.layout.tables:
            click.echo(f"table on page {page.number}:")
            for row in table.rows:
                click.echo("  " + " | ".join(row))


def _as_json(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "path": document.source.path,
        "title": document.title,
        "date": document.date,
        "kind": document.kind,
        "institution": document.institution,
        "languages": document.languages,
        "pages": len(document.pages),
        "work": document.work_id,
        "tags": [
            {
                "concept": tag.concept,
                "grade": tag.grade,
                "score": tag.score,
                "origin": tag.origin,
                "evidence": [
                    {
                        "page": item.page,
                        "quote": item.quote,
                        "reason": item.reason,
                        "match": item.match,
                    }
                    for item in tag.evidence
                ],
            }
            for tag in document.tags
        ],
        "references": [
            {"value": r.value, "own": r.own, "page": document.page_at(r.span.start).number}
            for r in document.references
        ],
        "tables": [
            {"page": page.number, "rows": table.rows}
            for page in document.pages
            for table in page.layout.tables
        ],
    }
