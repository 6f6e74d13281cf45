"""fourp.toml: defaults, and every problem of a bad file at once."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from pipeline.config.settings import Settings, template
from pipeline.core.errors import ConfigError


def _load(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "fourp.toml"
    path.write_text(text, encoding="utf-8")
    return Settings.load(path)


def test_the_template_is_valid_and_holds_every_option_at_its_default(tmp_path: Path) -> None:
    assert _load(tmp_path, template()) == Settings()
    named = {name for table in tomllib.loads(template()).values() for name in table}
    assert named == {option.name for option in fields(Settings)}


def test_the_templates_options_are_all_explained() -> None:
    lines = template().splitlines()
    options = [n for n, line in enumerate(lines) if " = " in line and not line.startswith("#")]
    assert all(lines[n - 1].startswith("# ") for n in options)


def test_an_empty_file_means_defaults(tmp_path: Path) -> None:
    assert _load(tmp_path, "") == Settings()


def test_options_are_taken(tmp_path: Path) -> None:
    settings = _load(tmp_path, '[ingest]\njobs = 3\nexclude = ["a*"]\n[report]\nlanguage = "fr"\n')
    assert (settings.jobs, settings.exclude, settings.language) == (3, ("a*",), "fr")


def test_all_problems_are_listed_at_once(tmp_path: Path) -> None:
    bad = """
    [ingest]
    jobs = -1
    deadlin = 5
    memory = true
    exclude = "*.tmp"
    [ocr]
    scan_languages = ["xx"]
    [reports]
    [report]
    language = "German"
    """
    with pytest.raises(ConfigError) as raised:
        _load(tmp_path, bad)
    told = " ".join(raised.value.problems)
    assert len(raised.value.problems) == 7
    assert "did you mean 'deadline'" in told
    assert "did you mean 'report'" in told
    assert "whole number from 0 to 256, not -1" in told
    assert "must be a list of codes of EU languages" in told
    assert "must be the code of a language such as \"fr\", not 'German'" in told


def test_a_file_that_is_no_toml_says_where(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"fourp\.toml .*not valid TOML.*line 1"):
        _load(tmp_path, "jobs = = 3")
