"""Asking: from what was typed, and options beside it, to a query with filters that exist."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from pipeline.config.workspace import Workspace
from pipeline.core.query import Filters, Node
from pipeline.core.text import fold
from pipeline.workflows import assemble

if TYPE_CHECKING:
    from pipeline.index.inline_filters import Known

# What names a pillar, policy file or expert group, and so needs to be looked up.
_NAMING = re.compile(r"\b(?:pillar|pilier|file|dossier|fiche|groupe?):", re.IGNORECASE)
_GROUPS = re.compile(r"\bgroupe?:", re.IGNORECASE)

_ANY = Filters()


def asked(
    workspace: Workspace, line: str, filters: Filters = _ANY, groups: Sequence[str] = ()
) -> tuple[Node | None, Filters]:
    """Return what is looked for, and all that every hit must be.

    Args:
        workspace: Whose pillars, policy files and expert groups can be named.
        line: As typed, maybe with filters in it.
        filters: Given beside it; pillars and files by id or by any of their names.
        groups: Expert groups whose policy files are meant.

    Raises:
        QueryError: If the line does not parse, or a filter names what does not exist.
        ConfigError: If the expert groups or the vocabulary are wrong.
    """
    from pipeline.index.inline_filters import identified, merged
    from pipeline.index.query_text import parse_line

    filters = _apart(filters)
    known = None
    if _NAMING.search(line) or filters.pillars or filters.files or groups:
        known = _known(workspace, groups=bool(groups or _GROUPS.search(line)))
    if known is not None:
        pillars = (
            identified(one, "pillar", known.pillars, line=f"--pillar {one}", at=9)
            for one in filters.pillars
        )
        files = (
            identified(one, "policy file", known.files, line=f"--file {one}", at=7)
            for one in filters.files
        )
        names = {name: name for name in known.groups}
        of_groups = (
            file
            for one in groups
            for file in known.groups[
                identified(one, "expert group", names, line=f"--group {one}", at=8)
            ]
        )
        filters = replace(filters, pillars=tuple(pillars), files=(*files, *of_groups))
    node, given = parse_line(line, known)
    return node, merged(filters, given)


def _apart(filters: Filters) -> Filters:
    """Return filters with several values that stand in one, as in ``fr,en``, as several."""
    several: dict[str, Any] = {
        field.name: tuple(
            one.strip()
            for value in getattr(filters, field.name)
            for one in value.split(",")
            if one.strip()
        )
        for field in fields(filters)
        if isinstance(getattr(filters, field.name), tuple)
    }
    return replace(filters, **several)


def _known(workspace: Workspace, *, groups: bool) -> Known:
    """Return what filters may name, as the index tells it, or else the vocabulary."""
    from pipeline.index.inline_filters import Known
    from pipeline.index.names import kept, names_of
    from pipeline.index.whoosh_folder import noted_pillars

    shown, are_pillars = kept(workspace.index).shown, noted_pillars(workspace.index)
    if not shown:
        vocabulary = assemble.vocabulary_of(workspace)
        shown = names_of(vocabulary).shown
        are_pillars = frozenset(pillar.id for pillar in vocabulary.pillars)
    pillars: dict[str, str] = {}
    files: dict[str, str] = {}
    for concept, names in shown.items():
        of = pillars if concept in are_pillars else files
        of[fold(concept)] = concept
        for of_language in names.values():
            for name in of_language:
                of.setdefault(fold(name), concept)
    return Known(pillars, files, _groups(workspace) if groups else {})


def _groups(workspace: Workspace) -> dict[str, tuple[str, ...]]:
    groups = assemble.groups_of(workspace, assemble.vocabulary_of(workspace))
    return {
        fold(name): group.files for group in groups for name in (group.id, *group.names.values())
    }
