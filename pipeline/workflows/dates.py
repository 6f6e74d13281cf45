"""Key dates of the library: found where they are not known yet, then listed."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.config.workspace import Workspace
from pipeline.core.audience import Audience
from pipeline.core.concepts import Vocabulary
from pipeline.core.errors import ConfigError
from pipeline.core.key_dates import KeyKind
from pipeline.core.text import fold
from pipeline.workflows import assemble

if TYPE_CHECKING:
    from pipeline.report.agenda import Item
    from pipeline.report.values import Language
    from pipeline.report.wording import Labels


def agenda(
    workspace: Workspace,
    *,
    since: str,
    until: str = "",
    pillars: Sequence[str] = (),
    files: Sequence[str] = (),
    groups: Sequence[str] = (),
    kinds: Sequence[KeyKind] = (),
    audience: Audience,
    language: Language,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> tuple[Item, ...]:
    """Return what documents announce for a period, by day; each work's once.

    Documents that came in since the last time are looked through first, in all languages; what is
    found is kept in the catalogue.

    Args:
        since, until: ISO dates, both included; no end where ``until`` is "".
        pillars, files, groups: By id or name; of each of the three at least one must fit.
        audience: Who is to read them; what is not for them is left out.
        progress: Told how many documents of how many have been looked through.

    Raises:
        ConfigError: If vocabulary or groups are wrong, or there is nothing of that name.
        CatalogueError: If the catalogue cannot be used.
        WriteError: If what is found cannot be kept.
    """
    from pipeline.description.key_dates import VERSION, key_dates
    from pipeline.report.agenda import build_agenda

    vocabulary = assemble.vocabulary_of(workspace)
    about = _about(workspace, vocabulary, pillars=pillars, files=files, groups=groups)
    with assemble.catalogue_of(workspace) as catalogue:
        waiting = catalogue.key_dates.waiting(VERSION)
        for done in catalogue.key_dates.find(waiting, key_dates, version=VERSION):
            progress(done, len(waiting))
        found = catalogue.key_dates.between(
            since, until, kinds=kinds, about=about, audience=audience
        )
        return build_agenda(found, vocabulary, language)


def calendar(items: Sequence[Item], words: Labels) -> bytes:
    """Return an agenda as iCalendar."""
    from pipeline.report.ics import to_ics

    return to_ics(items, words)


def _about(
    workspace: Workspace,
    vocabulary: Vocabulary,
    *,
    pillars: Sequence[str],
    files: Sequence[str],
    groups: Sequence[str],
) -> list[set[str]]:
    """Return the sets of concepts of which a work must have one each."""
    about = []
    for asked, what, concepts in (
        (pillars, "pillar", vocabulary.pillars),
        (files, "policy file", vocabulary.files),
    ):
        known: dict[str, str] = {}
        for concept in concepts:
            for name in (concept.id, *concept.labels.values()):
                known.setdefault(fold(name), concept.id)
        if asked:
            chosen = {_named(one, what, known) for one in asked}
            about.append(chosen | {file.id for file in vocabulary.files if file.broader in chosen})
    if groups:
        all_groups = assemble.groups_of(workspace, vocabulary)
        ids = {fold(name): group.id for group in all_groups for name in group.names.values()}
        ids |= {fold(group.id): group.id for group in all_groups}
        ours = {_named(one, "expert group", ids) for one in groups}
        about.append({file for group in all_groups if group.id in ours for file in group.files})
    return about


def _named(name: str, what: str, known: Mapping[str, str]) -> str:
    if fold(name) in known:
        return known[fold(name)]
    ids = sorted(set(known.values()))
    close = difflib.get_close_matches(fold(name), ids, n=1)
    raise ConfigError(
        [f"there is no {what} {name!r}"],
        where="key dates",
        remedy=f"did you mean {close[0]}?" if close else "choose one of: " + ", ".join(ids),
    )
