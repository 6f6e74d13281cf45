"""The commands that an audit names, to be copied into a shell as they are."""

from __future__ import annotations

import re
import shlex

from pipeline.report.text import harmless

ID = 12  # characters; `fourp show` prints as many

SHOW_UNTAGGED = "fourp topics"
SHOW_UNKNOWN_LANGUAGE = "fourp search --lang und"
CHECK_TERMS = "fourp vocabulary check --all"

_PLAIN = re.compile(r"[\w./:@%+=, -]", re.ASCII)


def show_file(file: str) -> str:
    """Return the command that lists the documents of a policy file."""
    return f"fourp search --file {word(file)}"


def show_language(code: str) -> str:
    """Return the command that lists the documents in a language."""
    return f"fourp search --lang {word(code)}"


def show_year(year: str) -> str:
    """Return the command that lists the documents of a year."""
    return f"fourp search --since {word(year)} --until {word(year)}"


def find_terms(file: str) -> str:
    """Return the command that shows what a policy file's vocabulary misses."""
    return f"fourp topics --file {word(file)}"


def review(file: str) -> str:
    """Return the command that asks about a policy file."""
    return f"fourp review --file {word(file)}"


def show(document: str) -> str:
    """Return the command that shows a document with its versions."""
    return f"fourp show {word(document[:ID])}"


def similar(document: str) -> str:
    """Return the command that shows what treats the same as a document."""
    return f"fourp similar {word(document[:ID])}"


def retry(folder: str) -> str:
    """Return the command that tries again what failed in a folder."""
    return f"fourp ingest --retry-failed -- {word(folder)}"


def reread(folder: str) -> str:
    """Return the command that reads a folder anew."""
    return f"fourp ingest --force -- {word(folder)}"


def word(text: str) -> str:
    """Return ``text`` as one word for a shell.

    What is not seen, or would turn or colour what is shown, is spelt out in the quotes that bash
    and zsh have for it ($'\\x1b').
    """
    if harmless(text) == text:
        return shlex.quote(text)
    return "$'" + "".join(c if _PLAIN.match(c) else _spelt(c) for c in text) + "'"


def _spelt(character: str) -> str:
    if character.isalnum():
        return character
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))
