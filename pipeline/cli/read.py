"""``fourp read``: shows what the readers make of one file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import as_json, echo_json

if TYPE_CHECKING:
    pass


@click.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@as_json
@click.pass_context
def command(context: click.Context, file: Path, as_json: bool) -> None:
    """Print the text of FILE, page by page; needs no workspace.

    A message or an archive ends with the paths of the documents inside it, which can be read in
    the same way. With --json: one object for the document, then one a page with its text and
    layout.
    Exit code 1: some of its pages could not be read.

    Example: fourp read report.pdf | less; fourp read 'mail.eml!/report.pdf'
    """
    from pipeline.workflows.read import read_file

    document, problem = read_file(file)
    if as_json:
        echo_json(
            {
                "path": document.source.path,
                "media_type": document.source.media_type,
                "sha256": document.id,
                "title": document.title,
                "date": document.date,
                "kind": document.kind,
                "institution": document.institution,
                "languages": document.languages,
                "pages": len(document.pages),
                "declared": dict(document.declared),
                "members": [asdict(member) for member in document.members],
            }
        )
    for page in document.pages:
        text = document.quote(page.span)
        if as_json:
            echo_json(
                {
                    "page": page.number,
                    "language": page.language,
                    "confidence": page.confidence,
                    "layout": asdict(page.layout),
                    "text": text,
                }
            )
        else:
            click.echo(f"--- page {page.number} ({page.language}) ---")
            click.echo(text)
    if document.members and not as_json:
        click.echo("--- documents inside ---")
        for member in document.members:
            click.echo(member.path)
    if problem:
        click.echo(f"fourp: {problem}", err=True)
        context.exit(1)
