"""Floors under the likeness of what PDFs say to the official text; raised, never lowered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import pytest
from rapidfuzz.distance import Indel

from pipeline.readers.pdf import PdfReader
from tests.readers.sources import source_of

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
TRUTH = ".gt.txt"
EVERY = 6  # of the rendered acts; all of them take a minute

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is absent")


def _likeness(pairs: Sequence[tuple[Path, Path]]) -> list[float]:
    """Return twice the longest common subsequence over both lengths, white space folded."""
    return [
        Indel.normalized_similarity(
            " ".join(PdfReader().read(source_of(pdf)).text.split()),
            " ".join(truth.read_text("utf-8").split()),
        )
        for pdf, truth in pairs
    ]


@needs_data
@pytest.mark.slow
@pytest.mark.parametrize("columns", ["1col", "2col"])
def test_acts_in_one_and_two_columns_read_as_they_were_written(columns: str) -> None:
    truths = sorted((DATA / "rendered").glob(f"*_{columns}{TRUTH}"))[::EVERY]
    found = _likeness([(t.with_name(t.name.replace(TRUTH, ".pdf")), t) for t in truths])
    assert mean(found) >= 0.9995
    assert min(found) >= 0.999


@needs_data
@pytest.mark.slow
def test_acts_of_the_official_journal_read_as_they_were_published() -> None:
    # Their official text has all footnotes at its end, a PDF has them on its pages: hence .94.
    truths = sorted((DATA / "groundtruth").glob(f"*{TRUTH}"))
    pdfs = [DATA / "institutions" / t.name.replace(TRUTH, ".pdf") for t in truths]
    found = _likeness(list(zip(pdfs, truths, strict=True)))
    assert mean(found) >= 0.942
    assert min(found) >= 0.862
