"""A workspace's own templates take the place of the defaults, and their faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.errors import ConfigError
from pipeline.report.json import from_json
from pipeline.report.labels import labels
from pipeline.report.render import render
from pipeline.report.specimen import specimen
from pipeline.report.values import Language
from tests.report.sample import sample_report


def _page(templates: Path) -> str:
    return render(sample_report("fr"), fmt="html", templates=templates)


def test_style_sheet_of_a_workspace_is_used_in_the_default_page(tmp_path: Path) -> None:
    (tmp_path / "report.css").write_text("h1 { color: green }", encoding="utf-8")
    page = _page(tmp_path)
    assert "h1 { color: green }" in page
    assert "--ink" not in page
    assert "<h1>Groupe d’experts Planète</h1>" in page


def test_page_of_a_workspace_escapes_what_it_shows(tmp_path: Path) -> None:
    template = "{{ report.group.name }}: {{ '<script>' }} {{ words.nothing }}"
    (tmp_path / "report.html.j2").write_text(template, encoding="utf-8")
    assert _page(tmp_path) == (
        "Groupe d’experts Planète: &lt;script&gt; Rien de nouveau pendant cette période."
    )


@pytest.mark.parametrize("past", [False, True])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_specimen_says_each_thing_that_a_page_can_say(language: Language, past: bool) -> None:
    report, words = specimen(language, past=past), labels(language)
    page = render(report, fmt="html")
    for told in (words.nothing, words.also, words.shared, words.by_month, words.remedy):
        assert told in page
    assert (words.gone in page) is past
    assert from_json(render(report, fmt="json")) == report


@pytest.mark.parametrize("folder", ["none", "."])
def test_without_templates_of_its_own_a_workspace_has_the_defaults(
    tmp_path: Path, folder: str
) -> None:
    assert _page(tmp_path / folder) == render(sample_report("fr"), fmt="html")


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("a\n{% for %}", "line 2"),
        ("{{ report.nothing_like_it }}", "nothing_like_it"),
        ("{{ 1 // 0 }}", "zero"),
        ("{% include 'elsewhere.css' %}", r"elsewhere\.css"),
    ],
)
def test_fault_of_a_template_is_told_with_what_to_do(
    tmp_path: Path, template: str, told: str
) -> None:
    (tmp_path / "report.html.j2").write_text(template, encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"(?s){told}.*move it away"):
        _page(tmp_path)
