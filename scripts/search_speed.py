"""How quick search is as a library grows, beside tantivy, SQLite FTS5 and Recoll.

Documents are made of real texts (see scripts/search_library.py), searches of words in them; each
engine has the same ones, in a process of its own.

    docs/CPU s   documents indexed in a CPU second; the cutting into passages is not counted, nor is
                 making the documents. Recoll's figure holds reading the files.
    hot          milliseconds in one process that answered other searches before; no search is asked
                 twice. p50 and p95 of wall time and of CPU. fourp has passages, folded to
                 documents, makes ten snippets and counts matches each time; the peers have whole
                 documents, and make snippets in the last two classes alone
    + one        the same of taking in one document more and committing it
    cold         a new process for each search, as the command line is used; files are in the
                 system's cache. fourp: `fourp search`, which counts five facets each time;
                 tantivy and FTS5: a Python that opens the index; Recoll: recollq.

Recoll (Debian: recollcmd) is measured up to 10,000 documents.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scripts.search_engines import ENGINES, LIMIT, line_of
from scripts.search_library import CLASSES, Search, read, searches, write
from scripts.search_measures import mean, percentile
from scripts.search_rankers import HAS_TANTIVY
from scripts.spawning import Spawned, spawned

ROOT = Path(__file__).resolve().parents[1]
FOURP = ROOT / ".venv" / "bin" / "fourp"
TIMED = (sys.executable, "-m", "scripts.search_timed")
COLD = ("single", "AND of three", "phrase")
COLD_RUNS = 5  # of each class
PROFILED = 2  # classes
RECOLL, RECOLL_AT_MOST = "Recoll", 10_000

Command = Sequence[str | Path]


def measure(
    sizes: Sequence[int], data: Path, pillars: Mapping[str, str], *, profile: bool = False
) -> None:
    """Print the tables for each size.

    Args:
        sizes: Numbers of documents.
        data: Folder with ``eurlex`` and ``eurlex-works.jsonl``.
        pillars: Pillar by policy file.
        profile: Whether to print where fourp's time goes in its slowest classes of searches.
    """
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            library = Path(scratch, "library.jsonl")
            write(
                library,
                size,
                texts=data / "eurlex",
                works=data / "eurlex-works.jsonl",
                pillars=pillars,
            )
            _one_size(size, library, Path(scratch), profile=profile)


def _one_size(size: int, library: Path, scratch: Path, *, profile: bool) -> None:
    names = [name for name in ENGINES if name != "tantivy" or HAS_TANTIVY]
    print(f"\nspeed: {size} documents, {library.stat().st_size / 1e6:.0f} MB of text")
    print(f"{'index':16}{'docs/CPU s':>12}{'CPU s':>8}{'MB':>8}{'peak MiB':>10}")
    for name in names:
        run = _task("build", name, scratch, library)
        _index_row(name, size, json.loads(run.out)["cpu"], scratch / name, run.memory)
    recoll = shutil.which("recollq") is not None and size <= RECOLL_AT_MOST
    if recoll:
        run = _recoll_index(library, scratch)
        _index_row(RECOLL, size, run.cpu, scratch / RECOLL / "xapiandb", run.memory)
    else:
        print(f"{RECOLL}: not installed, or the library is too large for it here")
    _hot(names, scratch, library, profile=profile)
    _cold([*names, *([RECOLL] if recoll else [])], scratch, library)


def _index_row(name: str, size: int, cpu: float, folder: Path, memory: float) -> None:
    stored = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    print(f"{name:16}{size / cpu:>12.0f}{cpu:>8.1f}{stored:>8.0f}{memory:>10.0f}", flush=True)


def _hot(names: Sequence[str], scratch: Path, library: Path, *, profile: bool) -> None:
    runs = {name: _task("ask", name, scratch, library) for name in names}
    took: dict[str, Any] = {name: json.loads(run.out) for name, run in runs.items()}
    for name in names:
        took[name]["+ one"] = json.loads(_task("add", name, scratch, library).out)
    print(f"{'hot, ms':20}" + "".join(f"{name:^34}" for name in names))
    print(f"{'':20}" + f"{'p50':>10}{'p95':>8}{'CPU 50':>8}{'CPU 95':>8}" * len(names))
    for kind in (*CLASSES, "+ one"):
        row = ""
        for name in names:
            wall, cpu = took[name][kind]["wall"], took[name][kind]["cpu"]
            row += f"{percentile(wall, 50):>10.1f}{percentile(wall, 95):>8.1f}"
            row += f"{percentile(cpu, 50):>8.1f}{percentile(cpu, 95):>8.1f}"
        print(f"{kind:20}{row}", flush=True)
    memory = "".join(f"{runs[name].memory:>34.0f}" for name in names)
    print(f"{'peak MiB':20}{memory}", flush=True)
    slowest = sorted(CLASSES, key=lambda kind: -mean(took["fourp"][kind]["cpu"]))
    for kind in slowest[:PROFILED] if profile else ():
        print(f"\nfourp, {kind}:")
        print(_run([*TIMED, "profile", "fourp", scratch / "fourp", library, kind]).out.strip())


def _cold(names: Sequence[str], scratch: Path, library: Path) -> None:
    print(f"{'cold':20}" + "".join(f"{name:^26}" for name in names))
    print(f"{'':20}" + f"{'wall ms':>10}{'CPU ms':>8}{'MiB':>8}" * len(names))
    asked = searches(library, COLD_RUNS, seed=3)
    for kind in COLD:
        row = ""
        for name in names:
            command = _command_of(name, scratch)
            runs = [_run(command(search)) for search in asked if search.kind == kind]
            wall, cpu, memory = (
                statistics.median(figures)
                for figures in zip(*((r.wall, r.cpu, r.memory) for r in runs), strict=True)
            )
            row += f"{1000 * wall:>10.0f}{1000 * cpu:>8.0f}{memory:>8.0f}"
        print(f"{kind:20}{row}", flush=True)


def _command_of(name: str, scratch: Path) -> Callable[[Search], Command]:
    """Return what makes the command of a search."""
    match name:
        case "fourp":
            start: list[str | Path] = [FOURP, "--workspace", scratch / name, "search"]
            return lambda search: [*start, line_of(search)]
        case "Recoll":
            recollq: list[str | Path] = ["recollq", "-c", scratch / RECOLL, "-n", str(LIMIT)]
            return lambda search: [*recollq, line_of(search)]
        case _:
            once: list[str | Path] = [*TIMED, "once", name, scratch / name]
            return lambda search: [*once, json.dumps(asdict(search))]


def _recoll_index(library: Path, scratch: Path) -> Spawned:
    """Index the texts as files, which are made before."""
    texts = scratch / "texts"
    for number, made in enumerate(read(library)):
        folder = texts / f"{number // 1000:03}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{made.id}.txt").write_text(f"{made.title}\n\n{made.text}", encoding="utf-8")
    (scratch / RECOLL).mkdir()
    (scratch / RECOLL / "recoll.conf").write_text(f"topdirs = {texts}\n")
    return _run(["recollindex", "-c", scratch / RECOLL])


def _task(task: str, name: str, scratch: Path, library: Path) -> Spawned:
    return _run([sys.executable, "-m", "scripts.search_timed", task, name, scratch / name, library])


def _run(command: Command) -> Spawned:
    run = spawned(command)
    if run.code not in (0, 1):  # 1: nothing found
        raise SystemExit(f"bench-search: {command[0]} ended with {run.code}")
    return run
