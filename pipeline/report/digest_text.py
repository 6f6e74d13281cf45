"""A digest as plain text: what programs show that show no HTML."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pipeline.report.digest_labels import DigestLabels, digest_labels
from pipeline.report.digest_values import Digest, Item
from pipeline.report.text import harmless

WIDTH = 76  # columns; RFC 5322, 2.1.1 wants less than 79, and answers put a mark before each


def to_text(digest: Digest) -> str:
    """Return the digest as lines of text."""
    words = digest_labels(digest.language)
    when = words.period(digest.period, digest.frequency)
    return "\n".join([words.name_of_list, when, "", *_body(digest, words)]) + "\n"


def _body(digest: Digest, words: DigestLabels) -> Iterator[str]:
    yield from wrapped(words.intro_of(digest))
    for chapter in digest.chapters:
        title = words.title_of(chapter)
        yield from ("", title, "=" * min(len(title), WIDTH))
        for item in chapter.items:
            yield from item_lines(item, words, [words.why(item), words.also_in(item)])
        if rest := words.rest_of(chapter):
            yield from ("", rest)
    yield from ("", "-- ")  # what follows is a signature (RFC 3676, 4.3)
    for note in words.notes(digest):
        yield from wrapped(note)


def item_lines(
    item: Item, words: DigestLabels, reasons: list[str], *, source: str = ""
) -> Iterator[str]:
    """Yield the lines of a work: its title, what it is, why it is there, and where to read it.

    Args:
        source: Where its quote stands, if the reasons do not say that.
    """
    yield ""
    yield from wrapped(item.title, first="* ", rest="  ")
    told = [" · ".join(words.facts(item)), *reasons]
    if item.quote:
        told += [words.quoted(item.quote.text), source]
    for line in filter(None, told):
        yield from wrapped(line, first="  ", rest="  ")
    if item.link:
        yield f"  {item.link}"
    if item.path:
        yield f"  {words.file}{words.base.colon}{harmless(item.path)}"


def wrapped(text: str, *, first: str = "", rest: str = "") -> list[str]:
    """Return a text in lines; a longer word, such as an address, stays whole."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
