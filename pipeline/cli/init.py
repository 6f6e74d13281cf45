"""``fourp init``: makes a workspace."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("init")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), default=Path())
def command(directory: Path) -> None:
    """Make DIRECTORY (default: this folder) a workspace; what is there stays as it is.

    Example: fourp init ~/library && fourp --workspace ~/library ingest ~/Documents/EU
    """
    from pipeline.config.workspace import make_workspace

    made = make_workspace(directory)
    for path in made:
        click.echo(f"made {path}")
    if not made:
        click.echo(f"{directory} is a workspace already; nothing was changed")
