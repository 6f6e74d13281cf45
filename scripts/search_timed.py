"""One engine at one task in a process of its own, so that its CPU and memory are its own.

    python -m scripts.search_timed build ENGINE FOLDER LIBRARY
    python -m scripts.search_timed ask ENGINE FOLDER LIBRARY
    python -m scripts.search_timed add ENGINE FOLDER LIBRARY
    python -m scripts.search_timed once ENGINE FOLDER SEARCH
    python -m scripts.search_timed profile ENGINE FOLDER LIBRARY CLASS

LIBRARY is what `search_library.write` wrote, SEARCH a `Search` as JSON. Prints JSON; ``profile``
prints the functions that took longest.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from scripts.search_engines import ENGINES, Engine
from scripts.search_library import Search, read, searches

WARMING, MEASURED = 10, 50  # searches of each class; none is asked twice
ADDED = 5  # documents, each alone
SHOWN = 15  # functions of a profile


def main() -> None:
    """Do the task that the arguments name."""
    task, name, folder, *rest = sys.argv[1:]
    engine = ENGINES[name](Path(folder))
    match task:
        case "build":
            print(json.dumps(_build(engine, Path(rest[0]))))
        case "ask":
            print(json.dumps(_ask(engine, Path(rest[0]))))
        case "add":
            print(json.dumps(_add(engine, Path(rest[0]))))
        case "once":
            engine.open()
            print(json.dumps(engine.ask(Search(**json.loads(rest[0])))))
        case "profile":
            _profile(engine, Path(rest[0]), rest[1])


class Clock:
    """CPU seconds of this process but for the making of documents."""

    def __init__(self) -> None:
        self.apart = 0.0

    def passing(self, engine: Engine, library: Path) -> Iterator[Any]:
        """Yield documents, prepared for an engine off the clock."""
        documents = map(engine.prepared, read(library))
        while True:
            begun = time.process_time()
            made = next(documents, None)
            self.apart += time.process_time() - begun
            if made is None:
                return
            yield made


def _build(engine: Engine, library: Path) -> dict[str, float]:
    clock = Clock()
    begun, wall = time.process_time(), time.monotonic()
    engine.build(clock.passing(engine, library))
    cpu = time.process_time() - begun - clock.apart
    return {"cpu": cpu, "wall": time.monotonic() - wall - clock.apart}


def _ask(engine: Engine, library: Path) -> dict[str, dict[str, list[float]]]:
    """Return milliseconds, wall and CPU, of each search by class, after other searches."""
    engine.open()
    for search in searches(library, WARMING, seed=1):
        engine.ask(search)
    took: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for search in searches(library, MEASURED, seed=2):
        cpu, wall = time.process_time(), time.perf_counter()
        hits = engine.ask(search)
        row = took[search.kind]
        row["wall"].append(1000 * (time.perf_counter() - wall))
        row["cpu"].append(1000 * (time.process_time() - cpu))
        row["hits"].append(hits)
    return took


def _add(engine: Engine, library: Path) -> dict[str, list[float]]:
    """Return milliseconds, wall and CPU, of taking in one document more."""
    made = next(read(library))
    took: dict[str, list[float]] = {"wall": [], "cpu": []}
    for number in range(ADDED):
        document = engine.prepared(replace(made, id=f"added-{number}"))
        cpu, wall = time.process_time(), time.perf_counter()
        engine.add(document)
        took["wall"].append(1000 * (time.perf_counter() - wall))
        took["cpu"].append(1000 * (time.process_time() - cpu))
    return took


def _profile(engine: Engine, library: Path, kind: str) -> None:
    import cProfile
    import pstats

    engine.open()
    for search in searches(library, WARMING, seed=1):
        engine.ask(search)
    chosen = [search for search in searches(library, MEASURED, seed=2) if search.kind == kind]
    profile = cProfile.Profile()
    profile.enable()
    for search in chosen:
        engine.ask(search)
    profile.disable()
    pstats.Stats(profile).strip_dirs().sort_stats("tottime").print_stats(SHOWN)


if __name__ == "__main__":
    main()
