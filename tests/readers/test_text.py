"""Plain text files: encodings, form feeds and sections."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.document import Document
from pipeline.core.errors import DocumentError
from pipeline.readers.text import TextReader
from tests.readers.sources import source_of

POLISH = "Związek Gmin Wiejskich żąda, aby środki z funduszy były łatwiej dostępne dla gmin. "
FRENCH = "Les collectivités demandent à l'État des règles claires, dès l'été prochain. "


def _read(path: Path, content: bytes) -> Document:
    path.write_bytes(content)
    return TextReader().read(source_of(path))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (POLISH.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + POLISH.encode(), "utf-8"),
        (POLISH.encode("utf-16"), "utf-16"),
        ((FRENCH * 10).encode("cp1252"), "cp1252"),
        ((POLISH * 10).encode("cp1250"), "cp1250"),
    ],
)
def test_the_encoding_is_found_and_declared(content: bytes, encoding: str, tmp_path: Path) -> None:
    document = _read(tmp_path / "a.txt", content)
    assert document.declared["encoding"] == encoding
    assert document.text.startswith((POLISH.strip(), FRENCH.strip()))


def test_a_short_text_in_a_legacy_encoding_is_taken_for_the_usual_one(tmp_path: Path) -> None:
    assert _read(tmp_path / "a.txt", "Été à Liège".encode("latin-1")).text == "Été à Liège\n"


def test_form_feeds_are_page_ends(tmp_path: Path) -> None:
    document = _read(tmp_path / "a.txt", b"One.\n\fTwo.\n\f\fFour.\n\f")
    assert [document.quote(page.span) for page in document.pages] == [
        "One.\n",
        "Two.\n",
        "",
        "Four.\n",
    ]


def test_a_long_text_without_form_feeds_has_sections_for_pages(tmp_path: Path) -> None:
    text = (FRENCH * 8 + "\n\n") * 30
    document = _read(tmp_path / "a.txt", text.encode())
    assert len(document.pages) > 5
    assert document.text.split() == text.split()


@pytest.mark.parametrize("content", [b" \n\f\n", b"\x01\f"])
def test_a_blank_file_has_no_text(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="has no text"):
        _read(tmp_path / "a.txt", content)
