"""``fourp show``: one document with its tags and the sentences that prove them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from pipeline.cli import completion
from pipeline.cli.decisions import because, decision_as_json, grade_in_words, made_by
from pipeline.cli.options import as_json, echo_json, workspace_of
from pipeline.cli.terminal import tell
from pipeline.core.text import visible

if TYPE_CHECKING:
    from pipeline.catalogue.links import Linked
    from pipeline.core.concepts import Vocabulary
    from pipeline.core.document import Document
    from pipeline.core.reviews import Review
    from pipeline.core.tags import Tag

_VERSIONS = ("version", "language version")
_DRAFTS = ("earlier draft", "later version")
# Kinds of references by their scheme, as they are listed.
_CITED = {
    "act": "acts",
    "document": "papers of the Commission",
    "procedure": "procedures",
    "council": "papers of the Council",
    "parliament": "papers of the Parliament",
    "committee": "papers of the committees",
    "journal": "pages of the Official Journal",
    "celex": "CELEX numbers",
    "eli": "ELI",
}


@click.command("show")
@click.argument("document", shell_complete=completion.documents)
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
    from pipeline.workflows.audience import audience_of
    from pipeline.workflows.library import document as find
    from pipeline.workflows.library import links, problems_of
    from pipeline.workflows.reviewing import decisions_about

    workspace = workspace_of(context)
    found = find(workspace, document)
    linked = links(workspace, found.id)
    problems = problems_of(workspace, found)
    standing = audience_of(workspace, found)
    decisions = decisions_about(workspace, found)
    if as_json:
        facts = _as_json(found, linked) | {
            "reviews": [decision_as_json(decisions[concept]) for concept in sorted(decisions)]
        }
        facts |= {"audience": standing.audience, "audience_because": because(standing, found)}
        echo_json(facts | {"problems": [asdict(problem) for problem in problems]})
        return
    _show_facts(found, f"{standing.audience} ({because(standing, found)})")
    for problem in problems:
        click.echo(f"not complete: {problem.reason}")
        click.echo(f"       to do: {problem.remedy}\n")
    _show_links(linked)
    vocabulary = vocabulary_of(workspace)
    for tag in found.tags:
        _show_tag(
            tag, decisions.get(tag.concept), vocabulary, language or workspace.settings.language
        )
    if not found.tags:
        click.echo("no tags: nothing in it speaks clearly for a policy file")
    waiting = [tag for tag in found.candidates if tag.concept not in decisions]
    if waiting:
        names = ", ".join(f"{tag.concept} ({tag.score:.0%})" for tag in waiting)
        click.echo(f"for a person to decide (fourp review, fourp explain): {names}")
    for review in decisions.values():
        if review.decision == "rejected":
            click.echo(f"not about {review.concept}: says {made_by(review)}")
    if references:
        _show_references(found)
    if tables:
        _show_tables(found)


def _show_facts(document: Document, audience: str) -> None:
    source = document.source
    facts = {
        "title": document.title,
        "path": source.path,
        "from": "" if source.provenance == "folder" else source.provenance,
        "id": document.id[:12],
        "date": document.date,
        "kind": document.kind,
        "institution": document.institution,
        "languages": ", ".join(document.languages),
        "pages": str(len(document.pages)),
        "tables": str(sum(len(page.layout.tables) for page in document.pages) or ""),
        "recognised": _recognised(document),
        "audience": audience,
    }
    for name, value in facts.items():
        if value:
            where = f" ({_where(document, name)})" if name in document.origins else ""
            click.echo(f"{name:>12}: {visible(value)}{where}")
    for member in document.members:
        click.echo(f"{'holds':>12}: {visible(member.path)}")


def _where(document: Document, fact: str) -> str:
    """Return where a fact was read, in words."""
    place = document.origins[fact]
    if isinstance(place, str):
        return {"declared": "as the file says", "created": "the file was made"}.get(place, place)
    return f"page {document.page_at(place.start).number}"


def _show_links(linked: Sequence[Linked]) -> None:
    """Print versions, near-duplicates and drafts, a line each."""
    groups = {
        "versions": [one for one in linked if one.relation in _VERSIONS],
        "near-duplicates": [one for one in linked if one.relation == "near-duplicate"],
        "drafts": [one for one in linked if one.relation in _DRAFTS],
    }
    for name, ones in groups.items():
        for number, one in enumerate(ones):
            title = f", {one.title}" if one.title else ""
            more = f", {one.relation}" if name == "drafts" else ""
            if name != "versions":
                more += f", {one.similarity:.0%} alike"
            label = f"{name}:" if number == 0 else ""
            click.echo(f"{label:>16} {one.language} {visible(one.path)}{visible(title)}{more}")
    click.echo()


def _show_references(document: Document) -> None:
    """Print a document's own numbers, then those that it cites by kind, with their pages."""
    cited = [r for r in document.references if not r.own]
    groups = {"own numbers": [r for r in document.references if r.own]}
    for scheme, name in _CITED.items():
        groups[f"cited {name}"] = [r for r in cited if r.scheme == scheme]
    for name, found in groups.items():
        if not found:
            continue
        click.echo(f"{name}:")
        pages: dict[str, list[int]] = {}
        for reference in found:
            pages.setdefault(reference.value, []).append(
                document.page_at(reference.span.start).number
            )
        for value, numbers in pages.items():
            on = ", ".join(map(str, dict.fromkeys(numbers)))
            click.echo(f"  {value}, page {on}")


def _recognised(document: Document) -> str:
    """Return how many pages were recognised from images, and how sure their words are."""
    sure = [page.layout.ocr_confidence for page in document.pages if page.layout.ocr]
    if not sure:
        return ""
    lacking = document.declared.get("ocr_languages_missing", "")
    told = f"{len(sure)} of its pages from images, words {sum(sure) / len(sure):.0%} sure"
    return f"{told}; no language pack: {lacking}" if lacking else told


def _show_tag(tag: Tag, review: Review | None, vocabulary: Vocabulary, language: str) -> None:
    from pipeline.core.text import one_line

    concept = vocabulary.get(tag.concept)
    label = concept.label(language) if concept else tag.concept
    what = "pillar" if concept and concept.is_pillar else "policy file"
    by = made_by(review) if review else tag.origin
    click.echo(
        f"{click.style(label, bold=True)} [{tag.concept}] {what}, {grade_in_words(tag.grade)}, "
        f"{tag.score:.0%}, by {by}"
    )
    for item in tag.evidence:
        tell(
            f"p. {item.page}: “{one_line(item.quote)}” ({item.reason}: {item.match})",
            indent="    ",
        )
    if not tag.evidence:
        click.echo("    no sentence of it was marked; `fourp explain` tells what the tagger found")


def _show_tables(document: Document) -> None:
    for page in document.pages:
        for table in page.layout.tables:
            click.echo(f"table on page {page.number}:")
            for row in table.rows:
                click.echo("  " + " | ".join(row))


def _tag_as_json(tag: Tag) -> dict[str, object]:
    return {
        "concept": tag.concept,
        "grade": tag.grade,
        "score": tag.score,
        "origin": tag.origin,
        "evidence": [
            {"page": item.page, "quote": item.quote, "reason": item.reason, "match": item.match}
            for item in tag.evidence
        ],
    }


def _as_json(document: Document, linked: Sequence[Linked]) -> dict[str, object]:
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
        "provenance": document.source.provenance,
        "members": [member.path for member in document.members],
        "origins": {name: _origin(document, name) for name in document.origins},
        "links": [
            {
                "relation": one.relation,
                "similarity": one.similarity,
                "id": one.id,
                "path": one.path,
                "title": one.title,
                "language": one.language,
            }
            for one in linked
        ],
        "tags": [_tag_as_json(tag) for tag in document.tags],
        "candidates": [_tag_as_json(tag) for tag in document.candidates],
        "references": [
            {
                "value": r.value,
                "scheme": r.scheme,
                "own": r.own,
                "page": document.page_at(r.span.start).number,
            }
            for r in document.references
        ],
        "tables": [
            {"page": page.number, "rows": table.rows}
            for page in document.pages
            for table in page.layout.tables
        ],
    }


def _origin(document: Document, fact: str) -> dict[str, object]:
    place = document.origins[fact]
    if isinstance(place, str):
        return {"from": place}
    page = document.page_at(place.start).number
    return {"from": "text", "page": page, "quote": document.quote(place)}
