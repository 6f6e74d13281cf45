"""``fourp completion``, and the values that a shell is offered: files, kinds, documents ..."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from pipeline.config.workspace import Workspace

VARIABLE = "_FOURP_COMPLETE"  # by which the shell's script asks
DOCUMENTS = 50  # names offered at once

SHELLS = ("bash", "zsh", "fish")
# What a shell takes for more than itself.
_SPECIAL = re.compile(r"[^\w@%+=:,./-]")

Offered = Callable[[click.Context, click.Parameter, str], list[str]]


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script by which SHELL completes commands, options and their values.

    \b
    bash  fourp completion bash > ~/.local/share/bash-completion/completions/fourp
    zsh   fourp completion zsh > "${fpath[1]}/_fourp"
    fish  fourp completion fish > ~/.config/fish/completions/fourp.fish

    Example: fourp completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    prepare()
    if made := get_completion_class(shell):
        click.echo(made(context.find_root().command, {}, "fourp", VARIABLE).source(), nl=False)


def prepare() -> None:
    """Have bash keep names with spaces in one word, and fish names with commas whole.

    click's own scripts do neither.
    """
    from click.shell_completion import BashComplete, FishComplete, add_completion_class

    class Bash(BashComplete):
        def format_completion(self, item: CompletionItem) -> str:
            quoted = _SPECIAL.sub(r"\\\g<0>", item.value)
            # The script reads it with `read`, which takes one backslash of two away.
            item.value = quoted.replace("\\", "\\\\")
            return super().format_completion(item)

    class Fish(FishComplete):
        source_template = FishComplete.source_template.replace(
            'string split "," ', 'string split --max 1 "," '
        )

    add_completion_class(Bash)
    add_completion_class(Fish)


def is_asked() -> bool:
    """Return whether a shell asks, instead of somebody who gives a command."""
    return VARIABLE in os.environ


def _offered(values: Callable[[Workspace, str], Iterable[str]]) -> Offered:
    """Return what offers those of the values that begin as it was typed; nothing where it fails."""

    def offer(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
        from pipeline.config.workspace import open_workspace
        from pipeline.core.errors import FourpError

        with suppress(FourpError, OSError):
            workspace = open_workspace(context.find_root().params.get("workspace_dir"))
            return [value for value in values(workspace, begun) if value.startswith(begun)]
        return []

    return offer


def _pillars(workspace: Workspace, _begun: str) -> list[str]:
    from pipeline.workflows.assemble import vocabulary_of

    return [pillar.id for pillar in vocabulary_of(workspace).pillars]


def _files(workspace: Workspace, _begun: str) -> list[str]:
    from pipeline.workflows.assemble import vocabulary_of

    return [file.id for file in vocabulary_of(workspace).files]


def _signed(workspace: Workspace, begun: str) -> list[str]:
    """Return policy files with the sign before them that a decision has."""
    return [begun[:1] + file for file in _files(workspace, begun) if begun[:1] in ("+", "-")]


def _languages(_workspace: Workspace, _begun: str) -> list[str]:
    from pipeline.core.languages import EU_LANGUAGES

    return list(EU_LANGUAGES)


def _report_languages(workspace: Workspace, _begun: str) -> list[str]:
    from pipeline.report.labels import languages

    return list(languages(workspace.locale))


def _kinds(workspace: Workspace, _begun: str) -> list[str]:
    from pipeline.core.query import Query
    from pipeline.workflows.library import search

    return list(search(workspace, Query(None, limit=1, facets=("kind",))).facets["kind"])


def _documents(workspace: Workspace, begun: str) -> list[str]:
    from pipeline.workflows.assemble import catalogue_of

    if not workspace.catalogue.exists():
        return []
    with catalogue_of(workspace) as catalogue:
        return catalogue.names(begun, limit=DOCUMENTS)


def _documents_and_audiences(workspace: Workspace, begun: str) -> list[str]:
    from pipeline.core.audience import Audience

    said = [f"audience={who}" for who in (*Audience, "auto")]
    return [*said, *_documents(workspace, begun)]


def _searches(workspace: Workspace, _begun: str) -> list[str]:
    from pipeline.workflows.saved_searches import saved

    return [one.name for one in saved(workspace)] if workspace.catalogue.exists() else []


def _groups(workspace: Workspace, _begun: str) -> list[str]:
    from pipeline.report.listed_file import entries, text
    from pipeline.workflows.assemble import GROUPS

    return [text(one, "id") for one in entries(workspace.model(GROUPS), "groups", fewest=1)]


def _subscribers(workspace: Workspace, _begun: str) -> list[str]:
    from pipeline.report.listed_file import entries, text

    path = workspace.subscribers
    listed = entries(path, "subscribers", fewest=0) if path.exists() else []
    return [text(one, "id") for one in listed]


pillars = _offered(_pillars)
files = _offered(_files)
signed = _offered(_signed)
languages = _offered(_languages)
report_languages = _offered(_report_languages)
kinds = _offered(_kinds)
documents = _offered(_documents)
documents_and_audiences = _offered(_documents_and_audiences)
searches = _offered(_searches)
groups = _offered(_groups)
subscribers = _offered(_subscribers)
