"""Every report as JSON is what the published schema says, and the schema says all of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from pipeline.report.changes import listing, since_report
from pipeline.report.json import FORMAT
from pipeline.report.render import render
from pipeline.report.values import Report
from tests.report.hostile import hostile_reports
from tests.report.sample import sample_report

PUBLISHED = Path(__file__).parents[2] / "docs" / "report.schema.json"
SCHEMA: dict[str, Any] = json.loads(PUBLISHED.read_text(encoding="utf-8"))


def _wrong(report: Report) -> list[str]:
    shape = json.loads(render(report, fmt="json"))
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(shape)]


def test_schema_is_one_and_names_the_format() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["format"]["const"] == FORMAT


def test_sample_reports_are_as_the_schema_says() -> None:
    for report in (sample_report("en"), sample_report("fr")):
        assert _wrong(report) == []
        assert _wrong(since_report(report, listing(report))) == []


@given(hostile_reports())
def test_any_report_is_as_the_schema_says(report: Report) -> None:
    assert _wrong(report) == []


@pytest.mark.parametrize("place", ["report", "entry", "quote", "question"])
def test_schema_refuses_what_lacks_a_property_or_has_one_more(place: str) -> None:
    for change in ("lacks", "has more"):
        shape = json.loads(render(sample_report("en"), fmt="json"))
        entry = shape["sections"][0]["main"][0]
        changed: dict[str, Any] = {
            "report": shape,
            "entry": entry,
            "quote": entry["quotes"][0],
            "question": shape["waiting"]["questions"][0],
        }[place]
        if change == "lacks":
            changed.popitem()
        else:
            changed["another"] = 1
        assert not Draft202012Validator(SCHEMA).is_valid(shape), change
