"""Snippets: the part of a passage that shows best why it matches, and what to light up in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from operator import eq

from pipeline.core.query import And, Fuzzy, InTitle, Node, Not, Or, Phrase, Prefix, Subject, Word
from pipeline.core.spans import Span
from pipeline.index.analysis import Token, analyzer_for, exact_words
from pipeline.index.lexicon import COMPOUNDING, MIN_PART

WIDTH = 240  # characters: two or three lines on a screen
_LEAD = 3  # a third of the room left goes before the first match, the rest behind the last


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place that matches the query's ``part``-th word, phrase or prefix."""

    span: Span
    part: int


def snippet_of(text: str, language: str, node: Node | None) -> tuple[str, tuple[Span, ...]]:
    """Return the part of ``text`` that has most of what is looked for, and where it has it.

    Args:
        text: Of a passage, as `analysis.prepared` returns it.
        language: Of the passage; words light up that are the same once stemmed.
        node: What is looked for.

    Returns:
        At most `WIDTH` characters, cut at spaces where there are any, and the spans in them to
        light up, in their order and apart from each other.
    """
    marks = sorted(_marks(text, language, node), key=lambda m: (m.span, m.part)) if node else []
    window = _widened(text, _best(marks))
    spans = (_within(mark.span, window) for mark in marks)
    return window.of(text), tuple(_apart(span for span in spans if span))


def _marks(text: str, language: str, node: Node) -> Iterator[_Mark]:
    analyzer = analyzer_for(language)
    tokens = list(analyzer.tokens(text))
    words = [token for token in tokens if token.exact]
    for part, leaf in enumerate(_leaves(node)):
        match leaf:
            case Word():
                stems = frozenset(analyzer.wanted(leaf.text))
                exact = exact_words([leaf.text]) if not stems else ()
                for token in tokens:
                    if (
                        token.stem in stems
                        or (token.exact and token.exact in exact)
                        or any(_has_part(token.exact, stem, language) for stem in stems)
                    ):
                        yield _Mark(token.span, part)
            case Phrase():
                yield from (_Mark(span, part) for span in _runs(words, exact_words(leaf.words)))
            case Prefix(text) | Fuzzy(text):
                *before, last = exact_words([text]) or ("",)
                if last:
                    slips = leaf.slips if isinstance(leaf, Fuzzy) else None
                    spans = _runs(words, (*before, last), last=partial(_ends, slips))
                    yield from (_Mark(span, part) for span in spans)
            case Subject(names=names):
                for name in names.get(language, ()):
                    wanted = analyzer.wanted(name)
                    content = [token for token in words if token.stem]
                    yield from (_Mark(span, part) for span in _stem_runs(content, wanted))


def _has_part(word: str, stem: str, language: str) -> bool:
    return (
        language in COMPOUNDING and len(stem) >= MIN_PART and len(word) > len(stem) and stem in word
    )


def _ends(slips: int | None, word: str, wanted: str) -> bool:
    """Return whether a word is the one that a phrase ends with."""
    if slips is None:
        return word.startswith(wanted)
    from rapidfuzz.distance import OSA

    return OSA.distance(word, wanted, score_cutoff=slips) <= slips


def _leaves(node: Node) -> Iterator[Node]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Subject(words=words):
            yield from words
            yield node
        case Not() | InTitle():
            return
        case _:
            yield node


def _runs(
    words: list[Token], phrase: tuple[str, ...], *, last: Callable[[str, str], bool] = eq
) -> Iterator[Span]:
    """Yield where the words of ``phrase`` stand in a row; ``last`` compares the last of them."""
    size = len(phrase)
    for at in range(len(words) - size + 1 if size else 0):
        row = [token.exact for token in words[at : at + size]]
        if tuple(row[:-1]) == phrase[:-1] and last(row[-1], phrase[-1]):
            yield Span(words[at].span.start, words[at + size - 1].span.end)


def _stem_runs(words: list[Token], stems: tuple[str, ...]) -> Iterator[Span]:
    """Yield where words with these stems stand in a row, stop words left aside."""
    size = len(stems)
    for at in range(len(words) - size + 1 if size else 0):
        if tuple(token.stem for token in words[at : at + size]) == stems:
            yield Span(words[at].span.start, words[at + size - 1].span.end)


def _best(marks: list[_Mark]) -> Span:
    """Return the span of the marks within `WIDTH` that show most parts, then most places."""
    best, best_worth = Span(0, 0), (0, 0)
    for first, mark in enumerate(marks):
        end = mark.span.end
        parts = set()
        count = 0
        for other in marks[first:]:
            if count and other.span.end - mark.span.start > WIDTH:
                break
            end = max(end, other.span.end)
            parts.add(other.part)
            count += 1
        if (len(parts), count) > best_worth:
            best, best_worth = Span(mark.span.start, end), (len(parts), count)
    return best


def _widened(text: str, core: Span) -> Span:
    """Return ``core`` with text around it, `WIDTH` characters at most, cut at spaces."""
    room = max(WIDTH - len(core), 0)
    start = max(core.start - room // _LEAD, 0)
    end = min(start + WIDTH, len(text))
    start = max(min(start, end - WIDTH), 0)
    if start > 0 and text[start - 1] != " ":
        space = text.find(" ", start, core.start)
        start = space + 1 if space >= 0 else min(core.start, start + room)
    if end < len(text) and text[end] != " ":
        space = text.rfind(" ", core.end, end)
        end = space if space >= 0 else max(end if core.end == 0 else core.end, start)
        end = min(end, start + WIDTH)
    return Span(start, end)


def _within(span: Span, window: Span) -> Span | None:
    start, end = max(span.start, window.start), min(span.end, window.end)
    return Span(start - window.start, end - window.start) if start < end else None


def _apart(spans: Iterator[Span]) -> list[Span]:
    """Return spans, given in their order, with those that overlap made one."""
    apart: list[Span] = []
    for span in spans:
        if apart and span.start < apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return apart
