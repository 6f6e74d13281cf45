"""The one option of the test suite, writing golden files anew, and what all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from pipeline.config.workspace import default_models
from pipeline.tagging.vocabulary_file import load_vocabulary

# How long an example takes depends on what else the machine does.
settings.register_profile("fourp", deadline=None)
settings.load_profile("fourp")


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


@pytest.fixture(autouse=True, scope="session")
def compiled_vocabulary() -> None:
    """Compile the default vocabulary once, not in each of a few hundred new workspaces."""
    load_vocabulary(default_models() / "vocabulary.yaml")


@pytest.fixture(autouse=True, scope="session")
def state_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what commands remember away from what they remember of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        patch.delenv("FOURP_VIEWER", raising=False)
        yield
