"""The command line: one group, its commands, and how errors are told.

Exit codes: 0 all good; 1 some documents failed, or a search found nothing; 2 nothing started
(wrong arguments, settings or workspace); 3 stopped midway (disk full, catalogue locked), what was
stored is kept; 130 interrupted, by Ctrl-C, SIGTERM or the closing of the terminal.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import click

from pipeline import __version__
from pipeline.cli import (
    audit,
    completion,
    dates,
    digest,
    evaluate,
    explain,
    failures,
    feeds,
    index,
    ingest,
    init,
    newsletter,
    open,
    read,
    report,
    retag,
    review,
    saved,
    search,
    set,
    show,
    similar,
    status,
    tag,
    topics,
    train,
    vocabulary,
)
from pipeline.cli.terminal import styles_wanted
from pipeline.core.errors import ConfigError, FourpError, QueryError, WriteError
from pipeline.core.text import visible

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
    context.color = styles_wanted()


for command in (
    init.command,
    ingest.command,
    search.command,
    similar.command,
    show.command,
    open.command,
    saved.save,
    saved.new,
    saved.saved,
    explain.command,
    tag.command,
    set.command,
    review.command,
    train.command,
    retag.command,
    vocabulary.command,
    topics.command,
    report.command,
    status.command,
    audit.command,
    dates.command,
    digest.command,
    newsletter.command,
    feeds.command,
    failures.command,
    read.command,
    index.command,
    evaluate.command,
    completion.command,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line and leave with its exit code."""
    # NumPy's matrix library would start a thread for each core: a fifth of the cost of a search.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name in ("SIGTERM", "SIGHUP"):  # what is done is stored, as after Ctrl-C
        if hasattr(signal, name):  # Windows has one of them
            signal.signal(getattr(signal, name), _interrupt)
    if completion.is_asked():
        completion.prepare()
    try:
        code = cli.main(prog_name="fourp", standalone_mode=False) or 0
        sys.stdout.flush()  # here, where it is told if that cannot be done
        sys.exit(code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except ConfigError as error:
        _tell(error.where)
        for problem in error.problems:
            click.echo(f"  - {visible(problem)}", err=True)
        click.echo(f"  {error.remedy}", err=True)
        sys.exit(2)
    except WriteError as error:
        _tell(str(error))
        sys.exit(3)
    except QueryError as error:
        _tell(f"this cannot be looked for\n{error}")
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
    except OSError as error:  # stdout, or a place that no part of fourp watches
        _tell(_told(error))
        # What is left in the buffer would fail again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(3)


def _tell(message: str) -> None:
    click.echo("fourp: " + "\n".join(map(visible, message.split("\n"))), err=True)


def _told(error: OSError) -> str:
    where = error.filename or "the output"
    return (
        f"{where} cannot be written or read ({error.strerror or type(error).__name__}); "
        "check free space and permissions, then run it again"
    )


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt
