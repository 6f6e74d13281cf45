"""An audit changes nothing, says the same twice, and holds no more of a larger library."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.config.workspace import Workspace
from pipeline.report.audit_render import AUDIT_FORMATS, AuditFormat
from pipeline.workflows import assemble
from pipeline.workflows.audit import Scope, audit_library
from pipeline.workflows.status import library_status
from tests import libraries
from tests.documents import document
from tests.report.pdfs import formats

SCOPE = Scope(date(2026, 1, 1), date(2026, 3, 31), lines=5)
MADE_AT = datetime(2026, 4, 1, tzinfo=UTC)
LONG = "A title that goes on and on. " * 100


def _store(workspace: Workspace, numbers: range) -> None:
    with assemble.catalogue_of(workspace) as catalogue:
        papers = [
            replace(
                document(f"Text {n}.", title=f"{n} {LONG}", concepts=("water",), date="2001"),
                kind="study",
            )
            for n in numbers
        ]
        catalogue.store(papers, reading_version="1", recipe_version="1")
        with catalogue.links.changing() as change:
            pairs = zip(papers[::2], papers[1::2], strict=True)
            change.add([(one.id, other.id, "near-duplicate", 0.9) for one, other in pairs])


def _audit(workspace: Workspace, fmt: AuditFormat = "json") -> bytes:
    return audit_library(workspace, SCOPE, language="en", fmt=fmt, made_at=MADE_AT)


@pytest.mark.parametrize("fmt", formats(AUDIT_FORMATS))
def test_an_audit_says_the_same_twice_and_leaves_the_catalogue_as_it_was(
    tmp_path: Path, fmt: AuditFormat
) -> None:
    workspace = libraries.library(tmp_path / "library")
    _store(workspace, range(6))
    before = workspace.catalogue.read_bytes()
    assert _audit(workspace, fmt) == _audit(workspace, fmt)
    library_status(workspace)
    assert workspace.catalogue.read_bytes() == before


def _peak(looked_at: Callable[[], object]) -> int:
    gc.collect()
    tracemalloc.start()
    try:
        looked_at()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_library(tmp_path: Path) -> None:
    workspace = libraries.library(tmp_path / "library")
    (workspace.root / "models" / "tagger").mkdir()  # no model, which would be most of it
    looks: tuple[Callable[[], object], ...] = (
        lambda: _audit(workspace, "html"),
        lambda: library_status(workspace),
    )
    _store(workspace, range(20))
    for look in looks:
        look()  # imports and templates
    small = [_peak(look) for look in looks]
    _store(workspace, range(20, 620))  # 1.8 MB of titles
    for look, before in zip(looks, small, strict=True):
        assert _peak(look) < before + 200_000
