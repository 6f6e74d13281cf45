"""Twenty-four languages: translations of one paper, and versions of one act, get the same tags.

``translations/`` holds the beginnings of ten papers of the sample corpus in English, and their
translations by who did not know the vocabulary. Floors may be raised, never lowered.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from pipeline.config.workspace import Workspace, make_workspace, open_workspace
from pipeline.core.document import Document, Source
from pipeline.tagging.evaluation import main_subjects
from pipeline.workflows import assemble
from pipeline.workflows.discover import sources

PAPERS = Path(__file__).parent / "translations"
ACTS = Path(__file__).resolve().parents[4] / "shared" / "data" / "eurlex24"
LANGUAGES = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()
# The subject of each act, as its title has it: platforms' business users, and emissions of lorries.
SUBJECTS = {"32019R1150": "digital", "32019R1242": "mobility"}

Tagged = dict[tuple[str, str], frozenset[str]]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("workspace")
    make_workspace(root)  # the default vocabulary and model, whatever this checkout's hold
    return open_workspace(root)


def _tagged(workspace: Workspace, files: Iterable[Path]) -> Tagged:
    """Return main subjects by name and language, which are in the files' names."""
    found: Tagged = {}
    executor = assemble.executor_of(workspace, jobs=None)
    readable = [source for source in sources(files) if isinstance(source, Source)]
    for source, answer in executor.map(assemble.process_of(workspace), readable):
        assert isinstance(answer, Document), answer
        name, language, _ = Path(source.path).name.split(".")
        assert answer.language == language
        found[name, language] = main_subjects(answer.tags)
    return found


def test_translations_get_the_tags_of_the_english_paper(workspace: Workspace) -> None:
    found = _tagged(workspace, sorted(PAPERS.glob("*.txt")))
    others = [key for key in found if key[1] != "en"]
    assert {language for _, language in found} == set(LANGUAGES) - {"fr"}
    assert len(others) == 220
    same = [key for key in others if found[key] == found[key[0], "en"]]
    wrong = sorted(set(others) - set(same))
    assert len(same) / len(others) >= 0.98, wrong
    # A note about bus stops, bicycles and the tenants before: everyday words alone are no subject.
    assert {key for key, tags in found.items() if key[0] == "office" and tags} == set()
    assert max(sum(language == one for _, one in wrong) for language in LANGUAGES) <= 2, wrong


def test_an_act_gets_its_subject_in_every_language(workspace: Workspace) -> None:
    if not ACTS.is_dir():
        pytest.skip("../shared/data/eurlex24 is absent")
    files = [ACTS / f"{act}.{language}.txt" for act in SUBJECTS for language in LANGUAGES]
    found = _tagged(workspace, files)
    assert len(found) == len(files)
    assert [key for key, tags in found.items() if SUBJECTS[key[0]] not in tags] == []
