"""Books: chapters in the order of the spine."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.errors import DocumentError
from pipeline.readers.epub import EpubReader
from tests.readers.packages import epub
from tests.readers.sources import source_of


def test_chapters_are_pages_in_the_order_of_the_spine(tmp_path: Path) -> None:
    metadata = (
        "<dc:title>A book</dc:title><dc:creator>CEMR</dc:creator><dc:language>fr-BE</dc:language>"
        "<dc:date>2021-02-03</dc:date>"
    )
    path = epub(
        tmp_path / "a.epub", "<h1>One</h1><p>caf&eacute;</p>", "<h2>Two</h2>", metadata=metadata
    )
    document = EpubReader().read(source_of(path))
    assert [document.quote(page.span) for page in document.pages] == ["One\n\ncafé\n", "Two\n"]
    headings = [(heading.level, document.quote(heading.span)) for heading in document.headings]
    assert headings == [(1, "One"), (2, "Two")]
    assert document.declared == {
        "title": "A book",
        "author": "CEMR",
        "language": "fr",
        "date": "2021-02-03",
    }


@pytest.mark.parametrize(("member", "told"), [("text/c0.xhtml", True), ("font.otf", False)])
def test_a_book_with_copy_protection_is_told(member: str, told: bool, tmp_path: Path) -> None:
    encryption = f'<encryption><CipherReference URI="OEBPS/{member}"/></encryption>'
    members = {"META-INF/encryption.xml": encryption}
    source = source_of(epub(tmp_path / "a.epub", "<p>text</p>", **members))
    if told:
        with pytest.raises(DocumentError, match="is copy-protected"):
            EpubReader().read(source)
    else:
        assert EpubReader().read(source).text == "text\n"
