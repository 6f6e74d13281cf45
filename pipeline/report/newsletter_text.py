"""A newsletter as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.report.digest_text import WIDTH, item_lines, wrapped
from pipeline.report.newsletter import Newsletter
from pipeline.report.newsletter_labels import newsletter_labels


def to_text(letter: Newsletter) -> str:
    """Return the issue as lines of text."""
    return "\n".join(_lines(letter)) + "\n"


def _lines(letter: Newsletter) -> Iterator[str]:
    say = newsletter_labels(letter.language)
    yield from wrapped(say.title_of(letter))
    yield from (say.period(letter), "")
    yield from wrapped(say.intro_of(letter))
    for chapter in letter.chapters:
        yield from _heading(chapter.name)
        for item in chapter.items:
            told = say.lines_of(item, letter)
            yield from item_lines(item, say.digest, told, source=say.source_of(item))
        if rest := say.digest.rest_of(chapter):
            yield from ("", rest)
    if letter.dates:
        yield from _heading(say.dates)
        for date in letter.dates:
            yield ""
            yield from wrapped(say.date_of(date), first="* ", rest="  ")
            yield from wrapped(date.title, first="  ", rest="  ")
    yield from ("", "-- ")
    yield from wrapped(say.notes[letter.audience])


def _heading(name: str) -> tuple[str, ...]:
    return "", name, "=" * min(len(name), WIDTH)
