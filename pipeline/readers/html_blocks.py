"""The words that an HTML page shows, as blocks: of web pages, and of the chapters of books."""

from __future__ import annotations

import re
from typing import Any

from pipeline.core.document import Source
from pipeline.core.errors import DocumentError
from pipeline.readers.blocks import LINE_BREAK, Block, BlockBuilder, plain
from pipeline.readers.cleaning import cleaned
from pipeline.readers.decoding import decoded
from pipeline.readers.files import no_text
from pipeline.readers.legal_styles import legal_level

PARAGRAPHS = frozenset("""p ul ol dl pre hr blockquote section article figure""".split())
LINES = frozenset(
    """br div li dt dd caption figcaption address header footer main aside fieldset form legend
    option details summary body center""".split()
)
BLOCKS = PARAGRAPHS | LINES
HEADINGS = {f"h{level}": level for level in range(1, 7)}
CELLS = frozenset({"td", "th"})
# Numbers and signs of lists on Commission pages, which a style sheet sets apart from the words.
SYMBOLS = frozenset({"num", "list-symbol", "tab"})
# What a browser does not show as text, and the way around the site.
DROPPED = frozenset("""head script style nav noscript template iframe svg object select""".split())
DROPPED_ROLES = frozenset({"navigation", "search", "menu", "menubar"})
# Heads and feet hold titles and addresses as often as menus: dropped where links are most of their
# letters. On the 10 Commission pages of July 2021 this drops nothing at all.
AROUND = frozenset({"header", "footer", "aside"})
AROUND_ROLES = frozenset({"banner", "contentinfo", "complementary"})
MOST_LINKS = 0.6

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def parsed_page(source: Source, content: bytes) -> tuple[Any, str]:
    """Return the root element of a page and the name of its encoding.

    Raises:
        DocumentError: If it is not text, holds nothing, or nests too deeply to be read whole.
    """
    markup, encoding = decoded_html(source, content)
    return _root(source, markup), encoding


def html_words(source: Source, markup: str) -> str:
    """Return the words that HTML inside another file shows, "" where it shows none.

    Args:
        source: The file, as errors name it.
        markup: The HTML.

    Raises:
        DocumentError: If it is too deep to be read whole.
    """
    tidy = _tidy(markup)
    if not tidy.strip():
        return ""
    shown = (plain(block) for block in shown_blocks(_root(source, tidy)))
    return cleaned("\n\n".join(words for words in shown if words.strip()))


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


def shown_blocks(root: Any) -> list[Block]:
    """Return the words of the body block by block, without menus.

    Without recursion: real pages nest deeper than Python's stack.
    """
    from lxml import etree

    out = BlockBuilder()
    headings = 0  # open ones; a heading is one line, whatever is inside
    dropped = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if _is_dropped(element):
                dropped = element
                walk.skip_subtree()
                continue
            level = _level(element)
            if headings:
                out.write(LINE_BREAK if element.tag in BLOCKS else "")
            elif level:
                out.start(level, gap=True)
            else:
                _start(out, element.tag)
            headings += bool(level)
            out.write(element.text or "")
        else:
            if element is not dropped:
                headings -= bool(_level(element))
                if headings:
                    out.write(LINE_BREAK if element.tag in BLOCKS else "")
                elif _level(element):
                    out.end(gap=True)
                else:
                    _end(out, element.tag)
                if element.tag == "span" and element.get("class") in SYMBOLS:
                    out.write(" ")
            out.write(element.tail or "")
    return out.blocks()


def _start(out: BlockBuilder, tag: str) -> None:
    if tag == "table":
        out.start_table()
    elif tag == "tr":
        out.start_row()
    elif tag in CELLS:
        out.start_cell()
    elif tag in BLOCKS:
        out.end(gap=tag in PARAGRAPHS)


def _end(out: BlockBuilder, tag: str) -> None:
    if tag == "table":
        out.end_table()
    elif tag == "tr":
        out.end_row()
    elif tag in CELLS:
        out.end_cell()
    elif tag in BLOCKS:
        out.end(gap=tag in PARAGRAPHS)


def _level(element: Any) -> int:
    if element.tag == "p":
        return max(map(legal_level, element.get("class", "").split()), default=0)
    return HEADINGS.get(element.tag, 0)


def _is_dropped(element: Any) -> bool:
    role = element.get("role", "")
    if element.tag in DROPPED or role in DROPPED_ROLES or element.get("hidden") is not None:
        return True
    if element.tag not in AROUND and role not in AROUND_ROLES:
        return False
    letters = len("".join("".join(element.itertext()).split()))
    linked = sum(len("".join("".join(link.itertext()).split())) for link in element.iter("a"))
    return letters > 0 and linked > MOST_LINKS * letters
