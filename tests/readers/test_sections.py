"""Sections: the pages of a text without pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.sections import LONGEST, SHORTEST, sections

PIECES = st.sampled_from(["word ", "Long sentence. ", "line\n", "paragraph\n\n", "x" * 900, "é"])
TEXTS = st.lists(PIECES, max_size=400).map("".join)


@given(TEXTS)
def test_sections_put_together_are_the_text(text: str) -> None:
    assert "".join(sections(text)) == text


@given(TEXTS)
def test_every_section_but_the_last_is_of_about_one_size(text: str) -> None:
    parts = sections(text)
    assert all(SHORTEST <= len(part) <= LONGEST for part in parts[:-1])
    assert all(0 < len(part) <= LONGEST for part in parts[-1:])


def test_a_section_ends_at_a_paragraph_where_there_is_one() -> None:
    paragraph = "Municipalities pay. " * 40 + "\n\n"
    first, *_ = sections(paragraph * 6)
    assert first == paragraph * 3
