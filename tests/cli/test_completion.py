"""What a shell is offered when somebody presses the tabulator."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli.completion import VARIABLE
from pipeline.config.workspace import Workspace
from pipeline.execution.serial import SerialExecutor
from pipeline.workflows import assemble
from pipeline.workflows.indexing import rebuild_index
from pipeline.workflows.ingest import ingest
from tests import libraries
from tests.cli.conftest import Fourp
from tests.cli.terminals import ROOT
from tests.documents import document
from tests.subscriptions import subscribe, subscriber

PROGRAM = (
    "import sys\nfrom pipeline.cli.main import main\n"
    "try:\n    main()\nexcept SystemExit:\n    pass\n"
    "print('HEAVY', sorted({'spacy', 'sklearn', 'numpy', 'pdfplumber', 'langdetect', 'rich'}"
    " & set(sys.modules)))\n"
)


def offered(*words: str, workspace: Path) -> list[str]:
    """Return what a shell is offered for the last word, none of it by a heavy library."""
    asking = {
        VARIABLE: "fish_complete",  # which writes names as they are
        "COMP_WORDS": " ".join(["fourp", *words[:-1]]),
        "COMP_CWORD": words[-1],
        "FOURP_WORKSPACE": str(workspace),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, cwd=ROOT,
        env=os.environ | asking,
    )  # fmt: skip
    *lines, heavy = done.stdout.splitlines()
    # Kinds are counted by the search index, which is made of arrays; SQLAlchemy takes as long.
    assert heavy in (("HEAVY []", "HEAVY ['numpy']") if "--kind" in words else ("HEAVY []",))
    return [line.removeprefix("plain,") for line in lines if line]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["search", "--pillar", ""], ["planet"]),
        (["search", "--file", ""], ["water", "energy"]),
        (["save", "name", "--file", "wa"], ["water"]),
        (["search", "--lang", "e"], ["el", "en", "es", "et"]),
        (["show", "wat"], ["water.txt"]),
        (["open", "e"], ["eau.txt", "energy.txt"]),
        (["explain", "water.txt", "en"], ["energy"]),
        (["tag", "water.txt", "+"], ["+water", "+energy"]),
        (["topics", "--file", "x"], []),
        (["report", "--group", ""], ["planet"]),
    ],
)
def test_values_of_options_and_names_of_documents_are_offered(
    filled: Path, words: list[str], values: list[str]
) -> None:
    assert offered(*words, workspace=filled) == values


def test_kinds_and_saved_searches_are_those_of_the_library(fourp: Fourp, tmp_path: Path) -> None:
    workspace = libraries.library(tmp_path / "library")
    with assemble.catalogue_of(workspace) as catalogue:
        catalogue.store([document()], reading_version="1", recipe_version="1")
    rebuild_index(workspace)
    fourp("--workspace", workspace.root, "save", "sewers", "sewage")
    assert offered("new", "s", workspace=workspace.root) == ["sewers"]
    assert offered("search", "--kind", "pos", workspace=workspace.root) == ["position paper"]


def test_subscribers_are_offered_by_their_ids(tmp_path: Path) -> None:
    workspace = libraries.library(tmp_path / "library")
    assert offered("digest", "--subscriber", "", workspace=workspace.root) == []
    subscribe(workspace, [subscriber("north"), subscriber("sud")])
    assert offered("digest", "--subscriber", "s", workspace=workspace.root) == ["sud"]


@pytest.mark.parametrize("words", [["show", ""], ["search", "--kind", ""], ["new", ""]])
def test_an_empty_workspace_offers_nothing_and_stays_empty(
    tmp_path: Path, words: list[str]
) -> None:
    workspace = libraries.library(tmp_path / "library")
    assert offered(*words, workspace=workspace.root) == []
    assert not workspace.catalogue.exists()
    assert offered(*words, workspace=tmp_path) == []  # which is none


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_asks_fourp(fourp: Fourp, shell: str) -> None:
    printed = fourp("completion", shell)
    assert printed.code == 0
    assert f"{VARIABLE}={shell}_complete" in printed.out


def test_a_shell_that_is_not_known_is_refused(fourp: Fourp) -> None:
    assert fourp("completion", "cmd").code == 2


@pytest.fixture
def odd_names(tmp_path: Path) -> Workspace:
    workspace = libraries.library(tmp_path / "library")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("Water paper (final).txt", "Water, air & fire's.txt", "Water$HOME.txt"):
        (inbox / name).write_text(libraries.WATER + name)
    ingest(workspace, [inbox], executor=SerialExecutor())
    return workspace


@pytest.mark.skipif(shutil.which("bash") is None, reason="asks bash")
def test_bash_gets_names_with_spaces_as_one_word(odd_names: Workspace) -> None:
    script = (
        'eval "$(fourp completion bash)"\n'
        "COMP_WORDS=(fourp show Wat)\nCOMP_CWORD=2\n_fourp_completion fourp\n"
        'for one in "${COMPREPLY[@]}"; do eval "set -- $one"; echo "$#:$1"; done\n'
    )
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=True,
        env=_environment(odd_names),
    )  # fmt: skip
    assert done.stdout.splitlines() == [
        "1:Water paper (final).txt", "1:Water$HOME.txt", "1:Water, air & fire's.txt",
    ]  # fmt: skip


@pytest.mark.skipif(shutil.which("fish") is None, reason="asks fish")
def test_fish_gets_commands_values_and_names_with_spaces(odd_names: Workspace) -> None:
    script = (
        "source (fourp completion fish | psub)\n"
        'for line in "fourp sea" "fourp search --pillar p" "fourp show Water,"\n'
        '    complete -C "$line"\nend\n'
    )
    done = subprocess.run(
        ["fish", "--no-config", "-c", script], capture_output=True, text=True, check=True,
        env=_environment(odd_names),
    )  # fmt: skip
    offers = [line.partition("\t")[0] for line in done.stdout.splitlines()]
    assert offers == ["search", "planet", "Water, air & fire's.txt"]


@pytest.mark.skipif(shutil.which("zsh") is None, reason="asks zsh")
def test_zsh_completes_commands_values_and_names_with_spaces(
    odd_names: Workspace, tmp_path: Path
) -> None:
    environment = _environment(odd_names) | {"TERM": "dumb", "HOME": str(tmp_path)}
    for typed, completed in (
        ("fourp sea", "fourp search "),
        ("fourp search --pillar p", "fourp search --pillar planet "),
        ("fourp show Water,", "fourp show Water,\\ air\\ \\&\\ fire\\'s.txt "),
    ):
        script = (
            "zmodload zsh/zpty\nzpty z zsh -f -i\n"
            "zpty -w z 'PS1=; autoload -Uz compinit; compinit -u -D'\n"
            "zpty -w z 'eval \"$(fourp completion zsh)\"; echo re''ady'\n"
            "zpty -r z shown '*ready*'\n"
            f"zpty -w -n z {shlex.quote(typed)}$'\\t'\n"
            f"zpty -r z shown '*'{shlex.quote(completed)}'*' && print found\nzpty -d z\n"
        )
        done = subprocess.run(
            ["zsh", "-f", "-c", script], capture_output=True, text=True, timeout=600,
            env=environment, check=False,
        )  # fmt: skip
        assert "found" in done.stdout, done


def _environment(workspace: Workspace) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": path, "FOURP_WORKSPACE": str(workspace.root)}
