"""Lays out Markdown as PDFs that look like a secretariat's papers, and scans one of them.

`pdf_bytes(sheet)` is the only door: a `Sheet` in, the bytes of a PDF out, always the same bytes
for the same sheet and the same package versions. Imported by `scripts/make-sample` alone, which
has already checked that the packages named in its docstring are there.
"""

from __future__ import annotations

import importlib.util
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pypdfium2
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image, ImageFilter
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus.tableofcontents import TableOfContents

# ASCII85 would make the embedded scan a quarter larger and helps no reader of today.
rl_config.useA85 = 0

INK = colors.HexColor("#1d2b4f")
FAINT = colors.HexColor("#6b7280")
FIRST_JOURNAL_PAGE = 23  # an act is never on page 1 of the Official Journal
FACES = (("", "Regular"), ("-Bold", "Bold"), ("-Italic", "It"), ("-BoldItalic", "BoldIt"))
FAMILIES = (
    ("Sans", "font_source_sans_pro", "SourceSansPro"),
    ("Serif", "font_source_serif_pro", "SourceSerifPro"),
)
# Words hyphenated at a line's end are what makes narrow columns hard to read back: columns only.
HYPHENATION = {"en": "en_GB", "fr": "fr", "de": "de_DE"}
SCAN_DOTS_PER_INCH = 150  # what the office copier does on its default setting


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the layout needs to know of one document.

    `layout` names one of the shapes below; `running` is the running head, `series` the number of
    the Official Journal (such as `L 114`), `pdf_title` the title in the metadata when it is bad.
    """

    body: str
    title: str
    language: str
    date: str
    institution: str
    author: str
    layout: str
    columns: int = 1
    running: str = ""
    series: str = ""
    pdf_title: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """The look of a layout: type, size in points, columns, margins in millimetres."""

    face: str = "Sans"
    size: float = 11.5
    columns: int = 1
    bottom: float = 22
    side: float = 24
    wide: bool = False


SHAPES: Mapping[str, Shape] = {
    "report": Shape(),
    "footnotes": Shape(bottom=40, size=12),
    "minutes": Shape(size=11),
    "programme": Shape(size=12),
    "journal": Shape(face="Serif", size=10.5, side=22),
    "brochure": Shape(size=12, columns=2, side=18),
    "bilingual": Shape(size=11, side=16),
    "table": Shape(size=9, side=16, wide=True),
    "scan": Shape(face="Serif", size=11.5, side=28),
}


def pdf_bytes(sheet: Sheet) -> bytes:
    """The PDF of a sheet; for the layout `scan` a PDF that holds one picture and no text."""
    _register_fonts()
    target = BytesIO()
    paper = _Paper(target, sheet, SHAPES[sheet.layout])
    if sheet.layout == "programme":
        paper.multiBuild(paper.story())
    else:
        paper.build(paper.story())
    return _scanned(target.getvalue(), sheet) if sheet.layout == "scan" else target.getvalue()


class _Paper(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """One document in the making: page templates, running heads, footnotes and contents."""

    def __init__(self, target: BytesIO, sheet: Sheet, shape: Shape) -> None:
        size = landscape(A4) if shape.wide else A4
        super().__init__(
            target,
            pagesize=size,
            title=sheet.title if sheet.pdf_title is None else sheet.pdf_title,
            author=sheet.author,
            lang=sheet.language,
            invariant=1,
        )
        self.sheet, self.shape = sheet, shape
        self.columns = max(shape.columns, sheet.columns)
        self.left, self.low = shape.side * mm, shape.bottom * mm
        self.inner = size[0] - 2 * self.left
        self.high = size[1] - 26 * mm
        self.called: list[str] = []
        self.body, self.notes = _split_footnotes(sheet.body)
        self.styles = _styles(shape, sheet.language, narrow=self.columns > 1)

    def story(self) -> list[Any]:
        """The flowables of the whole document, with the page templates that they need."""
        if self.sheet.layout == "bilingual":
            self._add_templates(head=[])
            return [_side_by_side(self.body, self.styles, self.inner)]
        flow = list(_flowables(self.body, self.styles, self.inner / self.columns))
        if self.sheet.layout == "programme":
            self._add_templates(head=[])
            contents = TableOfContents(levelStyles=[self.styles["toc1"], self.styles["toc2"]])
            front = [Spacer(1, 60 * mm), flow[0], self._imprint(), Spacer(1, 12 * mm)]
            return [*front, PageBreak(), contents, PageBreak(), *flow[1:]]
        if self.columns == 1:
            self._add_templates(head=[])
            return flow
        head, rest = _head_of(flow)
        self._add_templates(head=head)
        return [NextPageTemplate("next"), *head, FrameBreak(), *rest]

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802  # reportlab's name
        """Feeds the table of contents and the bookmarks of the long document."""
        level = {"h2": 0, "h3": 1}.get(getattr(getattr(flowable, "style", None), "name", ""))
        if self.sheet.layout != "programme" or level is None:
            return
        text = flowable.getPlainText()
        self.canv.bookmarkPage(text)
        self.canv.addOutlineEntry(text, text, level)
        self.notify("TOCEntry", (level, escape(text), self.page, text))

    def _imprint(self) -> Paragraph:
        return Paragraph(
            escape(f"{self.sheet.institution} · {self.sheet.author} · {self.sheet.date}"),
            self.styles["body"],
        )

    def _add_templates(self, *, head: Sequence[Any]) -> None:
        gutter = 7 * mm
        width = (self.inner - gutter * (self.columns - 1)) / self.columns
        used = sum(item.wrap(self.inner, self.high)[1] + item.getSpaceAfter() for item in head)
        drop = used + 6 * mm if head else 0

        def columns(high: float) -> list[Frame]:
            return [
                Frame(
                    self.left + index * (width + gutter), self.low, width, high - self.low,
                    leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
                )
                for index in range(self.columns)
            ]  # fmt: skip

        title = [
            Frame(
                self.left, self.high - drop, self.inner, drop,
                leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
            )
        ] if head else []  # fmt: skip
        self.addPageTemplates(
            [
                PageTemplate(
                    "first", [*title, *columns(self.high - drop)],
                    onPage=self._open_page, onPageEnd=self._close_page,
                ),
                PageTemplate(
                    "next", columns(self.high),
                    onPage=self._open_page, onPageEnd=self._close_page,
                ),
            ]
        )  # fmt: skip

    def _open_page(self, canvas: Canvas, _document: object) -> None:
        self.called.clear()
        # The paragraph calls this by its name where the mark of a footnote is drawn.
        canvas.setNamedCB("footnote", lambda _canvas, _kind, label: self.called.append(label))

    def _close_page(self, canvas: Canvas, _document: object) -> None:
        if self.sheet.layout == "scan":
            return
        canvas.saveState()
        canvas.setFillColor(FAINT)
        canvas.setStrokeColor(FAINT)
        canvas.setLineWidth(0.5)
        top, right = self.pagesize[1] - 16 * mm, self.left + self.inner
        canvas.setFont(self.shape.face, 8.5)
        if self.sheet.layout == "journal":
            self._journal_head(canvas, top, right)
        elif canvas.getPageNumber() > 1 or self.sheet.running:
            canvas.drawString(self.left, top, self.sheet.running or self.sheet.institution)
            canvas.drawRightString(right, top, self.sheet.date[:4])
            canvas.line(self.left, top - 3, right, top - 3)
        else:
            canvas.setFont(f"{self.shape.face}-Bold", 12)
            canvas.drawString(self.left, top, self.sheet.institution)
            canvas.setFont(self.shape.face, 8.5)
            canvas.drawRightString(right, top, self.sheet.date)
        if self.sheet.layout != "journal":
            canvas.drawCentredString(self.pagesize[0] / 2, 11 * mm, str(canvas.getPageNumber()))
        self._draw_footnotes(canvas, right)
        canvas.restoreState()

    def _journal_head(self, canvas: Canvas, top: float, right: float) -> None:
        year, month, day = self.sheet.date.split("-")
        number = FIRST_JOURNAL_PAGE + canvas.getPageNumber() - 1
        left_text, right_text = f"{int(day)}.{int(month)}.{year}", f"{self.sheet.series}/{number}"
        if number % 2 == 0:  # as in a bound volume, the page number is on the outer side
            left_text, right_text = right_text, left_text
        code = self.sheet.language.upper()
        canvas.drawString(self.left, top, left_text)
        canvas.drawCentredString(self.pagesize[0] / 2, top, f"{code}   {self.sheet.running}")
        canvas.drawRightString(right, top, right_text)
        canvas.line(self.left, top - 4, right, top - 4)

    def _draw_footnotes(self, canvas: Canvas, right: float) -> None:
        if not self.called:
            return
        base = self.low - 5 * mm
        canvas.line(self.left, base, self.left + 45 * mm, base)
        for label in self.called:
            note = Paragraph(f"<super>{label}</super> {self.notes[label]}", self.styles["note"])
            height = note.wrap(right - self.left, 30 * mm)[1]
            base -= height + 1.5
            note.drawOn(canvas, self.left, base)


def _register_fonts() -> None:
    for family, package, stem in FAMILIES:
        if family in pdfmetrics.getRegisteredFontNames():
            continue
        for suffix, face in FACES:
            path = _package_folder(package) / "files" / f"{stem}-{face}.ttf"
            pdfmetrics.registerFont(TTFont(family + suffix, str(path)))
        pdfmetrics.registerFontFamily(
            family, family, f"{family}-Bold", f"{family}-Italic", f"{family}-BoldItalic"
        )


def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(
            f"{name.replace('_', '-')} is not installed; install the extra `dev` and try again"
        )
    return Path(spec.origin).parent


def _styles(shape: Shape, language: str, *, narrow: bool) -> dict[str, ParagraphStyle]:
    size, bold = shape.size, f"{shape.face}-Bold"
    extra: dict[str, Any] = {}
    if narrow:
        extra = {"alignment": TA_JUSTIFY, "hyphenationLang": HYPHENATION.get(language, "")}
    body = ParagraphStyle(
        "body", fontName=shape.face, fontSize=size, leading=size * 1.38, spaceAfter=size * 0.6,
        **extra,
    )  # fmt: skip

    def heading(name: str, scale: float, before: float) -> ParagraphStyle:
        return ParagraphStyle(
            name, fontName=bold, fontSize=size * scale, leading=size * scale * 1.2,
            textColor=colors.black if shape.face == "Serif" else INK,
            spaceBefore=size * before, spaceAfter=size * 0.5, keepWithNext=1,
        )  # fmt: skip

    return {
        "body": body,
        "h1": heading("h1", 1.5 if shape.face == "Serif" else 2, 0),
        "h2": heading("h2", 1.15 if shape.face == "Serif" else 1.35, 1.1),
        "h3": heading("h3", 1.12, 0.9),
        "item": ParagraphStyle(
            "item", parent=body, leftIndent=size * 1.5, bulletIndent=size * 0.3,
            bulletFontName=shape.face, bulletFontSize=size,
        ),
        "quote": ParagraphStyle(
            "quote", parent=body, fontName=f"{shape.face}-Italic", fontSize=size * 1.15,
            leading=size * 1.5, leftIndent=size, rightIndent=size, textColor=INK, borderPadding=4,
        ),
        "cell": ParagraphStyle(
            "cell", fontName=shape.face, fontSize=size * 0.92, leading=size * 1.15
        ),
        "note": ParagraphStyle("note", fontName=shape.face, fontSize=8, leading=10),
        "toc1": ParagraphStyle("toc1", fontName=bold, fontSize=size, leading=size * 2),
        "toc2": ParagraphStyle(
            "toc2", fontName=shape.face, fontSize=size * 0.9, leftIndent=12,
            leading=size * 1.3,
        ),
    }  # fmt: skip


def _split_footnotes(body: str) -> tuple[str, dict[str, str]]:
    notes = {label: escape(text) for label, text in re.findall(r"(?m)^\[\^(\w+)\]: (.+)$", body)}
    return re.sub(r"(?m)^\[\^\w+\]: .+\n?", "", body), notes


def _flowables(body: str, styles: Mapping[str, ParagraphStyle], width: float) -> Iterator[Any]:
    """Paragraphs, items, quotations and ruled tables, in the order of the Markdown."""
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    rows: list[list[Paragraph]] = []
    context, bullet = ["body"], [""]
    for token in tokens:
        if token.type == "heading_open":
            context.append(token.tag)
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            context.append("item")
        elif token.type == "list_item_open":
            bullet.append(f"{token.info}." if token.info else "•")
        elif token.type == "blockquote_open":
            context.append("quote")
        elif token.type == "table_open":
            context.append("cell")
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            context.pop()
            yield _ruled(rows, width)
            yield Spacer(1, 8)
            rows = []
        elif token.type in ("heading_close", "bullet_list_close", "ordered_list_close",
                            "blockquote_close"):  # fmt: skip
            context.pop()
        elif token.type == "list_item_close":
            bullet.pop()
        elif token.type == "inline":
            text = _markup(token)
            if context[-1] == "cell":
                header = len(rows) == 1
                rows[-1].append(Paragraph(f"<b>{text}</b>" if header else text, styles["cell"]))
            else:
                yield Paragraph(text, styles[context[-1]], bulletText=bullet[-1] or None)


def _markup(token: Token) -> str:
    """Reportlab's own inline markup for one run of Markdown text."""
    marks = {"strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>"}
    parts = [
        " " if child.type == "softbreak" else marks.get(child.type, escape(child.content))
        for child in token.children or []
    ]
    return re.sub(
        r"\[\^(\w+)\]", r'<super>\1</super><onDraw name="footnote" label="\1"/>', "".join(parts)
    )


def _ruled(rows: Sequence[Sequence[Paragraph]], width: float) -> Table:
    # As wide as the fullest cell asks for; the square root keeps the short columns legible.
    columns = zip(*rows, strict=True)
    weights = [max(len(cell.getPlainText()) for cell in column) ** 0.5 for column in columns]
    widths = [width * 0.985 * weight / sum(weights) for weight in weights]
    return Table(
        [list(row) for row in rows], colWidths=widths, repeatRows=1,
        style=TableStyle([
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e5e7eb")),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]),
    )  # fmt: skip


def _head_of(flow: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """The title block (heading and what is set in bold or italics below it), and the rest."""
    size = 1
    while size < len(flow) and flow[size].style.name == "body" and size < 4:
        if len(flow[size].getPlainText()) > 160:  # a real paragraph, no subtitle
            break
        size += 1
    return list(flow[:size]), list(flow[size:])


def _side_by_side(body: str, styles: Mapping[str, ParagraphStyle], width: float) -> Table:
    """Two languages next to each other: one row a section, so that they stay level."""
    column = width / 2 - 8
    sides = [re.split(r"(?m)^(?=#)", half.strip())[1:] for half in body.split("\n===\n")]
    rows = [
        [list(_flowables(left, styles, column)), list(_flowables(right, styles, column))]
        for left, right in zip(*sides, strict=True)
    ]
    style = TableStyle([
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEAFTER", (0, 0), (0, -1), 0.5, FAINT),
    ])  # fmt: skip
    return Table(rows, colWidths=[width / 2, width / 2], style=style)


def _scanned(pdf: bytes, sheet: Sheet) -> bytes:
    """The first page as a copier would give it back: grey, a little crooked, without text."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].render(scale=SCAN_DOTS_PER_INCH / 72, grayscale=True).to_pil().convert("L")
    document.close()
    page = page.rotate(0.6, fillcolor=255, resample=Image.Resampling.BICUBIC)
    page = page.filter(ImageFilter.GaussianBlur(0.6))
    shade = Image.linear_gradient("L").resize(page.size).point(lambda level: 215 + level // 7)
    width, height = page.size[0] // 3, page.size[1] // 3
    dust = Image.frombytes("L", (width, height), random.Random(1951).randbytes(width * height))
    page = Image.blend(Image.blend(page, shade, 0.18), dust.resize(page.size), 0.05)
    picture = BytesIO()
    page.save(picture, "JPEG", quality=45, dpi=(SCAN_DOTS_PER_INCH, SCAN_DOTS_PER_INCH))
    picture.seek(0)
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1)
    if sheet.pdf_title:
        canvas.setTitle(sheet.pdf_title)
    canvas.drawImage(ImageReader(picture), 0, 0, A4[0], A4[1])
    canvas.save()
    return target.getvalue()
