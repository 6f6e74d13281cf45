"""Office, OpenDocument and EPUB files for tests, made by hand so that a test shows its markup."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "fo": "xsl-fo-compatible",
        "presentation": "presentation",
    }.items()
)
ODF_TYPE = "application/vnd.oasis.opendocument."


def packed(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """Write a ZIP archive with these members and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def docx(path: Path, body: str, **parts: str) -> Path:
    """Write a Word document with that body; ``parts`` are the insides of its other parts.

    A part named "header1" gets that relation id, so that a section can name it.
    """
    names = ["styles", "numbering", "footnotes", "endnotes", "header1", "footer1"]
    relations = {
        name: (f'<Relationship Id="{name}" Type="{_TYPE}{name.rstrip("1")}" Target="{name}.xml"/>')
        for name in names
        if name in parts
    }
    members = {
        "[Content_Types].xml": _content_types(["document", *parts]),
        "_rels/.rels": _relations(
            f'<Relationship Id="a" Type="{_TYPE}officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations("".join(relations.values())),
    }
    for name, content in parts.items():
        members[f"word/{name}.xml"] = f"<w:{name} {_WORD}>{content}</w:{name}>"
    return packed(path, members)


def paragraph(text: str, properties: str = "") -> str:
    """Return a Word paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def pptx(path: Path, *titles: str) -> Path:
    """Write a presentation with a slide for each title."""
    from pptx import Presentation

    presentation = Presentation()
    for title in titles:
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = title
    presentation.save(str(path))
    return path


def xlsx(path: Path, *sheets: Sequence[Sequence[object]]) -> Path:
    """Write a workbook with these rows of cells in each sheet."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def odf(path: Path, kind: str, body: str, *, styles: str = "", meta: str = "") -> Path:
    """Write an OpenDocument file of that kind ("text", "spreadsheet", "presentation")."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    about = (
        f'<office:document-meta {_ODF} xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0">'
        f"<office:meta>{meta}</office:meta></office:document-meta>"
    )
    return packed(path, {"mimetype": ODF_TYPE + kind, "content.xml": content, "meta.xml": about})


def epub(path: Path, *chapters: str, metadata: str = "", **members: str) -> Path:
    """Write a book of these chapters, bodies of XHTML pages."""
    items = "".join(
        f'<item id="c{number}" href="text/c{number}.xhtml" media-type="application/xhtml+xml"/>'
        for number in range(len(chapters))
    )
    # The order of the files is not that of the book: the spine tells it.
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{items}</manifest>"
        f"<spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    )
    pages = {
        f"OEBPS/text/c{number}.xhtml": (
            '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head>'
            f"<body>{chapter}</body></html>"
        )
        for number, chapter in reversed(list(enumerate(chapters)))
    }
    return packed(
        path,
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/book.opf": package,
            **pages,
            **members,
        },
    )


def _content_types(parts: list[str]) -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}'
        f'{"document.main" if name == "document" else name.rstrip("1")}+xml"/>'
        for name in parts
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{_RELATIONS}">{inside}</Relationships>'
