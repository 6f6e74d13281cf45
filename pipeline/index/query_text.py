"""Query text: what people type, to a query tree and back.

::

    water quality        both words (AND and ET say the same)
    "water quality"      exactly these words in a row
    water OR sea         at least one (OU); binds less than AND
    -sea   NOT sea       leaves out (SAUF)
    circ*                words that begin so
    resilence~           words that are nearly so; ~1 one slip, ~2 two
    (a OR b) c           parentheses
    COM(2020) 652        a legal reference is one word, as is article 12
    title:water          in the title (titre:); title:"water policy", title:wat*
    ref:2020/652         a reference by its number alone

Beside the words may stand what every hit must be (`index.inline_filters`)::

    pillar:planet file:water lang:fr,en year:2021..2023 kind:opinion

Operators count in upper case only, so that "or" and "et" stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from pipeline.core.query import (
    And,
    Filters,
    Fuzzy,
    InTitle,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Subject,
    Word,
)
from pipeline.core.references import find_references
from pipeline.core.spans import Span
from pipeline.core.text import WORD
from pipeline.index.analysis import articles
from pipeline.index.inline_filters import Given, Known, field_at, filters_of
from pipeline.index.query_errors import wrong

MIN_PREFIX = 2  # letters; one letter would be half of the dictionary
MAX_DEPTH = 40  # parentheses and NOTs inside each other

_QUOTES = '"“”„«»'
_SLIPS = re.compile(r"~([12]?)[\W_]*$")
_SHORT = 5  # letters of a word in which one slip is enough
_NUMBER = re.compile(r"[\w./-]*\d[\w./-]*")
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")  # punctuation around a word says nothing


class _Kind(Enum):
    LEAF = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()
    FILTER = auto()
    END = auto()


_OPERATORS = {
    "AND": _Kind.AND,
    "ET": _Kind.AND,
    "OR": _Kind.OR,
    "OU": _Kind.OR,
    "NOT": _Kind.NOT,
    "SAUF": _Kind.NOT,
}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Kind
    at: int
    text: str
    node: Node | None = None
    given: Given | None = None


def parse_query(text: str) -> Node | None:
    """Return the query tree that ``text`` stands for; nothing if it has no word.

    Raises:
        QueryError: If it does not parse; the message shows the place with a caret.
    """
    return parse_line(text)[0]


def parse_line(text: str, known: Known | None = None) -> tuple[Node | None, Filters]:
    """Return the query tree that ``text`` stands for, and what it says that every hit must be.

    Args:
        text: As typed.
        known: What filters may name; anything where it is absent.

    Raises:
        QueryError: If it does not parse; the message shows the place with a caret.
    """
    line = "".join(" " if c.isspace() or not c.isprintable() else c for c in text)
    tokens, given = _parted(line, list(_tokens(line)))
    return _Parser(line, tokens).parse(), filters_of(line, given, known)


def to_text(node: Node) -> str:
    """Return text that `parse_query` turns into ``node`` again, if it can say it at all."""
    match node:
        case Word(text):
            return text
        case Phrase(words):
            return f'"{" ".join(words)}"'
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text, slips):
            return f"{text}~{slips}"
        case InTitle(part):
            return f"title:{to_text(part)}"
        case Subject(words):
            return " AND ".join(map(to_text, words))
        case And(parts):  # side by side, "article" and "12" would be one reference
            return " AND ".join(_bracketed(part) for part in parts)
        case Or(parts):
            return " OR ".join(_bracketed(part) for part in parts)
        case Not(part):
            return f"NOT {_bracketed(part)}"


def _bracketed(node: Node) -> str:
    return f"({to_text(node)})" if isinstance(node, And | Or) else to_text(node)


class _Parser:
    """Recursive descent: any = all (OR all)*; all = one+; one = NOT one | ( any ) | leaf."""

    def __init__(self, line: str, tokens: Sequence[_Token]) -> None:
        self._line = line
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def parse(self) -> Node | None:
        if self._token.kind is _Kind.END:
            return None
        node = self._any()
        if self._token.kind is _Kind.CLOSE:
            raise wrong(self._line, self._token.at, "has a ) without a (", "take it out")
        return node

    @property
    def _token(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._token
        self._next += 1
        return token

    def _any(self) -> Node:
        parts = [self._all()]
        while self._token.kind is _Kind.OR:
            self._take()
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Node:
        parts = [self._one()]
        while self._token.kind not in (_Kind.OR, _Kind.CLOSE, _Kind.END):
            if self._token.kind is _Kind.AND:
                self._take()
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self) -> Node:
        token = self._take()
        if token.node is not None:
            return token.node
        if token.kind not in (_Kind.NOT, _Kind.OPEN):
            raise self._missing(token)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise wrong(self._line, token.at, "is nested too deeply", "take parentheses out")
        node = Not(self._one()) if token.kind is _Kind.NOT else self._group(token)
        self._depth -= 1
        return node

    def _group(self, opened: _Token) -> Node:
        node = self._any()
        if self._take().kind is not _Kind.CLOSE:
            raise wrong(self._line, opened.at, "has a ( without a )", "close it, or take it out")
        return node

    def _missing(self, token: _Token) -> Exception:
        before = self._tokens[self._next - 2] if self._next > 1 else None
        if before is not None and before.kind is not _Kind.LEAF and before.kind is not _Kind.CLOSE:
            what = f"has nothing to look for after {before.text}"
        else:
            what = f"has nothing to look for before {token.text}"
        remedy = "put a word there; in small letters, and, or and not are words like others"
        return wrong(self._line, token.at, what, remedy)


def _parted(line: str, tokens: Sequence[_Token]) -> tuple[list[_Token], list[Given]]:
    """Return the tokens without filters, and the filters; an AND beside one goes with it."""
    kept: list[_Token] = []
    given: list[Given] = []
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token.kind is _Kind.OPEN) - (token.kind is _Kind.CLOSE)
        if token.given is None:
            follows = at > 0 and tokens[at - 1].given is not None
            if not (token.kind is _Kind.AND and follows):
                kept.append(token)
            continue
        around = {tokens[at - 1].kind if at else _Kind.AND, tokens[at + 1].kind}
        if depth or around & {_Kind.OR, _Kind.NOT}:
            remedy = "put it beside all else: it says what every hit must be"
            raise wrong(line, token.at, f"has {token.text} inside parentheses, OR or NOT", remedy)
        if kept and kept[-1].kind is _Kind.AND:
            kept.pop()
        given.append(token.given)
    return kept, given


def _tokens(line: str) -> Iterator[_Token]:
    references = _references(line)
    yield from _tokens_within(line, 0, len(line), references)
    yield _Token(_Kind.END, len(line), "the end")


def _tokens_within(
    line: str,
    at: int,
    stop: int,
    references: Mapping[int, tuple[str, int]],
    *,
    of_title: bool = False,
) -> Iterator[_Token]:
    while at < stop:
        character = line[at]
        if at in references:
            text, end = references[at]
            yield _Token(_Kind.LEAF, at, text, Word(text))
            at = end
        elif character in "()":
            yield _Token(_Kind.OPEN if character == "(" else _Kind.CLOSE, at, character)
            at += 1
        elif character in _QUOTES:
            end = _closing(line, at)
            if words := tuple(m[0] for m in WORD.finditer(line, at + 1, end)):
                yield _Token(_Kind.LEAF, at, line[at : end + 1], Phrase(words))
            at = end + 1
        elif character == "-" and _starts(line, at + 1):
            yield _Token(_Kind.NOT, at, "-")
            at += 1
        elif not character.isalnum() and character != "*":  # it says nothing
            at += 1
        elif field := field_at(line, at):
            if of_title:
                raise _untitled(line, at)
            token, at = _with_field(line, at, field, references)
            yield token
        else:
            end = _word_end(line, at, references)
            yield from _word(line, at, end)
            at = end


def _references(line: str) -> dict[int, tuple[str, int]]:
    """Return by where they begin the references of a line, in their usual form, and their ends."""
    found = {span.start: (span.of(line), span.end) for span in articles(line)}
    return found | {r.span.start: (r.value, r.span.end) for r in find_references(line)}


def _with_field(
    line: str, at: int, field: str, references: Mapping[int, tuple[str, int]]
) -> tuple[_Token, int]:
    """Return what a field before a colon and the value behind it say, and where that ends."""
    start = line.index(":", at) + 1
    end = _value_end(line, start, references)
    text = line[at:end]
    if field == "title":
        tokens = list(_tokens_within(line, start, end, references, of_title=True))
        leaf = tokens[0].node if len(tokens) == 1 else None
        if not isinstance(leaf, Word | Phrase | Prefix | Fuzzy):
            raise _untitled(line, start)
        return _Token(_Kind.LEAF, at, text, InTitle(leaf)), end
    if field == "ref":
        value = _referred(line, start, end, references)
        return _Token(_Kind.LEAF, at, text, Word(value)), end
    end = _list_end(line, start)
    given = Given(field, line[start:end].strip(_QUOTES), Span(start, max(end, start + 1)))
    return _Token(_Kind.FILTER, at, line[at:end], given=given), end


def _untitled(line: str, at: int) -> Exception:
    remedy = 'put a word right behind, or several in quotes: title:"water policy"'
    return wrong(line, at, "has nothing to look for in titles", remedy)


def _referred(line: str, start: int, end: int, references: Mapping[int, tuple[str, int]]) -> str:
    """Return the reference, or a part of one, that stands behind ``ref:``."""
    begin = start + 1 if line[start:end].startswith(tuple(_QUOTES)) else start
    if begin in references:
        return references[begin][0]
    value = _EDGE.sub("", line[start:end])
    if not _NUMBER.fullmatch(value) or any(start < at < end for at in references):
        remedy = "write ref:2020/652, ref:32008L0098 or ref:COM(2020) 652"
        raise wrong(line, start, "has no reference", remedy)
    return value


def _value_end(line: str, start: int, references: Mapping[int, tuple[str, int]]) -> int:
    if start in references:
        return references[start][1]
    if start < len(line) and line[start] in _QUOTES:
        return _closing(line, start) + 1
    return next((at for at in range(start, len(line)) if line[at] in " ()"), len(line))


def _list_end(line: str, start: int) -> int:
    """Return where values end that stand between commas, in quotation marks or without."""
    at = start
    while at < len(line) and line[at] not in " ()":
        begins = at == start or line[at - 1] == ","
        at = _closing(line, at) + 1 if begins and line[at] in _QUOTES else at + 1
    return at


def _starts(line: str, at: int) -> bool:
    """Return whether something to look for may stand right at ``at``."""
    return at < len(line) and (line[at].isalnum() or line[at] == "(" or line[at] in _QUOTES)


def _closing(line: str, opened: int) -> int:
    for at in range(opened + 1, len(line)):
        if line[at] in _QUOTES:
            return at
    raise wrong(
        line, opened, "has a quotation mark without a second one", "close it after the phrase"
    )


def _word_end(line: str, start: int, references: Mapping[int, object]) -> int:
    at = start + 1
    while at < len(line) and at not in references:
        if line[at].isspace() or line[at] in "()" or line[at] in _QUOTES:
            break
        at += 1
    return at


def _word(line: str, start: int, end: int) -> Iterator[_Token]:
    text = line[start:end]
    alone = start == 0 or line[start - 1] in " ()" or line[start - 1] in _QUOTES
    if text in _OPERATORS and alone:
        yield _Token(_OPERATORS[text], start, text)
        return
    bare = _EDGE.sub("", text)
    if "*" in bare or text.lstrip("*") != text:
        at = start + text.index("*")
        raise wrong(line, at, "has a * that does not end a word", "put it after the first letters")
    slips = _SLIPS.search(text)
    if slips and bare:
        word = _EDGE.sub("", text[: slips.start()])
        yield _Token(_Kind.LEAF, start, text, Fuzzy(word, _slips(word, slips[1])))
    elif "*" in text:
        if len(bare) < MIN_PREFIX:
            remedy = f"put at least {MIN_PREFIX} letters before it"
            raise wrong(line, start + text.index("*"), "has a * after too few letters", remedy)
        yield _Token(_Kind.LEAF, start, text, Prefix(bare))
    elif bare:  # with a sign beside it, an operator is a word
        word = bare.lower() if bare in _OPERATORS else bare
        yield _Token(_Kind.LEAF, start, text, Word(word))


def _slips(word: str, typed: str) -> int:
    return int(typed) if typed else 1 if len(word) <= _SHORT else 2
