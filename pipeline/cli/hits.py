"""Hits of a search: shown on a terminal, as CSV, or as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from pipeline.cli.terminal import tell
from pipeline.core.text import visible

if TYPE_CHECKING:
    from pipeline.core.query import Hit, Results

FACETS = ("pillar", "file", "language", "year", "kind", "institution", "audience")
SHOWN_VALUES = 6  # of each facet on a terminal
INDENT = "   "
# What is said of those who may read a work; most are for members, and that is not said.
FOR_WHOM = {"public": "public", "secretariat": "secretariat only"}
CSV_COLUMNS = (
    "path", "title", "page", "language", "date", "kind", "institution", "tags", "via", "score",
    "snippet", "document", "work", "audience",
)  # fmt: skip


def show_results(results: Results, *, offset: int, pages: bool = False) -> None:
    """Print some hits, and what all matching works are by pillar, file and so on.

    Args:
        offset: Works passed over before these.
        pages: Whether hits are pages.
    """
    show_hits(results.hits, first=offset + 1)
    last = offset + len(results.hits)
    if results.hits:
        click.echo(f"\n{offset + 1}-{last} of {results.total} {'pages' if pages else 'works'}")
        for name in FACETS:
            _show_facet(name, results.facets.get(name, {}))


def show_hits(found: Sequence[Hit], *, first: int) -> None:
    """Print hits, numbered from ``first``."""
    partly = False
    for number, hit in enumerate(found, start=first):
        if hit.partly and not partly:
            partly = True
            click.echo(click.style("With some of the words only:", dim=True))
        title = hit.title or hit.path.rsplit("/", 1)[-1]
        tell(f"{number}. {click.style(visible(title), bold=True)}")
        via = f"about {', '.join(hit.via)}" if hit.via else ""
        facts = [
            f"p. {hit.page}", hit.language, hit.date, hit.kind, hit.institution,
            ", ".join(hit.tags), via, FOR_WHOM.get(hit.audience, ""),
        ]  # fmt: skip
        tell(" · ".join(fact for fact in facts if fact), indent=INDENT)
        if hit.heading_path:
            tell(click.style(visible(" > ".join(hit.heading_path)), dim=True), indent=INDENT)
        tell(_highlighted(hit), indent=INDENT)
        # A path is not cut, so that it can be copied.
        click.echo(click.style(f"{INDENT}{visible(hit.path)}", dim=True))


def show_csv(results: Results) -> None:
    """Print hits as CSV (RFC 4180) with a head line.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    import csv
    import io

    from pipeline.report.csv import defused

    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, CSV_COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for hit in results.hits:
        cells = as_json(hit) | {"tags": ", ".join(hit.tags), "via": ", ".join(hit.via)}
        writer.writerow({name: defused(visible(str(cell))) for name, cell in cells.items()})
    click.echo(lines.getvalue(), nl=False)


def as_json(hit: Hit) -> dict[str, object]:
    """Return a hit as JSON holds it."""
    return {
        "path": hit.path,
        "title": hit.title,
        "page": hit.page,
        "score": round(hit.score, 4),
        "language": hit.language,
        "tags": hit.tags,
        "date": hit.date,
        "kind": hit.kind,
        "snippet": hit.snippet,
        "highlights": [[span.start, span.end] for span in hit.highlights],
        "heading_path": hit.heading_path,
        "institution": hit.institution,
        "via": hit.via,
        "partly": hit.partly,
        "audience": hit.audience,
        "passages": hit.passages,
        "document": hit.document,
        "work": hit.work,
    }


def _show_facet(name: str, counts: Mapping[str, int]) -> None:
    if name == "audience" and len(counts) == 1:
        return  # all hits are for the same people, which is no choice
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    counted = ", ".join(f"{value} {count}" for value, count in ordered[:SHOWN_VALUES] if value)
    if counted:
        more = f", {len(ordered) - SHOWN_VALUES} more" if len(ordered) > SHOWN_VALUES else ""
        tell(f"{name:>11}: {counted}{more}")


def _highlighted(hit: Hit) -> str:
    parts: list[str] = []
    at = 0
    for span in hit.highlights:
        lit = click.style(visible(span.of(hit.snippet)), bold=True)
        parts += [visible(hit.snippet[at : span.start]), lit]
        at = span.end
    return "".join(parts) + visible(hit.snippet[at:])
