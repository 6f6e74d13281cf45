"""Markdown files: what is declared, and the words without their marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.document import Document
from pipeline.readers.markdown import MarkdownReader
from tests.readers.sources import source_of


def _read(path: Path, text: str) -> Document:
    path.write_text(text, encoding="utf-8")
    return MarkdownReader().read(source_of(path))


def test_front_matter_is_declared_and_not_part_of_the_text(tmp_path: Path) -> None:
    matter = "---\ntitle: Closing the loop\ndate: 2021-05-18\nTags: [waste, water]\n---\nText.\n"
    document = _read(tmp_path / "a.md", matter)
    assert document.text == "Text.\n"
    assert document.declared["title"] == "Closing the loop"
    assert document.declared["date"] == "2021-05-18"
    assert document.declared["tags"] == "waste, water"


@pytest.mark.parametrize("text", ["---\nno: [yaml\n---\nText.", "---\njust words\n---\nText."])
def test_what_is_no_front_matter_stays_in_the_text(text: str, tmp_path: Path) -> None:
    assert "Text." in _read(tmp_path / "a.md", text).text
    assert "words" in _read(tmp_path / "a.md", "---\njust words\n---\nText.").text


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("## A *fair* deal ##", "A fair deal"),
        ("Towns **must** pay __now__.", "Towns must pay now."),
        ('See [the act](https://example.org/a "t").', "See the act."),
        ("![A map](map.png) shows", "A map shows"),
        ("> quoted\n> words", "quoted\nwords"),
        ("Title\n=====\n\nText", "Title\n\nText"),
        ("| Fund | Share |\n|---|:-:|\n| ERDF | 41 |", "Fund  Share\nERDF  41"),
        ("run `fourp ingest`", "run fourp ingest"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("a<br>b <name> p < 0.05", "ab <name> p < 0.05"),
        ("left <!-- out --> in", "left  in"),
        (r"not \*emphasised\*", "not *emphasised*"),
    ],
)
def test_marks_are_taken_off_the_words(markdown: str, words: str, tmp_path: Path) -> None:
    assert _read(tmp_path / "a.md", markdown).text == words + "\n"


def test_the_first_heading_is_the_largest_text(tmp_path: Path) -> None:
    assert _read(tmp_path / "a.md", "# A *fair* deal\n\n# More").declared["largest_text"] == (
        "A fair deal"
    )


def test_headings_are_told_with_their_levels(tmp_path: Path) -> None:
    document = _read(
        tmp_path / "a.md",
        "# The *first* [heading](http://x) #\n\ntext\n\nUnderlined\n---\n\n### Third\n"
        "```\n# a remark in code\n```\n\\# no heading\n",
    )
    assert [(heading.level, document.quote(heading.span)) for heading in document.headings] == [
        (1, "The first heading"),
        (2, "Underlined"),
        (3, "Third"),
    ]
    assert "# a remark in code\n# no heading\n" in document.text
