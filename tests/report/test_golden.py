"""The sample report reads as its golden files do; ``pytest --update-golden`` writes them anew."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.report.render import TextFormat, render
from pipeline.report.values import Language
from tests.report.sample import sample_report

GOLDEN = Path(__file__).parents[1] / "golden" / "report"
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("fmt", ["json", "md"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_sample_report_is_as_its_golden_file(
    language: Language, fmt: TextFormat, request: pytest.FixtureRequest
) -> None:
    golden = GOLDEN / f"sample.{language}.{fmt}"
    made = render(sample_report(language), fmt=fmt)
    if request.config.getoption("--update-golden"):
        golden.write_text(made, encoding="utf-8", newline="\n")
    assert made == golden.read_text(encoding="utf-8")


def test_golden_files_are_not_updated_on_ci() -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "pytest", "--update-golden", "--collect-only", "-q", __file__],
        cwd=ROOT,
        env=os.environ | {"CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == pytest.ExitCode.USAGE_ERROR
    assert "refused on CI" in refused.stderr
