"""What the terminal allows: lines as wide as it is, and styles where they are wanted."""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata

import click
from click.core import ParameterSource

NARROWEST = (
    30  # columns; on less, words alone in their line are worse than lines cut by the terminal
)

_WORDS = re.compile(r" +")


def styles_wanted() -> bool | None:
    """Return False where no styles are wanted (https://no-color.org); None leaves it to click."""
    return False if os.environ.get("NO_COLOR") else None


def is_bare(context: click.Context) -> bool:
    """Return whether a command was given nothing but its name, on a terminal."""
    given = (context.get_parameter_source(name) for name in context.params)
    if any(source not in (None, ParameterSource.DEFAULT) for source in given):
        return False
    return sys.stdin.isatty() and sys.stdout.isatty()


def tell(text: str, *, indent: str = "") -> None:
    """Print one line of text; a terminal gets as many as it needs, cut between words.

    Args:
        indent: White space before the text, and before each line that goes on with it.
    """
    click.echo(f"{indent}{text}" if (wide := _width()) is None else wrapped(text, wide, indent))


def wrapped(text: str, width: int, indent: str = "") -> str:
    """Return ``text`` in lines of at most ``width`` columns, each after ``indent``.

    A word that is wider has a line of its own. Styles take no room, and go on in the next line.
    """
    lines: list[str] = []
    room, line, taken = max(width, NARROWEST) - len(indent), "", 0
    for word in _WORDS.split(text):
        size = columns(click.unstyle(word))
        if line and taken + 1 + size > room:
            lines.append(line)
            line, taken = word, size
        elif line:
            line, taken = f"{line} {word}", taken + 1 + size
        else:
            line, taken = word, size
    return "\n".join(indent + one for one in [*lines, line])


def columns(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes (Unicode Standard Annex 11)."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def _width() -> int | None:
    """Return the columns of the terminal that stdout is; nothing if it is a file or a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
