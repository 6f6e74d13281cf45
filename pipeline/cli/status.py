"""``fourp status``: how the library is, at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import as_json, echo_json, workspace_of
from pipeline.cli.terminal import tell
from pipeline.core.text import visible

if TYPE_CHECKING:
    from pipeline.workflows.status import Status

_STEP = 1000.0  # disks are sold, and filled, by powers of ten


@click.command("status")
@as_json
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Show how the library is: sizes, last runs, failures, what waits, index and tagger.

    It counts and reads no text; `fourp index verify` compares index and catalogue whole.

    Example: fourp status

    Exit code 0: all is well; 1: documents failed, or index, tagger or messages need something;
    2: not looked.
    """
    from pipeline.workflows.status import library_status

    status = library_status(workspace_of(context))
    if as_json:
        languages = [dict(zip(_LANGUAGE, one, strict=True)) for one in status.languages]
        echo_json({"well": status.is_well} | asdict(status) | {"languages": languages})
    else:
        for line in _lines(status):
            indent = "  " if line.startswith("  ") else ""
            tell(visible(line.strip()), indent=indent)
    context.exit(0 if status.is_well else 1)


_LANGUAGE = ("code", "documents", "works")


def _lines(status: Status) -> Iterator[str]:
    yield from _holdings(status)
    yield from _runs(status)
    yield from _failures(status)
    yield from _waiting(status)
    yield from _machines(status)


def _holdings(status: Status) -> Iterator[str]:
    sizes = status.sizes
    yield f"library: {sizes.documents:,} documents, {sizes.works:,} works, {sizes.pages:,} pages"
    if status.languages:
        yield "  by language: " + ", ".join(f"{code} {n:,}" for code, n, _ in status.languages)
    disk = _size(status.catalogue_bytes), _size(status.index_bytes)
    yield f"  on disk: catalogue {disk[0]}, index {disk[1]}"


def _runs(status: Status) -> Iterator[str]:
    if not status.runs:
        yield "last ingest: none yet (fourp ingest FOLDER)"
    for place, run in enumerate(status.runs):
        counts = f"{run.found:,} found, {run.ingested:,} ingested, {run.failed:,} failed"
        yield f"{'  before: ' if place else 'last ingest: '}{_time(run.ended_at)}, {counts}"


def _failures(status: Status) -> Iterator[str]:
    from pipeline.workflows.status import FAILURES, RETRY

    if not status.sizes.failures:
        yield "failures: none"
        return
    yield f"failures: {status.sizes.failures:,} (to see them: {FAILURES}; to try again: {RETRY})"
    for one in status.reasons:
        yield f"  {one.documents:,} × {one.reason}; to do: {one.remedy}"
    if (more := status.sizes.failures - sum(one.documents for one in status.reasons)) > 0:
        yield f"  and {more:,} for other reasons"


def _waiting(status: Status) -> Iterator[str]:
    from pipeline.workflows.status import DECIDE, REVIEW, SAVED, SEND

    sizes = status.sizes
    waiting = f"{sizes.waiting:,} in {sizes.waiting_documents:,} documents (to decide: {REVIEW})"
    yield f"suggestions to review: {waiting if sizes.waiting else 'none'}"
    saved = f"{sizes.searches:,} (to see them: {SAVED})"
    yield f"saved searches: {saved if sizes.searches else 'none'}"
    if status.messages:
        yield f"digests: {status.messages:,} written down and not given out yet ({SEND})"
    if status.uncertain:
        yield f"digests: {status.uncertain:,} that may have come or not (to decide: {DECIDE})"


def _machines(status: Status) -> Iterator[str]:
    from pipeline.workflows.status import RETAG

    index, tagger = status.index, status.tagger
    lacking = f"; {index.lacking:,} to index" if index.lacking else ""
    mend = f" (to mend: {index.mends})" if index.mends else ""
    yield f"index: {index.told}, {index.documents:,} documents{lacking}{mend}"
    trained = f", trained on {tagger.trained_on} ({tagger.digest[:12]})" if tagger.digest else ""
    mend = f" (to mend: {tagger.mends})" if tagger.mends else ""
    yield f"tagger: {tagger.told}{trained}{mend}"
    if unlike := status.sizes.unlike:
        yield f"  {unlike:,} documents have tags of another vocabulary or model ({RETAG})"


def _size(count: float) -> str:
    for unit in ("B", "kB", "MB"):
        if count < _STEP:
            return f"{count:.0f} {unit}"
        count /= _STEP
    return f"{count:.1f} GB"


def _time(iso: str) -> str:
    return iso.replace("T", " ").replace("+00:00", " UTC")
