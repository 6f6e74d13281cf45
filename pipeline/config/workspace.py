"""Workspace: where corpus/, index/, models/ and fourp.toml stand, and who may write there."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipeline.config.settings import FILE_NAME, Settings, template
from pipeline.core.errors import CatalogueError, ConfigError

ENVIRONMENT_VARIABLE = "FOURP_WORKSPACE"
VOCABULARY = "vocabulary.yaml"
MODEL_FILES = (VOCABULARY, "expert-groups.yaml")
SUBSCRIBERS = "subscribers.yaml"
LANGUAGES = "vocabulary"  # folder of models/, one file a language

_PACKAGE = Path(__file__).resolve().parents[1]
_READMES = {
    "corpus": "What fourp has read: catalogue.sqlite. Back this folder up; it is the truth.\n",
    "index": "What fourp searches. It can always be made again: `fourp index rebuild`.\n",
    "models": "What the tagger knows: vocabulary.yaml, vocabulary/ (a file for each language),\n"
    "expert-groups.yaml and subscribers.yaml are yours to edit.\n",
}
_NOBODY = """\
# Who gets `fourp digest`, and of what. An entry is such as this one, without the signs before it:
#   - id: north
#     association: Association of Northern Towns
#     email: eu@north.example.org        # or a list
#     languages: [fr, en]                # the one they like best first
#     interests:                         # any of these four
#       files: [water, mobility]
#       pillars: [people]
#       groups: [planet]
#       searches: [sewers]               # as fourp saved lists them
#     frequency: weekly                  # daily, weekly, monthly, quarterly
#     audience: members                  # public, members, secretariat
subscribers: []
"""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with corpus/, index/, models/ and its settings."""

    root: Path
    settings: Settings

    @property
    def catalogue(self) -> Path:
        """The file of the catalogue."""
        return self.root / "corpus" / "catalogue.sqlite"

    @property
    def index(self) -> Path:
        """The folder of the search index."""
        return self.root / "index"

    @property
    def templates(self) -> Path:
        """The folder of templates that take the place of the default ones; it need not be there."""
        return self.root / "templates"

    @property
    def locale(self) -> Path:
        """The folder of catalogues of messages beside the shipped ones; it need not be there."""
        return self.root / "locale"

    @property
    def subscribers(self) -> Path:
        """The file of those who get digests; it need not be there."""
        return self.root / "models" / SUBSCRIBERS

    def model(self, name: str) -> Path:
        """Return the model file of that name: the workspace's own, else the default one."""
        own = self.root / "models" / name
        return own if own.exists() else default_models() / name

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to write to this workspace; released even by a killed process.

        Raises:
            CatalogueError: If another process writes to it, or it cannot be written.
        """
        with self._alone(".lock", "is being written by another fourp command"):
            yield

    @contextmanager
    def posting(self) -> Iterator[None]:
        """Hold the right to send messages; an ingest may go on meanwhile.

        Raises:
            CatalogueError: If another process sends messages, or the folder cannot be written.
        """
        with self._alone(".post.lock", "is sending messages by another fourp command"):
            yield

    @contextmanager
    def _alone(self, name: str, what: str) -> Iterator[None]:
        with self._lock(name) as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise CatalogueError(
                    what,
                    where=str(self.root),
                    remedy="wait until it has finished, then run this again",
                ) from error
            yield

    def _lock(self, name: str) -> IO[str]:
        folder = self.catalogue.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return (folder / name).open("a+")
        except OSError as error:
            raise CatalogueError(
                f"cannot be written ({error.strerror})",
                where=str(folder),
                remedy="check free space and the permissions of that folder, then run this again",
            ) from error


def open_workspace(chosen: Path | None = None) -> Workspace:
    """Return the workspace to work in.

    In this order: ``chosen``; the folder that FOURP_WORKSPACE names; the nearest folder upwards
    from here that has a fourp.toml; the project's own folder, if this is a checkout.

    Raises:
        ConfigError: If there is none, or its fourp.toml is wrong.
    """
    root = _root(chosen)
    return Workspace(root, Settings.load(root / FILE_NAME))


def make_workspace(root: Path) -> tuple[Path, ...]:
    """Make the folders and files of a workspace; what is there already stays as it is.

    Returns:
        The files that were made.

    Raises:
        ConfigError: If ``root`` cannot be a folder.
    """
    made: list[Path] = []
    try:
        for folder, text in _READMES.items():
            (root / folder).mkdir(parents=True, exist_ok=True)
            made += _write_new(root / folder / "README.md", text)
        made += _write_new(root / FILE_NAME, template())
        made += _write_new(root / "models" / SUBSCRIBERS, _NOBODY)
        for name in MODEL_FILES:
            target = root / "models" / name
            if target.exists():
                continue
            shutil.copyfile(default_models() / name, target)
            made.append(target)
            if name == VOCABULARY:  # languages go with the vocabulary that they translate
                languages = root / "models" / LANGUAGES
                languages.mkdir(exist_ok=True)
                for one in sorted((default_models() / LANGUAGES).iterdir()):
                    shutil.copyfile(one, languages / one.name)
    except OSError as error:
        raise ConfigError(
            [f"it cannot be made a workspace: {error.strerror}"],
            where=str(root),
            remedy="name a folder that you may write to",
        ) from error
    return tuple(made)


def default_models() -> Path:
    """Return the folder of the default vocabulary and groups: of the wheel, or of the checkout."""
    packaged = _PACKAGE / "default_models"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "models"


def _root(chosen: Path | None) -> Path:
    named = chosen or (Path(value) if (value := os.environ.get(ENVIRONMENT_VARIABLE)) else None)
    if named is not None:
        if (named / FILE_NAME).is_file():
            return named.resolve()
        raise ConfigError(
            [f"there is no {FILE_NAME}, so it is not a workspace"],
            where=str(named),
            remedy=f"make one there with `fourp init {named}`, or name another folder",
        )
    here = Path.cwd()
    for folder in (here, *here.parents, _PACKAGE.parent):
        if (folder / FILE_NAME).is_file():
            return folder
    raise ConfigError(
        ["no workspace here or above"],
        where=str(here),
        remedy="make one with `fourp init DIR`, or name one with --workspace DIR",
    )


def _write_new(path: Path, text: str) -> list[Path]:
    if path.exists():
        return []
    path.write_text(text, encoding="utf-8")
    return [path]
