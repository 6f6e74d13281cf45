"""The state of a library: its sizes, what failed, what waits, and whether its index is in step."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config.workspace import Workspace
from pipeline.core.digests import State
from pipeline.core.errors import ConfigError, IndexUnusableError, OutdatedIndexError
from pipeline.workflows import assemble
from pipeline.workflows.verifying import MEND, UPDATE

if TYPE_CHECKING:
    from pipeline.catalogue.figures import Figures, LastRun, Reason, Sizes

RUNS = 3  # ingests told of
REASONS = 10  # reasons of failures told of

FAILURES = "fourp failures"
REBUILD = "fourp index rebuild"
RETRY = "fourp ingest FOLDER --retry-failed"
RETAG = "fourp retag"
REVIEW = "fourp review"
SEND = "fourp digest --send"
DECIDE = "fourp digest"
SAVED = "fourp saved"
TRAIN = "fourp train"


@dataclass(frozen=True, slots=True)
class IndexState:
    """How index and catalogue stand, by what the catalogue noted and by their counts.

    Attributes:
        told: "in step", or what is the matter.
        documents: In the index.
        lacking: Documents that it lacks or has outdated.
        mends: The command that brings it in step; "" where it is.
        searchable: Whether there is an index that this fourp can search.
    """

    told: str
    documents: int
    lacking: int
    mends: str
    searchable: bool = True


@dataclass(frozen=True, slots=True)
class TaggerState:
    """What tags new documents.

    Attributes:
        told: "trained model" or "vocabulary alone", and why.
        trained_on: ISO date; "" where there is no model.
        digest: Of the model, 64 hexadecimal digits; "" where there is none.
        mends: The command that mends it; "" where nothing is wrong.
    """

    told: str
    trained_on: str = ""
    digest: str = ""
    mends: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a library.

    Attributes:
        languages: Code, documents and works, most documents first.
        catalogue_bytes, index_bytes: On disk.
        runs: The last ingests, latest first.
        reasons: Why documents failed, most frequent first, `REASONS` at most.
        messages: Digests that are kept and that nobody got yet.
        uncertain: Digests of which nobody knows whether they came.
    """

    sizes: Sizes
    languages: tuple[tuple[str, int, int], ...]
    catalogue_bytes: int
    index_bytes: int
    runs: tuple[LastRun, ...]
    reasons: tuple[Reason, ...]
    index: IndexState
    tagger: TaggerState
    messages: int = 0
    uncertain: int = 0

    @property
    def is_well(self) -> bool:
        """Whether nothing failed, index and tagger can be used, and no message is in doubt."""
        return not (self.sizes.failures or self.index.mends or self.tagger.mends or self.uncertain)


def library_status(workspace: Workspace) -> Status:
    """Return the state of a library; no text is read and nothing is changed.

    Raises:
        CatalogueError: If the catalogue cannot be used.
        ConfigError: If the vocabulary is wrong.
    """
    from pipeline.catalogue.figures import Figures

    with assemble.catalogue_of(workspace) as catalogue, catalogue.snapshot() as state:
        figures = Figures(state)
        sizes = figures.sizes()
        return Status(
            sizes=sizes,
            languages=tuple(figures.languages()),
            catalogue_bytes=_bytes(workspace.catalogue.parent.glob(f"{workspace.catalogue.name}*")),
            index_bytes=_bytes(workspace.index.rglob("*")),
            runs=tuple(figures.runs(RUNS)),
            reasons=tuple(figures.reasons(REASONS)),
            index=_index(workspace, figures, sizes.documents),
            tagger=_tagger(workspace),
            messages=len(catalogue.digests.outgoing(State.PREPARED)),
            uncertain=len(catalogue.digests.outgoing(State.SENDING)),
        )


def _index(workspace: Workspace, figures: Figures, documents: int) -> IndexState:
    from pipeline.index.whoosh_index import WhooshIndex

    try:
        index = WhooshIndex.open(workspace.index, writable=False)
    except OutdatedIndexError as error:
        return IndexState(error.what, 0, documents, REBUILD, searchable=False)
    except IndexUnusableError as error:
        mends = REBUILD if documents else ""  # a new workspace lacks nothing
        return IndexState(error.what, 0, documents, mends, searchable=False)
    try:
        held, lacking = index.count(), figures.lacking(index.generation)
    finally:
        index.close()
    if lacking:
        return IndexState("behind the catalogue", held, lacking, UPDATE)
    if held != documents:
        return IndexState("not what the catalogue holds", held, 0, MEND)
    return IndexState("in step", held, 0, "")


def _tagger(workspace: Workspace) -> TaggerState:
    from pipeline.tagging.tagger_model import CARD, load_model

    folder = workspace.model(assemble.TAGGER)
    try:
        model = load_model(folder)
    except ConfigError as error:
        return TaggerState(error.problems[0], mends=TRAIN)
    if model is None:
        return TaggerState("vocabulary alone: there is no trained model")
    day = str(json.loads((folder / CARD).read_bytes()).get("trained_on", ""))
    files = {file.id for file in assemble.vocabulary_of(workspace).files}
    if set(model.files) != files:
        told = "vocabulary alone: the trained model knows other policy files"
        return TaggerState(told, day, model.digest, TRAIN)
    return TaggerState("trained model", day, model.digest)


def _bytes(paths: Iterable[Path]) -> int:
    total = 0
    for path in paths:
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:  # another process makes the index anew
            continue
    return total
