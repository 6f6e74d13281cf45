"""The folder of the index: which generation is the live one, and who may write.

::

    index/
      current             names the live generation; replaced in one step
      pillars.json        which tags are pillars, so that a search need not load the vocabulary
      building            names a generation that is being made, to be gone on with after a kill
      writer.lock         held, by flock, while a process writes; a killed process lets go of it
      gen-<id>/           a Whoosh index
        fourp-index.json  says that we wrote it, and in which format

A new generation becomes live only when it is whole and on disk. What a killed process left
behind is no part of the live state and is removed by the next one that writes.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any
from uuid import uuid4

import whoosh
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, clean_files
from whoosh.util.filelock import FileLock

from pipeline.core.errors import IndexUnusableError, OutdatedIndexError
from pipeline.index.analysis import ANALYSIS_VERSION
from pipeline.index.whoosh_faults import REBUILD
from pipeline.index.whoosh_fields import schema

FORMAT_VERSION = 5  # raise it when what is stored, or how, changes

CURRENT = "current"
BUILDING = "building"
LOCK = "writer.lock"
META = "fourp-index.json"
PILLARS = "pillars.json"
_GENERATION = re.compile(r"gen-[0-9a-f]{32}")


class DurableStorage(FileStorage):
    """Files that are on disk before the table of contents that names them, unlike Whoosh's own."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._unsynced: set[Path] = set()

    def create_file(self, name: str, *given: Any, **options: Any) -> Any:
        """Return a new file to write to."""
        self._unsynced.add(Path(self.folder, name))
        return super().create_file(name, *given, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a file; all files made here are on disk before and the name after."""
        for path in self._unsynced:
            if path.exists():
                sync(path)
        self._unsynced.clear()
        super().rename_file(oldname, newname, safe=safe)
        sync(Path(self.folder))


def live_name(folder: Path) -> str | None:
    """Return the name of the live generation; nothing if there is none."""
    return _named(folder / CURRENT)


def building_name(folder: Path) -> str | None:
    """Return the name of the generation that is being made; nothing if there is none."""
    name = _named(folder / BUILDING)
    return None if name == live_name(folder) else name


def live_generation(folder: Path) -> Path:
    """Return the folder of the live generation, which this version of fourp can read.

    Raises:
        OutdatedIndexError: If it is of another version.
        IndexUnusableError: If there is none, or it is not ours.
    """
    name = live_name(folder)
    if name is None:
        raise IndexUnusableError(
            "holds no search index", where=str(folder), remedy="ingest documents or " + REBUILD
        )
    generation = folder / name
    if not _is_of_this_version(generation):
        raise OutdatedIndexError(
            "was made by another version of fourp", where=str(folder), remedy=REBUILD
        )
    return generation


def building_generation(folder: Path) -> Path | None:
    """Return the folder of the generation that is being made, if this version can go on with it."""
    name = building_name(folder)
    if name is None:
        return None
    try:
        return folder / name if _is_of_this_version(folder / name) else None
    except IndexUnusableError:  # killed before it was begun
        return None


def generation_id(generation: Path) -> str:
    """Return the id that was given to a generation when it was made."""
    return generation.name.removeprefix("gen-")


def new_generation(folder: Path) -> Path:
    """Make an empty generation that is not live yet."""
    generation = folder / f"gen-{uuid4().hex}"
    generation.mkdir()
    FileIndex.create(DurableStorage(str(generation)), schema())
    meta = json.dumps(_new_meta(generation_id(generation)), indent=2) + "\n"
    (generation / META).write_text(meta, encoding="utf-8")
    return generation


def opened(generation: Path) -> FileIndex:
    """Return the Whoosh index of a generation."""
    # With the schema given, the pickled one in the file is passed over.
    return FileIndex(DurableStorage(str(generation)), schema=schema())


def make_live(folder: Path, generation: Path) -> None:
    """Put a whole generation in the place of the live one, in one step that lasts."""
    sync(generation / META)
    sync(generation)
    _name(folder / CURRENT, generation)
    (folder / BUILDING).unlink(missing_ok=True)


def note_building(folder: Path, generation: Path) -> None:
    """Note that a generation is being made, so that a killed process's work is gone on with."""
    _name(folder / BUILDING, generation)


def note_pillars(folder: Path, pillars: Collection[str]) -> None:
    """Keep which tags are pillars, for those who read the index later."""
    temporary = folder / f"{PILLARS}.new"
    temporary.write_text(json.dumps(sorted(pillars)) + "\n", encoding="utf-8")
    os.replace(temporary, folder / PILLARS)


def noted_pillars(folder: Path) -> frozenset[str]:
    """Return which tags are pillars, as the last writer said; none if none did."""
    try:
        noted = json.loads((folder / PILLARS).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):  # facets are then counted without the distinction
        return frozenset()
    return frozenset(map(str, noted)) if isinstance(noted, list) else frozenset()


def remove_leftovers(folder: Path) -> None:
    """Remove all generations but the live one and the one that is being made.

    Only for who holds the lock.
    """
    kept = {live_name(folder), building_name(folder)}
    for path in folder.iterdir():
        if _GENERATION.fullmatch(path.name) and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
    for name in (CURRENT, BUILDING):
        (folder / f"{name}.new").unlink(missing_ok=True)


def tidy(generation: Path) -> None:
    """Remove what a killed writer left in a generation; only for who holds the lock."""
    index = opened(generation)
    clean(index)
    shutil.rmtree(generation / f"{index.indexname}.tmp", ignore_errors=True)
    for unfinished in generation.glob(f"_{index.indexname}_*.toc.*"):
        unfinished.unlink()


def clean(index: FileIndex) -> None:
    """Remove the files that are no part of the last commit."""
    contents = index._read_toc()
    clean_files(index.storage, index.indexname, contents.generation, contents.segments)


def lock(folder: Path) -> FileLock:
    """Take the lock of the index, until it is released or the process ends.

    Raises:
        IndexUnusableError: If another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    held = FileLock(str(folder / LOCK))
    if not held.acquire():
        raise IndexUnusableError(
            "is being written by another process",
            where=str(folder),
            remedy="wait until that one has ended and try again",
        )
    return held


def sync(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _named(path: Path) -> str | None:
    """Return the name of the generation in a file; nothing if it names none."""
    try:
        name = path.read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None
    return name if _GENERATION.fullmatch(name) else None


def _name(path: Path, generation: Path) -> None:
    """Write the name of a generation into a file, in one step that lasts."""
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_text(generation.name + "\n", encoding="utf-8")
    sync(temporary)
    os.replace(temporary, path)
    sync(path.parent)


def _is_of_this_version(generation: Path) -> bool:
    """Return whether this version of fourp can read a generation.

    Raises:
        IndexUnusableError: If it is not ours.
    """
    meta = _meta(generation)
    return meta == _new_meta(str(meta.get("generation")))


def _new_meta(generation: str) -> dict[str, object]:
    return {
        "format": FORMAT_VERSION,
        "analysis": ANALYSIS_VERSION,
        "whoosh": ".".join(map(str, whoosh.__version__)),
        "generation": generation,
    }


def _meta(generation: Path) -> dict[str, object]:
    """Return what we wrote into a generation.

    Raises:
        IndexUnusableError: If there is no such file; Whoosh unpickles what it opens, so what
            we did not write is not opened.
    """
    try:
        meta = json.loads((generation / META).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexUnusableError(
            f"has no readable {META}, so fourp did not write it",
            where=str(generation),
            remedy=REBUILD,
        ) from error
    return meta if isinstance(meta, dict) else {}
