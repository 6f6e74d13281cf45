"""Styles of Word documents: which paragraphs are headings, titles, list items, in which list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.readers.legal_styles import legal_level
from pipeline.readers.office import W, is_on

BODY_LEVEL = 9  # "no heading" (ECMA-376 part 1, 17.3.1.20)
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph is.

    Attributes:
        level: Of a heading, from 1; 0 for other text.
        number: Id of its list and depth in it, from 0; None where it is not numbered.
        breaks_page: Whether it begins a page.
    """

    level: int = 0
    number: tuple[str, int] | None = None
    is_title: bool = False
    breaks_page: bool = False

    @property
    def is_list(self) -> bool:
        """Whether it is an item of a list (a numbered heading is not)."""
        return self.number is not None and not self.level


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles by id, each with what it takes from the style it is based on."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: Style = field(default_factory=Style)

    def of(self, paragraph: Any) -> Style:
        """Return the paragraph's style with the changes that it makes itself."""
        properties = paragraph.find(W + "pPr")
        if properties is None:
            return self.default
        name = properties.find(W + "pStyle")
        style = self.by_id.get("" if name is None else name.get(W + "val"), self.default)
        return _changed(style, properties)


def read_styles(root: Any) -> Styles:
    """Return the styles of ``styles.xml``; none where the document has no such part."""
    if root is None:
        return Styles()
    elements = {
        element.get(W + "styleId"): element
        for element in root.iter(W + "style")
        if element.get(W + "type") == "paragraph"
    }
    found: dict[str, Style] = {}
    default = Style()
    for key, element in elements.items():
        chain = [element]
        while (base := chain[-1].find(W + "basedOn")) is not None and len(chain) < 12:
            if base.get(W + "val") not in elements:
                break
            chain.append(elements[base.get(W + "val")])
        style = Style()
        for link in reversed(chain):
            style = _named(style, link)
            if (properties := link.find(W + "pPr")) is not None:
                style = _changed(style, properties)
        found[key] = style
        if element.get(W + "default") in ("1", "true", "on"):
            default = style
    return Styles(found, default)


def _named(style: Style, element: Any) -> Style:
    name = element.find(W + "name")
    name = "" if name is None else name.get(W + "val") or ""
    level = legal_level(element.get(W + "styleId") or "")
    if match := _HEADING.fullmatch(name):
        level = int(match[1])
    if level:
        style = replace(style, level=level)
    return replace(style, is_title=name.lower() == "title")


def _changed(style: Style, properties: Any) -> Style:
    if (outline := properties.find(W + "outlineLvl")) is not None:
        value = outline.get(W + "val") or ""
        level = int(value) if value.isdecimal() else BODY_LEVEL
        style = replace(style, level=level + 1 if level < BODY_LEVEL else 0)
    if (breaks := properties.find(W + "pageBreakBefore")) is not None:
        style = replace(style, breaks_page=is_on(breaks))
    if (numbered := properties.find(W + "numPr")) is not None:
        number, depth = numbered.find(W + "numId"), numbered.find(W + "ilvl")
        key = number.get(W + "val") if number is not None else (style.number or ("",))[0]
        value = (depth.get(W + "val") or "") if depth is not None else "0"
        at = int(value) if value.isdecimal() else 0
        # List 0 takes the number of the style away.
        style = replace(style, number=None if key in ("0", "", None) else (key, at))
    return style
