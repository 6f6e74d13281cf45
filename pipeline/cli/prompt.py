"""The prompt of ``fourp search``: one search after the other, with the index open in between."""

from __future__ import annotations

import re
import shlex
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import click

from pipeline.cli import open, search
from pipeline.cli.options import workspace_of
from pipeline.cli.searching import keep_open
from pipeline.cli.state import folder
from pipeline.core.errors import FourpError, QueryError
from pipeline.core.text import visible
from pipeline.workflows.library import OpenIndex

PROMPT = "search> "
KEPT_LINES = 1000  # of the history
HELP = """\
water sludge         words, "phrases", AND OR NOT, prefix*, as fourp search has them
water --lang fr      its filters come after the words
more                 the next works of the same search
open 2               the file of the second work at its page
help  quit           or Ctrl-D to leave; Ctrl-C leaves a line. "more" in quotes is a word."""

_OPTIONS = re.compile(r"(?:^|\s+)(?=--\w)")
_OPEN = re.compile(r"open\s+(?=\d+\b)")


def ask(context: click.Context) -> None:
    """Answer lines until the input ends or says so; errors end a line, not the prompt."""
    prompt, keep_line = _Prompt(context), _history()
    with OpenIndex(workspace_of(context)) as index, _ended_by_signals():
        keep_open(context, index)
        click.echo("help tells what can be typed, Ctrl-D leaves")
        while True:
            try:
                line = input(PROMPT).strip()
                if line:
                    keep_line()
                if line in ("quit", "exit"):
                    return
                if line:
                    prompt.answer(line)
            except EOFError:
                click.echo()
                return
            except (KeyboardInterrupt, click.Abort):
                click.echo()
            except click.ClickException as error:
                click.echo(error.format_message(), err=True)
            except FourpError as error:
                start = (
                    "fourp: this cannot be looked for\n"
                    if isinstance(error, QueryError)
                    else "fourp: "
                )
                click.echo("\n".join(map(visible, f"{start}{error}".split("\n"))), err=True)


@dataclass(frozen=True, slots=True)
class _Search:
    """A search as it was typed, and how many works are passed over."""

    words: str
    options: tuple[str, ...]
    offset: int = 0


class _Prompt:
    """What lines do; it remembers the search that ``more`` goes on with."""

    def __init__(self, context: click.Context) -> None:
        self._context = context
        self._next: _Search | None = None

    def answer(self, line: str) -> None:
        """Do what a line says.

        Raises:
            ClickException: If its options are wrong.
            FourpError: If it cannot be done.
        """
        if line == "help":
            click.echo(HELP)
        elif line == "more":
            if self._next is None:
                raise click.UsageError("search first; more shows the next works of a search")
            self._search(self._next)
        elif opened := _OPEN.match(line):
            words, options = _parted(line[opened.end() :])
            self._run(open.command, words, options)
        else:
            words, options = _parted(line)
            self._search(_Search(words, options))

    def _search(self, asked: _Search) -> None:
        further = ("--offset", str(asked.offset)) if asked.offset else ()
        if ran := self._run(search.command, asked.words, (*asked.options, *further)):
            limit = ran["limit"] or workspace_of(self._context).settings.limit
            self._next = _Search(asked.words, asked.options, ran["offset"] + limit)

    def _run(
        self, command: click.Command, words: str, options: tuple[str, ...]
    ) -> dict[str, Any] | None:
        """Run a command as from the command line.

        Returns:
            What it was asked for; nothing if that was its help.
        """
        arguments = [*options, *(["--", words] if words else [])]
        ran: dict[str, Any] | None = None
        # A search leaves with whether it found something.
        with (
            suppress(click.exceptions.Exit),
            command.make_context(command.name, arguments, parent=self._context.parent) as inner,
        ):
            ran = inner.params
            command.invoke(inner)
        return ran


def _parted(line: str) -> tuple[str, tuple[str, ...]]:
    """Return the words of a line and the options after them.

    Raises:
        UsageError: If quotes among the options are not closed.
    """
    begin = _OPTIONS.search(line)
    if begin is None:
        return line, ()
    try:
        return line[: begin.start()], tuple(shlex.split(line[begin.end() :]))
    except ValueError as error:
        raise click.UsageError(f"{error}".lower()) from error


def _history() -> Callable[[], None]:
    """Have lines of other days at hand; without, where the system has no readline.

    Returns:
        What keeps the last line, at once: a closed window loses none.
    """
    try:
        import readline
    except ImportError:
        return lambda: None
    kept = folder() / "search-history"
    readline.set_history_length(KEPT_LINES)
    try:
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        readline.read_history_file(kept)
        readline.write_history_file(kept)  # no longer than it may be
    except OSError:  # a history that cannot be kept is none
        return lambda: None

    def keep() -> None:
        with suppress(OSError):
            readline.append_history_file(1, kept)

    return keep


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and a closed terminal end the prompt, which Ctrl-C does not."""
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = [signal.signal(number, signal.SIG_DFL) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
