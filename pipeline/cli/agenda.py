"""Key dates shown on a terminal, as CSV, as JSON, or written to a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import echo_json
from pipeline.cli.terminal import tell
from pipeline.core.text import visible

if TYPE_CHECKING:
    from pipeline.report.agenda import Item
    from pipeline.report.wording import Labels

INDENT = "   "
SENTENCES = 3  # shown of one item on a terminal
TOLD_EVERY = 1000  # documents looked through
CSV_COLUMNS = (
    "date", "kind", "announces", "title", "institution", "files", "page", "sentence", "language",
    "path", "document", "work", "uid",
)  # fmt: skip


def show_progress(done: int, of: int) -> None:
    """Tell now and then how many documents have been looked through for dates."""
    from pipeline.catalogue.key_dates import BATCH

    if of > TOLD_EVERY and done % TOLD_EVERY < BATCH:
        click.echo(f"looked for dates in {done} of {of} new documents", err=True)


def show(items: Sequence[Item], words: Labels) -> None:
    """Print items, each with its files and sentences."""
    before, after = words.quotes
    for item in items:
        head = f"{item.day} · {words.announcement(item.kind)}"
        tell(f"{click.style(head, bold=True)} · {visible(item.title)}")
        facts = [words.institution_name(item.institution) if item.institution else ""]
        facts += [file.name for file in item.files]
        if line := " · ".join(fact for fact in facts if fact):
            tell(visible(line), indent=INDENT)
        for said in item.said[:SENTENCES]:
            page = f"{words.page_short} {said.page}{words.colon}"
            tell(f"{page}{before}{visible(said.text)}{after}", indent=INDENT)
        if (more := len(item.said) - SENTENCES) > 0:
            tell(f"… +{more}", indent=INDENT)
        # A path is not cut, so that it can be copied.
        click.echo(click.style(f"{INDENT}{visible(item.path)}", dim=True))


def show_json(items: Sequence[Item], words: Labels) -> None:
    """Print one JSON object for each item."""
    for item in items:
        echo_json(
            _facts(item, words)
            | {"files": [file.id for file in item.files]}
            | {"said": [{"page": one.page, "sentence": one.text} for one in item.said]}
        )


def show_csv(items: Sequence[Item], words: Labels) -> None:
    """Print items as CSV (RFC 4180) with a head line; no cell is a formula to a spreadsheet."""
    import csv
    import io

    from pipeline.report.csv import defused

    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, CSV_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for item in items:
        cells = _facts(item, words) | {"files": ", ".join(file.name for file in item.files)}
        writer.writerow({name: defused(visible(str(cell))) for name, cell in cells.items()})
    click.echo(lines.getvalue(), nl=False)


def _facts(item: Item, words: Labels) -> dict[str, object]:
    return {
        "date": item.day,
        "kind": item.kind.value,
        "announces": words.announcement(item.kind),
        "title": item.title,
        "institution": item.institution,
        "files": "",
        "page": item.said[0].page,
        "sentence": item.said[0].text,
        "language": item.language,
        "path": item.path,
        "document": item.document,
        "work": item.work,
        "uid": item.uid,
    }
