"""HTML pages: the words that they show, and what their heads declare."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.document import Document, Table
from pipeline.core.errors import DocumentError
from pipeline.readers.html import HtmlReader
from tests.readers.sources import source_of

PAGE = """<!DOCTYPE html><html lang="fr-BE"><head><title> Une\n page </title>
<meta name="author" content="CCRE"><meta property="article:published_time" content="2021-03-24">
<style>p {color: red}</style></head><body><nav><a href="/">Accueil</a></nav>
<h1>Les <em>collec</em>tivités</h1><p>Premier&nbsp;alinéa<br>suite.</p>
<script>var hidden = 1;</script><table><tr><td>Fonds</td><td>41</td></tr></table>
<ul><li>un</li><li>deux</li></ul>à la fin</body></html>"""


def _read(path: Path, content: str | bytes) -> Document:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return HtmlReader().read(source_of(path))


def test_the_body_is_read_block_by_block(tmp_path: Path) -> None:
    assert _read(tmp_path / "a.html", PAGE).text == (
        "Les collectivités\n\nPremier alinéa\nsuite.\n\nFonds  41\n\nun\ndeux\n\nà la fin\n"
    )


def test_the_head_is_declared(tmp_path: Path) -> None:
    declared = _read(tmp_path / "a.html", PAGE).declared
    assert declared["title"] == "Une page"
    assert declared["language"] == "fr"
    assert declared["author"] == "CCRE"
    assert declared["date"] == "2021-03-24"
    assert declared["largest_text"] == "Les collectivités"


@pytest.mark.parametrize(
    "content",
    [
        '<html><head><meta charset="iso-8859-2"></head><body>Związek</body>'.encode("iso-8859-2"),
        '<?xml version="1.0" encoding="utf-8"?><html><body>Związek</body></html>'.encode(),
        '<html><head><meta charset="ascii"></head><body>Związek</body></html>'.encode(),
        '<html><head><meta charset="no-such"></head><body>Związek</body></html>'.encode(),
        "<html><body>Związek</body></html>".encode("utf-16"),
    ],
)
def test_the_encoding_is_found_even_where_the_page_lies(content: bytes, tmp_path: Path) -> None:
    assert _read(tmp_path / "a.html", content).text == "Związek\n"


def test_deep_nesting_is_read(tmp_path: Path) -> None:
    deep = "<html><body>" + "<div>" * 1_500 + "deep" + "</div>" * 1_500 + "</body></html>"
    assert _read(tmp_path / "a.html", deep).text == "deep\n"


def test_what_is_too_deep_to_be_read_whole_is_not_read_in_part(tmp_path: Path) -> None:
    deep = "<html><body>Top" + "<div>" * 3_000 + "deep" + "</div>" * 3_000 + "</body></html>"
    with pytest.raises(DocumentError, match="too deeply"):
        _read(tmp_path / "a.html", deep)


def test_several_main_headings_are_chapters_not_titles(tmp_path: Path) -> None:
    document = _read(tmp_path / "a.html", "<html><body><h1>Part one</h1><h1>Part two</h1></body>")
    assert "largest_text" not in document.declared


@pytest.mark.parametrize(
    "content", ["<html></html>", "<html><body><script>x</script></body>", "<!-- -->"]
)
def test_a_page_that_shows_no_words_has_no_text(content: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="has no text"):
        _read(tmp_path / "a.html", content)


def test_headings_tables_and_styles_of_acts_are_told(tmp_path: Path) -> None:
    document = _read(
        tmp_path / "a.html",
        '<html><body><h1>Main<br>heading</h1><p class="li ManualHeading1"><span class="num">1.'
        "</span><span>CONTEXT</span></p><table><tr><th>Fund</th><th>Share</th></tr><tr><td>ERDF"
        '</td><td>41 %</td></tr></table><p class="oj-ti-art">Article 1</p></body></html>',
    )
    assert [(heading.level, document.quote(heading.span)) for heading in document.headings] == [
        (1, "Main heading"),
        (2, "1. CONTEXT"),
        (4, "Article 1"),
    ]
    table = Table((("Fund", "Share"), ("ERDF", "41 %")))
    assert document.pages[0].layout.tables == (table,)


def test_menus_are_left_out_but_heads_and_feet_with_words_of_their_own_are_not(
    tmp_path: Path,
) -> None:
    menu = '<a href="/">Home</a> <a href="/news">News</a>'
    document = _read(
        tmp_path / "a.html",
        f'<html><body><header>{menu}</header><div role="navigation">Search</div>'
        f"<header><h2>A title</h2></header><ul><li>{menu}</li></ul>"
        '<footer>Square de Meeûs 1, Brussels <a href="/">Home</a></footer>'
        f"<aside>{menu}</aside><div hidden>later</div></body></html>",
    )
    assert document.text == "A title\n\nHome News\n\nSquare de Meeûs 1, Brussels Home\n"
