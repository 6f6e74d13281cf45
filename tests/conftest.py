"""The one option of the test suite: writing golden files anew."""

from __future__ import annotations

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew from what the code does now; refused where CI=true",
    )


def pytest_configure(config: pytest.Config) -> None:
    # On CI a golden file judges the code; there the code may not rewrite its judge.
    if config.getoption("--update-golden") and os.environ.get("CI", "").lower() in ("true", "1"):
        raise pytest.UsageError(
            "--update-golden is refused on CI; update the golden files at home and commit them"
        )
