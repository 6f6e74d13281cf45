"""The command line: one group, its commands, and how errors are told.

Exit codes: 0 all good; 1 some documents failed, or a search found nothing; 2 nothing started
(wrong arguments, settings or workspace); 130 interrupted.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import click

from pipeline import __version__
from pipeline.cli import evaluate, failures, index, ingest, init, read, report, search, show
from pipeline.core.errors import ConfigError, FourpError

EPILOG = (
    "Begin: fourp ingest FOLDER, then fourp search WORDS, then "
    "fourp report --group planet --out planet.html. Each command explains itself: "
    "fourp search -h"
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EPILOG,
)
@click.option(
    "--workspace",
    "workspace_dir",
    type=click.Path(path_type=Path),
    help="Folder with corpus/, index/, models/ and fourp.toml (default: FOURP_WORKSPACE, or the "
    "nearest one upwards from here).",
)
@click.version_option(__version__, prog_name="fourp")
@click.pass_context
def cli(context: click.Context, workspace_dir: Path | None) -> None:
    """Policy documents in; tagged, searchable and reportable knowledge out."""
    context.obj = workspace_dir


for command in (
    init.command,
    ingest.command,
    search.command,
    show.command,
    report.command,
    failures.command,
    read.command,
    index.command,
    evaluate.command,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line and leave with its exit code."""
    signal.signal(signal.SIGTERM, _interrupt)  # what is done is stored, as after Ctrl-C
    try:
        sys.exit(cli.main(prog_name="fourp", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except ConfigError as error:
        _tell(error.where)
        for problem in error.problems:
            click.echo(f"  - {problem}", err=True)
        click.echo(f"  {error.remedy}", err=True)
        sys.exit(2)
    except FourpError as error:
        _tell(str(error))
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        _tell("interrupted; what was done is kept, run it again to go on")
        sys.exit(130)
    except BrokenPipeError:  # `fourp search ... | head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _tell(message: str) -> None:
    click.echo(f"fourp: {message}", err=True)


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt
