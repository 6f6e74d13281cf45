"""What Word, PowerPoint and Excel packages share: the main part, and what the file declares."""

from __future__ import annotations

import re
from typing import Any

from pipeline.core.text import one_line
from pipeline.readers.cleaning import cleaned
from pipeline.readers.packages import Package
from pipeline.readers.xml_tree import local_name

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Local names in docProps/core.xml (ECMA-376 part 2, clause 11) and in OpenDocument's meta.xml.
DECLARED = {
    "title": "title",
    "author": "creator",
    "subject": "subject",
    "description": "description",
    "keywords": "keywords",
    "language": "language",
}
DATES = {"created": ("created", "creation-date"), "modified": ("modified", "date")}

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def main_part(package: Package) -> str:
    """Return the name of the part that holds the document, or "" where none is named."""
    relations = package.relations("").values()
    return next((name for kind, name in relations if kind == "officeDocument"), "")


def declared_of(package: Package) -> dict[str, str]:
    """Return title, author and dates as the core properties give them."""
    relations = package.relations("").values()
    part = next((name for kind, name in relations if kind == "core-properties"), "")
    return declared_in(package.xml(part or "docProps/core.xml"))


def declared_in(root: Any) -> dict[str, str]:
    """Return what a tree of Dublin Core elements declares; dates without their time."""
    found: dict[str, str] = {}
    for element in [] if root is None else root.iter():
        found.setdefault(local_name(element), one_line(cleaned(element.text or "")))
    declared = {name: found.get(key, "") for name, key in DECLARED.items()}
    declared["author"] = found.get("initial-creator") or declared["author"]
    declared["language"] = declared["language"][:2].lower()
    for name, keys in DATES.items():
        value = next((found[key] for key in keys if found.get(key)), "")
        declared[name] = match[0] if (match := _DATE.match(value)) else ""
    return {name: value for name, value in declared.items() if value}


def is_on(element: Any, attribute: str = W + "val") -> bool:
    """Whether an on/off property is on; its mere presence says so (ECMA-376 part 1, 17.17.4)."""
    default = "on" if attribute == W + "val" else "off"
    return element.get(attribute, default) not in ("0", "false", "off")


def is_other_choice(element: Any) -> bool:
    """Whether this is the half of an alternative that repeats the words of the other one.

    The first choice is what the program that wrote the file shows (ECMA-376 part 3); where it
    has no words, the fallback may have.
    """
    if element.tag not in (_MC + "Choice", _MC + "Fallback"):
        return False
    halves = list(element.getparent())
    chosen = next((half for half in halves if _has_words(half)), halves[0])
    return element is not chosen


def _has_words(element: Any) -> bool:
    return any((found.text or "").strip() for found in element.iter("{*}t"))
