"""Evaluation: the tagger's main subjects against gold labels, on the files they name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.config.workspace import Workspace
from pipeline.core.document import Document
from pipeline.core.errors import ConfigError
from pipeline.core.failures import Failure
from pipeline.core.ports import Executor
from pipeline.core.tags import Tag
from pipeline.tagging.combined_tagger import CombinedTagger
from pipeline.tagging.evaluation import Evaluation, main_subjects
from pipeline.tagging.evaluation import evaluate as evaluate_tags
from pipeline.tagging.gold import GoldLabel, load_gold
from pipeline.tagging.intervals import Interval, difference, intervals
from pipeline.tagging.ranking import ranking
from pipeline.tagging.tagger_model import install_model, load_model, trained_on
from pipeline.workflows import assemble
from pipeline.workflows.labelled import read_labelled

ENOUGH_UNSEEN = 20  # documents that neither model learned from; with fewer, chance decides
# What a model that takes another's place may not score less in.
DECISIVE = ("pillars", "policy_files")


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An evaluation, and what to know of it.

    Attributes:
        order: Of suggestions: R-precision, nDCG, abstention curve, confusion (`tagging.ranking`).
        intervals: Of 95 %, by kind of concept and score.
        failed: Labelled files that could not be read.
        seen: Documents from whose labels the model in use learned, which flatters the scores.
    """

    scores: Evaluation
    order: Mapping[str, object]
    intervals: Mapping[str, Mapping[str, Interval]]
    failed: tuple[Failure, ...]
    seen: int

    def to_json(self) -> dict[str, object]:
        """Return all figures as one JSON object."""
        more = {"intervals": self.intervals, "failed": len(self.failed), "trained_on": self.seen}
        return {**self.scores.to_json(), **self.order, **more}


@dataclass(frozen=True, slots=True)
class Compared:
    """Two models on the documents from which neither learned.

    Attributes:
        current, other: Scores of the model in use, or of the vocabulary alone without one, and of
            the other model.
        gain: Intervals of 95 % for what the other one scores more.
        documents: On which they were compared.
        seen: Labelled documents left out, because one of the two learned from them.
        worse: What the other one scores less in, of what decides; empty if it may take the place.
        promoted: Whether it was put into use.
    """

    current: Evaluation
    other: Evaluation
    gain: Mapping[str, Mapping[str, Interval]]
    documents: int
    seen: int
    worse: tuple[str, ...]
    promoted: bool


def evaluate(
    workspace: Workspace,
    gold: Path,
    *,
    jobs: int | None = None,
    executor: Executor | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Evaluated:
    """Read and tag every labelled file and score the tags.

    A file that fails counts as a document without tags.

    Raises:
        ConfigError: If gold labels, settings or vocabulary are wrong.
    """
    vocabulary = assemble.vocabulary_of(workspace)
    labels = load_gold(gold, vocabulary)
    documents, failed = _read(workspace, gold, labels, jobs, executor, on_progress)
    suggested = {id_: (*one.tags, *one.candidates) for id_, one in documents.items()}
    predicted = _mains(suggested)
    taught = trained_on(workspace.model(assemble.TAGGER))
    return Evaluated(
        scores=evaluate_tags(labels, predicted, vocabulary),
        order=ranking(labels, suggested, vocabulary),
        intervals=intervals(labels, predicted, vocabulary),
        failed=failed,
        seen=sum(document.id in taught for document in documents.values()),
    )


def compare(
    workspace: Workspace,
    gold: Path,
    folder: Path,
    *,
    promote: bool = False,
    jobs: int | None = None,
    executor: Executor | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Compared:
    """Score another model beside the one in use, and put it into use if asked and not worse.

    Args:
        folder: Of the other model, as `fourp train --out` makes it.
        promote: Whether it takes the place of the one in use; a worse one never does.

    Raises:
        ConfigError: If labels, settings, vocabulary or model are wrong, or too few documents are
            left from which neither learned, or the model cannot be put into use.
    """
    vocabulary = assemble.vocabulary_of(workspace)
    labels = load_gold(gold, vocabulary)
    model = load_model(folder)
    if model is None or set(model.files) != {file.id for file in vocabulary.files}:
        raise ConfigError(
            ["there is no model for the policy files of the vocabulary"],
            where=str(folder),
            remedy="make one: fourp train GOLD --out FOLDER",
        )
    current = workspace.model(assemble.TAGGER)
    taught = trained_on(current) | trained_on(folder)
    documents, _ = _read(workspace, gold, labels, jobs, executor, on_progress)
    unseen = {id_: one for id_, one in documents.items() if one.id not in taught}
    if len(unseen) < ENOUGH_UNSEEN:
        raise ConfigError(
            [
                f"only {len(unseen)} of its documents taught neither model; "
                f"{ENOUGH_UNSEEN} are needed"
            ],
            where=str(gold),
            remedy="keep labels back from training, and compare on those",
        )
    kept = [label for label in labels if label.id in unseen]
    tagger = CombinedTagger(vocabulary, model)
    before = _mains({id_: one.tags for id_, one in unseen.items()})
    after = _mains({id_: tagger.suggest(one) for id_, one in unseen.items()})
    scores = [evaluate_tags(kept, given, vocabulary) for given in (before, after)]
    worse = tuple(kind for kind in DECISIVE if _micro(scores[1], kind) < _micro(scores[0], kind))
    promoted = promote and not worse
    if promoted:
        install_model(folder, workspace.root / "models" / assemble.TAGGER)
    return Compared(
        current=scores[0],
        other=scores[1],
        gain=difference(kept, before, after, vocabulary),
        documents=len(unseen),
        seen=len(documents) - len(unseen),
        worse=worse,
        promoted=promoted,
    )


def _micro(scores: Evaluation, kind: str) -> float:
    table = scores.to_json()[kind]
    assert isinstance(table, dict)
    return float(table["micro"]["f1"])


def _mains(suggested: Mapping[str, Sequence[Tag]]) -> dict[str, frozenset[str]]:
    return {id_: main_subjects(tags) for id_, tags in suggested.items()}


def _read(
    workspace: Workspace,
    gold: Path,
    labels: Sequence[GoldLabel],
    jobs: int | None,
    executor: Executor | None,
    on_progress: Callable[[int, int], None],
) -> tuple[dict[str, Document], tuple[Failure, ...]]:
    """Return the labelled documents that could be read, by label id, and those that failed."""
    failed: dict[str, Failure] = {}
    documents: dict[str, Document] = {}
    answers = read_labelled(
        workspace, gold, labels, jobs=jobs, executor=executor, on_progress=on_progress
    )
    for id_, answer in answers:
        if isinstance(answer, Failure):
            failed[answer.source.path] = answer
        else:
            documents[id_] = answer
    return documents, tuple(failed.values())
