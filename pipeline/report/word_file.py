"""A Word document under construction; the one adapter of python-docx."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_LINK_COLOUR = "1F4470"  # that of the page
_SOFT_COLOUR = "555D66"
# At least 4.5 to 1 on white (WCAG 2.2, 1.4.3); Word's own blue has 4.0.
_HEADINGS = {
    "Title": _LINK_COLOUR, "Subtitle": _SOFT_COLOUR, "Heading 1": _LINK_COLOUR,
    "Heading 2": "1B1F24", "Heading 3": "1B1F24",
}  # fmt: skip
_LOCALES = {"en": "en-GB", "fr": "fr-FR"}
_SIZES = {"page_width": 210, "page_height": 297, "left_margin": 25, "right_margin": 25,
          "top_margin": 22, "bottom_margin": 22}  # fmt: skip  # A4, millimetres


FACTS = "Facts"  # the style of what is said of an entry


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a paragraph.

    Attributes:
        language: Code of theirs, "" for the document's own.
        address: Where they lead; "" for nowhere.
        anchor: Name of the heading in this document that they lead to.
    """

    text: str
    bold: bool = False
    language: str = ""
    address: str = ""
    anchor: str = ""


class WordFile:
    """A document that paragraphs are added to, one after the other."""

    def __init__(self, *, title: str, language: str, made_at: datetime) -> None:
        from docx import Document
        from docx.shared import Mm

        self._document = Document()
        self._bookmarks = 0
        [section] = self._document.sections
        for name, size in _SIZES.items():
            setattr(section, name, Mm(size))
        facts = self._document.core_properties
        facts.title, facts.author, facts.comments = title, "fourp", ""
        facts.language = _locale(language)
        facts.created = facts.modified = made_at.replace(tzinfo=None)
        self._speak(facts.language)
        self._number_pages(section)
        self._add_link_style()
        self._set_type()
        self._styles = {style.name: style for style in self._document.styles}
        # python-docx looks through all there is for each paragraph and link that it adds.
        self._end = self._document.element.body.sectPr
        self._links: dict[str, str] = {}

    def heading(self, text: str, level: int, *, language: str = "", anchor: str = "") -> None:
        """Add a heading; 0 is the title of the document.

        Args:
            anchor: What runs that lead to it say: a letter, then letters, digits and "_".
        """
        style = "Title" if level == 0 else f"Heading {level}"
        paragraph = self._paragraph(style, [Run(text, language=language)])
        if anchor:
            self._bookmarks += 1
            number = str(self._bookmarks)
            start = _element("w:bookmarkStart", id=number, name=anchor)
            paragraph.insert(1, start)  # behind its properties
            paragraph.append(_element("w:bookmarkEnd", id=number))

    def paragraph(self, runs: Sequence[Run], *, style: str = "Normal") -> None:
        """Add a paragraph of one of Word's own styles."""
        self._paragraph(style, runs)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[Run]]) -> None:
        """Add a table whose head is repeated on every page."""
        made = self._document.add_table(1, len(head), style=self._styles["Table Grid"])
        for cell, name in zip(made.rows[0].cells, head, strict=True):
            _add_run(cell.paragraphs[0]._p, Run(name, bold=True))
        made.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
        for row in rows:
            for cell, run in zip(made.add_row().cells, row, strict=True):
                _add_run(cell.paragraphs[0]._p, run)

    def content(self) -> bytes:
        """Return the document as a file."""
        made = io.BytesIO()
        self._document.save(made)
        return made.getvalue()

    def _paragraph(self, style: str, runs: Sequence[Run]) -> Any:
        paragraph, facts = _element("w:p"), _element("w:pPr")
        facts.append(_element("w:pStyle", val=self._styles[style].style_id))
        paragraph.append(facts)
        for run in runs:
            parent = paragraph
            if run.address or run.anchor:
                parent = self._link(run)
                paragraph.append(parent)
            _add_run(parent, run)
        self._end.addprevious(paragraph)
        return paragraph

    def _link(self, run: Run) -> Any:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml.ns import qn

        if run.anchor:
            return _element("w:hyperlink", anchor=run.anchor, history="1")
        if run.address not in self._links:
            name = self._links[run.address] = f"link{len(self._links) + 1}"
            self._document.part.rels.add_relationship(
                RELATIONSHIP_TYPE.HYPERLINK, run.address, name, is_external=True
            )
        link = _element("w:hyperlink", history="1")
        link.set(qn("r:id"), self._links[run.address])
        return link

    def _speak(self, locale: str) -> None:
        """Make ``locale`` the language of all text that does not say another one."""
        from docx.oxml.ns import qn

        for root in (self._document.styles.element, self._document.settings.element):
            for element in (*root.iter(qn("w:lang")), *root.iter(qn("w:themeFontLang"))):
                element.set(qn("w:val"), locale)

    def _number_pages(self, section: Any) -> None:
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = 2  # right
        for part in ("PAGE", " / ", "NUMPAGES"):
            if part.isupper():
                field = _element("w:fldSimple", instr=part)
                _add_run(field, Run("1"))
                paragraph._p.append(field)
            else:
                _add_run(paragraph._p, Run(part))

    def _set_type(self) -> None:
        """Make headings dark enough to be read, and what is no heading close together."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Mm, Pt, RGBColor

        styles = self._document.styles
        for name, colour in _HEADINGS.items():
            styles[name].font.color.rgb = RGBColor.from_string(colour)
        styles["Normal"].paragraph_format.space_after = Pt(4)
        styles["Quote"].paragraph_format.left_indent = Mm(6)
        facts = styles.add_style(FACTS, WD_STYLE_TYPE.PARAGRAPH)
        facts.base_style = styles["Normal"]
        facts.font.size, facts.font.color.rgb = Pt(9), RGBColor.from_string(_SOFT_COLOUR)
        facts.paragraph_format.space_after = Pt(2)

    def _add_link_style(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import RGBColor

        style = self._document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
        style.font.color.rgb = RGBColor.from_string(_LINK_COLOUR)
        style.font.underline = True


def _add_run(parent: Any, run: Run) -> None:
    made = _element("w:r")
    facts = _element("w:rPr")
    if run.address or run.anchor:
        facts.append(_element("w:rStyle", val="Hyperlink"))
    if run.bold:
        facts.append(_element("w:b"))
    if run.language:
        facts.append(_element("w:lang", val=_locale(run.language)))
    if len(facts):
        made.append(facts)
    text = _element("w:t")
    text.text = run.text
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(text)
    parent.append(made)


def _locale(language: str) -> str:
    return _LOCALES.get(language, language.replace("_", "-"))


def _element(name: str, /, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    return OxmlElement(name, {qn(f"w:{key}"): value for key, value in attributes.items()})
