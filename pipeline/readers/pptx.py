"""PowerPoint presentations (PPTX): a page for each slide, its notes at the end of the page.

Source: ECMA-376 part 1 (PresentationML, DrawingML). The markup is walked here because python-pptx
leaves out diagrams, charts and the halves of alternatives.
"""

from __future__ import annotations

from typing import Any

from pipeline.core.document import Document, Source
from pipeline.readers.blocks import LINE_BREAK, Block, BlockBuilder, PageEnd, Paragraph, composed
from pipeline.readers.drawings import A, drawing_blocks, drawn_in
from pipeline.readers.office import R, declared_of, is_other_choice, main_part
from pipeline.readers.packages import Package, opened

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"dt", "ftr", "sldNum", "hdr"})


class PptxReader:
    """Reads PowerPoint presentations, shows and those with macros too; no macro is run."""

    name = "pptx"
    version = "1"
    media_types = frozenset(
        {
            PPTX,
            "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
            "application/vnd.ms-powerpoint.presentation.macroenabled.12",
        }
    )

    def read(self, source: Source) -> Document:
        """Return the document; page 7 is slide 7, even where a slide shows no words.

        A slide's title is a heading and comes first; hidden slides are read too.

        Raises:
            DocumentError: If it is empty, vanished, damaged, encrypted, or has no words.
        """
        with opened(source) as package:
            main = main_part(package)
            root = package.xml(main)
            relations = package.relations(main)
            blocks: list[Block] = []
            furniture: dict[str, None] = {}
            largest = ""
            for slide in [] if root is None else root.iter(P + "sldId"):
                _, part = relations.get(slide.get(R + "id"), ("", ""))
                shown, feet = _slide(package, part)
                largest = largest or _first_title(shown)
                furniture.update(dict.fromkeys(feet))
                blocks += [*shown, PageEnd(kept=True)]
            return composed(
                source,
                blocks,
                declared={**declared_of(package), "largest_text": largest},
                cut=False,
                furniture=tuple(furniture),
            )


def _slide(package: Package, part: str) -> tuple[list[Block], list[str]]:
    """Return the blocks of a slide and of its notes, and the lines of its foot."""
    blocks, feet = _shown(package, part)
    notes = next(
        (name for kind, name in package.relations(part).values() if kind == "notesSlide"), ""
    )
    return blocks + (_shown(package, notes)[0] if notes else []), feet


def _shown(package: Package, part: str) -> tuple[list[Block], list[str]]:
    from lxml import etree

    root = package.xml(part)
    if root is None:
        return [], []
    relations = package.relations(part)
    out = BlockBuilder()
    titles: list[Block] = []
    feet: list[Block] = []
    in_title = False
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if is_other_choice(element) or _is_slide_number(element):
                walk.skip_subtree()
            elif tag == P + "sp":
                out.push()
                if in_title := _place(element) in _TITLES:
                    out.start(level=1)
            elif tag == A + "tbl":
                out.start_table()
            elif tag == A + "tr":
                out.start_row()
            elif tag == A + "tc":
                out.start_cell()
            elif tag == A + "p" and in_title:
                out.space()
            elif tag == A + "br":
                out.write(LINE_BREAK)
            elif tag == A + "t":
                out.write(element.text or "")
            elif drawn := relations.get(drawn_in(element)):
                out.put_after(drawing_blocks(package, drawn[1]))
        elif tag == P + "sp":
            in_title = False
            place, shape = _place(element), out.pop()
            group = titles if place in _TITLES else feet if place in _FURNITURE else None
            if group is None:
                out.put_after(shape)
                out.end(gap=True)
            else:
                group += shape
        elif tag == A + "p" and not in_title:
            out.end()
        elif tag == A + "tc":
            out.end_cell()
        elif tag == A + "tbl":
            out.end_table()
    return titles + out.blocks(), [b.text for b in feet if isinstance(b, Paragraph)]


def _is_slide_number(element: Any) -> bool:
    return bool(element.tag == A + "fld" and element.get("type") == "slidenum")


def _place(shape: Any) -> str:
    """Return what the layout keeps this shape for ("title", "ftr"), or ""."""
    holder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    return "" if holder is None else str(holder.get("type", "body"))


def _first_title(blocks: list[Block]) -> str:
    return next((b.text for b in blocks if isinstance(b, Paragraph) and b.level), "")
