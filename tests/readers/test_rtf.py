"""Rich text: words in every code page, headings, tables and notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.document import Document, Table
from pipeline.core.errors import DocumentError
from pipeline.readers.rtf import RtfReader
from tests.readers.sources import source_of


def _read(path: Path, body: str, *, head: str = r"\ansi") -> Document:
    file = path / "a.rtf"
    file.write_bytes(f"{{\\rtf1{head} {body}}}".encode("latin-1"))
    return RtfReader().read(source_of(file))


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (r"\ansi\ansicpg1250", r"Zwi\'b9zek", "Związek"),
        (r"\ansi{\fonttbl{\f0\fcharset0 A;}{\f7\fcharset161 B;}}", r"\f7\'e1\'e2\f0\'e1", "αβá"),
        (r"\ansi", r"\u8211?\uc2\u322xx\uc0\u233", "–łé"),
        (r"\ansi", r"\u-10179?\u-8704?", "😀"),
        (r"\ansi", r"co\-op\~a\_b\emdash\{c\}", "coop a-b—{c}"),
        (r"\ansi{\fonttbl{\f3\fcharset2 Symbol;}}", r"\f3\'b7\f0 item", "•item"),
    ],
)
def test_signs_are_those_that_are_shown(head: str, body: str, text: str, tmp_path: Path) -> None:
    assert _read(tmp_path, body, head=head).text == text + "\n"


def test_groups_beside_the_text_are_left_out(tmp_path: Path) -> None:
    body = (
        r"{\info{\title A title}{\author CEMR}{\creatim\yr2021\mo2\dy3}}{\*\generator X;}"
        r"{\pict 00ff}Shown{\v hidden}{\deleted gone} "
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}"
        r"{\header Running head\par}\par"
    )
    document = _read(tmp_path, body)
    assert document.text == "Shown link\n"
    assert document.pages[0].layout.furniture == ("Running head",)
    assert document.declared["title"] == "A title"
    assert document.declared["created"] == "2021-02-03"


def test_styles_make_headings_and_numbers_stand_before_them(tmp_path: Path) -> None:
    body = (
        r"{\stylesheet{\s0 Normal;}{\s4\outlinelevel1 Own;}{\s5\b heading 3;}}"
        r"\pard\s4{\listtext\pard 1.\tab}Second level\par\pard\s5 Third\par\pard\s0 Text\par"
    )
    document = _read(tmp_path, body)
    headings = [(heading.level, document.quote(heading.span)) for heading in document.headings]
    assert headings == [(2, "1. Second level"), (3, "Third")]


def test_tables_notes_boxes_and_pages_are_read(tmp_path: Path) -> None:
    body = (
        r"Text{\footnote\pard a note\par} more"
        r"{\shp{\*\shpinst{\sp{\sn n}{\sv 1}}{\shptxt box\par}}}"
        r"\par\trowd\pard\intbl Fund\cell Share\cell\row\trowd\pard\intbl ERDF\cell 41\cell\row"
        r"\pard After\par\page Next\par"
    )
    document = _read(tmp_path, body)
    assert document.text == ("Text more\nbox\n\nFund  Share\nERDF  41\n\nAfter\nNext\n\n1 a note\n")
    table = Table((("Fund", "Share"), ("ERDF", "41")))
    assert document.pages[0].layout.tables == (table,)
    assert len(document.pages) == 2


def test_deep_nesting_and_a_missing_end_are_read(tmp_path: Path) -> None:
    assert _read(tmp_path, "{" * 20_000 + "deep").text == "deep\n"


def test_another_file_under_this_name_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.rtf"
    file.write_text("plain words", encoding="utf-8")
    with pytest.raises(DocumentError, match="is no RTF"):
        RtfReader().read(source_of(file))
