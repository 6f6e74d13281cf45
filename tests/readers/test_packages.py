"""Packages: bombs, damage and encryption are told, and no entity of XML does anything."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.core.errors import DocumentError
from pipeline.readers import packages as packages_module
from pipeline.readers.docx import DocxReader
from pipeline.readers.packages import member, opened
from pipeline.readers.xlsx import XlsxReader
from pipeline.readers.xml_tree import parsed
from tests.readers.packages import docx, packed, paragraph, xlsx
from tests.readers.sources import source_of

XML = b'<?xml version="1.0"?>'


def test_a_member_larger_than_the_limit_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    body = b"a" * (packages_module.LARGEST_MEMBER + 1)
    source = source_of(packed(tmp_path / "a.zip", {"big": body, "small": b"b"}))
    with opened(source) as package:
        assert package.read("small") == b"b"
        with pytest.raises(DocumentError, match="unpacks to more than"):
            package.read("big")


def test_members_that_are_too_large_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages_module, "LARGEST_IN_ALL", 1_000)
    with pytest.raises(DocumentError, match="unpacks to more than"):
        DocxReader().read(source_of(docx(tmp_path / "a.docx", paragraph("word " * 400))))
    with pytest.raises(DocumentError, match="unpacks to more than"):
        XlsxReader().read(source_of(xlsx(tmp_path / "a.xlsx", [["word"]])))


def test_an_entity_neither_grows_nor_fetches(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    source = source_of(secret)
    bomb = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise("abcdefgh")
    )
    with pytest.raises(DocumentError, match="not safe"):
        parsed(source, XML + f"<!DOCTYPE r [{bomb}]><r>&h;</r>".encode())
    outside = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]><r>&x;</r>'
    assert "secret" not in "".join(parsed(source, XML + outside.encode()).itertext())


def test_entities_that_only_stand_for_words_are_spelt_out(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("x", encoding="utf-8")
    dtd = '<!DOCTYPE r SYSTEM "none.dtd" [<!ENTITY eu "European Union">]>'
    root = parsed(source_of(path), XML + f"{dtd}<r><b/>The &eu; caf&eacute; <i>x</i></r>".encode())
    assert "".join(root.itertext()) == "The European Union café x"


def test_nesting_beyond_what_can_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("x", encoding="utf-8")
    with pytest.raises(DocumentError, match="not safe"):
        parsed(source_of(path), b"<a>" * 5_000 + b"</a>" * 5_000)


@pytest.mark.parametrize(
    ("folder", "target", "expected"),
    [
        ("word", "styles.xml", "word/styles.xml"),
        ("ppt/slides", "../notes/n1.xml", "ppt/notes/n1.xml"),
        ("word", "/word/styles.xml", "word/styles.xml"),
        ("OEBPS", "text/c%201.xhtml#part", "OEBPS/text/c 1.xhtml"),
    ],
)
def test_addresses_inside_a_package_are_followed(folder: str, target: str, expected: str) -> None:
    assert member(folder, target) == expected
