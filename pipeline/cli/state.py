"""What fourp remembers of a user between commands: the hits of the last search that was shown."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.core.query import Hit, Query

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as it is opened: which document, where it was, and the page that was found."""

    document: str
    path: str
    page: int


def folder() -> Path:
    """Return the folder of what is remembered; it may be missing.

    ``fourp/`` in XDG_STATE_HOME where that is set (XDG Base Directory Specification 0.8, which has
    relative ones ignored), else what the system has for the settings of programs.
    """
    home = os.environ.get("XDG_STATE_HOME", "")
    return Path(home, "fourp") if os.path.isabs(home) else Path(click.get_app_dir("fourp"))


def remember_hits(workspace: Path, query: Query, hits: Iterable[Hit]) -> None:
    """Keep the numbers under which hits were shown, those of earlier pages of this search too.

    What cannot be kept is not: a search has been answered all the same.

    Args:
        workspace: Its root; each workspace has a last search of its own.
        query: Whose ``offset`` is the number before the first hit's.
    """
    search = repr(replace(query, offset=0, limit=0))
    kept = _read(workspace)
    before = kept.get("hits") if query.offset and kept.get("search") == search else None
    numbered = dict(before) if isinstance(before, dict) else {}
    for number, hit in enumerate(hits, start=query.offset + 1):
        numbered[str(number)] = asdict(Shown(hit.document, hit.path, hit.page))
    if not numbered:
        return
    try:
        _write(workspace, {"workspace": str(workspace), "search": search, "hits": numbered})
    except OSError as error:
        logger.info("the hits are not remembered: %s", error)


def remembered_hit(workspace: Path, number: int) -> Shown | None:
    """Return the hit that the last search in a workspace showed under a number."""
    hits = _read(workspace).get("hits")
    match hits.get(str(number)) if isinstance(hits, dict) else None:
        case {"document": str(document), "path": str(path), "page": int(page)}:
            return Shown(document, path, page)
    return None


def _file(workspace: Path) -> Path:
    from hashlib import sha256

    name = sha256(os.fsencode(workspace)).hexdigest()[:16]
    return folder() / f"last-search-{name}.json"


def _read(workspace: Path) -> dict[str, object]:
    try:
        kept = json.loads(_file(workspace).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # none yet, or not ours
        return {}
    return kept if isinstance(kept, dict) else {}


def _write(workspace: Path, kept: dict[str, object]) -> None:
    """Put ``kept`` in the place of what was remembered, in one step.

    Raises:
        OSError: If that cannot be done; what was remembered stays then.
    """
    target = _file(workspace)
    if not target.is_absolute():  # a user without a home
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Only its owner may read such a file.
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".new-", suffix=".json")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as new:
            json.dump(kept, new)
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
