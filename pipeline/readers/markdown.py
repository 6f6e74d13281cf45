"""Markdown files: front matter becomes what the file declares, marks are taken off the words."""

from __future__ import annotations

import re

from pipeline.core.document import Document, Heading, Source
from pipeline.core.spans import Span
from pipeline.core.text import one_line
from pipeline.readers.blocks import LONGEST_HEADING
from pipeline.readers.cleaning import cleaned
from pipeline.readers.decoding import decoded
from pipeline.readers.files import no_text, read_bytes
from pipeline.readers.sections import section_pages

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"^ {0,3}(?![ \t#>*+-])(\S.*)\n {0,3}(=+|-{2,})[ \t]*$", re.MULTILINE)
_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
_FIRST_HEADING = re.compile(r"^ {0,3}#[ \t]+(.+)$", re.MULTILINE)
# Lines that only draw: underlined headings, rules, fences, the line below a table's head.
_DRAWN = re.compile(
    r"^ {0,3}(?:=+|-{3,}|\*{3,}|_{3,}|(?:```|~~~).*|\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t:-]*)"
    r"[ \t]*$\n?",
    re.MULTILINE,
)
# Only these: "<name>" may be what the page says.
_TAGS = (
    "a|abbr|b|big|br|center|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|"
    "img|ins|kbd|li|mark|ol|p|pre|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|"
    "tr|u|ul"
)
_ASIDE = 0x10F000
# Stands before each heading until all marks are off and its place is known; then goes itself.
_LEVELS = [chr(0x10F100 + level) for level in range(7)]
_LEVEL = re.compile(f"[{_LEVELS[0]}-{_LEVELS[6]}]")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_SET_ASIDE = re.compile(f"[{chr(_ASIDE)}-{chr(_ASIDE + 127)}]")
# In this order: an image inside a link, then the link; strong before plain emphasis.
_MARKS = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"!\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"\[([^\]^]+)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^>\s]+)>"), r"\1"),
    (re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE), ""),
    (re.compile(r"(?<!\w)(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"(?<![\w*])(\*|_)(?=\S)([^\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"`+([^`\n]+)`+"), r"\1"),
    (re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"[ \t]+\|[ \t]+"), "  "),
)


class MarkdownReader:
    """Reads Markdown as the words that it shows."""

    name = "markdown"
    version = "2"
    media_types = frozenset({"text/markdown"})

    def read(self, source: Source) -> Document:
        """Return the document in sections of about 3,000 characters, cut at paragraph ends.

        Raises:
            DocumentError: If it is empty, vanished, not text, or blank.
        """
        text, encoding = decoded(source, read_bytes(source))
        declared, body = _front_matter(_LEVEL.sub("", cleaned(text).replace("\f", "\n")))
        words, headings = _with_headings(_unmarked(body))
        if not words.strip():
            raise no_text(source)
        if heading := _FIRST_HEADING.search(body):
            declared["largest_text"] = one_line(_unmarked(heading[1]))
        declared["encoding"] = encoding
        return Document(
            source=source,
            text=words,
            pages=section_pages(words),
            declared=declared,
            headings=headings,
        )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the front matter's plain values and the text after it; no YAML, no front matter."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    import yaml

    try:
        values = yaml.safe_load(match[1])
    except yaml.YAMLError:
        return {}, text
    if not isinstance(values, dict):
        return {}, text
    return {
        str(key).lower(): one_line(", ".join(map(str, v)) if isinstance(v, list) else str(v))
        for key, v in values.items()
        if v is not None and not isinstance(v, dict)
    }, text[match.end() :]


def _unmarked(text: str) -> str:
    # Escaped signs wait in the private use area while the marks are taken off.
    text = _ESCAPED.sub(lambda sign: chr(_ASIDE + ord(sign[1])), text)
    text = _FENCED.sub(lambda code: code[0].replace("#", chr(_ASIDE + ord("#"))), text)
    text = _UNDERLINED.sub(lambda h: _LEVELS[1 if h[2][0] == "=" else 2] + h[1], text)
    text = _HEADING.sub(lambda h: _LEVELS[len(h[1])] + h[2], _DRAWN.sub("", text))
    for mark, shown in _MARKS:
        text = mark.sub(shown, text)
    return _SET_ASIDE.sub(lambda sign: chr(ord(sign[0]) - _ASIDE), text).lstrip("\n")


def _with_headings(text: str) -> tuple[str, tuple[Heading, ...]]:
    """Return the text without the marks of headings, and the headings."""
    text = text if text.endswith("\n") else text + "\n"
    parts: list[str] = []
    headings: list[Heading] = []
    length = end = 0
    for mark in _LEVEL.finditer(text):
        parts.append(text[end : mark.start()])
        length += mark.start() - end
        end = mark.end()
        words = text[end : text.index("\n", end)]
        bare = _LEVEL.sub("", words)
        start = length + len(bare) - len(bare.lstrip())
        if 0 < len(bare.strip()) <= LONGEST_HEADING and bare == words:
            span = Span(start, start + len(bare.strip()))
            headings.append(Heading(span, _LEVELS.index(mark[0])))
    return "".join([*parts, text[end:]]), tuple(headings)
