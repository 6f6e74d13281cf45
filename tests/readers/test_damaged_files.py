"""Damaged files: whatever is wrong, a reader gives a document or an error of the document."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.core.errors import DocumentError
from pipeline.readers.registry import default_readers
from tests.readers import packages
from tests.readers.sources import source_of
from tests.readers.test_xml import ACT

ROUNDS = 60
TABLE = "<table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell>"
WRITERS: dict[str, Callable[[Path], Path]] = {
    "docx": lambda path: packages.docx(
        path,
        packages.paragraph("Text", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        + f"<w:tbl><w:tr><w:tc>{packages.paragraph('cell')}</w:tc></w:tr></w:tbl>",
        styles='<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="A"/></w:style>',
        numbering='<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    ),
    "pptx": lambda path: packages.pptx(path, "One", "Two"),
    "xlsx": lambda path: packages.xlsx(path, [["a", 1], [2.5, "b"]]),
    "odt": lambda path: packages.odf(
        path, "text", f"<text:h>H</text:h>{TABLE}</table:table-row></table:table>"
    ),
    "epub": lambda path: packages.epub(path, "<h1>One</h1>", "<p>two</p>"),
    "rtf": lambda path: _written(
        path, r"{\rtf1\ansi a{\footnote b}\trowd\intbl c\cell\row\u8211?}"
    ),
    "xml": lambda path: _written(path, f'<?xml version="1.0"?>{ACT}'),
    "csv": lambda path: _written(path, 'a;b\n"c";d\n'),
    "json": lambda path: _written(path, '{"a": [1, "b"]}'),
    "html": lambda path: _written(path, "<html><body><h1>a</h1><table><tr><td>b</table></body>"),
}


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", WRITERS)
def test_damage_anywhere_is_at_worst_an_error_of_the_document(suffix: str, tmp_path: Path) -> None:
    chance = random.Random(20_210_714)
    whole = WRITERS[suffix](tmp_path / f"whole.{suffix}")
    source = source_of(whole)
    reader = default_readers()[source.media_type]
    assert reader.read(source).text
    for number in range(ROUNDS):
        damaged = tmp_path / f"damaged.{suffix}"
        if zipfile.is_zipfile(whole) and number % 3:
            _damage_member(whole, damaged, chance)
        else:
            damaged.write_bytes(_damaged(whole.read_bytes(), chance))
        try:
            document = reader.read(replace(source, path=str(damaged)))
        except DocumentError:
            continue
        assert "".join(document.quote(page.span) for page in document.pages) == document.text
        assert all(document.quote(heading.span).strip() for heading in document.headings)


def _damage_member(whole: Path, damaged: Path, chance: random.Random) -> None:
    with zipfile.ZipFile(whole) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chosen = chance.choice([name for name in members if name.endswith((".xml", ".rels", ".opf"))])
    if chance.random() < 0.2:
        del members[chosen]
    else:
        members[chosen] = _altered(members[chosen], chance)
    packages.packed(damaged, members)


def _altered(markup: bytes, chance: random.Random) -> bytes:
    """Return markup with another value in some attribute, which mostly stays well-formed."""
    values = markup.split(b'"')
    at = chance.randrange(len(values))
    values[at] = (
        chance.choice([b"", b"-7", b"99999999999", b"x", "é".encode()]) if at % 2 else values[at]
    )
    return b'"'.join(values)


def _damaged(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(damaged))
        if chance.random() < 0.5:
            damaged[at] = chance.randrange(256)
        else:
            del damaged[at : at + chance.randint(1, 30)]
        damaged = damaged or bytearray(b"x")
    return bytes(damaged)
