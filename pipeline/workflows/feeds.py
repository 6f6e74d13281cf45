"""Atom feeds of the library: one for each pillar, policy file and saved search and language."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal

from pipeline.config.workspace import Workspace
from pipeline.core.audience import Audience
from pipeline.core.cards import Card
from pipeline.core.errors import WriteError
from pipeline.core.files import write_whole
from pipeline.core.text import fold
from pipeline.workflows import assemble, library
from pipeline.workflows.saved_searches import saved, saved_query

_LANGUAGES: tuple[Literal["en", "fr"], ...] = ("en", "fr")

_OURS = b"<generator>fourp</generator>"
_HEAD = 2_000  # bytes of a feed, in which that stands

Subject = tuple[str, str, Callable[[Card], bool]]  # key, name, and what is about it


def write_feeds(
    workspace: Workspace, out: Path, audience: Audience = Audience.MEMBERS
) -> tuple[int, int]:
    """Write all feeds into a folder; return how many there are, and how many have changed.

    A feed that says what its file says already is not written. Feeds in the folder whose search or
    policy file is there no more are taken away: what they hold may be for nobody any longer.

    Args:
        audience: Who is to read them; what is not for them is in none.

    Raises:
        ConfigError: If the vocabulary is wrong.
        CatalogueError: If the catalogue cannot be used.
        IndexUnusableError: If there are saved searches and no usable index.
        WriteError: If a feed cannot be written.
    """
    from pipeline.report.atom import to_atom
    from pipeline.report.feeds import build_feed

    vocabulary = assemble.vocabulary_of(workspace)
    with assemble.catalogue_of(workspace) as catalogue:
        cards = catalogue.cards(audience)
    changed, written = 0, set()
    for language in _LANGUAGES:
        names = {c.id: c.label(language) for c in (*vocabulary.pillars, *vocabulary.files)}
        pillars = {pillar.id for pillar in vocabulary.pillars}
        subjects = [
            *((_key(id_, pillars), name, _tagged(id_)) for id_, name in names.items()),
            *_searches(workspace, audience),
        ]
        for key, name, is_about in subjects:
            feed = build_feed(key, name, filter(is_about, cards), names, language)
            path = out / f"{_file_name(key)}.{language}.atom"
            changed += _write(path, to_atom(feed))
            written.add(path)
    _take_away(path for path in out.glob("*.atom") if path not in written)
    return len(written), changed


def _key(concept: str, pillars: set[str]) -> str:
    return f"pillar/{concept}" if concept in pillars else f"file/{concept}"


def _tagged(concept: str) -> Callable[[Card], bool]:
    return lambda card: concept in card.concepts


def _searches(workspace: Workspace, audience: Audience) -> Iterator[Subject]:
    for search in saved(workspace):
        query = saved_query(workspace, search.line, search.filters, audience)
        hits = library.search(workspace, query).hits
        ids = {id_ for hit in hits for id_ in (hit.document, hit.work)}
        yield f"search/{search.name}", search.name, _within(ids)


def _within(ids: set[str]) -> Callable[[Card], bool]:
    return lambda card: card.work in ids or card.document in ids


def _file_name(key: str) -> str:
    """Return the name of a feed's file; that of a search is told apart by a digest."""
    kind, _, name = key.partition("/")
    if kind != "search":
        return f"{kind}-{name}"
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:40]
    digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
    return f"search-{plain}-{digest}" if plain else f"search-{digest}"


def _write(path: Path, content: bytes) -> bool:
    """Write a file unless it holds that already; return whether it did not."""
    try:
        if path.exists() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error
    write_whole(path, content)
    return True


def _take_away(paths: Iterable[Path]) -> None:
    """Remove feeds that fourp wrote, and leave those of others."""
    for path in paths:
        try:
            if _OURS in path.read_bytes()[:_HEAD]:
                path.unlink()
        except OSError as error:
            raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> WriteError:
    return WriteError(
        f"cannot be written ({error.strerror})",
        where=str(path),
        remedy="check free space and the permissions of its folder, then run this again",
    )
