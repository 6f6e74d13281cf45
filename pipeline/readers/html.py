"""HTML pages: the words of the body, block by block, and what the head declares."""

from __future__ import annotations

import re
from typing import Any

from pipeline.core.document import Document, Source, tiled
from pipeline.core.errors import DocumentError
from pipeline.core.text import one_line
from pipeline.readers.cleaning import cleaned
from pipeline.readers.decoding import decoded
from pipeline.readers.files import no_text, read_bytes
from pipeline.readers.sections import sections

PARAGRAPHS = frozenset(
    """p h1 h2 h3 h4 h5 h6 table ul ol dl pre hr blockquote section article figure""".split()
)
LINES = frozenset(
    """br div li tr dt dd caption figcaption address header footer main aside fieldset form legend
    option details summary body center""".split()
)
CELLS = frozenset({"td", "th"})
# What a browser does not show as text, and the way around the site.
DROPPED = frozenset("""head script style nav noscript template iframe svg object select""".split())
# Names of `meta` elements, as institutions and newspapers write them.
META = {
    "author": ("author", "dc.creator", "dcterms.creator"),
    "date": (
        "date",
        "dc.date",
        "dcterms.date",
        "dcterms.issued",
        "article:published_time",
        "publication_date",
    ),
    "description": ("description", "og:description", "dc.description"),
    "language": ("language", "dc.language", "dcterms.language"),
}
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_EMPTY_LINES = re.compile(r"\n{3,}")


class HtmlReader:
    """Reads HTML and XHTML."""

    name = "html"
    version = "1"
    media_types = frozenset({"text/html", "application/xhtml+xml"})

    def read(self, source: Source) -> Document:
        """Return the document in sections of about 3,000 characters, cut at block ends.

        Raises:
            DocumentError: If it is empty, vanished, not text, or shows no words.
        """
        markup, encoding = decoded_html(source, read_bytes(source))
        root = _root(source, markup)
        text = cleaned(_shown(root))
        if not text.strip():
            raise no_text(source)
        whole, tiles = tiled(sections(text))
        declared = {**_declared(root), "encoding": encoding}
        return Document(source=source, text=whole, pages=tiles, declared=declared)


def html_words(source: Source, markup: str) -> str:
    """Return the words that HTML inside another file shows, "" where it shows none.

    Args:
        source: The file, as errors name it.
        markup: The HTML.

    Raises:
        DocumentError: If it is too deep to be read whole.
    """
    tidy = _tidy(markup)
    return cleaned(_shown(_root(source, tidy))) if tidy.strip() else ""


def decoded_html(source: Source, content: bytes) -> tuple[str, str]:
    """Return HTML as text, and the name of its encoding: as it says, else as its bytes say.

    Raises:
        DocumentError: If it is not text.
    """
    match = _CHARSET.search(content, 0, 2048)
    declared = match[1].decode("ascii") if match else ""
    try:
        text, encoding = content.decode(declared or "utf-8"), declared.lower() or "utf-8"
    except (LookupError, UnicodeDecodeError):
        # Pages lie about their encoding; the bytes do not.
        text, encoding = decoded(source, content)
    return _tidy(text), encoding


def _tidy(markup: str) -> str:
    # lxml refuses text that still names an encoding.
    return _DECLARATION.sub("", markup.replace("\x00", "").lstrip("\ufeff"))


def _root(source: Source, markup: str) -> Any:
    from lxml import etree, html

    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise no_text(source) from error
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        # The parser leaves out what lies deeper, which would be text lost without a word.
        raise DocumentError(
            "nests its elements too deeply to be read whole",
            where=source.name,
            remedy="open it in a browser, save it as PDF or text, and ingest that",
        )
    return root


def _shown(root: Any) -> str:
    """Return the words of the body, one block a line, an empty line after a paragraph.

    Without recursion: real pages nest deeper than Python's stack.
    """
    from lxml import etree

    blocks: list[str] = []
    line: list[str] = []

    def end(mark: str) -> None:
        if words := one_line("".join(line)):
            blocks.append(words)
        line.clear()
        if blocks and not blocks[-1].endswith(mark):
            blocks.append(mark)

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start" and tag in DROPPED:
            walk.skip_subtree()
        elif tag in PARAGRAPHS:
            end("\n\n")
        elif tag in LINES:
            end("\n")
        elif tag in CELLS:
            line.append(" ")
        if event == "start" and tag not in DROPPED:
            line.append(element.text or "")
        elif event == "end":
            line.append(element.tail or "")
    end("\n")
    return _EMPTY_LINES.sub("\n\n", "".join(blocks).replace("\u00ad", ""))


def _declared(root: Any) -> dict[str, str]:
    declared = {"title": one_line(cleaned(root.findtext(".//title") or ""))}
    declared["language"] = (root.get("lang") or root.get("xml:lang") or "")[:2].lower()
    contents = {
        (meta.get("name") or meta.get("property") or "").lower(): meta.get("content") or ""
        for meta in root.iter("meta")
    }
    for name, keys in META.items():
        found = next((contents[key] for key in keys if contents.get(key)), "")
        declared[name] = declared.get(name) or one_line(cleaned(found))
    headings = list(root.iter("h1"))
    if len(headings) == 1:  # several are the headings of chapters
        declared["largest_text"] = one_line(cleaned("".join(headings[0].itertext())))
    return {name: value for name, value in declared.items() if value}
