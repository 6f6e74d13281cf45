"""Programs that show a file at a page."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING

from pipeline.core.errors import ConfigError

if TYPE_CHECKING:
    from pipeline.workflows.places import Place

VARIABLE = "FOURP_VIEWER"

# How PDF viewers are told a page, as their manuals say.
_KNOWN = {
    "evince": "--page-index={page} {path}",
    "atril": "--page-index={page} {path}",
    "xreader": "--page-index={page} {path}",
    "okular": "--page {page} {path}",
    "zathura": "--page={page} {path}",
    "mupdf": "{path} {page}",
    "xpdf": "{path} {page}",
    "qpdfview": "{path}#{page}",
    "sumatrapdf": "-page {page} {path}",
}


def show_file(place: Place) -> bool:
    """Have a program show a file; it goes on when this command has ended.

    Returns:
        Whether there is such a program.

    Raises:
        ConfigError: If FOURP_VIEWER names none.
    """
    if template := os.environ.get(VARIABLE, "").strip():
        _start(viewer_command(template, str(place.file), place.page))
        return True
    import webbrowser

    return webbrowser.open(place.address)


def viewer_command(template: str, path: str, page: int) -> list[str]:
    """Return the words of a command line that shows ``path`` at ``page``.

    Args:
        template: A command with ``{path}`` and ``{page}``; or a viewer's name alone.

    Raises:
        ConfigError: If its quotes are not closed.
    """
    try:
        words = shlex.split(template)
    except ValueError as error:
        raise _wrong(template, f"{error}".lower()) from error
    if len(words) == 1:
        name = os.path.basename(words[0]).lower().removesuffix(".exe")
        words += _KNOWN.get(name, "{path}").split()
    elif not any("{path}" in word for word in words):
        words.append("{path}")
    # The path last: what looks like a mark in it is none.
    return [word.replace("{page}", str(page)).replace("{path}", path) for word in words]


def _start(command: list[str]) -> None:
    try:
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise _wrong(command[0], error.strerror or str(error)) from error


def _wrong(what: str, why: str) -> ConfigError:
    return ConfigError(
        [f"{what!r} cannot be started: {why}"],
        where=VARIABLE,
        remedy='set it to a command such as "evince --page-index={page} {path}", or unset it',
    )
