"""EUR-Lex notices: what the Publications Office knows of a document, as lines of names and values.

Source: Publications Office, CELLAR notices in the Common Data Model.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.core.text import one_line
from pipeline.readers.blocks import Block, Paragraph, laid_out
from pipeline.readers.xml_tree import local_name

_TITLES = ("EXPRESSION_TITLE", "WORK_TITLE", "DOSSIER_TITLE")
# Addresses and codes inside an address; the labels beside them say the same in words.
_SKIPPED = frozenset("URI SAMEAS TYPE YEAR MONTH DAY OP-CODE IDENTIFIER".split())
_VALUE = frozenset("VALUE PREFLABEL ALTLABEL LABEL".split())


def declared(root: Any) -> dict[str, str]:
    """Return title, date and CELEX number of the document that the notice is about."""
    return {
        "title": next((value for name in _TITLES for value in _values(root, name)), ""),
        "date": next(_values(root, "WORK_DATE_DOCUMENT"), "")[:10],
        "celex": next(_values(root, "RESOURCE_LEGAL_ID_CELEX"), ""),
    }


def blocks(root: Any) -> list[Block]:
    """Return the titles, then each other name with its values, each value once."""
    from lxml import etree

    lines: dict[tuple[str, str], None] = {}
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        name = local_name(element)
        if name in _SKIPPED:
            walk.skip_subtree()
        elif len(element) == 0 and (text := laid_out(element.text or "")):
            about = local_name(element.getparent()) if name in _VALUE else name
            lines[about, text] = None
    first_titles = sorted(lines, key=lambda line: line[0] not in _TITLES)  # else in their order
    return [Paragraph(f"{_readable(name)}: {text}") for name, text in first_titles]


def _values(root: Any, name: str) -> Iterator[str]:
    for element in root.iter(name):
        if value := one_line(element.findtext("VALUE") or ""):
            yield value


def _readable(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").lower().strip()
