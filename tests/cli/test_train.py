"""``fourp train``: people's labels and decisions become the model that tags."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from pipeline.config.workspace import Workspace, make_workspace, open_workspace
from pipeline.execution.serial import SerialExecutor
from pipeline.tagging.training import Example
from pipeline.workflows.ingest import ingest
from tests.cli.conftest import Fourp
from tests.tagging.training_set import examples, vocabulary_file


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of labels; the texts that it labels stand beside it."""
    folder = tmp_path_factory.mktemp("gold")
    return _labels(folder / "labels.jsonl", _written(folder, examples()))


def _written(folder: Path, papers: Iterable[Example]) -> list[str]:
    rows = []
    for example in papers:
        name = f"{example.work}.txt"
        (folder / name).write_text(example.document.text, encoding="utf-8")
        row = {
            "id": example.work,
            "path": name,
            "language": "en",
            "primary": sorted(example.primary),
            "secondary": sorted(example.secondary),
        }
        rows.append(json.dumps(row) + "\n")
    return rows


def _labels(file: Path, rows: Iterable[str]) -> Path:
    file.write_text("".join(rows), encoding="utf-8")
    return file


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "library"
    make_workspace(root)
    (root / "models" / "vocabulary.yaml").write_text(vocabulary_file(), encoding="utf-8")
    groups = "groups:\n  - {id: planet, name: {en: Planet, fr: Planète}, files: [water]}\n"
    (root / "models" / "expert-groups.yaml").write_text(groups, encoding="utf-8")
    return open_workspace(root)


def _card(workspace: Workspace) -> dict[str, Any]:
    card: dict[str, Any] = json.loads(
        (workspace.root / "models" / "tagger" / "card.json").read_text(encoding="utf-8")
    )
    return card


def test_training_writes_a_model_with_its_card_and_the_next_ingest_tags_with_it(
    fourp: Fourp, workspace: Workspace, gold: Path
) -> None:
    ingest(workspace, [gold.parent / "water-0.txt"], executor=SerialExecutor())
    show = ("--workspace", workspace.root, "show", "water-0.txt", "--json")
    assert {t["origin"] for t in json.loads(fourp(*show).out)["tags"]} == {"rule"}
    trained = fourp("--workspace", workspace.root, "train", gold, "--jobs", "1")
    assert trained.code == 0, trained.err
    assert "60 labelled documents, 0 of them by review" in trained.out
    card = _card(workspace)
    assert len(card["documents"]) == 60
    assert card["cross_validated"]["policy_files"]["micro"]["f1"] > 0.9
    again = ingest(workspace, [gold.parent / "water-0.txt"], executor=SerialExecutor())
    assert again.ingested == 1  # the model is part of the recipe
    tags = json.loads(fourp(*show).out)["tags"]
    assert ("water", "main", "model") in {(t["concept"], t["grade"], t["origin"]) for t in tags}
    told = fourp("--workspace", workspace.root, "explain", "water-0.txt", "water")
    assert "model: main subject" in told.out
    measured = fourp("--workspace", workspace.root, "evaluate", gold, "--jobs", "1")
    assert "60 of them taught the model in use, so these scores flatter it" in measured.out


def test_a_dry_run_measures_and_writes_nothing(
    fourp: Fourp, workspace: Workspace, gold: Path
) -> None:
    done = fourp("--workspace", workspace.root, "train", gold, "--dry-run", "--json", "--jobs", "1")
    told = json.loads(done.out)
    assert (told["documents"], told["model"]) == (60, "")
    assert told["combined"]["policy_files"]["micro"]["f1"] > 0.9
    assert not (workspace.root / "models" / "tagger").exists()


def test_too_little_is_refused_and_the_model_in_use_stays(
    fourp: Fourp, workspace: Workspace, gold: Path, tmp_path: Path
) -> None:
    fourp("--workspace", workspace.root, "train", gold, "--jobs", "1")
    before = _card(workspace)
    few = gold.parent / "few.jsonl"
    few.write_text("".join(gold.read_text().splitlines(keepends=True)[:5]))
    refused = fourp("--workspace", workspace.root, "train", few, "--jobs", "1")
    few.unlink()
    assert refused.code == 2
    assert "5 labelled documents are too few: 40 are needed" in refused.err
    assert _card(workspace) == before


def test_what_people_decided_is_learned_and_beats_the_label(
    fourp: Fourp, workspace: Workspace, gold: Path
) -> None:
    ingest(workspace, [gold.parent / "water-1.txt"], executor=SerialExecutor())
    before = fourp("--workspace", workspace.root, "train", gold, "--dry-run", "--json")
    fourp("--workspace", workspace.root, "tag", "water-1.txt", "+energy", "-water", "--by", "Ann")
    after = fourp("--workspace", workspace.root, "train", gold, "--dry-run", "--json")
    told, now = json.loads(before.out), json.loads(after.out)
    assert (told["reviewed"], now["reviewed"], now["documents"]) == (0, 1, 60)
    wrong = told["vocabulary"]["policy_files"]["by_label"]["water"]["precision"]
    assert now["vocabulary"]["policy_files"]["by_label"]["water"]["precision"] < wrong


@pytest.fixture
def halves(tmp_path: Path) -> tuple[Path, Path]:
    """Return labels to learn from, and labels of other documents to measure with."""
    rows = _written(tmp_path, examples(each=14))
    learn = _labels(tmp_path / "learn.jsonl", (row for n, row in enumerate(rows) if n % 3))
    return learn, _labels(tmp_path / "ask.jsonl", rows[::3])


def test_a_model_made_aside_is_compared_and_put_into_use_only_when_asked(
    fourp: Fourp, workspace: Workspace, halves: tuple[Path, Path], tmp_path: Path
) -> None:
    learn, ask = halves
    of = ("--workspace", workspace.root)
    in_use = workspace.root / "models" / "tagger"
    made = fourp(*of, "train", learn, "--out", tmp_path / "other", "--jobs", "1")
    assert "the one in use has stayed" in made.out
    assert not in_use.exists()
    compare = (*of, "evaluate", ask, "--against", tmp_path / "other", "--jobs", "1")
    looked = fourp(*compare)
    assert looked.code == 0, looked.err
    assert "28 documents from which neither learned (0 left out)" in looked.out
    assert not in_use.exists()
    told = json.loads(fourp(*compare, "--promote", "--json").out)
    assert (told["worse"], told["promoted"]) == ([], True)
    assert _card(workspace) == json.loads((tmp_path / "other" / "card.json").read_text())


def test_a_worse_model_is_not_put_into_use(
    fourp: Fourp, workspace: Workspace, halves: tuple[Path, Path], tmp_path: Path
) -> None:
    learn, ask = halves
    rows = [json.loads(line) for line in learn.read_text(encoding="utf-8").splitlines()]
    for row in rows:  # whoever labelled these took water for energy
        row["primary"] = [{"water": "energy", "energy": "water"}.get(f, f) for f in row["primary"]]
    _labels(learn, (json.dumps(row) + "\n" for row in rows))
    of = ("--workspace", workspace.root)
    fourp(*of, "train", learn, "--out", tmp_path / "other", "--jobs", "1")
    compare = (*of, "evaluate", ask, "--against", tmp_path / "other", "--jobs", "1")
    done = fourp(*compare, "--promote")
    assert done.code == 1
    assert "the other model is worse in" in done.out
    assert not (workspace.root / "models" / "tagger").exists()


def test_models_are_not_compared_on_what_taught_one_of_them(
    fourp: Fourp, workspace: Workspace, halves: tuple[Path, Path], tmp_path: Path
) -> None:
    learn, _ = halves
    of = ("--workspace", workspace.root)
    fourp(*of, "train", learn, "--out", tmp_path / "other", "--jobs", "1")
    refused = fourp(*of, "evaluate", learn, "--against", tmp_path / "other", "--jobs", "1")
    assert refused.code == 2
    assert "only 0 of its documents taught neither model; 20 are needed" in refused.err
    nothing = fourp(*of, "evaluate", learn, "--against", tmp_path, "--jobs", "1")
    assert "there is no model" in nothing.err
    assert fourp(*of, "evaluate", learn, "--promote").code == 2
