"""Formex, the XML of the Official Journal and of consolidated acts.

Source: Publications Office, Formex version 4 and its physical specifications (schemas 05.21 to
05.56, formex.publications.europa.eu).
"""

from __future__ import annotations

from typing import Any

from pipeline.core.text import one_line
from pipeline.readers.cleaning import cleaned
from pipeline.readers.xml_blocks import Vocabulary
from pipeline.readers.xml_tree import local_name

_ABOUT = frozenset("BIB.INSTANCE BIB.INSTANCE.CONS BIB.DATA BIB.DOC BIB.OJ".split())
_SKIPPED = _ABOUT | frozenset(
    """FAM.COMP INFO.CONSLEG INFO.PROD INCLUSIONS INCL.ELEMENT INCL.ELEMENT.CONS REF.PHYS LATEX
    NO.DOC.C""".split()
)
_SECTIONS = frozenset(
    """DIVISION ARTICLE ANNEX CONS.ANNEX GR.SEQ BLK PART SUBDIV CHAP SECTION""".split()
)
_HEADINGS = frozenset("TITLE TI.ART STI.ART TI.BLK STI.BLK TI.GR.SEQ STI.GR.SEQ".split())
_INLINE = frozenset(
    """HT DATE FT IE IND EXPR QUOT.START QUOT.END REF.DOC REF.DOC.OJ REF.DOC.SEL REF.NOTE
    REF.ARTICLE REF.ANNEX OVER ROOT FORMULA FORMULA.S PERIOD ADDR NAME COM""".split()
)
_GAPS = frozenset(
    """P PARAG ALINEA VISA CONSID TI STI PREAMBLE.INIT PREAMBLE.FINAL ENACTING.TERMS ITEM""".split()
)


def is_formex(root: Any) -> bool:
    """Whether this is Formex: its schema, or the data that each of its documents begins with."""
    schemas = (value for element in root.iter("*") for value in element.attrib.values())
    return any(local_name(element) in _ABOUT for element in root.iter("*")) or any(
        "formex" in schema for _, schema in zip(range(8), schemas, strict=False)
    )


def show_capitals(root: Any) -> None:
    """Write in capitals what the Official Journal prints in capitals, as in an act's heading."""
    for part in root.iter("HT"):
        if part.get("TYPE") == "UC":
            # Between a capital part and its neighbours some files leave the space out.
            for element in part.iter("*"):
                element.text = (element.text or "").upper()
                if element is not part:
                    element.tail = (element.tail or "").upper()
            if (part.tail or " ")[0].isalnum():
                part.tail = f" {part.tail}"
            before = part.getprevious()
            if before is None and part.getparent() is not None:
                part.text = f" {part.text}"
            elif before is not None and (before.tail or " ")[-1].isalnum():
                before.tail = f"{before.tail} "


def vocabulary(*, with_pages: bool) -> Vocabulary:
    """Return what Formex elements mean, with page ends where the file tells all of them."""
    return Vocabulary(
        skipped=_SKIPPED,
        sections=_SECTIONS,
        headings=_HEADINGS,
        inline=_INLINE,
        labels=frozenset("NO.P NO.PARAG NO.VISA NO.CONSID NO.ITEM TERM PREFIX".split()),
        notes=frozenset({"NOTE"}),
        spaced=frozenset("DATE NOTE REF.DOC.OJ REF.DOC".split()),
        tables=frozenset({"TBL"}),
        rows=frozenset({"ROW"}),
        cells=frozenset({"CELL"}),
        gaps=_GAPS,
        sign=_sign,
        page_mark="PAGE" if with_pages else "",
    )


def tells_pages(root: Any) -> bool:
    """Whether the file names the beginning of every page after the first."""
    from lxml import etree

    numbers = [
        "".join(sign for sign in mark.text or "" if sign.isdigit())
        for mark in root.iter(etree.ProcessingInstruction)
        if mark.target == "PAGE"
    ]
    return bool(numbers) and numbers == [str(number) for number in range(2, len(numbers) + 2)]


def declared(root: Any) -> dict[str, str]:
    """Return title, date, language and CELEX number as the file states them."""
    title = next(
        (
            element
            for element in root.iter("TITLE")
            if not any(local_name(above) in _SKIPPED for above in element.iterancestors())
        ),
        None,
    )
    lines = [] if title is None else [_words(line) for line in title.iter("P")]
    dates = [] if title is None else [date.get("ISO", "") for date in title.iter("DATE")]
    dates += [date.get("ISO", "") for about in root.iter(*_ABOUT) for date in about.iter("DATE")]
    language = root.findtext(".//LG.DOC") or ""
    return {
        "title": one_line(" ".join(lines)),
        "date": next((_iso(date) for date in dates if _iso(date)), ""),
        "language": language.strip()[:2].lower(),
        "celex": _celex(root),
    }


def _words(line: Any) -> str:
    return one_line(cleaned(" ".join(part for part in line.itertext() if part.strip())))


def _iso(date: str) -> str:
    return f"{date[:4]}-{date[4:6]}-{date[6:8]}" if len(date) == 8 and date.isdigit() else ""


def _celex(root: Any) -> str:
    for consolidated in root.iter("INFO.CONSLEG"):
        reference, start = consolidated.get("CONSLEG.REF"), consolidated.get("START.DATE")
        if reference and start:
            return f"0{reference}-{start}"
    return ""


def _sign(element: Any) -> str:
    name = local_name(element)
    if name in ("QUOT.START", "QUOT.END"):
        try:
            return chr(int(element.get("CODE", ""), 16))
        except (ValueError, OverflowError):
            return '"'
    return " / " if name == "OVER" else ""
