"""What several commands share: their workspace, JSON lines, and dates."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

from pipeline.cli import completion
from pipeline.config.workspace import Workspace, open_workspace
from pipeline.core.audience import Audience
from pipeline.core.text import UNSEEN

_Command = TypeVar("_Command", bound=Callable[..., Any])

report_language = click.option(
    "--language",
    metavar="CODE",
    shell_complete=completion.report_languages,
    help="en, fr or another that has a catalogue (default: from fourp.toml).",
)
as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


groups_option = click.option(
    "--group",
    "groups",
    multiple=True,
    shell_complete=completion.groups,
    help="Expert group whose files are meant.",
)


def audience_option(help_: str) -> Callable[[_Command], _Command]:
    """Return the option that says who is to read what a command gives."""
    return click.option(
        "--audience",
        type=click.Choice([audience.value for audience in Audience]),
        callback=lambda _context, _parameter, value: Audience(value) if value else None,
        help=help_,
    )


_LEFT_OUT = re.compile(r"-(?!h$)[^\W_]")
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class PartialDate(click.ParamType[str]):
    """A day, a month or a year; as the first or the last day that it covers."""

    name = "YYYY[-MM[-DD]]"

    def __init__(self, *, last: bool) -> None:
        self._last = last

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the ISO date."""
        import calendar
        from datetime import date

        match = _PARTIAL_DATE.fullmatch(value)
        if match is None:
            self.fail(f"{value!r} is no date; write 2021, 2021-03 or 2021-03-31", param, ctx)
        year = int(match[1])
        try:
            month = int(match[2]) if match[2] else (12 if self._last else 1)
            last_day = calendar.monthrange(year, month)[1]
            day = int(match[3]) if match[3] else (last_day if self._last else 1)
            return date(year, month, day).isoformat()
        except ValueError:
            self.fail(f"{value!r} is not in the calendar", param, ctx)


class WordsCommand(click.Command):
    """A command whose arguments are words of a query, of which ``-word`` leaves one out."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take ``-word`` for what the query language says, not for an option."""
        after = args.index("--") if "--" in args else len(args)
        given = [
            part
            for at, arg in enumerate(args)
            for part in (("NOT", arg[1:]) if at < after and _LEFT_OUT.match(arg) else (arg,))
        ]
        return super().parse_args(ctx, given)


def workspace_of(context: click.Context) -> Workspace:
    """Return the workspace that the command line chose.

    Raises:
        ConfigError: If there is none or its settings are wrong.
    """
    return open_workspace(context.obj)


def echo_json(value: object) -> None:
    """Print one JSON object on one line, with no sign in it that a terminal would obey."""
    # JSON has the same escapes for these signs as Python, where they have four digits.
    click.echo(UNSEEN.sub(_escaped, json.dumps(value, ensure_ascii=False)))


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
