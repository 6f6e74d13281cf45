"""JSON, JSON lines and YAML: names and values."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.readers.structured import StructuredReader
from tests.readers.sources import source_of


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.json", r'{"t": "caf\u00e9\nnoir", "n": [1, {"b": true}], "x": null}',
         "t: café\nnoir\nn:\n1\nb: True\n"),
        ("a.jsonl", '{"t": "one"}\n{"t": "two"}\nnot json\n', "t: one\nt: two\nnot json\n"),
        ("a.json", '{"t": "cut', '{"t": "cut\n'),
        ("a.yaml", "t: one\nlist:\n  - two\n", "t: one\nlist:\n- two\n"),
    ],
)  # fmt: skip
def test_names_and_values_are_lines(name: str, content: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert StructuredReader().read(source_of(path)).text == text


def test_nesting_that_no_parser_takes_is_kept_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("[" * 100_000 + "1" + "]" * 100_000, encoding="utf-8")
    document = StructuredReader().read(source_of(path))
    assert document.text.strip() == path.read_text(encoding="utf-8")
